"""Pages, API and health on one origin, and what browsers are told."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from streamlit import config, file_util

from backend.app import create_api
from backend.database import create_engine
from backend.migrations import upgrade
from backend.pages import localised
from backend.settings import PROJECT_ROOT
from backend.web import answer_to, create_api_app, create_app
from tests.fakes import FakeMatcher

INDEX = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
ANY_SCRIPT = next((Path(file_util.get_static_dir()) / "static" / "js").glob("index*.js"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole site on an empty database; Streamlit allows one a process."""
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('web') / 'web.db'}")
    upgrade(engine)
    api = create_api(engine, FakeMatcher())  # type: ignore[arg-type]
    with TestClient(create_app(api), base_url="http://127.0.0.1:8000") as client:
        assert api.state.matcher.wait(10)
        yield client
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "language"),
    [("/", "fr"), ("/?lang=en", "en"), ("/?lang=de", "fr"), ("/solutions?q=a&lang=en", "en")],
)
def test_page_is_in_the_language_of_its_address(site: TestClient, url: str, language: str) -> None:
    answer = site.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert "<title>Passerelle</title>" in answer.text
    assert "Streamlit app" not in answer.text


def test_page_is_compressed_and_kept_while_it_is_the_same(site: TestClient) -> None:
    answer = site.get("/?lang=en")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-cache"
    again = site.get("/?lang=en", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get("/?lang=fr", headers={"If-None-Match": answer.headers["etag"]})
    assert other.status_code == 200


def test_page_without_compression_is_the_same(site: TestClient) -> None:
    plain = site.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == site.get("/").text


def test_scripts_are_compressed_and_kept_for_good(site: TestClient) -> None:
    url = f"/static/js/{ANY_SCRIPT.name}"
    answer = site.get(url)
    assert answer.content == ANY_SCRIPT.read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert int(answer.headers["content-length"]) < len(answer.content) / 2
    plain = site.get(url, headers={"Accept-Encoding": "identity"})
    assert plain.content == answer.content


@pytest.mark.parametrize("url", ["/", "/api/v1/themes", "/api/docs", "/api/nothing", "/health"])
def test_every_answer_has_the_security_headers(site: TestClient, url: str) -> None:
    headers = site.get(url).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["script-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in policy["script-src"]
    assert "http" not in headers["content-security-policy"]


def test_health_is_at_the_root(site: TestClient) -> None:
    answer = site.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": "ok", "encoder": "ok", "index": "ok"},
        "version": "0.1.0",
    }
    assert site.get("/api/health").status_code == 404


def test_documentation_has_all_it_needs(site: TestClient) -> None:
    page = site.get("/api/docs").text
    assert "http" not in page
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"):
        assert f"docs/{name}" in page
        assert site.get(f"/api/docs/{name}").status_code == 200
    assert site.get("/api/docs/../settings.py").status_code == 404
    assert site.get("/api/docs/other.js").status_code == 404
    document = site.get("/api/openapi.json").json()
    assert document["servers"] == [{"url": "/api"}]
    assert document["paths"]["/health"]["servers"] == [{"url": "/"}]


def test_settings_of_the_pages_are_found_from_any_folder(
    site: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert site.get("/health").status_code == 200
    assert str(PROJECT_ROOT / ".streamlit" / "config.toml") in config.get_config_files(
        "config.toml"
    )


def test_pages_answer_to_the_names_of_the_settings_besides_loopback(site: TestClient) -> None:
    loopback = list(config.get_option("server.allowedHosts"))
    try:
        answer_to(["passerelle.example.org", "localhost"])
        names = config.get_option("server.allowedHosts")
        assert names == [*loopback, "passerelle.example.org"]
    finally:
        config.set_option("server.allowedHosts", loopback)


def test_localised_page_changes_only_what_it_says() -> None:
    page = localised(INDEX, "fr")
    script = '<script type="module" crossorigin src="./static/js/index'
    assert page.count('<html lang="fr">') == 1
    assert page.count("<noscript>") == 1
    assert "service-desc" not in page
    assert script in INDEX
    assert script in page


def test_api_alone_answers_without_pages(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'api.db'}")
    upgrade(engine)
    api = create_api(engine, FakeMatcher())  # type: ignore[arg-type]
    with TestClient(create_api_app(api)) as client:
        assert api.state.matcher.wait(10)
        assert client.get("/health").json()["status"] == "ready"
        listed = client.get("/api/v1/vocabularies")
        assert listed.headers["content-encoding"] == "gzip"
        assert "content-security-policy" in listed.headers
        nothing = client.get("/")
        assert nothing.status_code == 404
        assert nothing.headers["content-type"] == "application/problem+json"
    engine.dispose()


def test_health_answers_503_before_the_database_is_migrated(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'api.db'}")
    api = create_api(engine, FakeMatcher())  # type: ignore[arg-type]
    with TestClient(create_api_app(api)) as client:
        assert api.state.matcher.wait(10)
        answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "not migrated"
    engine.dispose()


def test_pressed_page_is_the_page(site: TestClient) -> None:
    with site.stream("GET", "/?lang=en") as answer:
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw).decode() == localised(INDEX, "en")
