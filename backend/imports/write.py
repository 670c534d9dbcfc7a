"""Writes the plan of one chunk: rows, facts, trace and vectors in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, selectinload

from backend.ids import uuid7
from backend.imports.draft import Draft
from backend.imports.link import OrganisationIds, link_organisations
from backend.imports.plan import ACTION, Known, Plan, changed_texts
from backend.imports.targets import RecordKind
from backend.matches import embeddings
from backend.models import Activity, Counter, Embedding, Need, Solution
from backend.models.base import now
from backend.models.record import CodeList, Record
from backend.revisions import REVISION

if TYPE_CHECKING:
    from backend.matches.matcher import Encoded, Matcher

ACTOR = "operator"
FACETS = {name: value.kind for name, value in vars(Record).items() if isinstance(value, CodeList)}


class RacedError(Exception):
    """Another writer changed the same records between reading and writing: do it again."""


@dataclass(slots=True)
class Destination:
    """Where drafts go. Without a `matcher`, records wait for `reindex`."""

    kind: RecordKind
    source: str
    status: str
    matcher: "Matcher | None" = None
    organisations: OrganisationIds = field(default_factory=OrganisationIds)

    @property
    def model(self) -> Any:
        """The model of the records."""
        return Solution if self.kind == "solution" else Need


def write_plan(
    session: Session, where: Destination, plan: Plan, encoded: Mapping[str, "Encoded"]
) -> None:
    """Write the plan, inside a write transaction. `encoded` holds vectors by text.

    Raises RacedError when a record of the plan was changed meanwhile.
    """
    link_organisations(session, plan.drafts, where.organisations, ACTOR)
    revisions = take_revisions(session, len(plan.drafts))
    ids = _create(session, where, plan.created, revisions)
    _update(session, where, plan.updated, revisions)
    pairs = [*zip(ids, plan.created, strict=True), *((k.id, d) for d, k in plan.updated)]
    versions = [1] * len(ids) + [before.version + 1 for _, before in plan.updated]
    _trace(session, where, pairs, versions)
    if where.matcher is not None:
        _keep_vectors(session, where.kind, where.matcher, pairs, encoded)
    _forget_vectors(session, where.kind, {k.id: d.text for d, k in plan.updated})


def take_revisions(session: Session, count: int) -> list[int]:
    """The next `count` numbers; see `backend.revisions`."""
    if not count:
        return []
    step = update(Counter).where(Counter.name == REVISION).values(value=Counter.value + count)
    last = session.execute(step.returning(Counter.value)).scalar_one()
    return list(range(last, last - count, -1))


def _create(
    session: Session, where: Destination, drafts: Sequence[Draft], revisions: list[int]
) -> list[str]:
    at = now()
    rows: list[dict[str, Any]] = []
    facets: list[dict[str, str]] = []
    for draft in drafts:
        record_id, status = uuid7(), draft.told_status or where.status
        rows.append(
            {
                **{n: value for n, value in draft.values.items() if n not in FACETS},
                "id": record_id,
                "source": where.source,
                "external_id": draft.external_id,
                "organisation_id": where.organisations.get(draft.organisation),
                "status": status,
                "revision": revisions.pop(),
                "created_at": at,
                "updated_at": at,
                "published_at": at if status == "published" else None,
            }
        )
        facets += _facets(where.kind, record_id, draft)
    if rows:
        session.execute(insert(where.model), rows)
    if facets:
        session.execute(insert(where.model.facet_class), facets)
    return [row["id"] for row in rows]


def _facets(kind: RecordKind, record_id: str, draft: Draft) -> list[dict[str, str]]:
    owner = f"{kind}_id"
    return [
        {owner: record_id, "kind": facet, "code": code}
        for name, facet in FACETS.items()
        for code in dict.fromkeys(draft.values[name])
    ]


def _update(
    session: Session,
    where: Destination,
    pairs: Sequence[tuple[Draft, Known]],
    revisions: list[int],
) -> None:
    if not pairs:
        return
    wanted = select(where.model).where(where.model.id.in_([before.id for _, before in pairs]))
    locked = wanted.options(selectinload(where.model.facets)).with_for_update()
    records = {record.id: record for record in session.scalars(locked)}
    for draft, before in pairs:
        record = records.get(before.id)
        if record is None or record.version != before.version:
            raise RacedError
        for name, value in draft.values.items():
            setattr(record, name, value)
        record.organisation_id = where.organisations.get(draft.organisation)
        record.status = draft.told_status or record.status
        record.version += 1
        record.revision = revisions.pop()
        record.updated_at = now()
        if record.status == "published" and record.published_at is None:
            record.published_at = record.updated_at
    session.flush()


def _trace(
    session: Session,
    where: Destination,
    pairs: Sequence[tuple[str, Draft]],
    versions: Sequence[int],
) -> None:
    lines = [
        {
            "actor": ACTOR,
            "action": ACTION,
            "object_kind": where.kind,
            "object_id": record_id,
            "detail": {
                "source": where.source,
                "fingerprint": draft.fingerprint,
                "version": version,
            },
        }
        for (record_id, draft), version in zip(pairs, versions, strict=True)
    ]
    if lines:
        session.execute(insert(Activity), lines)


def _keep_vectors(
    session: Session,
    kind: RecordKind,
    matcher: "Matcher",
    pairs: Iterable[tuple[str, Draft]],
    encoded: Mapping[str, "Encoded"],
) -> None:
    for record_id, draft in pairs:
        if (vectors := encoded.get(draft.text)) is not None:
            embeddings.store(session, matcher, kind, record_id, vectors)
    session.flush()


def _forget_vectors(session: Session, kind: RecordKind, texts: Mapping[str, str]) -> None:
    """Vectors of a text that is no more: the record waits for `reindex`."""
    changed = changed_texts(session, kind, texts)
    if changed:
        old = delete(Embedding).where(Embedding.record_kind == kind)
        session.execute(old.where(Embedding.record_id.in_(changed)))
