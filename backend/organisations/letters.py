"""Letters about who belongs to an organisation."""

from backend.i18n import words
from backend.mail.letters import Letter
from backend.settings import get_settings

KIND = "account"


def asked(lang: str, who: str, domain: str, organisation: str, organisation_id: str) -> Letter:
    """To those who may let somebody in."""
    _ = words(lang).gettext
    subject = _("{who} asks to join {organisation}")
    body = _(
        "{who}, whose address ends in @{domain}, asks to act for {organisation} on Passerelle. "
        "You alone can tell whether they belong there. To accept or refuse:\n\n{url}"
    )
    values = {"who": who, "organisation": organisation}
    url = f"{_base()}/account/organisations/{organisation_id}?lang={lang}"
    return Letter(KIND, subject.format(**values), body.format(**values, domain=domain, url=url))


def accepted(lang: str, organisation: str) -> Letter:
    """To whoever was let in."""
    _ = words(lang).gettext
    subject = _("You now act for {organisation}").format(organisation=organisation)
    body = _("Your request was accepted: you now act for {organisation} on Passerelle.\n\n{url}")
    return Letter(KIND, subject, body.format(organisation=organisation, url=_account(lang)))


def refused(lang: str, organisation: str) -> Letter:
    """To whoever was not let in."""
    _ = words(lang).gettext
    subject = _("Your request to join {organisation}").format(organisation=organisation)
    body = _(
        "Your request to act for {organisation} on Passerelle was not accepted. If "
        "this is a mistake, speak with your colleagues there.\n\n{url}"
    )
    return Letter(KIND, subject, body.format(organisation=organisation, url=_account(lang)))


def removed(lang: str, organisation: str) -> Letter:
    """To whoever acted for an organisation and no longer does."""
    _ = words(lang).gettext
    subject = _("You no longer act for {organisation}").format(organisation=organisation)
    body = _(
        "A member of {organisation} has ended your part in it on Passerelle. Your "
        "account stays.\n\n{url}"
    )
    return Letter(KIND, subject, body.format(organisation=organisation, url=_account(lang)))


def _base() -> str:
    return get_settings().public_url.rstrip("/")


def _account(lang: str) -> str:
    return f"{_base()}/account?lang={lang}"
