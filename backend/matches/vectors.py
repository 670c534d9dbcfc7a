"""Between stored records and the ranking library: facts, texts, vectors (little-endian float32)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from backend.matches.facts import fact_values
from backend.matches.stored import StoredRecord
from backend.needs.text import Wishes
from matching.aspects import Aspect, Wishlist, aspects_of, nothing_asked
from matching.background import Background
from matching.centres import Centres
from matching.embedders import encode_profiles
from matching.text import text_hash
from matching.types import Embedder, Encoding, Facts, Place, Profile, Vectors

Kind = Literal["solution", "need"]
_BYTES = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of one text as they are stored.

    `aspects` are the kinds and texts of what a need asks for one by one, `aspect_vectors` one
    vector each; None for a solution.
    """

    text_hash: str
    vector: bytes
    windows: bytes | None
    spans: list[tuple[int, int]]
    dimension: int
    aspects: list[list[str]] | None = None
    aspect_vectors: bytes | None = None


def encode_texts(
    embedder: Embedder,
    kind: Kind,
    texts: Sequence[str],
    wishes: Sequence[Wishes] = (),
    on_progress: Callable[[int], None] | None = None,
) -> list[Encoded]:
    """The vectors of texts, and of what each asks for: `wishes`, one a text, are those of needs."""
    encodings = encode_profiles(embedder, kind, texts, on_progress)
    asked = wishes or [Wishes()] * len(texts)
    aspects = [aspects_of(text, *wish) for text, wish in zip(texts, asked, strict=True)]
    lists = aspects if kind == "need" else []
    vectors = _vectors_by_text(embedder, lists)
    return [
        Encoded(
            text_hash=text_hash(text),
            vector=encoding.vector.astype(_BYTES).tobytes(),
            windows=encoding.windows.astype(_BYTES).tobytes() if encoding.spans else None,
            spans=list(encoding.spans),
            dimension=embedder.dimension,
            aspects=told(asks) if lists else None,
            aspect_vectors=_pack(asks, vectors) if lists else None,
        )
        for text, encoding, asks in zip(texts, encodings, aspects, strict=True)
    ]


def told_aspects(text: str, wishes: Wishes) -> list[list[str]]:
    """What a need asks for one by one, as it is stored."""
    return told(aspects_of(text, *wishes))


def told(aspects: Sequence[Aspect]) -> list[list[str]]:
    """Aspects as they are stored."""
    return [[aspect.kind, aspect.text] for aspect in aspects]


def _vectors_by_text(embedder: Embedder, lists: Sequence[Sequence[Aspect]]) -> dict[str, Vectors]:
    """A vector for each different text: many needs ask for the same."""
    texts = list(dict.fromkeys(aspect.text for aspects in lists for aspect in aspects))
    return dict(zip(texts, embedder.encode_query(texts), strict=True)) if texts else {}


def _pack(aspects: Sequence[Aspect], vectors: dict[str, Vectors]) -> bytes:
    return b"".join(vectors[aspect.text].astype(_BYTES).tobytes() for aspect in aspects)


def profile_of(record: StoredRecord) -> Profile:
    """A stored record as the ranker sees it."""
    places = tuple(Place(*place) for place in record.places)
    return Profile(record.id, record.text, record.lang, Facts(**fact_values(record), places=places))


def encoding_of(record: StoredRecord, model: str) -> Encoding | None:
    """The stored vectors of a record, if they are of its text and of this model."""
    if record.vector is None or record.model != model:
        return None
    if record.text_hash != text_hash(record.text):
        return None
    vector = np.frombuffer(record.vector, _BYTES)
    windows = np.frombuffer(record.windows or b"", _BYTES).reshape(-1, len(vector))
    return Encoding(vector, windows, tuple((start, end) for start, end in record.spans))


def wishlist_of(record: StoredRecord, embedder: Embedder) -> Wishlist:
    """What a stored record asks for, a solution nothing.

    Encoded here only for a need that was stored before its vectors were kept.
    """
    aspects = aspects_of(record.text, *record.wishes) if record.wishes else ()
    if not aspects:
        return nothing_asked(record.lang, embedder.dimension)
    packed = record.aspect_vectors
    if record.model == embedder.name and packed and record.aspects == told(aspects):
        vectors = np.frombuffer(packed, _BYTES).reshape(len(aspects), -1)
    else:
        vectors = embedder.encode_query([aspect.text for aspect in aspects])
    return Wishlist(aspects, vectors, record.lang)


def centred_wishlists(
    records: Sequence[StoredRecord], embedder: Embedder, background: Background, centres: Centres
) -> dict[str, Wishlist]:
    """What each of some needs asks for, ready to be compared, by id."""
    asked = ((r, wishlist_of(r, embedder).projected(background)) for r in records)
    return {r.id: wishlist.centred(centres.of(r.lang)) for r, wishlist in asked}
