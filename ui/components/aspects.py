"""What a need asks for one by one: answered, to be checked, or a question to ask."""

from __future__ import annotations

from ui.i18n import _, n_
from ui.records import Kind, Reason
from ui.text import h, tag, wrap

_ORDER = ("essential", "desirable", "outcome", "sentence")


def show(listed: list[Reason], kind: Kind, lang: str) -> str:
    """The criteria in groups, each a line that opens on its quotation; nothing without criteria.

    `kind` is that of the record listed, `lang` its language.
    """
    groups = {name: [r for r in listed if r.get("aspect_kind") == name] for name in _ORDER}
    return "".join(_group(name, reasons, kind, lang) for name, reasons in groups.items() if reasons)


def _group(name: str, listed: list[Reason], kind: Kind, lang: str) -> str:
    answered = sum(reason["polarity"] == "fits" for reason in listed)
    count = n_("{n} answered of {of}", "{n} answered of {of}", answered, of=len(listed))
    head = h(_title(name)) + (" " + tag("span", count, "pa-count") if name != "sentence" else "")
    items = "".join(_line(reason, kind, lang) for reason in listed)
    return wrap("h3", head, "pa-criteria-title") + wrap("ul", items, "pa-reasons pa-criteria")


def _title(name: str) -> str:
    titles = {
        "essential": _("Essential criteria"),
        "desirable": _("Desirable criteria"),
        "outcome": _("Expected outcome"),
    }
    return titles.get(name, _("Sentence by sentence"))


def _line(reason: Reason, kind: Kind, lang: str) -> str:
    fits = reason["polarity"] == "fits"
    answered = fits and reason.get("aspect_kind") != "sentence"
    mark = "✓" if answered else "≈" if fits else "?"
    sign = f'<span class="pa-sign" aria-hidden="true">{mark}</span>'
    aspect = tag("span", reason.get("aspect") or "", "", reason.get("aspect_lang") or "")
    state = tag("span", _state(reason, kind), "pa-vh" if answered else "pa-state")
    told = f"{aspect} {state}"
    if reason["quote"]:
        spoken = reason.get("quote_lang") or lang
        quote = tag("blockquote", reason["quote"], "pa-quote", spoken)
        told = wrap("details", wrap("summary", told) + quote)
    return wrap("li", sign + wrap("div", told), f"pa-{reason['polarity']}")


def _state(reason: Reason, kind: Kind) -> str:
    if reason["polarity"] == "fits":
        # A sentence that is no criterion asks for nothing that could be answered.
        told = reason.get("aspect_kind") == "sentence"
        return _("the page speaks of it") if told else _("answered")
    if reason["quote"]:
        return _("to be checked")
    return _("a question to ask") if kind == "solutions" else _("not found on the page: say so")
