"""The API of the outbox, for operators."""

from typing import Annotated

from fastapi import APIRouter, Query

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.mail import service
from backend.mail.schemas import MailOut, MailPage, MailQuery
from backend.responses import problems

router = APIRouter(prefix="/v1/mail", tags=["mail"])


@router.get(
    "",
    summary="Letters that wait, failed or were sent",
    operation_id="list_mail",
    dependencies=[allow("read_mail")],
    responses=problems(401, 403),
)
def list_mail(session: SessionDep, query: Annotated[MailQuery, Query()]) -> MailPage:
    """The newest first, with how many there are in each state. What they say is not shown."""
    return service.list_mail(session, query)


@router.post(
    "/{mail_id}/retry",
    summary="Try a letter again",
    operation_id="retry_mail",
    responses=problems(401, 403, 404, 409),
)
def retry_mail(
    session: SessionDep, mail_id: str, viewer: Annotated[Viewer, allow("retry_mail")]
) -> MailOut:
    """Its attempts begin anew, the first one at once; a repeat is harmless."""
    return service.retry(session, mail_id, viewer)
