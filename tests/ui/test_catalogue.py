"""The French catalogue holds every string of the pages, and only those."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

UI = Path(__file__).parents[2] / "ui"
CATALOGUE = UI / "locales" / "fr" / "LC_MESSAGES" / "passerelle.po"
MARKERS = ("_", "n_")
FILES = sorted(file.relative_to(UI) for file in UI.rglob("*.py"))

MessageId = str | tuple[str, ...]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


@pytest.fixture(scope="module")
def in_code() -> set[MessageId]:
    found = extract_from_dir(
        UI, method_map=[("**.py", "python")], keywords={"_": None, "n_": (1, 2)}
    )
    return {message_id for _file, _line, message_id, _comments, _context in found}


def test_catalogue_translates_every_string_of_the_code(
    catalogue: Catalog, in_code: set[MessageId]
) -> None:
    translated = {message.id for message in messages(catalogue) if all(forms(message))}

    assert sorted(map(str, in_code - translated)) == []


def test_catalogue_holds_no_string_that_left_the_code(
    catalogue: Catalog, in_code: set[MessageId]
) -> None:
    unused = {message.id for message in messages(catalogue)} - in_code

    assert sorted(map(str, unused)) == []
    assert list(catalogue.obsolete) == []


def test_catalogue_has_no_fuzzy_entry(catalogue: Catalog) -> None:
    assert [message.id for message in messages(catalogue) if message.fuzzy] == []


def test_translations_use_the_values_of_the_original(catalogue: Catalog) -> None:
    wrong = [message.id for message in messages(catalogue) if not same_values(message)]

    assert wrong == []


def test_plural_strings_have_both_french_forms(catalogue: Catalog) -> None:
    plural = [message for message in messages(catalogue) if isinstance(message.id, tuple)]

    assert [len(forms(message)) for message in plural] == [2] * len(plural)


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_string_is_marked_inside_an_f_string(file: Path) -> None:
    """Extraction does not look inside f-strings: such a string would never be translated."""
    inside = [
        call.lineno
        for joined in ast.walk(ast.parse((UI / file).read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MARKERS
    ]

    assert inside == []


@pytest.mark.parametrize("file", FILES, ids=str)
def test_marked_strings_are_literal(file: Path) -> None:
    """A computed string cannot be extracted."""
    computed = [
        call.lineno
        for call in ast.walk(ast.parse((UI / file).read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MARKERS
        and not isinstance(call.args[0], ast.Constant)
    ]

    assert computed == []


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(message: Message) -> list[str]:
    text = message.string
    return [text] if isinstance(text, str) else list(text)


def same_values(message: Message) -> bool:
    original = message.id if isinstance(message.id, str) else message.id[-1]
    return all(set(values(form)) == set(values(original)) for form in forms(message))


def values(text: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name]
