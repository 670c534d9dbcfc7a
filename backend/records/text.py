"""Joining the texts of a record into the one that is encoded and searched."""

from collections.abc import Iterable


def join_text(title: str, lead: str, rest: Iterable[str]) -> str:
    """`title. lead`, then each of `rest` on its own lines; empty parts are left out."""
    head = ". ".join(part for part in (title, lead) if part)
    return "\n".join([head, *(part for part in rest if part)])
