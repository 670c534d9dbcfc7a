"""What Streamlit's server does not do by itself: the page's language, and compression.

Its page says `lang="en"` whatever is on it, and its scripts, 5 MB, are sent as they are.
"""

import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGES = ("fr", "en")
NO_SCRIPT = {
    "fr": "Cette application a besoin de JavaScript. Les mêmes données sont dans "
    '<a href="/api/docs">l\'API</a>.',
    "en": 'This application needs JavaScript. The same data are in <a href="/api/docs">the '
    "API</a>.",
}
COMPRESSED = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# What is not drawn by Streamlit.
OTHERS = re.compile("/(api|account)(/|$)")
FOREVER = "public, immutable, max-age=31536000"


def localised(html: str, language: str) -> str:
    """Streamlit's page with our name, in `language` (fr or en)."""
    html = re.sub(r'<html lang="\w+">', f'<html lang="{language}">', html, count=1)
    html = re.sub(r"<title>.*?</title>", "<title>Passerelle</title>", html, count=1)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    words = f"<noscript><p>{NO_SCRIPT[language]}</p></noscript>"
    return re.sub(r"<noscript>.*?</noscript>", lambda _: words, html, flags=re.DOTALL)


def language_asked(scope: Scope) -> str:
    """The language in the address (`?lang=en`); French unless it says otherwise."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    return asked if asked in LANGUAGES else LANGUAGES[0]


class LocalisedPages:
    """ASGI middleware: every page of the application in the language of its address."""

    def __init__(self, app: ASGIApp, html: str) -> None:
        self.app = app
        self.pages = {name: localised(html, name).encode() for name in LANGUAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or OTHERS.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def replace(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_page(message):
                replaced = True
                await self._page(scope)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, replace)

    def _page(self, scope: Scope) -> Response:
        language = language_asked(scope)
        content = self.pages[language]
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Language": language}
        given = Headers(scope=scope)
        if given.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        headers["Vary"] = "Accept-Encoding"
        if _accepts_gzip(given):
            content, headers["Content-Encoding"] = _pressed(content), "gzip"
        return Response(content, headers=headers, media_type="text/html")


class CompressedFiles:
    """ASGI middleware: Streamlit's scripts and styles, each compressed once a process.

    Their names change with their content, so browsers keep them for good.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        # Only what is there at the start can be asked for: no name of a request is opened.
        self.files = {
            f"/static/{path.relative_to(folder / 'static').as_posix()}": path
            for path in (folder / "static").rglob("*")
            if path.suffix in COMPRESSED
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self.files.get(scope["path"]) if scope["type"] == "http" else None
        if path is None or scope["method"] != "GET" or not _accepts_gzip(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        content = await run_in_threadpool(_pressed_file, path)
        headers = {
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "Cache-Control": FOREVER,
        }
        media_type = COMPRESSED[path.suffix]
        await Response(content, headers=headers, media_type=media_type)(scope, receive, send)


def _is_page(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")


def _accepts_gzip(headers: Headers) -> bool:
    return "gzip" in headers.get("accept-encoding", "")


@lru_cache(maxsize=8)
def _pressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@lru_cache(maxsize=1_000)
def _pressed_file(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
