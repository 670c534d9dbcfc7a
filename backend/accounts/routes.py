"""The API of one's own account."""

from typing import Annotated

from fastapi import APIRouter, Request

from backend.accounts import own, service
from backend.accounts.access import allow
from backend.accounts.identify import bearer
from backend.accounts.schemas import Me, PersonIn, SessionOut, TokenIn, TokenMade, TokenOut
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.organisations import members
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1/me", tags=["account"])
Reading = Annotated[Viewer, allow("read_account")]
Changing = Annotated[Viewer, allow("update_account")]


@router.get("", summary="Who is asking", operation_id="read_me", responses=problems())
def read_me(session: SessionDep, viewer: Annotated[Viewer, allow("read_me")]) -> Me:
    """Oneself, and the organisations one acts for; no person when nobody is signed in."""
    return service.show_me(session, viewer)


@router.patch(
    "",
    summary="Change one's name or language",
    operation_id="update_me",
    responses=problems(*WRITES),
)
def update_me(session: SessionDep, data: PersonIn, viewer: Changing) -> Me:
    """Pages and letters follow at once."""
    own.change_profile(session, viewer.actor, name=data.name, lang=data.lang)
    return service.show_me(session, viewer)


@router.delete(
    "/organisations/{organisation_id}",
    status_code=204,
    summary="Leave an organisation",
    operation_id="leave_organisation",
    responses=problems(401, 403, 404),
)
def leave_organisation(
    session: SessionDep,
    organisation_id: str,
    viewer: Annotated[Viewer, allow("leave_organisation")],
) -> None:
    """End one's own part in it, or take back the request to join."""
    members.leave(session, organisation_id, viewer)


@router.get(
    "/sessions",
    summary="Where one is signed in",
    operation_id="list_sessions",
    responses=problems(401),
)
def list_sessions(session: SessionDep, request: Request, viewer: Reading) -> list[SessionOut]:
    """The last used first."""
    return service.list_sessions(session, viewer, bearer(request))


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    summary="Sign out elsewhere",
    operation_id="end_session",
    responses=problems(401, 403, 404),
)
def end_session(session: SessionDep, session_id: str, viewer: Changing) -> None:
    """It ends on the server at once, whatever the browser still holds."""
    service.end_own_session(session, session_id, viewer)


@router.get("/tokens", summary="One's keys", operation_id="list_tokens", responses=problems(401))
def list_tokens(session: SessionDep, viewer: Reading) -> list[TokenOut]:
    """Keys for programs that act in one's name."""
    return service.list_tokens(session, viewer)


@router.post(
    "/tokens",
    status_code=201,
    summary="Make a key",
    operation_id="create_token",
    responses=problems(*WRITES),
)
def create_token(session: SessionDep, data: TokenIn, viewer: Changing) -> TokenMade:
    """The secret is in this answer only: keep it at once."""
    return service.make_token(session, data, viewer)


@router.delete(
    "/tokens/{token_id}",
    status_code=204,
    summary="End a key",
    operation_id="revoke_token",
    responses=problems(401, 403, 404),
)
def revoke_token(session: SessionDep, token_id: str, viewer: Changing) -> None:
    """It opens nothing any more."""
    service.revoke_token(session, token_id, viewer)
