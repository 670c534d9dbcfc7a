"""Writes the drafts of one chunk: rows, facts, trace and vectors in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, selectinload

from backend.ids import uuid7
from backend.imports.draft import Draft
from backend.imports.link import OrganisationIds, link_organisations
from backend.imports.targets import RecordKind
from backend.matches import embeddings
from backend.models import Activity, Counter, Embedding, Need, Solution
from backend.models.base import now
from backend.models.record import CodeList, Record
from backend.revisions import REVISION

if TYPE_CHECKING:
    from backend.matches.matcher import Encoded, Matcher

ACTOR, ACTION = "operator", "import"
MODELS: Mapping[RecordKind, type[Solution] | type[Need]] = {"solution": Solution, "need": Need}
FACET_KINDS = {name: value.kind for name, value in vars(Record).items() if isinstance(value, CodeList)}


class Raced(Exception):
    """Another writer changed the same records between reading and writing: do it again."""


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


def texts_to_encode(
    session: Session, kind: RecordKind, plan: Plan, matcher: "Matcher"
) -> list[str]:
    """The texts of the plan whose vectors are not stored yet, each once."""
    from backend.matches.matcher import text_hash  # noqa: PLC0415

    stored = _stored_hashes(session, kind, [b.id for _, b in plan.updated], matcher.model)
    changed = [d for d, before in plan.updated if stored.get(before.id) != text_hash(d.text)]
    return list(dict.fromkeys(draft.text for draft in [*plan.created, *changed]))


def write_plan(
    session: Session,
    kind: RecordKind,
    source: str,
    status: str,
    plan: Plan,
    organisations: OrganisationIds,
    encoded: Mapping[str, "Encoded"],
    matcher: "Matcher | None",
) -> None:
    """Write the plan, inside a write transaction. `encoded` holds vectors by text; without a
    matcher, records wait for `reindex`.

    Raises Raced when a record of the plan was changed meanwhile.
    """
    link_organisations(session, plan.drafts, organisations, ACTOR)
    revisions = _take_revisions(session, len(plan.drafts))
    ids = _create(session, kind, source, status, plan.created, organisations, revisions)
    _update(session, kind, plan.updated, organisations, revisions)
    pairs = [*zip(ids, plan.created, strict=True), *((k.id, d) for d, k in plan.updated)]
    versions = [1] * len(ids) + [before.version + 1 for _, before in plan.updated]
    _trace(session, kind, source, pairs, versions)
    if matcher is None and plan.updated:
        _forget_vectors(session, kind, {before.id: draft.text for draft, before in plan.updated})
    elif matcher is not None:
        _keep_vectors(session, kind, pairs, set(ids), encoded, matcher)


def _known(
    session: Session, kind: RecordKind, source: str, external_ids: Iterable[str]
) -> dict[str, Known]:
    model = MODELS[kind]
    rows = session.execute(
        select(model.external_id, model.id, model.version).where(
            model.source == source, model.external_id.in_(list(external_ids))
        )
    ).all()
    marks: dict[str, Mapping[str, Any]] = {}
    if rows:
        lines = select(Activity.object_id, Activity.detail).where(
            Activity.object_kind == kind,
            Activity.object_id.in_([row.id for row in rows]),
            Activity.action == ACTION,
        )
        marks = {row[0]: row[1] for row in session.execute(lines.order_by(Activity.id))}
    return {
        row.external_id: Known(
            row.id,
            row.version,
            marks.get(row.id, {}).get("fingerprint"),
            marks.get(row.id, {}).get("version"),
        )
        for row in rows
    }


def _take_revisions(session: Session, count: int) -> list[int]:
    """The next `count` numbers; see `backend.revisions`."""
    if not count:
        return []
    step = update(Counter).where(Counter.name == REVISION).values(value=Counter.value + count)
    last = session.execute(step.returning(Counter.value)).scalar_one()
    return list(range(last, last - count, -1))


def _columns(draft: Draft) -> dict[str, Any]:
    return {name: value for name, value in draft.values.items() if name not in FACET_KINDS}


def _create(
    session: Session,
    kind: RecordKind,
    source: str,
    status: str,
    drafts: Sequence[Draft],
    organisations: OrganisationIds,
    revisions: list[int],
) -> list[str]:
    model, at = MODELS[kind], now()
    rows, facets = [], []
    for draft in drafts:
        record_id, shown = uuid7(), draft.told_status or status
        rows.append(
            {
                **_columns(draft),
                "id": record_id,
                "source": source,
                "external_id": draft.external_id,
                "organisation_id": organisations.get(draft.organisation),
                "status": shown,
                "revision": revisions.pop(),
                "created_at": at,
                "updated_at": at,
                "published_at": at if shown == "published" else None,
            }
        )
        facets += _facets(kind, record_id, draft)
    if rows:
        session.execute(insert(model), rows)
    if facets:
        session.execute(insert(model.facet_class), facets)
    return [row["id"] for row in rows]


def _facets(kind: RecordKind, record_id: str, draft: Draft) -> list[dict[str, str]]:
    owner = f"{kind}_id"
    return [
        {owner: record_id, "kind": facet, "code": code}
        for name, facet in FACET_KINDS.items()
        for code in dict.fromkeys(draft.values[name])
    ]


def _update(
    session: Session,
    kind: RecordKind,
    pairs: Sequence[tuple[Draft, Known]],
    organisations: OrganisationIds,
    revisions: list[int],
) -> None:
    model = MODELS[kind]
    wanted = select(model).where(model.id.in_([before.id for _, before in pairs]))
    options = wanted.options(selectinload(model.facets)).with_for_update()
    records = {record.id: record for record in session.scalars(options)} if pairs else {}
    for draft, before in pairs:
        record = records.get(before.id)
        if record is None or record.version != before.version:
            raise Raced
        for name, value in draft.values.items():
            setattr(record, name, value)
        record.organisation_id = organisations.get(draft.organisation)
        record.status = draft.told_status or record.status
        record.version += 1
        record.revision = revisions.pop()
        record.updated_at = now()
        if record.status == "published" and record.published_at is None:
            record.published_at = record.updated_at


def _trace(
    session: Session,
    kind: RecordKind,
    source: str,
    pairs: Sequence[tuple[str, Draft]],
    versions: Sequence[int],
) -> None:
    at = now()
    lines = [
        {
            "id": uuid7(),
            "at": at,
            "actor": ACTOR,
            "action": ACTION,
            "object_kind": kind,
            "object_id": record_id,
            "detail": {"source": source, "fingerprint": draft.fingerprint, "version": version},
        }
        for (record_id, draft), version in zip(pairs, versions, strict=True)
    ]
    if lines:
        session.execute(insert(Activity), lines)


def _forget_vectors(session: Session, kind: RecordKind, texts: Mapping[str, str]) -> None:
    """A text that has changed has no vector until `reindex`; the same text keeps its own."""
    # Imported here: the ranking's libraries take seconds, and a first import does without.
    from backend.matches.matcher import text_hash  # noqa: PLC0415

    stored = _stored_hashes(session, kind, texts)
    changed = [i for i, text in texts.items() if i in stored and stored[i] != text_hash(text)]
    if changed:
        session.execute(
            delete(Embedding).where(Embedding.record_kind == kind, Embedding.record_id.in_(changed))
        )


def _stored_hashes(
    session: Session, kind: RecordKind, ids: Iterable[str], model: str | None = None
) -> dict[str, str]:
    """Record id -> hash of the text that its vectors are of."""
    statement = select(Embedding.record_id, Embedding.text_hash).where(
        Embedding.record_kind == kind, Embedding.record_id.in_(list(ids))
    )
    if model is not None:
        statement = statement.where(Embedding.model == model)
    return {row[0]: row[1] for row in session.execute(statement)}


def _keep_vectors(
    session: Session,
    kind: RecordKind,
    pairs: Iterable[tuple[str, Draft]],
    new_ids: set[str],
    encoded: Mapping[str, "Encoded"],
    matcher: "Matcher",
) -> None:
    for record_id, draft in pairs:
        vectors = encoded.get(draft.text)
        if vectors is not None:
            embeddings.store(session, matcher, kind, record_id, vectors)
        elif record_id in new_ids:
            raise Raced

