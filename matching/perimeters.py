"""Who covers whom: perimeters as sets of communes, exact for an EPCI across two départements.

A code is `commune:34172`, `epci:243400017`, `departement:34`, `region:76` or `country:FR`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from matching.types import Mask

COUNTRY: Final = "country:FR"


class Perimeters:
    """The nesting of territories, built once.

    Each row names a commune first, then what it lies in (None where it lies in none); a commune
    that lies in several of a kind has several rows.
    """

    def __init__(self, rows: Iterable[Sequence[str | None]]) -> None:
        numbers: dict[str, int] = {}
        self._around: list[set[str]] = []
        members: dict[str, set[int]] = {}
        for commune, *above in rows:
            if commune is None:
                continue
            number = numbers.setdefault(commune, len(numbers))
            if number == len(self._around):
                self._around.append(set())
            for code in {commune, *above, COUNTRY} - {None}:
                self._around[number].add(str(code))
                members.setdefault(str(code), set()).add(number)
        self._members = {code: np.array(sorted(inside)) for code, inside in members.items()}
        self._touching = lru_cache(maxsize=2_000)(self._find_touching)
        self._coverage = lru_cache(maxsize=10_000)(self._find_coverage)

    def __contains__(self, code: str) -> bool:
        return code in self._members

    def communes(self, codes: Iterable[str]) -> Mask:
        """Which communes perimeters cover together, shape (communes,). Unknown codes add none."""
        covered = np.zeros(len(self._around), bool)
        for code in codes:
            if code in self._members:
                covered[self._members[code]] = True
        return covered

    def touching(self, codes: frozenset[str]) -> frozenset[str]:
        """Every code that shares at least one commune with `codes`.

        A code that names no commune of the table touches only itself.
        """
        return self._touching(codes)

    def _find_touching(self, codes: frozenset[str]) -> frozenset[str]:
        covered = np.flatnonzero(self.communes(codes)).tolist()
        return codes.union(*(self._around[number] for number in covered))

    def regions(self, codes: Iterable[str]) -> frozenset[str]:
        """The regions that the perimeters lie in; a code that lies in none stays as it is."""
        inside = [self._only_regions(frozenset({code})) for code in codes]
        return frozenset[str]().union(*inside)

    def _only_regions(self, codes: frozenset[str]) -> frozenset[str]:
        around = self.touching(codes)
        return frozenset(code for code in around if code.startswith("region:")) or codes

    def meet(self, asked: frozenset[str], offered: frozenset[str]) -> bool:
        """Whether they share a commune or a code; the whole country meets everything."""
        return COUNTRY in asked or not self.touching(asked).isdisjoint(offered)

    def coverage(self, asked: Iterable[str], offered: Iterable[str]) -> float:
        """The share, 0-1, of the asked communes that are offered; 0 when none is asked."""
        return self._coverage(frozenset(asked), frozenset(offered))

    def _find_coverage(self, asked: frozenset[str], offered: frozenset[str]) -> float:
        wanted = self.communes(asked)
        total = int(wanted.sum())
        return float((wanted & self.communes(offered)).sum()) / total if total else 0.0
