"""What is quoted of a text: whole sentences, as written, never the title alone."""

from functools import lru_cache
from typing import Final, NamedTuple

from matching.text import content_stems, sentence_spans

QUOTE_AT_MOST: Final = 320
_ENOUGH_SAID: Final = 80
Span = tuple[int, int]


class Sentence(NamedTuple):
    """A sentence of a text: where it is, and the stems of what it says."""

    span: Span
    stems: frozenset[str]


@lru_cache(maxsize=2_000)
def sentences_within(passage: str, lang: str) -> tuple[Sentence, ...]:
    """The sentences of a passage; kept, since the same passages come back in many lists."""
    return tuple(
        Sentence((start, stop), content_stems(passage[start:stop], lang))
        for start, stop in sentence_spans(passage)
    )


def after_title(text: str) -> int:
    """Where what a text says begins: after its first sentence, its title, if enough follows.

    The title stands above every quotation anyway.
    """
    spans = sentence_spans(text)
    next(spans, None)
    second = next(spans, None)
    return second[0] if second and len(text) - second[0] >= _ENOUGH_SAID else 0


def shorten(passage: str, length: int = QUOTE_AT_MOST) -> str:
    """As many whole sentences as fit in `length`; of a longer one, whole words and "…"."""
    passage = " ".join(passage.split())
    if len(passage) <= length:
        return passage
    ends = [stop for _, stop in sentence_spans(passage) if stop <= length]
    if ends:
        return passage[: ends[-1]]
    cut = passage[:length]
    return (cut.rpartition(" ")[0].rstrip(" ,;:") or cut) + " …"
