"""Compares drafts with what is stored: what to create, to update, to leave alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.imports.draft import Draft
from backend.imports.targets import RecordKind
from backend.models import Activity, Embedding, Need, Solution

ACTION = "import"


@dataclass(frozen=True, slots=True)
class Known:
    """A record that came from the same row before; `mark` is the fingerprint it had then,
    `mark_version` its version after that import."""

    id: str
    version: int
    mark: str | None
    mark_version: int | None


@dataclass(slots=True)
class Plan:
    """What to do with a chunk of drafts."""

    created: list[Draft] = field(default_factory=list)
    updated: list[tuple[Draft, Known]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def drafts(self) -> list[Draft]:
        """Everything that is to be written."""
        return [*self.created, *(draft for draft, _ in self.updated)]


def make_plan(
    session: Session, kind: RecordKind, source: str, drafts: Sequence[Draft], keep_edited: bool
) -> Plan:
    """Compare drafts with what is stored.

    A row that says the same as at the last import changes nothing, even if the record was
    edited here since. With `keep_edited`, an edited record is never overwritten.
    """
    known = _known(session, kind, source, [draft.external_id for draft in drafts])
    plan = Plan()
    for draft in drafts:
        before = known.get(draft.external_id)
        if before is None:
            plan.created.append(draft)
        elif before.mark == draft.fingerprint or (
            keep_edited and before.version != before.mark_version
        ):
            plan.unchanged += 1
        else:
            plan.updated.append((draft, before))
    return plan


def texts_to_encode(session: Session, kind: RecordKind, plan: Plan, model: str) -> list[str]:
    """The texts of the plan without vectors of `model` yet, each once."""
    texts = {before.id: draft.text for draft, before in plan.updated}
    changed = changed_texts(session, kind, texts, model)
    again = (text for record_id, text in texts.items() if record_id in changed)
    return list(dict.fromkeys([*(draft.text for draft in plan.created), *again]))


def changed_texts(
    session: Session, kind: RecordKind, texts: Mapping[str, str], model: str | None = None
) -> set[str]:
    """The ids whose stored vectors are not of their text (and of `model`, when it is given)."""
    if not texts:
        return set()
    # Imported here: the ranking's libraries take seconds, and a first import does without.
    from backend.matches.matcher import text_hash

    stored = _stored_hashes(session, kind, texts, model)
    return {i for i, text in texts.items() if stored.get(i) != text_hash(text)}


def _stored_hashes(
    session: Session, kind: RecordKind, ids: Iterable[str], model: str | None
) -> dict[str, str]:
    statement = select(Embedding.record_id, Embedding.text_hash).where(
        Embedding.record_kind == kind, Embedding.record_id.in_(list(ids))
    )
    if model is not None:
        statement = statement.where(Embedding.model == model)
    return {row[0]: row[1] for row in session.execute(statement)}


def _known(
    session: Session, kind: RecordKind, source: str, external_ids: Iterable[str]
) -> dict[str, Known]:
    model = Solution if kind == "solution" else Need
    rows = session.execute(
        select(model.external_id, model.id, model.version).where(
            model.source == source, model.external_id.in_(list(external_ids))
        )
    ).all()
    marks = _marks(session, kind, [row.id for row in rows]) if rows else {}
    return {
        row.external_id: Known(
            row.id,
            row.version,
            marks.get(row.id, {}).get("fingerprint"),
            marks.get(row.id, {}).get("version"),
        )
        for row in rows
    }


def _marks(session: Session, kind: RecordKind, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """What the last import noted of each record."""
    lines = select(Activity.object_id, Activity.detail).where(
        Activity.object_kind == kind, Activity.object_id.in_(ids), Activity.action == ACTION
    )
    return {row[0]: row[1] for row in session.execute(lines.order_by(Activity.id))}
