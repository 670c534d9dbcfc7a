"""Hands messages to the mail server, and says what became of each."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

from backend.settings import Settings

SECONDS = 30.0
REFUSED_FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """ "sent", "refused" (for good), "failed" (try again) or "unreachable" (the server itself)."""

    state: Literal["sent", "refused", "failed", "unreachable"]
    why: str = ""


class Postman:
    """One connection to the server, opened when the first message needs it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def deliver(self, message: EmailMessage) -> Outcome:
        """Hand over one message. "sent" only once the server has accepted it."""
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome("unreachable", _sentence(error))
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            return _answered(*next(iter(error.recipients.values())))
        except smtplib.SMTPDataError as error:
            return _answered(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPNotSupportedError, UnicodeEncodeError) as error:
            return Outcome("refused", _sentence(error))
        except (OSError, smtplib.SMTPException) as error:
            # The sender refused, or the connection lost: not this letter's fault.
            self._leave()
            return Outcome("unreachable", _sentence(error))
        return Outcome("sent")

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = connect(self._settings)
        return self._server

    def _leave(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            # What was accepted is accepted, however the server takes leave.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()


def connect(settings: Settings) -> smtplib.SMTP:
    """A connection that is protected as set, signed in. Raises OSError, SMTPException.

    A server that does not offer what is set is refused: nothing goes in clear instead.
    """
    name = urlsplit(settings.public_url).hostname or "localhost"
    where, context = (settings.smtp_host, settings.smtp_port), ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_security == "tls":
        server = smtplib.SMTP_SSL(*where, local_hostname=name, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(*where, local_hostname=name, timeout=SECONDS)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, password(settings))
    except BaseException:
        server.close()
        raise
    return server


def password(settings: Settings) -> str:
    """The password, from its file when one is named. Raises OSError."""
    if settings.smtp_password_file is not None:
        return settings.smtp_password_file.read_text(encoding="utf-8").strip()
    return settings.smtp_password.get_secret_value()


def _answered(code: int, text: bytes | str) -> Outcome:
    state: Literal["refused", "failed"] = "refused" if code >= REFUSED_FOR_GOOD else "failed"
    return Outcome(state, f"{code} {_plain(text)}")


def _sentence(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_plain(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _plain(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
