"""What is told of each of one's needs in their list."""

from __future__ import annotations

from ui import links, staff
from ui.api import ApiError
from ui.components import badges
from ui.i18n import _, n_, number
from ui.records import Band
from ui.staff import Figures
from ui.text import h, tag, wrap

BANDS: tuple[Band, ...] = ("strong", "good", "possible")


def told() -> dict[str, str]:
    """HTML by need: the candidates of its last list, and its shortlist; nothing on failure."""
    try:
        figures = staff.desk()
    except ApiError:
        # The needs themselves are on the page; their figures come back with the next visit.
        return {}
    return {need_id: _told(need_id, one) for need_id, one in figures.items()}


def _told(need_id: str, one: Figures) -> str:
    return _candidates(one) + _shortlist(need_id, one)


def _candidates(one: Figures) -> str:
    found = one["candidates"]
    if found is None:
        return tag("p", _("Open it to see its candidates."), "pa-hint")
    items = "".join(
        wrap("li", f"{badges.band(band)} {tag('span', number(found[band]))}")
        for band in BANDS
        if found.get(band)
    )
    if not items:
        return tag("p", _("No candidate was close in the last list."), "pa-hint")
    return tag("p", _("In the last list:"), "pa-hint") + wrap("ul", items, "pa-confidence")


def _shortlist(need_id: str, one: Figures) -> str:
    if not one["shortlisted"]:
        return ""
    label = n_("Shortlist: {n} solution", "Shortlist: {n} solutions", one["shortlisted"])
    if one["kept"]:
        label += ", " + n_("{n} kept", "{n} kept", one["kept"])
    address = links.href("shortlist", id=need_id)
    return wrap("p", f'<a href="{h(address)}" target="_self">{h(label)}</a>')
