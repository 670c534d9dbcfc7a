"""Which judged sets come from one source: what is learned from one must not be measured on another.

Told by what the sets hold, never by their names.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from matching.evaluation.judged import JudgedSet
from matching.text import fold

# Numbering such as q12 or doc-7: two sets that share it share nothing.
_NUMBERING: Final = re.compile(r"(q|d|doc|query|document)?[-_]?\d*")
_WORD: Final = re.compile(r"\w+")


def sources(sets: Sequence[JudgedSet]) -> list[int]:
    """The source of each set, as a number: sets that share a text or an id, however indirectly.

    Texts are compared by their folded words, ids without case; union-find over the sets.
    """
    parent = list(range(len(sets)))
    first_with: dict[tuple[str, str], int] = {}
    for number, judged in enumerate(sets):
        for mark in _marks(judged):
            _join(parent, first_with.setdefault(mark, number), number)
    return [_root(parent, number) for number in range(len(sets))]


def _marks(judged: JudgedSet) -> Iterator[tuple[str, str]]:
    for held in (*judged.documents, *judged.queries):
        name = unicodedata.normalize("NFKC", held.id).casefold().strip()
        if not _NUMBERING.fullmatch(name):
            yield "id", name
        words = " ".join(_WORD.findall(fold(held.text)))
        if words:
            yield "text", words


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _join(parent: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
