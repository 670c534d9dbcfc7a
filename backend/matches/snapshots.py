"""Keeps lists as they were shown, so that they can be looked at and replayed later."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database import begin_write, insert_if_absent
from backend.matches import exposure
from backend.matches.exposure import Kind
from backend.models import Snapshot
from backend.models.base import now
from backend.problems import not_found

KINDS: dict[str, Kind] = {"need_to_solutions": "solution", "solution_to_needs": "need"}


def keep(
    session: Session,
    *,
    direction: str,
    subject_id: str,
    model: str,
    index_revision: int,
    payload: dict[str, Any],
    shown: Sequence[str],
) -> str:
    """Keep one list and return its id; a list that is kept already is not written again.

    `shown` are the ids of the records in it: that they were shown is noted with it.
    """
    content = {
        "direction": direction,
        "subject_id": subject_id,
        "model": model,
        "index_revision": index_revision,
        "payload": payload,
    }
    snapshot_id = digest(content)
    if session.scalar(select(Snapshot.id).where(Snapshot.id == snapshot_id)) is None:
        begin_write(session)
        insert_if_absent(session, Snapshot, {"id": snapshot_id, "created_at": now(), **content})
        exposure.note(session, KINDS[direction], shown, subject_id)
    return snapshot_id


def digest(content: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of `content` written in one canonical way."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def get_snapshot(session: Session, snapshot_id: str) -> Snapshot:
    """The list kept under that id. Raises Problem 404."""
    known = len(snapshot_id) == 64 and snapshot_id.isalnum()
    found = session.get(Snapshot, snapshot_id) if known else None
    if found is None:
        raise not_found("snapshot", snapshot_id)
    return found
