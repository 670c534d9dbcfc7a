"""What a list is asked with, and what the answer to it holds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from backend.matches.facts import band_position
from matching.arrange import Arrangement, Position
from matching.corpus import Corpus
from matching.eligibility import Criteria as HardCriteria
from matching.engine import Calibrated
from matching.notices import Notice
from matching.types import Hidden, Match


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for by hand, in the words of the API. Empty means not asked."""

    themes: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    perimeters: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    maturity_min: int | None = None
    price_bands: tuple[str, ...] = ()
    relax: frozenset[str] = frozenset()
    arrangement: Arrangement = field(default_factory=Arrangement)
    # Of the whole list, show these alone, in the places they have in it.
    ids: frozenset[str] | None = None
    # Compare these alone, whatever the filters: their bands mean little then.
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranked list and everything needed to say how it came about."""

    matches: list[Match]
    hidden: list[Hidden]
    eligible: int
    model: str
    revision: int
    weights: dict[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def hard_filters(criteria: Criteria, perimeters: tuple[str, ...]) -> HardCriteria:
    """The filters as the ranking library knows them."""
    return HardCriteria(
        themes=criteria.themes,
        beneficiaries=criteria.beneficiaries,
        labels=criteria.labels,
        languages=criteria.languages,
        perimeters=perimeters,
        maturity_min=criteria.maturity_min,
        money=tuple(b for b in map(band_position, criteria.price_bands) if b is not None),
        relax=criteria.relax,
    )


def listed_places(
    corpus: Corpus,
    answered: Calibrated,
    places: Sequence[Position],
    ids: Collection[str] | None,
) -> list[Position]:
    """The places of those records alone; all of them for None."""
    rows = answered.ranked.rows
    return [p for p in places if ids is None or corpus.ids[int(rows[p.candidate])] in ids]
