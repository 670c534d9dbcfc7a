"""Identifiers that sort by time of creation."""

import re
import secrets
import time
import uuid

FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def uuid7() -> str:
    """A UUIDv7 (RFC 9562) in canonical text, 36 characters.

    48 bits of milliseconds, then 12 bits of the fraction of the millisecond, so that
    identifiers made one after the other in one process sort in that order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    tail = secrets.randbits(62)
    value = (milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | tail
    return str(uuid.UUID(int=value))


def is_id(text: str) -> bool:
    """Whether `text` has the form of an identifier: 36 characters, hexadecimal and hyphens."""
    return FORM.fullmatch(text) is not None
