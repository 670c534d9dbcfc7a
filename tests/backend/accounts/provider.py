"""A real provider of OpenID Connect on loopback, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass(frozen=True)
class Provider:
    """Where it is, and what people do there."""

    issuer: str

    def know(self, subject: str, claims: Mapping[str, object]) -> None:
        """Make somebody known to it."""
        httpx.put(f"{self.issuer}/users/{subject}", json=dict(claims)).raise_for_status()

    def prove(self, question: str, subject: str) -> str:
        """Say there who one is; the address of our page that it sends the browser back to."""
        answer = httpx.post(question, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def running(folder: Path) -> Iterator[Provider]:
    """The provider, stopped at the end; its log is in `folder`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--require-nonce",
        "true",
    ]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log)
    found = Provider(f"http://127.0.0.1:{port}")
    try:
        _wait(process, found.issuer)
        yield found
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], issuer: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{issuer}/.well-known/openid-configuration").raise_for_status()
        except httpx.HTTPError:
            try:
                raise RuntimeError(f"the provider stopped with {process.wait(0.1)}")
            except subprocess.TimeoutExpired:
                continue
        return
    raise RuntimeError("the provider does not answer")
