"""Addresses of the pages, always with the reader's language."""

import re
from urllib.parse import urlencode, urlsplit

OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
LONGEST = 2_000


def address(path: str, lang: str, **query: str) -> str:
    """The address of a page of ours; empty values are left out."""
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode({'lang': lang, **given})}"


def own_path(wanted: str) -> str:
    """`wanted` when it is a path on this site, "" otherwise.

    Browsers read `//host`, `/\\host` and paths with line breaks as other sites.
    """
    if len(wanted) > LONGEST or not OWN_PATH.fullmatch(wanted):
        return ""
    parts = urlsplit(wanted)
    return "" if parts.scheme or parts.netloc else wanted


def after_sign_in(wanted: str, lang: str) -> str:
    """Where to go once signed in: the path asked for, or the first page of one's role."""
    return own_path(wanted) or address("/start", lang)
