"""Vectors of records: made before the transaction, stored in it."""

from typing import TYPE_CHECKING, Literal

from sqlalchemy.orm import Session

from backend.matches.provider import text_hash
from backend.models import Embedding

if TYPE_CHECKING:
    from backend.matches.matcher import Encoded, Matcher

RecordKind = Literal["solution", "need"]


def encode(matcher: "Matcher", kind: RecordKind, text: str) -> "Encoded":
    """The vectors of one text."""
    return matcher.encode(kind, [text])[0]


def encode_if_changed(
    session: Session, matcher: "Matcher", kind: RecordKind, record_id: str, text: str
) -> "Encoded | None":
    """The vectors of `text`, or None when those stored are of this text and this model."""
    stored = session.get(Embedding, (kind, record_id))
    same = stored is not None and stored.model == matcher.model
    if same and stored is not None and stored.text_hash == text_hash(text):
        return None
    return encode(matcher, kind, text)


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
        )
    )
