"""What a need asks for, one thing at a time: the parts that a solution's text is held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from matching.background import Background
from matching.ragged import unit
from matching.text import sentence_spans
from matching.types import Vectors

AspectKind: TypeAlias = Literal["essential", "desirable", "outcome", "sentence"]

CRITERIA_AT_MOST: Final = 20
SENTENCES_AT_MOST: Final = 8
_WORDS_AT_LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing asked for, in the words of the need."""

    kind: AspectKind
    text: str


@dataclass(frozen=True, slots=True)
class Wishlist:
    """The aspects of one need, with a vector each, shape (n, d), encoded as a query is."""

    aspects: tuple[Aspect, ...]
    vectors: Vectors
    lang: str

    def projected(self, background: Background) -> "Wishlist":
        """The same with the vectors as the ranking compares them."""
        return Wishlist(self.aspects, background.project(self.vectors), self.lang)

    def centred(self, centre: Vectors) -> "Wishlist":
        """The same with unit vectors that the centre of needs, shape (d,), is taken out of."""
        return Wishlist(self.aspects, unit(self.vectors - centre), self.lang)

    @property
    def wishes(self) -> Vectors:
        """The vectors of what is asked for in so many words, which count in the ranking."""
        stated = [aspect.kind != "sentence" for aspect in self.aspects]
        return np.asarray(self.vectors[np.array(stated, bool)])


def nothing_asked(lang: str, dimension: int) -> Wishlist:
    """A text without parts: it is answered, or not, as a whole."""
    return Wishlist((), np.zeros((0, dimension), np.float32), lang)


def aspects_of(
    text: str,
    essential: Sequence[str] = (),
    desirable: Sequence[str] = (),
    outcome: str = "",
    told: str | None = None,
) -> tuple[Aspect, ...]:
    """The criteria of a need; without any, its expected outcome; without one, its sentences.

    A criterion said twice counts once, at most 20 count. Sentences are those of four words or
    more, figures not counted, at most 8; a text of one sentence has no parts. They are taken from
    `told`, what the need says that it wants; from the whole text when that is not known.
    """
    musts = _once(essential)
    wishes = [Aspect("essential", wish) for wish in musts]
    wishes += [Aspect("desirable", wish) for wish in _once(desirable) if wish not in musts]
    if wishes:
        return tuple(wishes[:CRITERIA_AT_MOST])
    if outcome.strip():
        return (Aspect("outcome", outcome.strip()),)
    source = text if told is None else told
    said = [source[start:stop] for start, stop in sentence_spans(source)]
    asking = [sentence for sentence in _once(said) if _words(sentence) >= _WORDS_AT_LEAST]
    if len(asking) < 2:
        return ()
    return tuple(Aspect("sentence", sentence) for sentence in asking[:SENTENCES_AT_MOST])


def _words(sentence: str) -> int:
    """How many words it has beside figures and their units: amounts and dates ask for nothing."""
    figures = [any(map(str.isdigit, word)) for word in sentence.split()]
    return len(figures) - 2 * sum(figures)


def _once(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(text.strip() for text in texts) if text]
