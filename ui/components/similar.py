"""Solutions listed under one that they nearly repeat, each with what may differ."""

from __future__ import annotations

from ui import links, words
from ui.components import badges
from ui.i18n import _, n_
from ui.records import Similar
from ui.text import h, shorten, tag, wrap


def listed(entries: list[Similar]) -> str:
    """A folded list of links; nothing when there are none."""
    if not entries:
        return ""
    count = n_("{n} similar entry", "{n} similar entries", len(entries))
    items = "".join(_entry(entry) for entry in entries)
    return f'<details class="pa-similar"><summary>{h(count)}</summary>{wrap("ul", items)}</details>'


def _entry(entry: Similar) -> str:
    """A link to the entry, who offers it, and the facts in which two copies may differ."""
    address = links.href("solution", id=entry["id"])
    title = h(shorten(entry["title"], 200))
    link = f'<a href="{h(address)}" target="_self" lang="{h(entry["lang"])}">{title}</a>'
    who = tag("p", entry["organisation"] or _("Organisation not given"), "pa-eyebrow")
    unknown = _("not given")
    facts = badges.facts(
        [
            (_("Maturity"), words.maturity(entry["maturity"]) or unknown),
            (_("Price"), badges.price(entry) or unknown),
            (_("Perimeter"), badges.perimeter(entry) or unknown),
        ]
    )
    return wrap("li", wrap("p", link) + who + facts)
