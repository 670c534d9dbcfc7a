"""Which columns fill which fields."""

import pytest

from backend.imports.mapping import MappingError, make_mapping, texts_at


def columns_of(kind: str, asked: list[str], columns: list[str]) -> dict[str, tuple[str, ...]]:
    mapping = make_mapping(kind, asked, columns)  # type: ignore[arg-type]
    return {name: origin.columns for name, origin in mapping.items()}


def test_make_mapping_recognises_french_and_english_headers() -> None:
    columns = ["N°", "Intitulé du projet", "Résumé", "Code INSEE", "Thématiques", "E-mail", "URL"]
    assert columns_of("solution", [], columns) == {
        "title": ("Intitulé du projet",),
        "summary": ("Résumé",),
        "organisation_insee": ("Code INSEE",),
        "themes": ("Thématiques",),
        "contact_email": ("E-mail",),
        "website": ("URL",),
    }


def test_make_mapping_prefers_what_was_asked() -> None:
    found = columns_of("need", ["title=objet", "description=title"], ["title", "objet"])
    assert found == {"title": ("objet",), "description": ("title",)}


def test_make_mapping_joins_columns_and_keeps_constants() -> None:
    mapping = make_mapping("need", ["title=a", "description=b+c", "lang=:fr"], ["a", "b", "c"])
    cells = {"a": "Titre", "b": "Un", "c": "Deux"}
    assert mapping["description"].read(cells) == ["Un", "Deux"]
    assert mapping["lang"].read(cells) == ["fr"]


def test_make_mapping_leaves_out_a_field_mapped_to_nothing() -> None:
    assert columns_of("need", ["description="], ["title", "description"]) == {"title": ("title",)}


def test_make_mapping_takes_the_parts_of_an_object() -> None:
    columns = ["title", "authority", "authority.siren", "authority.nom", "authority.kind"]
    found = columns_of("need", ["authority=authority.nom"], columns)
    assert found == {
        "title": ("title",),
        "organisation": ("authority.nom",),
        "organisation_siren": ("authority.siren",),
        "organisation_kind": ("authority.kind",),
    }


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["title=absent"], 'the file has no column "absent"; it has a, b'),
        (["price=a"], 'a need has no field "price"; its fields are external_id, title'),
        (["title"], "write it as FIELD=COLUMN"),
        (["title=a", "title=b"], "is mapped twice"),
        ([], "say which one it is with --map title=COLUMN; the file has a, b"),
        (["title="], "say which one it is"),
    ],
)
def test_make_mapping_refuses_what_cannot_be_followed(asked: list[str], words: str) -> None:
    with pytest.raises(MappingError, match=words):
        make_mapping("need", asked, ["a", "b"])


def test_texts_at_walks_lists_of_objects() -> None:
    cells = {"sections": [{"text": "Un"}, {"text": " "}, {"text": "Deux"}], "a.b": "plat"}
    assert texts_at(cells, "sections.text") == ["Un", "Deux"]
    assert texts_at(cells, "a.b") == ["plat"]
    assert texts_at(cells, "absent.text") == []
