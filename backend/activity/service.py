"""Adds lines to the trace, in the transaction of what they tell."""

from typing import Any

from sqlalchemy.orm import Session

from backend.models import Activity

ANYONE = "anonymous"


def record(
    session: Session,
    actor: str,
    action: str,
    object_kind: str,
    object_id: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Note that `actor` did `action`. `detail` must be JSON and hold nobody's contact."""
    session.add(
        Activity(
            actor=actor,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            detail=detail or {},
        )
    )
