"""Text folded for look-ups: lower case, without accents, one space between words."""

import unicodedata


def fold(text: str) -> str:
    """`Évry-Courcouronnes` -> `evry-courcouronnes`; ligatures are spelt out."""
    # Twice: what one step spells out (℠ -> SM), the other must see.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in text if not unicodedata.combining(char))
    spelt = plain.replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return " ".join(spelt.split())
