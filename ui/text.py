"""User text shown as text: never read as Markdown or HTML.

Streamlit renders Markdown in every label, title and message; a title such as
`![x](http://elsewhere/x.png)` would load an outside image. What people typed goes through one of
these two functions on its way to the screen.
"""

from __future__ import annotations

import html
import re

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_BREAKS = re.compile(r"\s+")


def md(text: str) -> str:
    """The text escaped for a Markdown label, on one line."""
    return _PUNCTUATION.sub(r"\\\1", _BREAKS.sub(" ", text).strip())


def h(text: object) -> str:
    """The text escaped for HTML."""
    return html.escape(str(text))


def paragraphs(text: str) -> str:
    """The text as HTML paragraphs: blank lines separate them, single breaks are kept."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "".join(f"<p>{h(b).replace(chr(10), '<br>')}</p>" for b in blocks if b)


def shorten(text: str, length: int) -> str:
    """The beginning of the text, cut at a word, with an ellipsis when something was cut."""
    flat = _BREAKS.sub(" ", text).strip()
    if len(flat) <= length:
        return flat
    return flat[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def tag(name: str, text: object, css: str = "", lang: str = "") -> str:
    """An HTML element holding text, which is escaped; `lang` is that of the text."""
    return wrap(name, h(text), css, lang)


def wrap(name: str, inner: str, css: str = "", lang: str = "") -> str:
    """An HTML element holding HTML that is already safe."""
    attributes = f' class="{css}"' if css else ""
    attributes += f' lang="{h(lang)}"' if lang else ""
    return f"<{name}{attributes}>{inner}</{name}>"
