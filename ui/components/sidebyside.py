"""A table of solutions on the criteria of a need: words and signs, never colour alone."""

from __future__ import annotations

from collections.abc import Callable

from ui import links, words
from ui.components import badges
from ui.i18n import _, n_
from ui.staff import Answer, Compared, Comparison
from ui.text import h, shorten, tag, wrap

_SIGNS = {
    "declared_yes": "✓",
    "answered": "✓",
    "declared_partly": "~",
    "to_check": "?",
    "declared_no": "✕",
    "unknown": "?",
}


def table(found: Comparison) -> str:
    """The table in a region that scrolls sideways where the screen is narrow."""
    solutions = found["solutions"]
    corner = tag("th", _("What is compared"), "pa-corner")
    head = wrap("tr", corner + "".join(map(_column, solutions)))
    rows = _criteria(found) + _facts(solutions)
    caption = tag("caption", _("Solutions side by side on what the need asks for"), "pa-vh")
    inner = f"{caption}<thead>{head}</thead><tbody>{rows}</tbody>"
    name = _("Solutions side by side, scrolls sideways")
    return (
        f'<div class="pa-scroll" role="region" tabindex="0" aria-label="{h(name)}">'
        f'<table class="pa-table pa-compare-table pa-cols-{len(solutions)}">{inner}</table></div>'
    )


def legend() -> str:
    """What the signs and marks mean."""
    return _(
        "“Declared” is what the project leader says; “on the page” is a sentence found there. "
        "Not known is not “no”. Rows marked ≠ differ between solutions."
    )


def _column(one: Compared) -> str:
    record = one["record"]
    address = links.href("solution", id=record["id"])
    title = h(shorten(record["title"], 120))
    link = f'<a href="{h(address)}" lang="{h(record["lang"])}" target="_self">{title}</a>'
    who = record["organisation"]["name"] if record["organisation"] else _("Organisation not given")
    return f'<th scope="col">{link}{tag("div", who, "pa-hint")}</th>'


def _row(label: str, cells: list[str], *, differs: bool, lang: str = "", kind: str = "") -> str:
    sign = ' <span class="pa-differs" aria-hidden="true">≠</span>'
    mark = sign + tag("span", " " + _("Differs"), "pa-vh") if differs else ""
    named = tag("span", label, "", lang) + (tag("div", kind, "pa-hint") if kind else "")
    head = f'<th scope="row">{named}{mark}</th>'
    return wrap("tr", head + "".join(wrap("td", cell) for cell in cells))


def _criteria(found: Comparison) -> str:
    rows = ""
    for place, criterion in enumerate(found["criteria"]):
        answers = [one["answers"][place] for one in found["solutions"]]
        langs = [one["record"]["lang"] for one in found["solutions"]]
        rows += _row(
            criterion["text"],
            [_answer(answer, lang) for answer, lang in zip(answers, langs, strict=True)],
            differs=len({answer["state"] for answer in answers}) > 1,
            lang=found["need_lang"],
            kind=_("Essential") if criterion["essential"] else _("Desirable"),
        )
    return rows


def _answer(answer: Answer, lang: str) -> str:
    state = answer["state"]
    sign = f'<span aria-hidden="true">{_SIGNS.get(state, "?")}</span> '
    told = wrap("p", sign + tag("strong", state_word(state)))
    if answer["note"]:
        told += tag("p", answer["note"])
    if answer["quote"]:
        quote = shorten(answer["quote"], 300)
        told += tag("blockquote", quote, "pa-quote", answer["quote_lang"] or lang)
    return told


def state_word(state: str) -> str:
    """What is known of a criterion, in words."""
    return {
        "declared_yes": _("Declared met"),
        "declared_partly": _("Declared partly met"),
        "declared_no": _("Declared not met"),
        "answered": _("Answered on the page"),
        "to_check": _("Nearest sentence, to be checked"),
    }.get(state, _("Not known: to be asked"))


def _facts(solutions: list[Compared]) -> str:
    named: list[tuple[str, Callable[[Compared], str | None]]] = [
        (_("Closeness"), lambda one: badges.band_word(one["band"]) if one["band"] else None),
        (_("Maturity"), lambda one: words.maturity(one["record"]["maturity"])),
        (_("Price"), lambda one: badges.price(one["record"])),
        (_("Time to deploy"), _weeks),
        (_("Perimeter"), lambda one: badges.perimeter(one["record"])),
        (_("Who benefits"), lambda one: badges.beneficiaries(one["record"])),
        (_("Client references"), _references),
        (_("Licence"), lambda one: one["record"]["licence"]),
    ]
    rows = ""
    for label, value in named:
        texts = [value(one) or _("Not indicated") for one in solutions]
        rows += _row(label, [h(text) for text in texts], differs=len(set(texts)) > 1)
    return rows


def _weeks(one: Compared) -> str | None:
    weeks = one["record"]["deployment_weeks"]
    return n_("{n} week", "{n} weeks", weeks) if weeks else None


def _references(one: Compared) -> str | None:
    return ", ".join(item["name"] for item in one["record"]["client_references"]) or None
