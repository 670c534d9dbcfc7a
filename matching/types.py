"""The words the library is written in: profiles, facts, hits, matches, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
Mask: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.int64]
Side: TypeAlias = Literal["solution", "need"]
Band: TypeAlias = Literal["strong", "good", "possible", "uncertain"]
Polarity: TypeAlias = Literal["fits", "misses", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """A territory, with the codes of what it lies in; `population` None when it tells no size.

    A commune or an EPCI is who asks or who bought; a département or a region may only be where
    they are, so that its population says nothing of them.
    """

    code: str
    epci: str | None = None
    departement: str | None = None
    region: str | None = None
    population: int | None = None

    @property
    def kind(self) -> str:
        """commune, epci, departement or region."""
        return self.code.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is declared of a record. Empty or None means unknown, which is never "no".

    `maturity` is a technology readiness level, 1-9; `money` a band's position in the ordered list
    of bands (0 = free); `deadline` the last day on which an answer is accepted; `stage` how far
    the project of a need is; `places` where a need is asked, or where a solution has been used;
    `updated` the day on which the record last changed.
    """

    published: bool = True
    themes: frozenset[str] = frozenset()
    beneficiaries: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    perimeters: frozenset[str] = frozenset()
    maturity: int | None = None
    money: int | None = None
    deadline: date | None = None
    stage: str | None = None
    places: tuple[Place, ...] = ()
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A solution or a need as the ranker sees it. `lang` is ISO 639-1."""

    id: str
    text: str
    lang: str
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The vectors of one text: the whole, shape (d,), and its windows, shape (n, d), unit length.

    `spans[i]` is the half-open character range of window i in the text.
    """

    vector: Vectors
    windows: Vectors
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of an index. A higher score is better, everywhere."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record stands where it stands; worded for people elsewhere, in their language.

    `codes` and `values` are facts to word; `quote` is text of the record; `strength` is 0-1. A
    reason of kind "criterion" is about one `aspect` of the need, in its words, of `aspect_kind`.
    """

    kind: str
    polarity: Polarity
    codes: tuple[str, ...] = ()
    quote: str | None = None
    strength: float | None = None
    values: Mapping[str, float | str] = field(default_factory=dict)
    aspect: str | None = None
    aspect_kind: Literal["essential", "desirable", "outcome", "sentence"] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate: `score` is the estimated probability (0-1) that it answers.

    `original_rank` is its place by score alone, from 1 (0: not said); `similar` are the entries
    listed under it because they are nearly the same; `newcomer` tells that it stands higher than
    by score, because no list had shown it.
    """

    id: str
    score: float
    band: Band
    signals: Mapping[str, float]
    reasons: tuple[Reason, ...] = ()
    original_rank: int = 0
    similar: tuple["Match", ...] = ()
    newcomer: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one filter hides: `count` records fail it, `gain` would appear if it were relaxed."""

    filter: str
    count: int
    gain: int


class Embedder(Protocol):
    """Turns texts into unit vectors, shape (n, dimension), float32."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def encode_query(self, texts: Sequence[str]) -> Vectors: ...
    def encode_document(self, texts: Sequence[str]) -> Vectors: ...


class Index(Protocol):
    """Nearest neighbours by inner product.

    Ids are the caller's row numbers (>= 0): eligibility is a mask over rows, and a mask is what
    the engines filter by. `only=None` means all rows; a mask without a True finds nothing.
    """

    def upsert(self, ids: Rows, vectors: Vectors) -> None: ...
    def remove(self, ids: Rows) -> None: ...
    def search(self, vectors: Vectors, k: int, only: Mask | None = None) -> list[list[Hit]]: ...
    def __len__(self) -> int: ...
