"""How well declared facts fit: one signal a fact, between -1 (misfit) and 1 (fit).

Each is a pure function of numbers, one a candidate. A fact missing on either side gives exactly
0: it neither helps nor hurts. Unknown numbers are NaN until the last step.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.lexical import Scores

Numbers: TypeAlias = NDArray[np.int32]
EVERYONE: Final = "residents"
FLOORS: Final[Mapping[str, float]] = {"considered": 7, "ongoing": 9}
_NEAR: Final = np.array([1.0, 0.8, 0.6, 0.4])
_ALIKE: Final = 0.3
_HALF_YEAR: Final = 182
_HALF_LIFE: Final = 4


def floor_of(stage: str | None) -> Scores:
    """The readiness level that a project's stage waits for; NaN when it tells none."""
    return np.array(float(FLOORS.get(stage or "", np.nan)))


def maturity_fit(level: ArrayLike, floor: ArrayLike) -> Scores:
    """1 when the readiness level (1-9) reaches the floor, -.5 one level short, -1 two or more.

    The floor is what the project's stage waits for (FLOORS): an ongoing project wants what is in
    use (9, "actual system proven in operational environment"), one that is only considered
    tolerates a pilot (7); a finished one waits for none. Beyond the floor nothing is gained.
    Levels: ISO 16290:2013, and the annex G of Horizon 2020.
    """
    short = np.asarray(floor, float) - np.asarray(level, float)
    return _known(np.where(short > 0, -short / 2, 1 + 0 * short))


def budget_fit(price: ArrayLike, budget: ArrayLike) -> Scores:
    """1 for a price band within the budget band, -.5 one band above, -1 two or more above.

    A cheaper offer is not a better one: below the budget nothing is gained. Bands are positions in
    the ordered list; their edges are thresholds of public purchasing, each about twice the last,
    so that one band above can be talked over and two cannot.
    """
    over = np.asarray(price, float) - np.asarray(budget, float)
    return _known(np.where(over > 0, -over / 2, 1 + 0 * over))


def population_fit(asked: ArrayLike, held: ArrayLike) -> Scores:
    """1 - |log10(asked / held)|: 1 at the same size, 0 at a factor of ten, -1 at a hundred.

    Sizes of communes spread over orders of magnitude (their distribution is close to log-normal:
    Eeckhout 2004, "Gibrat's Law for (All) Cities"), so that ratios compare them. A factor of ten
    is about what lies between the thresholds at which a commune's duties change (3,500, 35,000).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log10(np.asarray(asked, float)) - np.log10(np.asarray(held, float))
    return _known(1 - np.abs(ratio))


def age_fit(days: ArrayLike) -> Scores:
    """2^(-n/4) - 1, n = half-years gone since the entry last changed: 0 when fresh, never above.

    A half-life of two years: an entry left for that long stands at -.5. Whole half-years, so that
    a list does not change by the day.
    """
    steps = np.floor(np.maximum(np.asarray(days, float), 0) / _HALF_YEAR)
    return _known(2 ** (-steps / _HALF_LIFE) - 1)


def theme_closeness(asked: frozenset[str], code: str) -> float:
    """1 for a theme asked for, .5 for one of the same group (`water` of `water.leaks`), else -1.

    Two steps of the tree are all that the vocabulary tells: it knows no nearer and farther group.
    """
    if code in asked:
        return 1.0
    return 0.5 if code.partition(".")[0] in _groups(asked) else -1.0


@lru_cache(maxsize=64)
def _groups(themes: frozenset[str]) -> frozenset[str]:
    return frozenset(code.partition(".")[0] for code in themes)


def beneficiaries_fit(shared: ArrayLike, smaller: ArrayLike, open_to_all: ArrayLike) -> Scores:
    """Overlap coefficient (Szymkiewicz-Simpson) of the two sets; -1 when nothing is shared.

    Where nothing is shared but one side serves all residents, 0: they may well be among them.
    """
    shared, smaller = np.asarray(shared, float), np.asarray(smaller, float)
    overlap = shared / np.where(smaller > 0, smaller, np.nan)
    none = np.where(open_to_all, 0.0, -1.0)
    return _known(np.where(shared > 0, overlap, none + 0 * overlap))


def territory_nearness(held: Numbers, asked: Numbers) -> Scores:
    """How near places are to one: 1 the same, .8 in its EPCI, .6 département, .4 region, else 0.

    A place elsewhere of the same kind, whose population is within a factor of two, counts .3: its
    staff can be asked about the same work. Never below 0: a client far away is still a client.
    `held` has shape (n, 6) and `asked` (6,): numbers of the place, its EPCI, département, region,
    its kind, and its population (0 unknown).
    """
    same = (held[:, :4] == asked[:4]) & (asked[:4] > 0)
    near = np.max(same * _NEAR, axis=1, initial=0.0)
    sizes = np.stack([held[:, 5], np.full(len(held), asked[5])])
    alike = (held[:, 4] == asked[4]) & (sizes.min(0) > 0) & (sizes.max(0) <= 2 * sizes.min(0))
    return np.asarray(np.maximum(near, _ALIKE * alike))


def _known(values: ArrayLike) -> Scores:
    return np.asarray(np.clip(np.nan_to_num(np.asarray(values, float), nan=0.0), -1, 1))
