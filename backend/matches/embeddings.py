"""Vectors of records: made before the transaction, stored in it."""

from typing import TYPE_CHECKING, Literal

from sqlalchemy.orm import Session

from backend.matches.provider import text_hash, told_aspects
from backend.models import Embedding
from backend.needs.text import Wishes

if TYPE_CHECKING:
    from backend.matches.matcher import Encoded, Matcher

RecordKind = Literal["solution", "need"]


def encode(
    matcher: "Matcher", kind: RecordKind, text: str, wishes: Wishes | None = None
) -> "Encoded":
    """The vectors of one text, and of what a need asks for one by one."""
    return matcher.encode(kind, [text], wishes=[wishes or Wishes()])[0]


def encode_if_changed(
    session: Session,
    matcher: "Matcher",
    kind: RecordKind,
    record_id: str,
    text: str,
    wishes: Wishes | None = None,
) -> "Encoded | None":
    """The vectors of `text` and `wishes`, or None when those stored are of them and this model."""
    stored = session.get(Embedding, (kind, record_id))
    if stored is None or stored.model != matcher.model or stored.text_hash != text_hash(text):
        return encode(matcher, kind, text, wishes)
    # A criterion that turns from essential to desirable leaves the text as it was.
    if kind == "need" and stored.aspects != told_aspects(text, wishes or Wishes()):
        return encode(matcher, kind, text, wishes)
    return None


def store(
    session: Session, matcher: "Matcher", kind: RecordKind, record_id: str, encoded: "Encoded"
) -> None:
    """Keep the vectors of a record, in the transaction that writes the record."""
    session.merge(
        Embedding(
            record_kind=kind,
            record_id=record_id,
            model=matcher.model,
            text_hash=encoded.text_hash,
            dimension=encoded.dimension,
            vector=encoded.vector,
            windows=encoded.windows,
            spans=[list(span) for span in encoded.spans],
            aspects=encoded.aspects,
            aspect_vectors=encoded.aspect_vectors,
        )
    )
