"""Style and script of the pages, from our own origin."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from starlette.responses import Response

router = APIRouter(prefix="/account/assets")

FOLDER = Path(__file__).parents[1] / "assets"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FONTS = {"Source Sans": "SourceSansVF-Upright*", "Source Serif": "SourceSerifVariable-Roman*"}


@router.get("/{name}")
def read_asset(name: Annotated[str, InPath(pattern=r"^account\.(css|js|svg)$")]) -> Response:
    """A file of the pages; browsers ask again after an hour."""
    file = FOLDER / name
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".css":
        content = font_faces() + content
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(content, media_type=TYPES[file.suffix], headers=headers)


@cache
def font_faces() -> str:
    """The fonts that the other pages use; their file names change with Streamlit's releases."""
    spec = find_spec("streamlit")
    places = spec.submodule_search_locations if spec else None
    media = Path(places[0]) / "static" / "static" / "media" if places else Path("-")
    rules = [
        f'@font-face {{ font-family: "{name}"; src: url("/static/media/{file.name}") '
        f'format("woff2"); font-weight: 200 900; font-display: swap; }}\n'
        for name, pattern in FONTS.items()
        for file in sorted(media.glob(pattern))[:1]
    ]
    return "".join(rules)
