"""Text folded for look-ups: lower case, without accents, one space between words."""

import unicodedata


def fold(text: str) -> str:
    """`Évry-Courcouronnes` -> `evry-courcouronnes`; ligatures are spelt out."""
    spelt = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", spelt)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())
