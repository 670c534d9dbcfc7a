"""Territories by code and by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.places import gazetteer


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("34172", "commune:34172"),
        ("1004", "commune:01004"),
        ("2a004", "commune:2A004"),
        ("75105", "commune:75056"),
        ("commune:34172", "commune:34172"),
        ("epci:243400017", "epci:243400017"),
        ("243 400 017", "epci:243400017"),
        ("24340001700012", "epci:243400017"),
        ("223400011", "departement:34"),
        ("34", "departement:34"),
        ("034", "departement:34"),
        ("02A", "departement:2A"),
        ("971", "departement:971"),
        ("France entière", "country:FR"),
        ("Montpellier", "commune:34172"),
        ("COMMUNE DE MATOUR", "commune:71289"),
        ("Le Havre", "commune:76351"),
        ("Ville du Havre", "commune:76351"),
        ("Saint-Denis (93)", "commune:93066"),
        ("St Denis (La Réunion)", "commune:97411"),
        ("région Occitanie", "region:76"),
        ("Paris", "commune:75056"),
        ("Montpellier Méditerranée Métropole", "epci:243400017"),
        (
            "Communauté de communes du Pays de Pontchâteau St-Gildas-des-Bois",
            "epci:200000438",
        ),
    ],
)
def test_resolve_finds_a_territory(value: str, code: str) -> None:
    assert gazetteer().resolve(value).code == code


@pytest.mark.parametrize(
    ("value", "verdict", "why"),
    [
        ("34000", "no", "no commune has this INSEE code"),
        ("123456789", "no", "check digit"),
        ("999", "no", "no département"),
        ("commune:00000", "no", "no commune"),
        ("zone:12", "no", "no territory has this code"),
        ("Saint-Denis", "ask", "4 territories have this name"),
        ("Vienne", "ask", "2 territories have this name"),
        ("76", "ask", "departement:76 or region:76"),
        ("Montpelier", "ask", 'the nearest is "Montpellier"'),
        ("xyzzy", "no", "no territory has this name"),
    ],
)
def test_resolve_never_guesses(value: str, verdict: str, why: str) -> None:
    outcome = gazetteer().resolve(value)
    assert (outcome.verdict, outcome.code) == (verdict, None)
    assert why in outcome.why


def test_resolve_uses_the_departement_and_the_kind() -> None:
    find = gazetteer().resolve
    assert find("Saint-Denis", departement="departement:11").code == "commune:11339"
    assert find("Vienne", kind="departement").code == "departement:86"
    assert find("76", kind="region").code == "region:76"


def test_every_territory_is_found_by_its_own_code() -> None:
    places = gazetteer()
    assert [code for code in places.by_code if places.resolve(code).code != code] == []


@given(st.text(max_size=30))
def test_resolve_answers_anything_with_a_code_or_a_reason(text: str) -> None:
    outcome = gazetteer().resolve(text)
    assert (outcome.code in gazetteer().by_code) if outcome.code else outcome.why
