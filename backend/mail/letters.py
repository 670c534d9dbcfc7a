"""What letters say, and which kinds there are."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal["introduction", "moderation", "match", "search", "reminder"]
# What a person can do without; letters of the kind "account" are always sent.
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter tells, in the language of its reader; plain text.

    `body` says what happened and links to the page. Greeting, why it was sent, how to stop it and
    the signature are put around it when it is sent.
    """

    kind: str
    subject: str
    body: str
