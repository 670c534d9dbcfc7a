"""A real mail server on loopback, which answers as a test wants."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from backend.settings import Settings


@dataclass
class Inbox:
    """What was accepted; `senders`, `recipients`, `contents`: answers to give instead, in turn."""

    port: int
    recipients: dict[str, list[str]] = field(default_factory=dict)
    senders: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    received: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _s: Any, _session: Session, envelope: Envelope, address: str, _o: Any
    ) -> str:
        if self.senders:
            return self.senders.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _s: Any, _session: Session, envelope: Envelope, address: str, _o: Any
    ) -> str:
        answers = self.recipients.get(address, [])
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.contents:
            return self.contents.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.to += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        self.arrived.set()
        return "250 OK"

    def authenticate(self, _s: Any, _session: Any, _e: Any, _kind: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.signed_in.append(f"{given.login.decode()}:{given.password.decode()}")
        return AuthResult(success=given.password == b"secret", handled=False)

    def settings(self, **changes: Any) -> Settings:
        """Settings that send here."""
        return Settings(
            **{
                "smtp_host": "127.0.0.1",
                "smtp_port": self.port,
                "smtp_security": "none",
                "mail_from": "Passerelle <passerelle@example.org>",
                "public_url": "https://passerelle.example.org",
                **changes,
            }
        )


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None) -> Iterator[Inbox]:
    """A server that listens meanwhile; with `tls` it offers STARTTLS."""
    inbox = Inbox(free_port())
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=inbox.port,
        tls_context=tls,
        authenticator=inbox.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
