"""What is said above a list, and of a newcomer, in plain sentences."""

from collections.abc import Mapping, Sequence

from backend.matches.schemas import NoticeOut
from backend.matches.wording import Candidate, Language

SENTENCES: Mapping[str, tuple[str, str]] = {
    "untuned_encoder": (
        "Cet encodeur n'a pas été réglé : l'ordre est moins bon, et tout est dit incertain.",
        "This encoder has not been tuned: the order is less good, and all is called uncertain.",
    ),
    "says_too_little": (
        "Votre texte en dit trop peu pour classer : ajoutez une phrase qui dit de quoi il s'agit.",
        "Your text says too little to rank by: add a sentence that says what it is about.",
    ),
    "read_in_part": (
        "Texte long : seul son début (environ 2 000 caractères) est comparé par le sens.",
        "Long text: only its beginning (about 2,000 characters) is compared by meaning.",
    ),
    "across_languages": (
        "Aucune fiche dans la langue du texte : les mots ne sont pas comparés, le sens l'est.",
        "No entry in the language of the text: words are not compared, meaning is.",
    ),
}
NEWCOMER: Mapping[str, tuple[str, str]] = {
    "solution": (
        "Nouvelle ici : affichée bien que classée {place}.",
        "New here: shown although it ranks {place}.",
    ),
    "need": (
        "Nouveau ici : affiché bien que classé {place}.",
        "New here: shown although it ranks {place}.",
    ),
}


def word_notices(codes: Sequence[str], language: Language) -> list[NoticeOut]:
    """The notices of a list with their sentences."""
    at = 1 if language == "en" else 0
    return [NoticeOut(code=code, text=SENTENCES[code][at]) for code in codes]


def word_newcomer(rank: int, language: Language, candidate: Candidate) -> str:
    """Why a record stands higher than the `rank` its text alone gives it."""
    french, english = NEWCOMER[candidate]
    if language == "en":
        return english.format(place=f"{rank}{_ordinal(rank)}")
    return french.format(place=f"{rank}{'er' if rank == 1 else 'e'}")


def _ordinal(rank: int) -> str:
    if rank % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
