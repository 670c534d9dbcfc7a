"""The kinds of fields that schemas are made of: each cleans its value or says what is wrong."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from backend.vocabularies.service import entries, suggestion

EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+")
# Line breaks and tabs are text; every other control character, and half of a surrogate pair
# (which no database can store), is damage.
REFUSED = frozenset({"Cc", "Cs"})
KEPT = frozenset("\n\t")


def invalid(kind: str, **values: Any) -> PydanticCustomError:
    """An error whose sentence `backend.messages` holds in both languages."""
    return PydanticCustomError(kind, "{kind}", {"kind": kind, **values})


def clean(text: str) -> str:
    """NFC, plain line breaks, no spaces around.

    Raises PydanticCustomError naming the first control character.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for position, char in enumerate(plain):
        if unicodedata.category(char) in REFUSED and char not in KEPT:
            raise invalid("control_character", code=f"{ord(char):04X}", position=position)
    return unicodedata.normalize("NFC", plain).strip()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of `least` to `most` characters; on one line unless `lines`."""

    most: int
    least: int = 0
    lines: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = {**handler(schema), "maxLength": self.most}
        return {**described, "minLength": self.least} if self.least else described

    def _check(self, text: str) -> str:
        if len(text) > 2 * self.most:
            raise invalid("too_long", length=len(text), limit=self.most)
        cleaned = clean(text) if self.lines else " ".join(clean(text).split())
        if len(cleaned) > self.most:
            raise invalid("too_long", length=len(cleaned), limit=self.most)
        if len(cleaned) < self.least:
            raise invalid("empty")
        return cleaned


@dataclass(frozen=True, slots=True)
class AtMost:
    """A list of at most `most` entries; an entry given twice is kept once."""

    most: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "maxItems": self.most}

    def _check(self, values: list[Any]) -> list[Any]:
        if len(values) > self.most:
            raise invalid("too_many", length=len(values), limit=self.most)
        return [value for place, value in enumerate(values) if value not in values[:place]]


def code_of(vocabulary: str) -> Callable[[str], str]:
    """A check that a value is a code of that closed list."""

    def check(value: str) -> str:
        if value in entries(vocabulary):
            return value
        near = suggestion(vocabulary, value)
        raise invalid("unknown_code", value=value[:100], vocabulary=vocabulary, near=near)

    return check


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _siren(value: str) -> str:
    digits = re.sub(r"[\s.]", "", value)
    if not re.fullmatch(r"[0-9]{9}", digits) or not luhn(digits):
        raise invalid("siren")
    return digits


def luhn(digits: str) -> bool:
    """Whether the check digit of `digits` is right."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        doubled = int(char) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _website(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise invalid("website") from None
    if parts.scheme not in {"http", "https"} or not host or re.search(r"\s", value):
        raise invalid("website")
    if parts.username is not None or parts.password is not None:
        raise invalid("website")
    return value


def _email(value: str) -> str:
    if not EMAIL.fullmatch(value):
        raise invalid("email")
    return value


def _language_code(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise invalid("language_code")
    return value


BlankIsNone = BeforeValidator(_none_if_blank)

Title = Annotated[str, Text(200, least=1)]
Name = Annotated[str, Text(200, least=1)]
Summary = Annotated[str, Text(500, lines=True)]
LongText = Annotated[str, Text(20_000, lines=True)]
MediumText = Annotated[str, Text(5_000, lines=True)]
Criterion = Annotated[str, Text(500, least=1)]
ShortText = Annotated[str, Text(100, least=1)]
ExternalId = Annotated[str, Text(200, least=1)]
Phone = Annotated[str, Text(40, least=1)]
TerritoryCode = Annotated[str, Text(24, least=1)]

Siren = Annotated[str, Text(20), AfterValidator(_siren)]
Website = Annotated[str, Text(500), AfterValidator(_website)]
Email = Annotated[str, Text(254), AfterValidator(_email)]
Lang = Annotated[str, Text(8), AfterValidator(_language_code)]

Theme = Annotated[str, AfterValidator(code_of("themes"))]
Beneficiary = Annotated[str, AfterValidator(code_of("beneficiaries"))]
Label = Annotated[str, AfterValidator(code_of("labels"))]
SpokenLanguage = Annotated[str, AfterValidator(code_of("languages"))]
PriceBand = Annotated[str, AfterValidator(code_of("price_bands"))]
WhyBlank = Annotated[str, AfterValidator(code_of("why_blank"))]
ProjectStage = Annotated[str, AfterValidator(code_of("project_stages"))]
OrganisationKind = Annotated[str, AfterValidator(code_of("organisation_kinds"))]
Status = Annotated[str, AfterValidator(code_of("statuses"))]

Themes = Annotated[list[Theme], AtMost(50)]
Beneficiaries = Annotated[list[Beneficiary], AtMost(50)]
Labels = Annotated[list[Label], AtMost(50)]
SpokenLanguages = Annotated[list[SpokenLanguage], AtMost(20)]
TerritoryCodes = Annotated[list[TerritoryCode], AtMost(200)]
PriceBands = Annotated[list[PriceBand], AtMost(20)]
Statuses = Annotated[list[Status], AtMost(10)]
Criteria = Annotated[list[Criterion], AtMost(50)]
