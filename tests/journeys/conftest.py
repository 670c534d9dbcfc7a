"""A browser and the service it visits."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from backend.accounts.identify import COOKIE
from tests.journeys.site import secret

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing the browser does on its own account: these pages alone are under test.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 120.0
WAIT_MILLISECONDS = 20_000


@dataclass(frozen=True)
class Site:
    """Where the service is, and its data folder."""

    address: str
    folder: Path

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What its database holds, as a check on what the pages did."""
        with closing(
            sqlite3.connect(f"file:{self.folder}/passerelle.db?mode=ro", uri=True)
        ) as file:
            return file.execute(statement, values).fetchall()

    def api(self, path: str, role: str = "operator") -> httpx.Response:
        """What the API says to the person of a role, as a check on what the pages did."""
        return httpx.get(f"{self.address}/api/v1{path}", headers=bearer(role), timeout=30)

    def register(self, kind: str, role: str = "operator", **record: object) -> str:
        """Register a record through the API as the person of a role; its id."""
        answer = httpx.post(
            f"{self.address}/api/v1/{kind}", json=record, headers=bearer(role), timeout=30
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the journeys are skipped, or fail where it is required."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        reason = f"no browser found: install one of {', '.join(BROWSERS)}"
        if os.environ.get("PASSERELLE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service in a process of its own, on a free port, with its own data folder."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = {"PASSERELLE_DATA_DIR": str(folder), "PASSERELLE_API_URL": f"{address}/api"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.site", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
    try:
        _wait(process, address, folder / "log")
        yield Site(address, folder)
    finally:
        process.terminate()
        process.wait(30)


def bearer(role: str) -> dict[str, str]:
    """What a request of the person of a role bears."""
    return {"Authorization": f"Bearer {secret(role)}"}


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh visitor; the test fails if the browser asked anybody else for anything."""
    yield from visit(browser, site, None)


@pytest.fixture
def operator(browser: Browser, site: Site) -> Iterator[Page]:
    """The browser of an operator who is signed in."""
    yield from visit(browser, site, "operator")


@pytest.fixture
def leader(browser: Browser, site: Site) -> Iterator[Page]:
    """The browser of a project leader who is signed in."""
    yield from visit(browser, site, "project_leader")


@pytest.fixture
def staff(browser: Browser, site: Site) -> Iterator[Page]:
    """The browser of a member of an authority's staff who is signed in."""
    yield from visit(browser, site, "authority_staff")


def visit(browser: Browser, site: Site, role: str | None) -> Iterator[Page]:
    """A page of a new browser, signed in as the person of a role unless None."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MILLISECONDS)
    if role is not None:
        context.add_cookies(
            [
                {
                    "name": COOKIE,
                    "value": secret(role),
                    "url": site.address.replace("http:", "https:"),
                    "secure": True,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )
    visitor = context.new_page()
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((site.address, "data:", "blob:")):
            elsewhere.append(request.url)

    visitor.on("request", note)
    yield visitor
    context.close()
    assert elsewhere == []


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Until the service says it is ready; its log is told when it stops or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"the service did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")
