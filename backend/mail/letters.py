"""What letters say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one letter, in the language of its reader; plain text."""

    kind: str
    subject: str
    body: str
