"""Records with their vectors and facts, as stored: a few queries however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import Row, Select, and_, null, select
from sqlalchemy.orm import Session

from backend.matches.places import Place, places_of
from backend.models import Embedding, Need, NeedFacet, Organisation, Solution, SolutionFacet
from backend.needs.text import Wishes, need_text, need_wishes
from backend.solutions.text import solution_text

Kind = Literal["solution", "need"]
_CHUNK: Final = 1_000
_FACETS: Final = ("theme", "beneficiary", "perimeter", "label", "language")

_COMMON: Final = ("id", "revision", "status", "lang", "title", "description", "updated_at")
_SOLUTION: Final = (*_COMMON, "summary", "maturity", "price_band", "client_references")
_NEED: Final = (
    *_COMMON,
    "context",
    "expected_outcome",
    "essential_criteria",
    "desirable_criteria",
    "budget_band",
    "response_deadline",
    "project_stage",
    "anonymous",
)

_VECTORS: Final = ("model", "text_hash", "vector", "windows", "spans")
# Read for the few records of a list only: all of them in memory would outweigh the rest.
_ASPECTS: Final = ("model", "aspects", "aspect_vectors")
_KEPT: Final = tuple(dict.fromkeys((*_VECTORS, *_ASPECTS)))


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record: its text, the facts a ranking uses, and its vectors if it has been encoded."""

    id: str
    revision: int
    status: str
    lang: str
    text: str
    anonymous: bool
    maturity: int | None
    band: str | None
    deadline: date | None
    stage: str | None
    updated: date
    places: tuple[Place, ...]
    facets: Mapping[str, frozenset[str]]
    model: str | None
    text_hash: str | None
    vector: bytes | None
    windows: bytes | None
    spans: Sequence[Sequence[int]]
    wishes: Wishes | None
    aspects: list[list[str]] | None
    aspect_vectors: bytes | None


def changed_since(
    session: Session, kind: Kind, revision: int, latest: int
) -> Iterator[StoredRecord]:
    """Records of a kind changed after `revision` and up to `latest`, in that order."""
    model = _model(kind)
    while True:
        ordered = _select(kind).where(model.revision > revision, model.revision <= latest)
        chunk = list(_read(session, kind, ordered.order_by(model.revision).limit(_CHUNK)))
        # A revision is one change, which may be of several records: read the last one whole.
        if len(chunk) == _CHUNK:
            latest_in_chunk = chunk[-1].revision
            whole = [record for record in chunk if record.revision < latest_in_chunk]
            same = _select(kind).where(model.revision == latest_in_chunk)
            chunk = [*whole, *_read(session, kind, same)]
        yield from chunk
        if len(chunk) < _CHUNK:
            return
        revision = chunk[-1].revision


def by_id(
    session: Session, kind: Kind, ids: Sequence[str], *, vectors: bool = True
) -> Iterator[StoredRecord]:
    """The records with these ids, in no order, with what each asks for one by one.

    Without their own vectors when these are not asked for.
    """
    aspects = _ASPECTS if kind == "need" else ()
    wanted = frozenset([*aspects, *(_VECTORS if vectors else ())])
    return _read(session, kind, _select(kind, wanted).where(_model(kind).id.in_(ids)))


def _model(kind: Kind) -> type[Solution] | type[Need]:
    return Solution if kind == "solution" else Need


@cache
def _select(kind: Kind, kept: frozenset[str] = frozenset(_VECTORS)) -> Select[Any]:
    """Records with those columns of their embedding that are to be read; the others are NULL."""
    model = _model(kind)
    names = _SOLUTION if kind == "solution" else _NEED
    columns = [getattr(model, name) for name in names]
    read = [getattr(Embedding, name) if name in kept else null().label(name) for name in _KEPT]
    asking = Organisation.kind.label("owner_kind"), Organisation.territory.label("owner_territory")
    wanted = select(*columns, *read, *asking).outerjoin(model.organisation)
    if not kept:
        return wanted
    return wanted.outerjoin(
        Embedding, and_(Embedding.record_kind == kind, Embedding.record_id == model.id)
    )


def _read(session: Session, kind: Kind, wanted: Select[Any]) -> Iterator[StoredRecord]:
    rows = session.execute(wanted).all()
    facets = _facets(session, kind, [row.id for row in rows])
    perimeters = {record: codes["perimeter"] for record, codes in facets.items()}
    places = places_of(session, kind, rows, perimeters)
    for row in rows:
        yield _record(kind, row, facets[row.id], places[row.id])


def _facets(
    session: Session, kind: Kind, ids: Sequence[str]
) -> Mapping[str, Mapping[str, frozenset[str]]]:
    facet = SolutionFacet if kind == "solution" else NeedFacet
    owner = SolutionFacet.solution_id if kind == "solution" else NeedFacet.need_id
    found: dict[str, dict[str, set[str]]] = {i: {name: set() for name in _FACETS} for i in ids}
    for record, name, code in session.execute(
        select(owner, facet.kind, facet.code).where(owner.in_(ids))
    ):
        found[record][name].add(code)
    return {i: {name: frozenset(codes) for name, codes in f.items()} for i, f in found.items()}


def _record(
    kind: Kind,
    row: Row[Any],
    facets: Mapping[str, frozenset[str]],
    places: tuple[Place, ...],
) -> StoredRecord:
    offers = kind == "solution"
    return StoredRecord(
        id=row.id,
        revision=row.revision,
        status=row.status,
        lang=row.lang,
        text=solution_text(row) if offers else need_text(row),
        anonymous=not offers and row.anonymous,
        maturity=row.maturity if offers else None,
        band=row.price_band if offers else row.budget_band,
        deadline=None if offers else row.response_deadline,
        stage=None if offers else row.project_stage,
        updated=row.updated_at.date(),
        places=places,
        facets=facets,
        model=row.model,
        text_hash=row.text_hash,
        vector=row.vector,
        windows=row.windows,
        spans=row.spans or (),
        wishes=None if offers else need_wishes(row),
        aspects=row.aspects,
        aspect_vectors=row.aspect_vectors,
    )
