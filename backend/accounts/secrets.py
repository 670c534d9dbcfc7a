"""Secrets that are handed out once and kept as hashes."""

import hashlib
import secrets

BYTES = 32


def new_secret() -> str:
    """256 random bits as 43 characters that a link or a header can carry."""
    return secrets.token_urlsafe(BYTES)


def hash_secret(secret: str) -> str:
    """SHA-256 in hexadecimal: enough for a secret that cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
