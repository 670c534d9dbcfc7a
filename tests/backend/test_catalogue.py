"""The French catalogue of letters and of the service's own pages is whole, and holds no more."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

BACKEND = Path(__file__).parents[2] / "backend"
CATALOGUE = BACKEND / "locales" / "fr" / "LC_MESSAGES" / "passerelle.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS = {"_": None, "n_": (1, 2), "gettext": None, "ngettext": (1, 2)}


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


def test_catalogue_of_letters_and_pages_holds_what_the_code_says_and_no_more() -> None:
    found = extract_from_dir(BACKEND, method_map=METHODS, keywords=KEYWORDS)
    in_code = {message for _file, _line, message, _comments, _context in found}
    translated = {message.id for message in catalogue() if message.id and message.string}
    assert sorted(map(str, in_code - translated)) == []
    assert sorted(map(str, translated - in_code)) == []


def test_catalogue_of_letters_and_pages_has_no_doubtful_entry() -> None:
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []
