"""Tables as HTML: read by everybody, also by programs that read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from ui.text import h, tag, wrap


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts, which are escaped; the first cell of a row names it."""
    top = wrap("tr", "".join(f'<th scope="col">{h(head)}</th>' for head in heads))
    body = "".join(wrap("tr", _row(row)) for row in rows)
    inner = tag("caption", caption, "pa-caption") + wrap("thead", top) + wrap("tbody", body)
    # It scrolls by itself where it is too wide, and the keyboard must be able to scroll it.
    return (
        f'<div class="pa-scroll" tabindex="0" role="region" aria-label="{h(caption)}">'
        f"{wrap('table', inner, 'pa-table')}</div>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return f'<th scope="row">{h(first)}</th>' + "".join(tag("td", cell) for cell in rest)
