"""Letters about one's own account."""

from backend.i18n import words
from backend.mail.letters import Letter
from backend.settings import get_settings

KIND = "account"


def confirm(lang: str, url: str) -> Letter:
    """To whoever signed up: the link that confirms their address."""
    _ = words(lang).gettext
    body = _(
        "This address was given to open an account on Passerelle. To confirm "
        "it, open this link within 24 hours and press the button:\n\n{url}\n\nIf you did not "
        "ask for this, do nothing: no account is opened."
    )
    return Letter(KIND, _("Confirm your address"), body.format(url=url))


def already(lang: str) -> Letter:
    """To whoever signed up with an address that has an account."""
    _ = words(lang).gettext
    body = _(
        "Somebody asked to open an account on Passerelle with this address, which has "
        "one already. To sign in, or to choose a new password:\n\n{url}\n\nIf it was not you, "
        "do nothing: your account has not changed."
    )
    url = f"{_base()}/account/sign-in?lang={lang}"
    return Letter(KIND, _("You have an account already"), body.format(url=url))


def enter(lang: str, url: str) -> Letter:
    """The link that signs in without a password."""
    _ = words(lang).gettext
    body = _(
        "To sign in to Passerelle, open this link within 15 minutes and press the "
        "button:\n\n{url}\n\nIt works once. If you did not ask for it, do nothing."
    )
    return Letter(KIND, _("Your sign-in link"), body.format(url=url))


def reset(lang: str, url: str) -> Letter:
    """The link that lets a new password be chosen."""
    _ = words(lang).gettext
    body = _(
        "To choose a new password on Passerelle, open this link within one "
        "hour:\n\n{url}\n\nIt works once. If you did not ask for it, do nothing: your password "
        "has not changed."
    )
    return Letter(KIND, _("Choose a new password"), body.format(url=url))


def new_email(lang: str, url: str) -> Letter:
    """To the new address of somebody who changes theirs."""
    _ = words(lang).gettext
    body = _(
        "This address was given for an account on Passerelle. To confirm it, open "
        "this link within 24 hours and press the button:\n\n{url}\n\nIf you did not ask for "
        "this, do nothing."
    )
    return Letter(KIND, _("Confirm your new address"), body.format(url=url))


def email_changed(lang: str, email: str) -> Letter:
    """To the former address."""
    _ = words(lang).gettext
    body = _(
        "The address of your account on Passerelle is now {email}. Letters no longer "
        "come to this one. If you did not change it, write to the people who run this site at "
        "once."
    )
    return Letter(KIND, _("Your address was changed"), body.format(email=email))


def password_changed(lang: str) -> Letter:
    """To the owner of the account, whoever changed it."""
    _ = words(lang).gettext
    body = _(
        "The password of your account on Passerelle was changed, and other browsers "
        "were signed out. If it was not you, choose a new one at once:\n\n{url}"
    )
    url = f"{_base()}/account/forgotten?lang={lang}"
    return Letter(KIND, _("Your password was changed"), body.format(url=url))


def _base() -> str:
    return get_settings().public_url.rstrip("/")
