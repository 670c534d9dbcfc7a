"""Pages driven in-process by AppTest against a stand-in of the API over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.ui.stub import Stub, serve

APP = Path(__file__).parents[2] / "ui" / "app.py"
TIMEOUT_SECONDS = 30

OpenPage = Callable[..., AppTest]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """An empty stand-in the pages talk to."""
    state = Stub()
    server, address = serve(state)
    monkeypatch.setenv("PASSERELLE_API_URL", address)
    st.cache_data.clear()
    st.cache_resource.clear()
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page() -> OpenPage:
    """Open the page at an address such as `/need?id=n1&lang=fr`, and run it."""
    return visit


def visit(address: str) -> AppTest:
    """The page at the address, run once; fails on an uncaught exception."""
    path, _, query = address.partition("?")
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT_SECONDS)
    app.query_params = dict(parse_qs(query))
    app._page_hash = calc_hash(path.strip("/"))  # the page Streamlit would open at this address
    app.run()
    app._page_hash = ""  # from here on, stay on the page the app is on
    assert not app.exception, [e.message for e in app.exception]
    return app


def shown(app: AppTest) -> str:
    """Everything a page shows as HTML, Markdown and messages."""
    parts = [element.value for element in app.main if element.type in ("html", "markdown")]
    return "\n".join(str(part) for part in parts)


def asked(app: AppTest, name: str) -> list[str]:
    """The values of a parameter of the address."""
    value = app.query_params[name]
    return value if isinstance(value, list) else [value]
