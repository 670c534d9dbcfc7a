"""Letters about new matches and about what is new in saved searches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from backend.alerts.schemas import LeastBand
from backend.i18n import words
from backend.mail.letters import Letter
from backend.models import SavedSearch
from backend.settings import get_settings

LONGEST_SUBJECT = 300
MOST_NAMED = 10
SHOWN_FILTERS = ("theme", "beneficiary", "price_band", "label", "perimeter")


@dataclass(frozen=True, slots=True)
class Told:
    """A candidate as a letter names it."""

    id: str
    title: str
    band: LeastBand


def new_matches(
    lang: str, kind: Literal["solution", "need"], record_id: str, title: str, found: Sequence[Told]
) -> Letter:
    """New candidates for the record of `kind`, the best first."""
    _ = words(lang).gettext
    candidates = "need" if kind == "solution" else "solution"
    names = {
        "strong": _("very close"),
        "good": _("close"),
        "possible": _("worth a look"),
    }
    entries = [
        f"- {one.title} ({names[one.band]})\n  {_page(candidates, one.id, lang)}" for one in found
    ]
    said = _said(lang, kind, len(found)).format(title=title)
    whole = _("The whole list, with the reasons for each:")
    parts = [said, *entries, f"{whole}\n{_page(kind, record_id, lang)}"]
    subject = _subject(lang, kind, len(found)).format(n=len(found), title=title)
    return Letter("match", subject[:LONGEST_SUBJECT], "\n\n".join(parts))


def new_in_search(lang: str, search: SavedSearch, found: Sequence[tuple[str, str]]) -> Letter:
    """What a saved search finds that is new: ids and titles, the best or the newest first."""
    translations = words(lang)
    _, count = translations.gettext, len(found)
    kind = "solution" if search.kind == "solutions" else "need"
    subject = translations.ngettext(
        "{n} new result for “{name}”", "{n} new results for “{name}”", count
    )
    said = _("The search that you saved as “{name}” finds what was published since:")
    entries = [f"- {title}\n  {_page(kind, one, lang)}" for one, title in found[:MOST_NAMED]]
    if count > MOST_NAMED:
        entries.append(_("And {n} more.").format(n=count - MOST_NAMED))
    whole = _("All that it finds:")
    parts = [said.format(name=search.name), *entries, f"{whole}\n{_search_page(search, lang)}"]
    return Letter(
        "search", subject.format(n=count, name=search.name)[:LONGEST_SUBJECT], "\n\n".join(parts)
    )


def _search_page(search: SavedSearch, lang: str) -> str:
    """The list with those of its filters that the pages have, too."""
    filters = {name: search.filters.get(name) for name in SHOWN_FILTERS}
    given = {"q": search.text, **filters, "lang": lang}
    query = urlencode({name: value for name, value in given.items() if value}, doseq=True)
    return f"{get_settings().public_url.rstrip('/')}/{search.kind}?{query}"


def _subject(lang: str, kind: str, count: int) -> str:
    n_ = words(lang).ngettext
    if kind == "need":
        return n_("A solution for “{title}”", "{n} solutions for “{title}”", count)
    return n_("A need for “{title}”", "{n} needs for “{title}”", count)


def _said(lang: str, kind: str, count: int) -> str:
    n_ = words(lang).ngettext
    if kind == "need":
        return n_(
            "A solution that is new or has changed may answer your need “{title}”:",
            "Solutions that are new or have changed may answer your need “{title}”:",
            count,
        )
    return n_(
        "A need that is new or has changed may be answered by your solution “{title}”:",
        "Needs that are new or have changed may be answered by your solution “{title}”:",
        count,
    )


def _page(kind: str, record_id: str, lang: str) -> str:
    return f"{get_settings().public_url.rstrip('/')}/{kind}?id={record_id}&lang={lang}"
