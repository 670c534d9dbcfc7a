"""How alike two texts are, letter by letter: the same entry registered twice reads nearly the same.

The rule is that of lists of matches (matching.similar): the less alike the titles, the more alike
the texts must be. There it also looks at meanings; here candidates are near in meaning already.
"""

from typing import Final

from backend.folding import fold

GRAM: Final = 4
# (share of the titles' words in common, least Jaccard index of the texts), strictest last.
ALIKE_FROM: Final = ((1.0, 0.4), (1 / 3, 0.85), (0.0, 0.95))


def similarity(first: str, second: str) -> float:
    """Jaccard index (0-1) of the sets of four letters in a row; 0 when either text is too short."""
    return jaccard(_grams(first), _grams(second))


def is_copy(first_title: str, second_title: str, alike: float) -> bool:
    """Whether texts `alike` (0-1) under these titles are nearly the same entry."""
    shared = jaccard(set(fold(first_title).split()), set(fold(second_title).split()))
    least = next(bound for share, bound in ALIKE_FROM if shared >= share)
    return alike >= least


def jaccard(first: set[str], second: set[str]) -> float:
    """What two sets have in common of what either has, 0-1; 0 for two empty ones."""
    either = len(first | second)
    return len(first & second) / either if either else 0.0


def _grams(text: str) -> set[str]:
    folded = fold(text)
    return {folded[place : place + GRAM] for place in range(len(folded) - GRAM + 1)}
