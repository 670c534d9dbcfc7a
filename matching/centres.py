"""The mean vector of a side in each language: what all its texts share, and none means."""

from typing import Final

import numpy as np

from matching.background import Background
from matching.types import Side, Vectors

_PRIOR: Final = 20


class Centres:
    """Running means, the background's mean counting as 20 texts.

    Subtracting them is what makes e5 rank: its raw cosines all sit in 0.75-0.90, for a direction
    common to all texts and one a language, and another for needs than for solutions.
    """

    def __init__(self, side: Side, dimension: int, background: Background) -> None:
        self._side: Side = side
        self._dimension = dimension
        self._background = background
        self._sums: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
        self._counts: dict[str, int] = {}
        self._known: dict[str, Vectors] = {}

    @property
    def tuned(self) -> bool:
        """Whether anything was learned of the encoder before."""
        return not self._background.neutral

    @property
    def counts(self) -> dict[str, int]:
        """How many texts of each language are in the means."""
        return dict(self._counts)

    def add(self, lang: str, vector: Vectors) -> None:
        """Count a text's vector, shape (d,), in."""
        self._known.pop(lang, None)
        self._sums[lang] = self._sums.get(lang, np.zeros(self._dimension)) + vector
        self._counts[lang] = self._counts.get(lang, 0) + 1

    def remove(self, lang: str, vector: Vectors) -> None:
        """Count a text's vector out again."""
        self._known.pop(lang, None)
        self._sums[lang] = self._sums[lang] - vector
        self._counts[lang] -= 1

    def of(self, lang: str) -> Vectors:
        """The mean of a language, shape (d,); zeros when nothing at all is known."""
        if lang not in self._known:
            self._known[lang] = self._mean(lang)
        return self._known[lang]

    def _mean(self, lang: str) -> Vectors:
        weight = _PRIOR if self._background.means[self._side] else 0
        total = weight + self._counts.get(lang, 0)
        if not total or not self._background.centring:
            return np.zeros(self._dimension, np.float32)
        known = self._background.mean(self._side, lang, self._dimension)
        return np.asarray((weight * known + self._sums.get(lang, 0)) / total, np.float32)
