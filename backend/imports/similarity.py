"""How alike two strings are, as PostgreSQL's pg_trgm counts it."""

import re
from functools import lru_cache

from backend.folding import fold

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=50_000)
def trigrams(text: str) -> frozenset[str]:
    """Three-letter pieces of each folded word, padded by two spaces before and one after."""
    pieces: set[str] = set()
    for word in _WORD.findall(fold(text)):
        padded = f"  {word} "
        pieces.update(padded[start : start + 3] for start in range(len(padded) - 2))
    return frozenset(pieces)


def similarity(one: str, other: str) -> float:
    """Shared trigrams over all trigrams: 0 nothing in common, 1 the same words."""
    first, second = trigrams(one), trigrams(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
