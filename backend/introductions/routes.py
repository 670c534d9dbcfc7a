"""The API of introductions."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from sqlalchemy.orm import Session

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, SessionDep, etag
from backend.fields import Text
from backend.introductions import conversation, service, show
from backend.introductions.queries import get_introduction
from backend.introductions.schemas import (
    AskIn,
    ConsentIn,
    InterestIn,
    IntroductionOut,
    IntroductionPage,
    IntroductionQuery,
    MessageIn,
    MoveIn,
    OutcomeIn,
)
from backend.models import Introduction
from backend.problems import language_of
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1", tags=["introductions"])
ONE = "/introductions/{introduction_id}"
Key = Annotated[
    Annotated[str, Text(100, least=1)] | None,
    Header(description="The same key again writes nothing: a repeat is harmless."),
]


@router.post(
    "/needs/{need_id}/introductions",
    status_code=201,
    summary="Ask for an introduction",
    operation_id="ask_introduction",
    responses=problems(*WRITES, 404, 409),
)
def ask_introduction(
    session: SessionDep,
    need_id: str,
    data: AskIn,
    viewer: Annotated[Viewer, allow("ask_introduction")],
    request: Request,
    response: Response,
) -> IntroductionOut:
    """One is open at a time for a need and a solution: asking again gives it, with status 200."""
    found, new = service.ask(session, need_id, data, viewer)
    response.status_code = 201 if new else 200
    return _shown(session, found, viewer, request, response)


@router.post(
    "/solutions/{solution_id}/interest",
    status_code=201,
    summary="Say whether you are interested in a need",
    operation_id="answer_need",
    responses=problems(*WRITES, 404, 409),
)
def answer_need(
    session: SessionDep,
    solution_id: str,
    data: InterestIn,
    viewer: Annotated[Viewer, allow("answer_need")],
    request: Request,
    response: Response,
) -> IntroductionOut:
    """Starts an introduction, or answers the one that is open, with status 200."""
    found, new = service.answer_need(session, solution_id, data, viewer)
    response.status_code = 201 if new else 200
    return _shown(session, found, viewer, request, response)


@router.get(
    "/introductions",
    summary="Your introductions",
    operation_id="list_introductions",
    responses=problems(),
)
def list_introductions(
    session: SessionDep,
    query: Annotated[IntroductionQuery, Query()],
    viewer: Annotated[Viewer, allow("list_introductions")],
) -> IntroductionPage:
    """Of your organisations' needs and solutions, the last moved first; an operator's are all."""
    return show.list_introductions(session, query, viewer)


@router.get(
    ONE, summary="One introduction", operation_id="get_introduction", responses=problems(404)
)
def read_introduction(
    session: SessionDep,
    introduction_id: str,
    viewer: Annotated[Viewer, allow("read_introduction")],
    request: Request,
    response: Response,
) -> IntroductionOut:
    """With its messages and changes. The ETag is the version to send back with a move."""
    found = get_introduction(session, introduction_id)
    return _shown(session, found, viewer, request, response)


@router.patch(
    ONE,
    summary="Move an introduction on",
    operation_id="move_introduction",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def move_introduction(
    viewer: Annotated[Viewer, allow("move_introduction")],
    session: SessionDep,
    introduction_id: str,
    version: ExpectedVersion,
    data: MoveIn,
    request: Request,
    response: Response,
) -> IntroductionOut:
    """To one of its `moves`. If-Match must bear the version you have read."""
    found = service.move(session, introduction_id, version, data, viewer)
    return _shown(session, found, viewer, request, response)


@router.post(
    f"{ONE}/read",
    summary="Open an introduction",
    operation_id="open_introduction",
    responses=problems(*WRITES, 404),
)
def open_introduction(
    session: SessionDep,
    introduction_id: str,
    viewer: Annotated[Viewer, allow("open_introduction")],
    request: Request,
    response: Response,
) -> IntroductionOut:
    """As reading it, and notes for the other side that yours has seen it."""
    found = conversation.read(session, introduction_id, viewer)
    return _shown(session, found, viewer, request, response)


@router.post(
    f"{ONE}/consent",
    summary="Consent to show your contact",
    operation_id="consent_introduction",
    responses=problems(*WRITES, 404, 409),
)
def consent_introduction(
    session: SessionDep,
    introduction_id: str,
    data: ConsentIn,  # noqa: ARG001 - its only value says that it is meant
    viewer: Annotated[Viewer, allow("consent_introduction")],
    request: Request,
    response: Response,
) -> IntroductionOut:
    """Contacts are shown, to both sides, once both have consented. A repeat changes nothing."""
    found = service.consent(session, introduction_id, viewer)
    return _shown(session, found, viewer, request, response)


@router.post(
    f"{ONE}/messages",
    status_code=201,
    summary="Write to the other side",
    operation_id="write_message",
    responses=problems(*WRITES, 404, 409),
)
def write_message(
    session: SessionDep,
    introduction_id: str,
    data: MessageIn,
    viewer: Annotated[Viewer, allow("write_message")],
    request: Request,
    response: Response,
    idempotency_key: Key = None,
) -> IntroductionOut:
    """Read by both sides only. With an Idempotency-Key, a repeat writes nothing."""
    found = conversation.write(session, introduction_id, data.text, idempotency_key, viewer)
    return _shown(session, found, viewer, request, response)


@router.put(
    f"{ONE}/outcome",
    summary="Say what came of it",
    operation_id="say_outcome",
    responses=problems(*WRITES, 404, 409),
)
def say_outcome(
    session: SessionDep,
    introduction_id: str,
    data: OutcomeIn,
    viewer: Annotated[Viewer, allow("say_outcome")],
    request: Request,
    response: Response,
) -> IntroductionOut:
    """Each side says it; when both say the same, it is confirmed."""
    found = service.say_outcome(session, introduction_id, data, viewer)
    return _shown(session, found, viewer, request, response)


def _shown(
    session: Session,
    introduction: Introduction,
    viewer: Viewer,
    request: Request,
    response: Response,
) -> IntroductionOut:
    response.headers["ETag"] = etag(introduction.version)
    return show.show(session, introduction, viewer, language_of(request))
