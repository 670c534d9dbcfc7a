"""What is put around the words of a letter: greeting, why it was sent, how to stop it."""

from collections.abc import Sequence

from backend.i18n import words
from backend.settings import get_settings

RULE = "-" * 40


def framed(lang: str, name: str, kind: str, body: str, unsubscribe: str | None) -> str:
    """The whole text of a letter, in `lang`."""
    _ = words(lang).gettext
    hello = _("Hello {name},").format(name=one_line(name)) if name.strip() else _("Hello,")
    return "\n\n".join([hello, body.strip(), _foot(lang, kind, unsubscribe)]) + "\n"


def digest_subject(lang: str, count: int, frequency: str) -> str:
    """The subject of a letter that gathers others."""
    translations = words(lang)
    if frequency == "weekly":
        text = translations.ngettext("Your week: {n} message", "Your week: {n} messages", count)
    else:
        text = translations.ngettext("Your day: {n} message", "Your day: {n} messages", count)
    return text.format(n=count)


def digest_body(parts: Sequence[tuple[str, str]]) -> str:
    """Subjects and bodies one below the other."""
    return f"\n\n{RULE}\n\n".join(f"{one_line(subject)}\n\n{body}" for subject, body in parts)


def one_line(text: str) -> str:
    """Without line breaks or control characters, which no header and no greeting may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _foot(lang: str, kind: str, unsubscribe: str | None) -> str:
    _ = words(lang).gettext
    base = get_settings().public_url.rstrip("/")
    lines = ["-- ", f"Passerelle · {base}", _why(lang, kind)]
    if unsubscribe:
        choose = _("To choose which letters you get, and how often: {link}")
        stop = _("To stop these letters, without signing in: {link}")
        lines += [
            choose.format(link=f"{base}/alerts?lang={lang}"),
            stop.format(link=unsubscribe),
        ]
    return "\n".join(lines)


def _why(lang: str, kind: str) -> str:
    _ = words(lang).gettext
    told = {
        "account": _("You get this letter because it is about your account or your address."),
        "introduction": _("You get this letter because you take part in an introduction."),
        "moderation": _("You get this letter because your organisation wrote this record."),
        "match": _("You get this letter because your organisation has a published record."),
        "search": _("You get this letter because you saved this search."),
        "reminder": _("You get this letter because somebody waits for your answer or your news."),
        "digest": _(
            "You get this letter because you asked for these messages to be gathered in one letter."
        ),
    }
    return told.get(kind, told["account"])
