"""The outbox for operators: what waits, what failed and why, and another try."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.ids import is_id
from backend.mail.schemas import MailCounts, MailOut, MailPage, MailQuery, State
from backend.models import Mail
from backend.models.base import now
from backend.problems import Problem, not_found
from backend.records.paging import Order, fetch_page
from backend.settings import get_settings

STATES: Final[Mapping[State, ColumnElement[bool]]] = {
    "waiting": and_(Mail.sent_at.is_(None), Mail.given_up_at.is_(None), Mail.digest_id.is_(None)),
    "failed": and_(Mail.sent_at.is_(None), Mail.given_up_at.is_not(None)),
    "sent": Mail.sent_at.is_not(None),
}
NEWEST = {"-created_at": Order(Mail.created_at, Mail.id, descending=True)}


def list_mail(session: Session, query: MailQuery) -> MailPage:
    """Letters in one state. Raises InvalidField (422) for a cursor of another list."""
    wanted = select(Mail).where(STATES[query.state])
    page = fetch_page(session, wanted, NEWEST, "-created_at", query.limit, query.cursor)
    return MailPage(
        items=[MailOut.model_validate(row) for row in page.rows],
        next_cursor=page.next_cursor,
        total=page.total,
        counts=_counts(session),
        sending=bool(get_settings().smtp_host),
    )


def retry(session: Session, mail_id: str, viewer: Viewer) -> MailOut:
    """Try a letter again from the start. Raises Problem 404, 409 (sent, or emptied since)."""
    begin_write(session)
    mail = session.get(Mail, mail_id, with_for_update=True) if is_id(mail_id) else None
    if mail is None:
        raise not_found("letter", mail_id)
    if mail.sent_at is not None or mail.digest_id is not None:
        raise Problem(409, "conflict", "letter-sent")
    if not mail.body:
        raise Problem(409, "conflict", "letter-forgotten")
    mail.attempts, mail.given_up_at, mail.due_at = 0, None, now()
    record(session, viewer.actor, "retry", "letter", mail.id)
    session.flush()
    return MailOut.model_validate(mail)


def _counts(session: Session) -> MailCounts:
    sums = [func.sum(case((where, 1), else_=0)).label(name) for name, where in STATES.items()]
    row = session.execute(select(*sums)).one()
    return MailCounts(**{name: getattr(row, name) or 0 for name in STATES})
