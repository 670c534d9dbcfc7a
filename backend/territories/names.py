"""How names of territories are compared."""

from backend.folding import fold


def search_name(text: str) -> str:
    """Lower case, without accents, hyphens read as spaces.

    >>> search_name("Saint-Étienne-du-Grès")
    'saint etienne du gres'
    """
    return " ".join(fold(text).replace("-", " ").split())
