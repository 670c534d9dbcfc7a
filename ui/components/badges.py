"""Small marks: how close a pairing is, facts, themes. Never colour alone: a word and a shape."""

from __future__ import annotations

from ui import words
from ui.i18n import _, long_date, n_
from ui.records import Band, Need, Similar, Solution
from ui.text import h, tag, wrap

_STEPS: dict[Band, int] = {"strong": 4, "good": 3, "possible": 2, "uncertain": 1}


def band_word(band: Band) -> str:
    """What a band is called."""
    match band:
        case "strong":
            return _("Very close")
        case "good":
            return _("Close")
        case "possible":
            return _("Worth a look")
        case _:
            return _("Uncertain")


def band(value: Band) -> str:
    """A band as a word beside a gauge of four steps."""
    full = _STEPS.get(value, 1)
    steps = "".join(f'<i class="{"on" if step < full else "off"}"></i>' for step in range(4))
    return (
        f'<span class="pa-band pa-band-{h(value)}"><span class="pa-gauge" aria-hidden="true">'
        f"{steps}</span>{h(band_word(value))}</span>"
    )


def themes(codes: list[str]) -> str:
    """Themes as a list of chips."""
    return chips(words.labels("themes", codes))


def chips(texts: list[str]) -> str:
    """Short texts as a list of chips, nothing when there are none."""
    if not texts:
        return ""
    return wrap("ul", "".join(tag("li", text) for text in texts), "pa-chips")


def facts(pairs: list[tuple[str, str | None]]) -> str:
    """Names and values; a value that is not known is left out."""
    rows = "".join(
        wrap("div", tag("dt", name) + tag("dd", value)) for name, value in pairs if value
    )
    return wrap("dl", rows, "pa-facts") if rows else ""


def _author(record: Solution | Need) -> str:
    organisation = record["organisation"]
    if organisation:
        return organisation["name"]
    return _("Anonymous need") if record.get("anonymous") else _("Organisation not given")


def eyebrow(record: Solution | Need) -> str:
    """Who it comes from, and whether it is a made-up example or not published."""
    parts = [h(_author(record))]
    if record.get("source") == "demo":
        parts.append(tag("span", _("Fictional example"), "pa-tag"))
    if record["status"] != "published":
        status = words.label("statuses", record["status"])
        parts.append(tag("span", status, "pa-tag pa-tag-strong"))
    return wrap("p", " ".join(parts), "pa-eyebrow")


def perimeter(record: Solution | Need | Similar) -> str | None:
    """Names of the territories, None when there are none."""
    names = record.get("perimeter_names") or {}
    shown = [names.get(code, code) for code in record["perimeters"]]
    if len(shown) > 3:
        rest = len(shown) - 3
        shown = [*shown[:3], n_("{n} more", "{n} more", rest)]
    return ", ".join(shown) or None


def price(record: Solution | Similar) -> str | None:
    """The price band of a solution."""
    code = record["price_band"]
    return words.label("price_bands", code) if code else None


def budget(record: Need) -> str | None:
    """The budget band of a need, or why there is none."""
    if record["budget_band"]:
        return words.label("price_bands", record["budget_band"])
    why = record["budget_why_blank"]
    return words.label("why_blank", why) if why else None


def deadline(record: Need) -> str | None:
    """The last day for answers."""
    return long_date(record["response_deadline"]) if record["response_deadline"] else None


def stage(record: Need) -> str | None:
    """How far the project is."""
    code = record["project_stage"]
    return words.label("project_stages", code) if code else None


def beneficiaries(record: Solution | Need) -> str | None:
    """Who benefits, in one phrase."""
    return ", ".join(words.labels("beneficiaries", record["beneficiaries"])) or None
