"""Lists of matches on a terminal."""

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from backend.commands.common import OUT, Language

if TYPE_CHECKING:
    from backend.matches.schemas import MatchList, MatchOut, ReasonOut

_BANDS = {
    "strong": ("forte", "strong", "green"),
    "good": ("bonne", "good", "cyan"),
    "possible": ("possible", "possible", "yellow"),
    "uncertain": ("incertaine", "uncertain", "bright_black"),
}
_HEADS = {
    Language.FR: ("Piste", "Pourquoi", "Aucun résultat.", "écartées par"),
    Language.EN: ("Candidate", "Why", "Nothing found.", "hidden by"),
}
_FILTERS = {
    "perimeter": ("le périmètre", "the perimeter"),
    "deadline": ("la date de clôture", "the closing date"),
    "theme": ("la thématique", "the theme"),
    "beneficiary": ("les publics cibles", "the beneficiaries"),
    "maturity_min": ("la maturité", "maturity"),
    "price_band": ("le prix", "the price"),
    "label": ("les labels", "labels"),
    "language": ("la langue", "the language"),
}
_MARKS = {"fits": "+", "misses": "-", "unknown": "?"}
_REASONS = 4
_TO_ASK = {Language.FR: "Questions à poser :", Language.EN: "Questions to ask:"}


def show_matches(found: "MatchList", title: str, lang: Language) -> None:
    """A table of candidates with the reasons of their places, then what filters hid."""
    candidate, why, nothing, hidden_by = _HEADS[lang]
    for notice in found.notices:
        OUT.print(escape(notice.text), style="yellow", highlight=False, soft_wrap=True)
    if not found.items:
        OUT.print(nothing)
    else:
        table = Table("#", "", title=escape(title), show_lines=True)
        # An id must be whole to be copied.
        table.add_column(candidate, overflow="fold")
        table.add_column(why)
        for item in found.items:
            who = _who(item) + _similar(item, lang)
            table.add_row(str(item.rank), _band(item, lang), who, _why(item, lang))
        OUT.print(table)
    for hidden in found.hidden:
        french, english = _FILTERS[hidden.filter]
        name = french if lang is Language.FR else english
        OUT.print(f"{hidden.count} {hidden_by} {name}", highlight=False)


def _band(item: "MatchOut", lang: Language) -> str:
    french, english, colour = _BANDS[item.band]
    word = french if lang is Language.FR else english
    return f"[{colour}]{word}[/]\n{item.score:.2f}"


def _who(item: "MatchOut") -> str:
    record = item.record
    who = f"\n[dim]{escape(record.organisation.name)}[/]" if record.organisation else ""
    return f"[bold]{escape(record.title)}[/]{who}\n[dim]{item.id}[/]"


def _similar(item: "MatchOut", lang: Language) -> str:
    """What is listed under a candidate: title, who offers it, id."""
    head = "Presque identique" if lang is Language.FR else "Nearly the same"
    lines = [
        f"\n{head}: {escape(', '.join(filter(None, (other.title, other.organisation))))}"
        f"\n[dim]{other.id}[/]"
        for other in item.similar
    ]
    return "".join(lines)


def _why(item: "MatchOut", lang: Language) -> str:
    """The best passage, criteria that are answered, those to ask about, facts, the place."""
    asked = [reason for reason in item.reasons if reason.kind == "criterion"]
    place = [reason for reason in item.reasons if reason.kind == "place"]
    others = [reason for reason in item.reasons if reason.kind not in ("criterion", "place")]
    told = [reason for reason in asked if reason.quote]
    lines = [f"* {escape(item.newcomer)}"] if item.newcomer else []
    lines += [_line(reason) for reason in (*others[:1], *told, *others[1:_REASONS])]
    silent = "; ".join(reason.aspect or "" for reason in asked if not reason.quote)
    if silent:
        lines.append(f"? {_TO_ASK[lang]} {escape(silent)}")
    return "\n".join([*lines, *(f"→ {escape(reason.text)}" for reason in place)])


def _line(reason: "ReasonOut") -> str:
    quote = f" « {escape(reason.quote)} »" if reason.quote else ""
    return f"{_MARKS[reason.polarity]} {escape(reason.text)}{quote}"
