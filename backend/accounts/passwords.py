"""Passwords: which are accepted, how they are kept and checked."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from backend.folding import fold

LEAST, ADVISED, MOST = 12, 15, 128
COMMON = Path(__file__).parent / "assets" / "common-passwords.txt"
# The parameters that OWASP's password storage cheat sheet asks for (19 MiB, two passes): a burst
# of sign-ins on a small machine must not fill its memory.
HASHER = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
Objection = Literal["short", "long", "common", "own"]


def objection(password: str, *own: str) -> Objection | None:
    """Why a password is refused, None when it is accepted; `own` are words that all may know.

    Length is what counts: nothing is asked of its kinds of characters (NIST SP 800-63B).
    """
    plain = _normal(password)
    if len(plain) < LEAST:
        return "short"
    if len(plain) > MOST:
        return "long"
    folded = _bare(plain)
    if folded in _common() or len(set(folded)) < 4:
        return "common"
    if folded in {_bare(word) for word in own}:
        return "own"
    return None


def hash_password(password: str) -> str:
    """Argon2id with a salt of its own, in the PHC format."""
    return HASHER.hash(_normal(password))


def is_right(password: str, hashed: str | None) -> bool:
    """Whether `password` is the one that was kept.

    Without one the answer is no after as much work, so that the time taken tells nothing.
    """
    if len(password) > 2 * MOST:
        return False
    right = HASHER.verify(_normal(password), hashed or _nobodys())
    return right and hashed is not None


def _normal(password: str) -> str:
    """The same characters, however the keyboard composed them."""
    return unicodedata.normalize("NFKC", password)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(map(_bare, lines))


@cache
def _nobodys() -> str:
    return hash_password("the password of nobody")
