"""Letters to the authors of a record about what was decided of it."""

from collections.abc import Mapping

from backend.i18n import words
from backend.mail.letters import Letter
from backend.moderation.transitions import Decision
from backend.settings import get_settings

PAGES: Mapping[str, str] = {"solution": "solution", "need": "need"}


def decided(
    lang: str, decision: Decision, record_kind: str, record_id: str, title: str, remark: str
) -> Letter:
    """What was decided, why, and where to go on."""
    _ = words(lang).gettext
    subject, sentence, next_step = _said(lang, decision)
    link = f"{get_settings().public_url}/{PAGES[record_kind]}?id={record_id}&lang={lang}"
    parts = [sentence.format(title=title)]
    if remark:
        parts += [_("What the operator writes:"), remark]
    parts += [f"{next_step}\n{link}"]
    return Letter("moderation", subject.format(title=title)[:300], "\n\n".join(parts))


def _said(lang: str, decision: Decision) -> tuple[str, str, str]:
    _ = words(lang).gettext
    told: Mapping[Decision, tuple[str, str, str]] = {
        "publish": (
            _("Published: {title}"),
            _("“{title}” has been read and is now published on Passerelle."),
            _("See it as everybody does:"),
        ),
        "request_edits": (
            _("Changes asked for: {title}"),
            _("“{title}” cannot be published yet: changes are asked for."),
            _("Change it, then submit it again:"),
        ),
        "reject": (
            _("Not accepted: {title}"),
            _("“{title}” was not accepted for publication."),
            _("You can change it and submit it again:"),
        ),
        "archive": (
            _("Archived: {title}"),
            _("“{title}” has been archived: it is no longer in any list."),
            _("Your organisation can still read it:"),
        ),
    }
    return told[decision]
