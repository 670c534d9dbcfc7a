"""Documents to ask that come without judgements: JSON Lines of records."""

import json
from pathlib import Path
from typing import Any, Final

from matching.evaluation.judged import JudgedSetError, JudgedText, lines
from matching.language import detect_language

_TITLES: Final = ("title", "name")
_BODIES: Final = ("summary", "description")


def read_documents(file: Path) -> list[JudgedText]:
    """`text`, or title (or name), summary and description, of each record; no empty ones.

    Raises JudgedSetError.
    """
    found = []
    for number, line in lines(file):
        try:
            record = json.loads(line)
            text = _text(record)
        except (ValueError, AttributeError) as error:
            raise JudgedSetError(f"{file}, line {number}: expected a JSON object.") from error
        if text:
            lang = record.get("lang") or detect_language(text)
            found.append(JudgedText(f"{number}", text, lang))
    if not found:
        raise JudgedSetError(f"{file} holds no text, title, name or description.")
    return found


def _text(record: dict[str, Any]) -> str:
    if isinstance(record.get("text"), str):
        return str(record["text"])
    parts = [record.get(name) for name in (*_TITLES, *_BODIES)]
    return "\n".join(part for part in parts if isinstance(part, str) and part.strip())
