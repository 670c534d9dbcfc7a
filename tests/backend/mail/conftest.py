"""A mail server, and letters to send to it."""

from collections.abc import Iterator

import pytest

from tests.backend.mail.server import Inbox, mail_server


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that accepts everything unless told otherwise."""
    with mail_server() as found:
        yield found
