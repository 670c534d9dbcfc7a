"""Encodes the records that have no vectors of the current model: imports with `--defer-encoding`,
or all of them after a change of encoder. Batches are committed, so it can be stopped and resumed.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from backend.database import reading, writing
from backend.imports.batches import by_size
from backend.imports.targets import RecordKind
from backend.imports.write import take_revisions
from backend.models import Embedding, Need, Solution
from backend.needs.text import Wishes, need_text, need_wishes
from backend.solutions.text import solution_text

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.matches.matcher import Encoded, Matcher


class Said(NamedTuple):
    """What is encoded of a record: its text, and what it asks for one by one."""

    text: str
    wishes: Wishes


BATCH = 512
# Solutions first: they are what needs are compared with.
KINDS: tuple[RecordKind, ...] = ("solution", "need")
_NEVER_SHOWN = ("archived", "rejected")


def count_pending(session: Session, model: str) -> int:
    """How many records wait to be encoded."""
    counts = (select(func.count()).select_from(_pending(kind, model).subquery()) for kind in KINDS)
    return sum(session.scalar(count) or 0 for count in counts)


def encode_pending(
    engine: "Engine", matcher: "Matcher", on_progress: Callable[[int], None] = lambda _done: None
) -> int:
    """Encode whatever waits; how many records were done. `on_progress` hears of each batch."""
    return sum(_encode_kind(engine, matcher, kind, on_progress) for kind in KINDS)


def _encode_kind(
    engine: "Engine", matcher: "Matcher", kind: RecordKind, on_progress: Callable[[int], None]
) -> int:
    done, last = 0, ""
    while True:
        with reading(engine) as session:
            waiting = _pending(kind, matcher.model, after=last).limit(BATCH)
            texts = _first(_texts(session, waiting, kind))
        if not texts:
            return done
        # Before the write transaction, so that it is short.
        asked = [text.wishes for text in texts.values()]
        vectors = matcher.encode(kind, [text.text for text in texts.values()], wishes=asked)
        with writing(engine) as session:
            kept = _unchanged(session, kind, texts)
            encoded = {i: v for i, v in zip(texts, vectors, strict=True) if i in kept}
            _store(session, kind, matcher.model, encoded)
        done, last = done + len(encoded), max(texts)
        on_progress(len(texts))


def _first(texts: Mapping[str, Said]) -> dict[str, Said]:
    """As many of them as are encoded in a few seconds."""
    count = len(next(by_size(said.text for said in texts.values()), []))
    return dict(islice(texts.items(), count))


def _pending(kind: RecordKind, model: str, after: str = "") -> Select[Any]:
    record = _model(kind)
    encoded = select(Embedding.record_id).where(
        Embedding.record_kind == kind, Embedding.record_id == record.id, Embedding.model == model
    )
    if kind == "need":
        # Encoded by a version that did not yet keep what is asked for one by one.
        encoded = encoded.where(Embedding.aspect_vectors.is_not(None))
    return (
        select(record)
        .where(record.id > after, record.status.not_in(_NEVER_SHOWN), ~encoded.exists())
        .order_by(record.id)
    )


def _texts(session: Session, wanted: Select[Any], kind: RecordKind) -> dict[str, Said]:
    if kind == "solution":
        return {row.id: Said(solution_text(row), Wishes()) for row in session.scalars(wanted)}
    return {row.id: Said(need_text(row), need_wishes(row)) for row in session.scalars(wanted)}


def _unchanged(session: Session, kind: RecordKind, texts: Mapping[str, Said]) -> set[str]:
    """Those whose text is still what was encoded; the others were encoded by their change."""
    record = _model(kind)
    wanted = select(record).where(record.id.in_(list(texts))).with_for_update()
    return {i for i, text in _texts(session, wanted, kind).items() if text == texts[i]}


def _store(
    session: Session, kind: RecordKind, model: str, encoded: "Mapping[str, Encoded]"
) -> None:
    if not encoded:
        return
    ids: Sequence[str] = list(encoded)
    former = delete(Embedding).where(Embedding.record_kind == kind, Embedding.record_id.in_(ids))
    session.execute(former)
    session.execute(insert(Embedding), [_row(kind, i, model, e) for i, e in encoded.items()])
    numbers = zip(ids, take_revisions(session, len(ids)), strict=True)
    changes = [{"id": record_id, "revision": number} for record_id, number in numbers]
    session.execute(update(_model(kind)), changes)


def _row(kind: RecordKind, record_id: str, model: str, encoded: "Encoded") -> dict[str, Any]:
    return {
        "record_kind": kind,
        "record_id": record_id,
        "model": model,
        "text_hash": encoded.text_hash,
        "dimension": encoded.dimension,
        "vector": encoded.vector,
        "windows": encoded.windows,
        "spans": [list(span) for span in encoded.spans],
        "aspects": encoded.aspects,
        "aspect_vectors": encoded.aspect_vectors,
    }


def _model(kind: RecordKind) -> Any:
    return Solution if kind == "solution" else Need
