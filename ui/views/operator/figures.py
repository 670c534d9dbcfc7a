"""The dashboard: what is asked and offered, where, and what comes of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import links, words
from ui.components import departements, desk
from ui.components.tables import table
from ui.i18n import _, long_date, n_, number
from ui.text import md, tag

FIRST_PLACES = 15
COLOURS = ["#98430d", "#0b5a6b"]


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("Figures")):
        return
    found = desk.fetch("/statistics")
    if found is None:
        return
    _unmet(found)
    _themes(found)
    _places(found)
    _funnel(found["funnel"])
    _shown(found)


def _unmet(found: dict[str, Any]) -> None:
    st.html(tag("h2", _("Needs that nothing here answers well"), "pa-section"))
    looked, published = found["needs_looked_at"], found["needs_published"]
    said = _(
        "Answers were looked for to {n} of {all} needs.", n=number(looked), all=number(published)
    )
    if found["looked_at_since"]:
        said += " " + _("The oldest look: {date}.", date=long_date(found["looked_at_since"]))
    st.html(tag("p", said, "pa-hint"))
    if st.button(_("Look at 50 needs now"), key="look", icon=":material/refresh:"):
        done = _("Answers were looked for.")
        if desk.send("POST", "/statistics/needs", None, done):
            st.rerun()
    rows = [one for one in found["themes"] if one["looked_at"]]
    if not rows:
        return
    names = [words.label("themes", one["theme"]) for one in rows]
    met = [one["looked_at"] - one["without_match"] for one in rows]
    unmet = [one["without_match"] for one in rows]
    columns = {_("With a good answer"): met, _("Without"): unmet}
    _bars(names, columns, _("needs"))
    _numbers(_("Needs by theme"), _("Theme"), names, columns)


def _themes(found: dict[str, Any]) -> None:
    st.html(tag("h2", _("Asked and offered, by theme"), "pa-section"))
    names = [words.label("themes", one["theme"]) for one in found["themes"]]
    columns = {
        _("Needs"): [one["needs"] for one in found["themes"]],
        _("Solutions"): [one["solutions"] for one in found["themes"]],
    }
    _bars(names, columns, _("published records"))
    _numbers(_("Published records by theme"), _("Theme"), names, columns)


def _bars(names: list[str], columns: dict[str, list[int]], unit: str) -> None:
    """Bars side by side; the table that follows has the same numbers and the whole names."""
    rows = [
        {"name": name.partition(",")[0], "what": what, "n": values[place]}
        for what, values in columns.items()
        for place, name in enumerate(names)
    ]
    legend = {"orient": "top", "title": None, "direction": "vertical", "labelLimit": 300}
    spec = {
        "data": {"values": rows},
        "mark": "bar",
        "height": 120 + (10 + 18 * len(columns)) * len(names),
        "encoding": {
            "y": {"field": "name", "sort": None, "title": None, "axis": {"labelLimit": 190}},
            "yOffset": {"field": "what", "sort": None},
            "x": {
                "field": "n",
                "type": "quantitative",
                "title": unit,
                "axis": {"tickMinStep": 1},
            },
            "color": {
                "field": "what",
                "scale": {"domain": list(columns), "range": COLOURS},
                "legend": legend if len(columns) > 1 else None,
            },
        },
    }
    st.vega_lite_chart(spec=spec)


def _numbers(caption: str, first: str, names: list[str], columns: dict[str, list[int]]) -> None:
    rows = [
        (name, *(number(values[place]) for values in columns.values()))
        for place, name in enumerate(names)
    ]
    with st.expander(_("The same numbers as a table")):
        st.html(table(caption, (first, *columns), rows))


def _places(found: dict[str, Any]) -> None:
    st.html(tag("h2", _("Asked and offered, by département"), "pa-section"))
    names = {"needs": _("Needs"), "solutions": _("Solutions")}
    what = st.radio(
        _("Show"), list(names), format_func=names.__getitem__, horizontal=True, key="figures-map"
    )
    counts = {one["departement"].partition(":")[2]: one[what] for one in found["departements"]}
    left, right = st.columns([3, 2], gap="large")
    with left:
        title = _("{what} by département; the table has the same numbers", what=names[what])
        st.html(departements.tile_map(title, counts))
        st.html(tag("p", _anywhere(found[f"{what}_anywhere"]), "pa-hint"))
    with right:
        ranked = sorted(found["departements"], key=lambda one: (-one[what], one["departement"]))
        rows = [
            (
                f"{one['name']} ({one['departement'][12:]})",
                number(one["needs"]),
                number(one["solutions"]),
            )
            for one in ranked
            if one["needs"] or one["solutions"]
        ]
        heads = (_("Département"), _("Needs"), _("Solutions"))
        st.html(table(_("Published records by département"), heads, rows[:FIRST_PLACES]))
        if rows[FIRST_PLACES:]:
            with st.expander(_("The other départements")):
                caption = _("The other départements")
                st.html(table(caption, heads, rows[FIRST_PLACES:]))


def _anywhere(counts: dict[str, int]) -> str:
    return _(
        "Not on the map: {country} for the whole country, {unsaid} that do not say where.",
        country=number(counts["whole_country"]),
        unsaid=number(counts["unsaid"]),
    )


def _funnel(funnel: dict[str, Any]) -> None:
    st.html(tag("h2", _("From a match to a deal"), "pa-section"))
    names = {
        "shown": _("Shown in a list"),
        "introductions": _("Introductions"),
        "answered": _("Answered"),
        "met": _("Met"),
        "pilots": _("Pilots"),
        "deals": _("Deals"),
    }
    columns = {_("Pairs of a need and a solution"): [funnel[code] for code in names]}
    if funnel["shown"] or funnel["introductions"]:
        _bars(list(names.values()), columns, _("pairs"))
        _numbers(_("From a match to a deal"), _("Stage"), list(names.values()), columns)
    said = [
        n_(
            "{n} introduction began from a list.",
            "{n} introductions began from a list.",
            funnel["from_lists"],
        ),
    ]
    if funnel["median_hours"] is not None:
        hours = number(funnel["median_hours"])
        said.append(_("Half of the answers came within {hours} hours.", hours=hours))
    else:
        said.append(_("No introduction has been answered yet."))
    st.html(tag("p", " ".join(said)))


def _shown(found: dict[str, Any]) -> None:
    st.html(tag("h2", _("Who is shown"), "pa-section"))
    exposure = found["exposure"]
    never = n_(
        "{n} published solution has not been in any list yet.",
        "{n} published solutions have not been in any list yet.",
        exposure["never_shown"],
    )
    st.html(tag("p", never))
    if exposure["top_decile_share"] is not None:
        share = number(round(100 * exposure["top_decile_share"]))
        said = _("The tenth that is shown most takes {share} % of all places.", share=share)
        st.html(tag("p", said))
    if not found["most_shown"]:
        return
    rows = [
        (one["title"], one["organisation"] or "", number(one["lists"]))
        for one in found["most_shown"]
    ]
    heads = (_("Solution"), _("Organisation"), _("Lists"))
    st.html(table(_("Solutions shown in most lists"), heads, rows))
    first = found["most_shown"][0]
    links.link("solution", _("Open “{title}”", title=md(first["title"])), id=first["id"])


show()
