"""Which ranking is measured: the product's, or the same with something switched off."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Final

from matching.background import Background
from matching.rank import FACTS, RANKERS, Ranker, Weights

# Judged sets have no facts: to leave one out would change nothing.
_BY_WEIGHT: Final = tuple(field.name for field in fields(Weights) if field.name not in FACTS)
SIGNALS: Final = (*_BY_WEIGHT, "centring", "transform", "history")


class SignalError(ValueError):
    """A signal that does not exist was named; the message lists those that do."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A ranking: its weights, and what of `centring`, `transform` and `history` is left out.

    Without history, every need meets the background's mean only, as the first one ever does.
    """

    weights: Weights = RANKERS["hybrid"]
    off: frozenset[str] = frozenset()

    @property
    def history(self) -> bool:
        """Whether earlier queries count in the centre of later ones."""
        return "history" not in self.off

    def known(self, background: Background) -> Background:
        """What this ranking uses of a background."""
        transform = None if "transform" in self.off else background.transform
        return replace(background, transform=transform, centring="centring" not in self.off)

    def without(self, signal: str) -> "Variant":
        """The same with one of SIGNALS off. Raises SignalError."""
        if signal not in SIGNALS:
            raise SignalError(f"{signal!r} is not a signal: choose from {', '.join(SIGNALS)}.")
        if signal in _BY_WEIGHT:
            return replace(self, weights=replace(self.weights, **{signal: 0.0}))
        return replace(self, off=self.off | {signal})


def variant(ranker: Ranker = "hybrid", without: Iterable[str] = ()) -> Variant:
    """A ranker without some of SIGNALS. Raises SignalError."""
    return reduce(Variant.without, without, Variant(RANKERS[ranker]))
