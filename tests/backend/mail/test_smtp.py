"""How the connection to the mail server is protected."""

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backend.mail.message import Outgoing, compose
from backend.mail.smtp import Outcome, Postman
from backend.settings import Settings
from tests.backend.mail.server import mail_server

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
LETTER = Outgoing(
    id="0199",
    address="zoe@exemple.example",
    name="Zoé",
    kind="account",
    lang="fr",
    subject="Bienvenue",
    body="Bonjour.",
    unsubscribe=None,
    created_at=NOON,
)


def deliver(settings: Settings) -> Outcome:
    with Postman(settings) as postman:
        return postman.deliver(compose(LETTER, settings))


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a key and a certificate for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=30))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path / "server.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def offered(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_connection_is_encrypted_when_the_certificate_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(offered(certificate)) as inbox:
        assert deliver(inbox.settings(smtp_security="starttls")) == Outcome("sent")
        assert inbox.encrypted == [True]


def test_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with mail_server(offered(certificate)) as inbox:
        found = deliver(inbox.settings(smtp_security="starttls"))
        assert (found.state, inbox.received) == ("unreachable", [])
        assert "CERTIFICATE_VERIFY_FAILED" in found.why


def test_nothing_goes_in_clear_to_a_server_without_starttls() -> None:
    with mail_server() as inbox:
        found = deliver(inbox.settings(smtp_security="starttls"))
        assert (found.state, inbox.received) == ("unreachable", [])
        assert "STARTTLS" in found.why


def test_password_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("secret\n", encoding="utf-8")
    with mail_server() as inbox:
        settings = inbox.settings(smtp_user="passerelle", smtp_password_file=file)
        assert deliver(settings) == Outcome("sent")
        assert inbox.signed_in == ["passerelle:secret"]


def test_wrong_password_is_the_servers_matter() -> None:
    with mail_server() as inbox:
        found = deliver(inbox.settings(smtp_user="passerelle", smtp_password="wrong"))
        assert (found.state, found.why[:3]) == ("unreachable", "535")
        assert "wrong" not in found.why


def test_missing_password_file_is_said(tmp_path: Path) -> None:
    with mail_server() as inbox:
        file = tmp_path / "absent"
        found = deliver(inbox.settings(smtp_user="passerelle", smtp_password_file=file))
        assert (found.state, "absent" in found.why) == ("unreachable", True)


def test_long_addresses_in_headers_stay_in_one_piece() -> None:
    link = "https://" + "longue-adresse." * 12 + "example/account/unsubscribe/" + "x" * 43
    letter = Outgoing(
        **{name: getattr(LETTER, name) for name in LETTER.__slots__} | {"unsubscribe": link}
    )
    raw = compose(letter, Settings()).as_bytes()
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in raw
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76
