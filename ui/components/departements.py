"""The départements as a map of equal tiles: none is too small to be seen or touched.

Tiles stand about where their départements do; those overseas are on a line below. The same
numbers belong in a table beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ui.text import h, wrap

# A row a line, the number of each département at its column; a dot is the sea, or abroad.
_ROWS: Final = """
 .  .  .  .  .  .  62 59 .  .  .  .  .
 .  .  .  .  .  76 80 02 08 .  .  .  .
 .  .  .  50 14 27 60 .  51 55 57 67 .
 29 22 35 53 61 78 95 93 77 10 54 68 .
 .  56 44 49 72 28 92 75 94 52 88 90 .
 .  .  85 79 37 41 91 45 89 21 70 25 .
 .  .  17 86 36 18 58 03 71 39 .  .  .
 .  .  .  16 87 23 63 42 69 01 74 .  .
 .  .  33 24 19 15 43 07 26 38 73 .  .
 .  .  40 47 46 12 48 30 84 04 05 .  .
 .  .  64 32 82 81 34 13 83 06 .  .  .
 .  .  .  65 31 11 .  .  .  .  .  .  2B
 .  .  .  .  09 66 .  .  .  .  .  .  2A
 971 972 973 974 976 975 977 978 986 987 988 984 989
"""
TILES: Final[Mapping[str, tuple[int, int]]] = {
    number: (row, column)
    for row, line in enumerate(_ROWS.strip().splitlines(), 1)
    for column, number in enumerate(line.split(), 1)
    if number != "."
}
STEPS: Final = 4


def tile_map(title: str, counts: Mapping[str, int]) -> str:
    """The map as HTML: each tile has its number, its count, and a shade by quarters of the most.

    `counts` are by number of département, such as "34".
    """
    most = max(counts.values(), default=0)
    tiles = "".join(_tile(number, counts.get(number, 0), most) for number in TILES)
    return f'<div class="pa-tiles" role="img" aria-label="{h(title)}">{tiles}</div>'


def step(count: int, most: int) -> int:
    """The shade of a count, 0 (none) to STEPS (the most)."""
    return -(-count * STEPS // most) if most else 0


def _tile(number: str, count: int, most: int) -> str:
    row, column = TILES[number]
    inner = wrap("span", h(number)) + (wrap("b", h(count)) if count else "")
    place = f"grid-row:{row};grid-column:{column}"
    return f'<i class="pa-tile-{step(count, most)}" style="{place}">{inner}</i>'
