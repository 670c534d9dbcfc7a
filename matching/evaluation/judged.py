"""Judged sets: corpus.jsonl, queries.jsonl and qrels.tsv in a folder.

A ranking sees `text` and `lang` only; the judgements are read after it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from matching.language import detect_language

Judgements: TypeAlias = Mapping[str, Mapping[str, int]]
Tongues: TypeAlias = Literal["mono", "cross", "mixed"]
_CORPUS = "corpus.jsonl"


class JudgedSetError(ValueError):
    """A file of a judged set is missing or malformed; the message names the file and line."""


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A document or a query of a judged set."""

    id: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Documents, queries, and grades (gain 2^grade - 1) by query and document."""

    documents: Sequence[JudgedText]
    queries: Sequence[JudgedText]
    judgements: Judgements
    name: str = ""

    @property
    def tongues(self) -> Tongues:
        """mono: most queries are in the language of most documents; cross: in one of none."""
        written = Counter(text.lang for text in self.documents)
        main = {lang for lang, count in written.items() if 2 * count > len(self.documents)}
        same = sum(query.lang in main for query in self.queries)
        foreign = sum(query.lang not in written for query in self.queries)
        if 2 * same > len(self.queries):
            return "mono"
        return "cross" if 2 * foreign > len(self.queries) else "mixed"

    def right(self, query: str) -> set[str]:
        """The documents judged to answer a query: those with a positive grade."""
        return {d for d, grade in self.judgements.get(query, {}).items() if grade > 0}


def judged_folders(folder: Path) -> list[Path]:
    """The judged sets in `folder`: itself, or the folders below it, by name.

    Raises JudgedSetError when there is none.
    """
    if (folder / _CORPUS).is_file():
        return [folder]
    inside = sorted(path.parent for path in folder.glob(f"*/{_CORPUS}"))
    if not inside:
        raise JudgedSetError(
            f"{folder} holds no judged set: give a folder with corpus.jsonl, queries.jsonl and "
            "qrels.tsv, or a folder of such folders."
        )
    return inside


def read_judged_set(folder: Path) -> JudgedSet:
    """Read a folder. Raises JudgedSetError."""
    documents = list(_read_texts(folder / _CORPUS))
    queries = list(_read_texts(folder / "queries.jsonl"))
    judgements = _read_judgements(folder / "qrels.tsv")
    return JudgedSet(documents, queries, judgements, folder.resolve().name)


def _read_texts(file: Path) -> Iterator[JudgedText]:
    for number, line in lines(file):
        try:
            record = json.loads(line)
            text = record["text"]
            text.encode()  # a lone surrogate is not text; AttributeError when not a string
            yield JudgedText(str(record["id"]), text, record.get("lang") or detect_language(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JudgedSetError(
                f"{file}, line {number}: expected a JSON object with id and text."
            ) from error


def _read_judgements(file: Path) -> Judgements:
    judgements: dict[str, dict[str, int]] = {}
    for number, line in lines(file):
        try:
            query, document, grade = line.split("\t")
            judgements.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise JudgedSetError(
                f"{file}, line {number}: expected query, document and grade, with tabs between."
            ) from error
    return judgements


def lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers. Raises JudgedSetError."""
    try:
        with file.open(encoding="utf-8") as opened:
            numbered = enumerate(opened, start=1)
            yield from ((number, line.rstrip("\r\n")) for number, line in numbered if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise JudgedSetError(f"{file} cannot be read: {error}") from error
