"""A ranked list: cards with reasons, what the filters hid, how the list was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import streamlit as st

from ui.components import arrangement, aspects, badges, cards, hidden, similar
from ui.i18n import _, n_, number
from ui.records import Band, Kind, Match, MatchList, Need, Polarity, Reason, Solution
from ui.text import h, shorten, tag, wrap

Inside = Callable[[Solution | Need], None]
_SIGNS: dict[Polarity, str] = {"fits": "✓", "misses": "✕", "unknown": "?"}


def show(
    matches: MatchList,
    kind: Kind,
    place: str,
    more: Callable[[], None] | None = None,
    inside: Inside | None = None,
) -> None:
    """The list, the confidence it deserves, what was kept out, and how it was made.

    `more` draws what follows the cards, `inside` what ends each card.
    """
    notices(matches)
    if matches["items"]:
        confidence(matches)
    hidden.show(matches, kind)
    if matches["items"]:
        arrangement.panel(kind)
    _cards(matches["items"], kind, place, inside)
    if more:
        more()
    made(matches)


def notices(matches: MatchList) -> None:
    """What the reader must know of the text that was asked with."""
    said = "".join(tag("p", notice["text"]) for notice in matches["notices"])
    if said:
        st.html(f'<div class="pa-notice" role="status">{said}</div>')


def _cards(listed: list[Match], kind: Kind, place: str, inside: Inside | None) -> None:
    """The cards; a line tells where the uncertain ones begin after better ones."""
    for position, match in enumerate(listed):
        better = position > 0 and listed[position - 1]["band"] != "uncertain"
        if better and match["band"] == "uncertain":
            st.html(tag("h3", _("Uncertain from here on: read with care"), "pa-divider"))
        card(match, kind, place, inside)


def confidence(matches: MatchList) -> None:
    """How sure the list is, in one sentence; plainly said when nothing is close."""
    bands = [match["band"] for match in matches["items"]]
    if set(bands) == {"uncertain"}:
        title = _("Nothing here is clearly suitable")
        advice = _("These are the nearest records. Read the reasons before you contact anybody.")
        st.html(wrap("div", tag("p", title, "pa-note-title") + tag("p", advice), "pa-note"))
        return
    counted = [(band, bands.count(band)) for band in ("strong", "good", "possible", "uncertain")]
    items = "".join(
        wrap("li", f"{badges.band(cast('Band', band))} {tag('span', number(n))}")
        for band, n in counted
        if n
    )
    st.html(wrap("ul", items, "pa-confidence"))
    if not {"strong", "good"} & set(bands):
        st.html(tag("p", _("Nothing is really close: start with those worth a look."), "pa-hint"))


def card(match: Match, kind: Kind, place: str, inside: Inside | None = None) -> None:
    """One proposed pairing and why it is proposed."""
    record = match["record"]
    spoken = tag("span", _("Rank"), "pa-vh")
    rank = wrap("span", f"{spoken} {match['rank']}", "pa-rank")
    with st.container(key=f"pa-match-{place}-{match['id']}", border=True, gap=None):
        st.html(wrap("div", rank + badges.band(match["band"]), "pa-match-head"))
        if match["newcomer"]:
            st.html(tag("p", match["newcomer"], "pa-newcomer"))
        cards.title_link(kind, record)
        why = explained(match["reasons"], kind, record["lang"])
        facts = cards.facts(kind, record) + badges.themes(record["themes"][:3])
        columns = wrap("div", why) + wrap("div", facts, "pa-match-facts")
        head = badges.eyebrow(record) + cards.summary(kind, record)
        below = similar.listed(match["similar"])
        st.html(head + wrap("div", columns, "pa-match-body") + below)
        if inside:
            inside(match["record"])


def explained(listed: list[Reason], kind: Kind, lang: str) -> str:
    """The best passage, then the criteria, then facts and words, then what decided the place."""
    best = [reason for reason in listed if reason["kind"] == "sentence"]
    others = [r for r in listed if r["kind"] not in ("sentence", "criterion", "place")]
    place = [reason for reason in listed if reason["kind"] == "place"]
    told = reasons(best, lang) + aspects.show(listed, kind, lang)
    if others and len(told) > len(reasons(best, lang)):
        told += tag("h3", _("Facts and words"), "pa-criteria-title")
    return told + reasons(others, lang) + "".join(_place(reason) for reason in place)


def _place(reason: Reason) -> str:
    """What would have put a record higher."""
    return tag("p", reason["text"], "pa-place")


def reasons(listed: list[Reason], lang: str) -> str:
    """The reasons as sentences, each marked as fitting, missing or not known.

    `lang` is that of the record, in which it is quoted.
    """
    items = "".join(_reason(reason, lang) for reason in listed)
    return wrap("ul", items, "pa-reasons") if items else ""


def _reason(reason: Reason, lang: str) -> str:
    spoken = {"fits": _("Fits"), "misses": _("Does not fit"), "unknown": _("To be checked")}
    polarity = reason["polarity"]
    sign = f'<span class="pa-sign" aria-hidden="true">{_SIGNS[polarity]}</span>'
    inner = tag("span", f"{spoken[polarity]}. ", "pa-vh") + tag("span", reason["text"])
    inner += quotation([reason], lang)
    return wrap("li", sign + wrap("div", inner), f"pa-{polarity}")


def quotation(listed: list[Reason], lang: str, length: int = 600) -> str:
    """The sentence of the record that answers best, as a quotation."""
    quotes = [reason["quote"] for reason in listed if reason["quote"]]
    return tag("blockquote", shorten(quotes[0], length), "pa-quote", lang) if quotes else ""


def made(matches: MatchList) -> None:
    """How the list was made: parameters and weights, model, the name under which it is kept."""
    with st.expander(_("How this list was made"), icon=":material/info:", key="pa-made"):
        st.html(
            tag(
                "p",
                n_(
                    "An algorithm compared this text with {n} record that passed the filters.",
                    "An algorithm compared this text with {n} records that passed the filters.",
                    matches["eligible"],
                )
                + " "
                + _("It orders and explains; it does not decide."),
            )
            + _weights(matches)
            + badges.facts(
                [
                    (_("Model"), matches["model"]),
                    (_("State of the index"), number(matches["index_revision"])),
                    (_("Kept under"), matches["snapshot_id"]),
                ]
            )
            + _snapshot(matches)
        )


def _weights(matches: MatchList) -> str:
    rows = "".join(
        wrap("tr", tag("th", signal(name)) + tag("td", number(round(weight, 3))))
        for name, weight in matches["weights"].items()
    )
    head = wrap("tr", tag("th", _("What is compared")) + tag("th", _("Weight")))
    return wrap("table", f"<thead>{head}</thead><tbody>{rows}</tbody>", "pa-table") if rows else ""


def _snapshot(matches: MatchList) -> str:
    if not matches["snapshot_id"]:
        return tag("p", _("This list is not kept: it changes with what you type."), "pa-hint")
    address = f"/api/v1/snapshots/{matches['snapshot_id']}"
    name = _("Open the full record of this list (JSON)")
    return wrap("p", f'<a href="{h(address)}">{h(name)}</a>')


def signal(name: str) -> str:
    """What a signal of the ranking is called."""
    names = {
        "dense": _("Closeness in meaning"),
        "meaning": _("Closeness in meaning"),
        "passage": _("Closeness of the best passage"),
        "lexical": _("Words in common"),
        "words": _("Words in common"),
        "grams": _("Parts of words in common"),
        "criteria": _("Answers to the criteria"),
        "null": _("Level of an unrelated text, taken off"),
        "themes": _("Themes"),
        "beneficiaries": _("Who benefits"),
        "perimeter": _("Perimeter"),
        "language": _("Language"),
        "maturity": _("Maturity"),
        "budget": _("Budget"),
        "population": _("Population of the places"),
        "references": _("References nearby"),
        "age": _("Age of the entry"),
    }
    return names.get(name, name)
