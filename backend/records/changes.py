"""How a record is created, changed and archived: once for solutions and needs.

Encoding comes before the write transaction, which is therefore short; row, facts, vectors and
trace are written in it together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.access import check
from backend.accounts.viewer import Role, Viewer
from backend.activity.service import record as trace
from backend.database import begin_write
from backend.dependencies import stale
from backend.ids import uuid7
from backend.matches import embeddings
from backend.matches.embeddings import RecordKind
from backend.matches.provider import detect_language
from backend.models import Need, Solution
from backend.models.base import now
from backend.moderation.moves import check_move
from backend.needs.text import Wishes
from backend.organisations.choice import organisation_for
from backend.organisations.service import check_organisation
from backend.problems import InvalidField, Problem
from backend.records.queries import get_record
from backend.records.repeats import claim
from backend.records.schemas import RecordFields
from backend.revisions import next_revision
from backend.territories.service import check_codes
from backend.vocabularies.service import is_retired

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

R = TypeVar("R", Solution, Need)
Values = dict[str, Any]
# What is chosen from lists to which operators add and from which they retire.
CHOSEN = {"themes": "themes", "beneficiaries": "beneficiaries", "labels": "labels"}
CODE_LISTS = frozenset({"themes", "beneficiaries", "perimeters", "labels", "languages"})


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """What tells a solution from a need.

    `private` fields are named in the trace without their values. `wishes` are what a record asks
    for one by one. `complete` adds to a change what follows from it.
    """

    name: RecordKind
    model: type[R]
    text: Callable[[Any], str]
    text_fields: tuple[str, ...]
    role: Role
    private: frozenset[str] = frozenset()
    wishes: Callable[[Any], Wishes] = lambda _record: Wishes()
    complete: Callable[[Values], Values] = dict


def create(
    session: Session,
    matcher: "Matcher",
    kind: Kind[R],
    data: RecordFields,
    viewer: Viewer,
    key: str | None = None,
) -> R:
    """Write a new record with its vectors; a repeat of `key` gives the one that it made.

    Raises InvalidField (422) for an unknown territory or organisation, Problem 409 when a
    record with the same source and external id exists.
    """
    _check_references(session, data)
    _refuse_retired({}, data)
    check_move(viewer, None, data.status)
    text = kind.text(data)
    encoded = embeddings.encode(matcher, kind.name, text, kind.wishes(data))
    values = _values(data, exclude_unset=False)
    begin_write(session)
    record_id = uuid7()
    if key is not None:
        made = claim(session, viewer, kind.name, key, record_id)
        if made != record_id:
            check(session, viewer, f"read_{kind.name}", made)
            return get_record(session, kind.model, made)
    _refuse_duplicate(session, kind, values)
    values["organisation_id"] = organisation_for(session, data, viewer, kind.role)
    values["lang"] = values["lang"] or detect_language(text)
    record = kind.model(**values, id=record_id, revision=next_revision(session))
    _date_publication(record)
    session.add(record)
    session.flush()
    embeddings.store(session, matcher, kind.name, record.id, encoded)
    trace(session, viewer.actor, "create", kind.name, record.id, {"status": record.status})
    return get_record(session, kind.model, record.id)


def update(
    session: Session,
    matcher: "Matcher",
    kind: Kind[R],
    record_id: str,
    version: int,
    patch: RecordFields,
    viewer: Viewer,
) -> R:
    """Change the fields that `patch` gives. Without any difference, nothing is written.

    Raises Problem 404, 409 (archived), 412 (not at `version`), InvalidField (422).
    """
    present = _open(session, kind, record_id, version)
    _check_references(session, patch)
    _refuse_retired({name: getattr(present, name) for name in CHOSEN}, patch)
    given = kind.complete(_values(patch, exclude_unset=True))
    check_move(viewer, present.status, given.get("status", present.status))
    texts = _texts_after(kind, present, given)
    text = kind.text(texts)
    if "lang" in given:
        given["lang"] = given["lang"] or detect_language(text)
    wishes = kind.wishes(texts)
    encoded = embeddings.encode_if_changed(session, matcher, kind.name, record_id, text, wishes)
    begin_write(session)
    record = _open(session, kind, record_id, version, lock=True)
    if patch.model_fields_set & {"organisation", "organisation_id"}:
        given["organisation_id"] = organisation_for(session, patch, viewer, kind.role)
    differences = _apply(record, given)
    if encoded is not None:
        embeddings.store(session, matcher, kind.name, record_id, encoded)
    if differences:
        _commit_version(session, record)
        trace(session, viewer.actor, "update", kind.name, record.id, _told(kind, differences))
        session.flush()
        session.expire(record, ["organisation"])
    elif encoded is not None:
        record.revision = next_revision(session)
    return get_record(session, kind.model, record_id)


def archive(session: Session, kind: Kind[R], record_id: str, version: int, viewer: Viewer) -> R:
    """Take a record out of every list. Raises Problem 404 or 412; a repeat is harmless."""
    begin_write(session)
    record = get_record(session, kind.model, record_id, lock=True)
    if record.version != version:
        raise stale(record.version, version)
    if record.status != "archived":
        told = set_status(session, record, "archived")
        trace(session, viewer.actor, "archive", kind.name, record.id, told)
    return record


def set_status(session: Session, record: Solution | Need, status: str) -> dict[str, Any]:
    """Leave a record in another state, as a new version of it; what the trace says of it.

    Inside a write transaction that holds the record.
    """
    told = {"changed": {"status": [record.status, status]}}
    record.status = status
    _commit_version(session, record)
    return told


def _open(
    session: Session, kind: Kind[R], record_id: str, version: int, *, lock: bool = False
) -> R:
    record = get_record(session, kind.model, record_id, lock=lock)
    if record.version != version:
        raise stale(record.version, version)
    if record.status == "archived":
        raise Problem(409, "conflict", "archived")
    return record


def _check_references(session: Session, data: Any) -> None:
    check_codes(session, "perimeters", data.perimeters)
    references = getattr(data, "client_references", ())
    for place, reference in enumerate(references):
        check_codes(session, f"client_references[{place}].territory", [reference.territory])
    check_organisation(session, data.organisation_id)
    if data.organisation is not None:
        check_codes(session, "organisation.territory", [data.organisation.territory])


def _refuse_retired(held: Mapping[str, Sequence[str]], data: RecordFields) -> None:
    """Raise InvalidField (422) for a code that is chosen anew and no longer can be."""
    for name, vocabulary in CHOSEN.items():
        for code in set(getattr(data, name)) - set(held.get(name, ())):
            if is_retired(vocabulary, code):
                raise InvalidField(name, "retired_code", value=code)


def _values(data: RecordFields, *, exclude_unset: bool) -> Values:
    return data.model_dump(exclude={"organisation"}, exclude_unset=exclude_unset)


def _refuse_duplicate(session: Session, kind: Kind[R], values: Mapping[str, Any]) -> None:
    if values["external_id"] is None:
        return
    same = select(kind.model.id).where(
        kind.model.source == values["source"], kind.model.external_id == values["external_id"]
    )
    if session.scalar(same) is not None:
        value = f"{values['source']}/{values['external_id']}"
        raise Problem(409, "conflict", "duplicate", what="external_id", value=value)


def _texts_after(kind: Kind[R], record: R, given: Values) -> SimpleNamespace:
    texts = {name: given.get(name, getattr(record, name)) for name in kind.text_fields}
    return SimpleNamespace(**texts)


def _apply(record: Any, given: Values) -> dict[str, list[Any]]:
    differences = {}
    for name, value in given.items():
        former = getattr(record, name)
        wanted = sorted(value) if name in CODE_LISTS else value
        if former != wanted:
            setattr(record, name, wanted)
            differences[name] = [former, wanted]
    return differences


def _commit_version(session: Session, record: Solution | Need) -> None:
    _date_publication(record)
    record.version += 1
    record.revision = next_revision(session)
    record.updated_at = now()


def _date_publication(record: Solution | Need) -> None:
    if record.status == "published" and record.published_at is None:
        record.published_at = now()


def _told(kind: Kind[R], differences: dict[str, list[Any]]) -> dict[str, Any]:
    told = {name: [] if name in kind.private else pair for name, pair in differences.items()}
    return {"changed": to_jsonable_python(told)}
