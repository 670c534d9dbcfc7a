"""Reads the fields of a form, and says beside each what is wrong with it."""

import gettext
from collections.abc import Collection, Mapping

from pydantic import TypeAdapter, ValidationError

from backend.accounts.passwords import LEAST, MOST, objection
from backend.fields import Email, Name, Siren
from backend.i18n import words

NAME = TypeAdapter[str](Name)
EMAIL = TypeAdapter[str](Email)
SIREN = TypeAdapter[str](Siren)


class Form:
    """The fields that were sent; `errors` holds one sentence a field that is refused."""

    def __init__(self, lang: str, values: Mapping[str, str] | None = None) -> None:
        self.values = dict(values or {})
        self.errors: dict[str, str] = {}
        self._words: gettext.NullTranslations = words(lang)

    @property
    def ok(self) -> bool:
        """Whether no field is refused."""
        return not self.errors

    def raw(self, name: str) -> str:
        """A field as it was typed."""
        return self.values.get(name, "")

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field; the first sentence stays."""
        self.errors.setdefault(name, sentence)

    def name(self, field: str) -> str:
        """A name: one line of 1 to 200 characters."""
        _ = self._words.gettext
        return self._checked(NAME, field, _("Enter a name of 200 characters at most."))

    def email(self, field: str = "email") -> str:
        """An e-mail address, in lower case."""
        _ = self._words.gettext
        sentence = _("Enter an e-mail address, such as name@example.org.")
        return self._checked(EMAIL, field, sentence).lower()

    def siren(self, field: str = "siren") -> str | None:
        """A SIREN, None when the field is blank."""
        _ = self._words.gettext
        if not self.raw(field).strip():
            return None
        sentence = _("This is not a SIREN: check its nine digits.")
        return self._checked(SIREN, field, sentence) or None

    def choice(self, field: str, allowed: Collection[str], sentence: str) -> str:
        """One of the values that the form offers."""
        value = self.raw(field)
        if value not in allowed:
            self.refuse(field, sentence)
            return ""
        return value

    def new_password(self, field: str, *own: str) -> str:
        """A password that may be used; `own` are words it must not be."""
        _ = self._words.gettext
        password = self.raw(field)
        sentences = {
            "short": _("Choose at least {least} characters; several words make a good password."),
            "long": _("Choose {most} characters at most."),
            "common": _("This password is among the first that are guessed: choose another one."),
            "own": _("Your name or your address is no password: choose another one."),
        }
        if why := objection(password, *own):
            self.refuse(field, sentences[why].format(least=LEAST, most=MOST))
        return password

    def _checked(self, kind: TypeAdapter[str], field: str, sentence: str) -> str:
        try:
            return kind.validate_python(self.raw(field))
        except ValidationError:
            self.refuse(field, sentence)
            return ""
