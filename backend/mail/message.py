"""A letter as it goes over the wire (RFC 5322, RFC 8058)."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from backend.mail.frame import framed, one_line
from backend.settings import Settings

# RFC 2045 wants no longer lines in a body; but an address in a header must stay in one piece:
# folded, it would be written in code words.
LINES = SMTP.clone(max_line_length=76)
UNFOLDED = SMTP.clone(max_line_length=990)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter with all that its message is made of."""

    id: str
    address: str
    name: str
    kind: str
    lang: str
    subject: str
    body: str
    unsubscribe: str | None
    created_at: datetime


def compose(letter: Outgoing, settings: Settings) -> EmailMessage:
    """The message. Its Message-ID is that of the letter: a second copy can be recognised.

    Raises ValueError for an address that no message can bear.
    """
    message = EmailMessage(policy=LINES)
    sender = mailbox(settings.mail_from)
    message["From"] = sender
    message["To"] = Address(one_line(letter.name), addr_spec=letter.address)
    if settings.mail_reply_to:
        message["Reply-To"] = mailbox(settings.mail_reply_to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = framed(letter.lang, letter.name, letter.kind, letter.body, letter.unsubscribe)
    message.set_content(text, cte="quoted-printable")
    message["Content-Language"] = letter.lang
    message.policy = UNFOLDED
    return message


def mailbox(text: str) -> Address:
    """`Name <local@domain>` as an address. Raises ValueError."""
    name, address = parseaddr(text)
    return Address(one_line(name), addr_spec=address)
