"""From rows to checked records."""

from collections.abc import Mapping
from typing import Any

import pytest

from backend.imports.answers import Resolutions
from backend.imports.draft import Draft, Drafting
from backend.imports.mapping import make_mapping
from backend.imports.places import gazetteer
from backend.imports.report import Note
from backend.imports.table import Row
from backend.imports.targets import RecordKind


def drafting(
    kind: RecordKind, names: list[str], answers: Mapping[tuple[str, str], str] | None = None
) -> Drafting:
    origins = make_mapping(kind, [f"{name}={name}" for name in names], names)
    return Drafting(kind, origins, gazetteer(), Resolutions(answers), "fr", lambda _text: "fr")


def draft_one(
    kind: RecordKind, answers: Mapping[tuple[str, str], str] | None = None, **cells: Any
) -> tuple[Draft | None, list[Note]]:
    return drafting(kind, list(cells), answers).draft(Row(2, cells))


def notes_of(notes: list[Note]) -> list[tuple[str, str]]:
    return [(note.level, note.field) for note in notes]


def test_draft_resolves_every_kind_of_field() -> None:
    made, notes = draft_one(
        "need",
        title="Rénover l'école",
        themes="Risque d'inondation; mobility",
        beneficiaries="Habitants|Seniors",
        perimeters="34172; Hérault (34)",
        budget_band="12 000 €",
        response_deadline="31/03/2027",
        project_stage="considered",
        anonymous="oui",
        essential_criteria="- Sans coupure\n- En trois mois",
    )
    assert notes == []
    assert made is not None
    found = {name: made.values[name] for name in ("themes", "beneficiaries", "perimeters")}
    assert found == {
        "themes": ["water.flood-risk", "mobility"],
        "beneficiaries": ["residents", "seniors"],
        "perimeters": ["commune:34172", "departement:34"],
    }
    assert made.values["budget_band"] == "10k_40k"
    assert made.values["response_deadline"].isoformat() == "2027-03-31"
    assert made.values["anonymous"] is True
    assert made.values["essential_criteria"] == ["Sans coupure", "En trois mois"]


def test_draft_reads_the_fields_of_a_solution() -> None:
    made, notes = draft_one(
        "solution",
        title="Capteurs",
        maturity="TRL 7",
        price_band="free",
        deployment_weeks="3 mois",
        client_references="Ville de Lunel; Alès Agglomération",
        website="https://capteurs.example",
    )
    assert notes == []
    assert made is not None
    assert made.values["maturity"] == 7
    assert made.values["price_band"] == "free"
    assert made.values["deployment_weeks"] == 13
    assert [ref["name"] for ref in made.values["client_references"]] == [
        "Ville de Lunel",
        "Alès Agglomération",
    ]


@pytest.mark.parametrize(
    ("field", "value", "suggestion"),
    [
        ("themes", "Mobilités", "mobility"),
        ("themes", "xyzzy", ""),
        ("perimeters", "Saint-Denis", "commune:97411"),
        ("perimeters", "99999", ""),
        ("budget_band", "10,000", ""),
        ("response_deadline", "bientôt", ""),
    ],
)
def test_draft_leaves_empty_what_is_not_sure(field: str, value: str, suggestion: str) -> None:
    made, notes = draft_one("need", title="Besoin", **{field: value})
    assert made is not None
    assert not made.values[field]
    assert [(n.row, n.field, n.value, n.suggestion, n.level) for n in notes] == [
        (2, field, value, suggestion, "warning")
    ]


def test_draft_takes_what_a_person_confirmed() -> None:
    answers = {("themes", "mobilites"): "mobility", ("perimeters", "saint-denis"): "-"}
    made, notes = draft_one(
        "need", answers, title="Besoin", themes="Mobilités", perimeters="Saint-Denis"
    )
    assert made is not None
    assert (made.values["themes"], made.values["perimeters"], notes) == (["mobility"], [], [])


@pytest.mark.parametrize("title", ["", "   ", "\ufeff"])
def test_draft_refuses_a_row_without_a_title(title: str) -> None:
    made, notes = draft_one("need", title=title, description="x")
    assert made is None
    assert notes_of(notes) == [("error", "title")]


def test_draft_refuses_control_characters_naming_the_place() -> None:
    made, notes = draft_one("need", title="Besoin", description="avant\x07après")
    assert made is None
    assert notes_of(notes) == [("error", "description")]
    assert "U+0007 at position 5" in notes[0].why


@pytest.mark.parametrize("text", ["🚰 fuite", "مرحبا بالعالم", "e\u0301cole", "a\r\nb"])
def test_draft_takes_emoji_right_to_left_and_line_breaks(text: str) -> None:
    made, notes = draft_one("need", title="Besoin", description=text)
    assert made is not None
    assert notes == []


def test_draft_refuses_a_cell_of_more_than_a_million_characters() -> None:
    made, notes = draft_one("need", title="Besoin", description="x" * 1_000_001)
    assert made is None
    assert 'the column "description" holds 1,000,001 characters' in notes[0].why


def test_draft_keeps_long_titles_whole_in_the_description() -> None:
    long = "Réparer la toiture du gymnase " * 10
    made, notes = draft_one("need", title=long, description="Suite.")
    assert made is not None
    assert len(made.values["title"]) <= 200
    assert made.values["title"].endswith("…")
    assert made.values["description"] == f"{long.strip()}\n\nSuite."
    assert notes_of(notes) == [("warning", "title")]


def test_draft_leaves_out_a_wrong_address_and_keeps_the_rest() -> None:
    made, notes = draft_one("solution", title="Capteurs", website="pas une adresse", licence="MIT")
    assert made is not None
    assert (made.values["website"], made.values["licence"]) == (None, "MIT")
    assert notes_of(notes) == [("warning", "website")]


def test_draft_notes_characters_that_could_not_be_read() -> None:
    made, notes = draft_one("need", title="Caf\ufffd")
    assert made is not None
    assert notes_of(notes) == [("warning", "title")]


def test_draft_tells_identical_rows_apart_by_their_order() -> None:
    work = drafting("need", ["title"])
    first, second, other = (
        work.draft(Row(number, {"title": title}))[0]
        for number, title in ((2, "Voirie"), (3, "Voirie"), (4, "École"))
    )
    assert first is not None
    assert second is not None
    assert other is not None
    assert first.external_id[:-1] == second.external_id[:-1]
    assert (first.external_id[-2:], second.external_id[-2:]) == ("-1", "-2")
    again = drafting("need", ["title"]).draft(Row(9, {"title": "Voirie"}))[0]
    assert again is not None
    assert again.external_id == first.external_id


def test_draft_refuses_an_identifier_given_twice() -> None:
    work = drafting("need", ["external_id", "title"])
    assert work.draft(Row(2, {"external_id": "a", "title": "Un"}))[0] is not None
    made, notes = work.draft(Row(3, {"external_id": "a", "title": "Deux"}))
    assert made is None
    assert notes[0].why == "the same identifier is on row 2"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"organisation_siren": "243400017"}, ("epci", "243400017", "epci:243400017")),
        ({"organisation_insee": "34172"}, ("commune", "213401722", "commune:34172")),
        (
            {"organisation": "Matour", "organisation_departement": "071"},
            ("commune", "217102896", "commune:71289"),
        ),
        (
            {"organisation": "Hérault", "organisation_kind": "departement"},
            ("departement", None, "departement:34"),
        ),
        (
            {"organisation": "Le département", "organisation_siren": "223400011"},
            ("departement", "223400011", "departement:34"),
        ),
        (
            {
                "organisation": "Régie des eaux",
                "organisation_kind": "public_body",
                "organisation_territory": "commune:34172",
            },
            ("public_body", None, "commune:34172"),
        ),
        ({"organisation": "Capteurs SAS"}, ("public_body", None, None)),
        (
            {"organisation": "Capteurs SAS", "organisation_insee": "34172"},
            ("public_body", None, "commune:34172"),
        ),
        (
            {"organisation": "VILLE DE MONTPELLIER", "organisation_insee": "34172"},
            ("commune", "213401722", "commune:34172"),
        ),
    ],
)
def test_draft_tells_who_asks(
    cells: dict[str, str], expected: tuple[str, str | None, str | None]
) -> None:
    made, notes = draft_one("need", title="Besoin", **cells)
    assert notes == []
    assert made is not None
    assert made.organisation is not None
    found = made.organisation
    assert (found.kind, found.siren, found.territory) == expected
    assert made.values["perimeters"] == ([expected[2]] if expected[2] else [])


def test_draft_leaves_out_a_siren_with_a_wrong_key() -> None:
    made, notes = draft_one(
        "need", title="Besoin", organisation="Mairie", organisation_siren="243400018"
    )
    assert made is not None
    assert made.organisation is not None
    assert made.organisation.siren is None
    assert notes_of(notes) == [("warning", "organisation_siren")]


def test_draft_notes_an_unknown_departement_only_when_it_matters() -> None:
    cells = {"title": "Besoin", "organisation": "Inconnu", "organisation_departement": "67A"}
    assert notes_of(draft_one("need", **cells)[1]) == [("warning", "organisation_departement")]
    assert draft_one("need", **cells, organisation_insee="67482")[1] == []


def test_draft_joins_the_items_of_a_list_with_commas() -> None:
    made, _ = draft_one("solution", title="Outil", licence=["MIT", "CC-BY"])
    assert made is not None
    assert made.values["licence"] == "MIT, CC-BY"


def test_draft_gives_a_territory_its_official_name() -> None:
    made, _ = draft_one(
        "need", title="Besoin", organisation="COMMUNE DE MATOUR", organisation_insee="71289"
    )
    assert made is not None
    assert made.organisation is not None
    assert made.organisation.name == "Matour"


def test_draft_changes_its_fingerprint_with_any_value() -> None:
    marks = set()
    for cells in ({"title": "A"}, {"title": "A", "themes": "mobility"}, {"title": "B"}):
        made = draft_one("need", **cells)[0]
        assert made is not None
        marks.add(made.fingerprint)
    assert len(marks) == 3
