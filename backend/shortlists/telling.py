"""What the list that a candidate was taken from said of it, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from backend.matches.wording import Language, word

Polarity = Literal["fits", "misses", "unknown"]
OF_CRITERIA = ("criterion", "declared")


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences on criteria, and the other reasons."""

    criteria: Sequence[str] = ()
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class KeptReason:
    """A reason as a kept list holds it."""

    kind: str
    polarity: Polarity
    codes: tuple[str, ...]
    quote: str | None
    strength: float | None
    values: Mapping[str, float | str]
    aspect: str | None
    aspect_kind: str | None


def tell(result: Mapping[str, Any] | None, language: Language) -> Told:
    """What a kept result says, a sentence a reason with its quotation."""
    kept = [_reason(held) for held in (result or {}).get("reasons", ())]
    return Told(
        criteria=[_sentence(one, language) for one in kept if one.kind in OF_CRITERIA],
        reasons=[
            _sentence(one, language)
            for one in kept
            if one.kind not in OF_CRITERIA and one.kind != "place"
        ],
    )


def _reason(held: Mapping[str, Any]) -> KeptReason:
    return KeptReason(
        kind=held["kind"],
        polarity=held["polarity"],
        codes=tuple(held["codes"]),
        quote=held["quote"],
        strength=held["strength"],
        values=held["values"],
        aspect=held.get("aspect"),
        aspect_kind=held.get("aspect_kind"),
    )


def _sentence(reason: KeptReason, language: Language) -> str:
    text = word(reason, language)
    if not reason.quote:
        return text
    quote = f"“{reason.quote}”" if language == "en" else f"« {reason.quote} »"
    return f"{text} {quote}"
