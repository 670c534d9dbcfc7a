"""The shipped table of territories, and its way into the database."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from backend.database import begin_write, create_engine, writing
from backend.migrations import upgrade
from backend.models import Territory
from backend.territories.load import load_territories
from backend.territories.names import search_name
from backend.territories.table import content_hash, former_communes, nesting, places


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database without territories."""
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def write_table(folder: Path, communes: str) -> Path:
    """A table of one region, one département, one EPCI and these communes."""
    (folder / "regions.csv").write_text("code,siren,name,population\n76,,Occitanie,10\n")
    (folder / "departements.csv").write_text(
        "code,siren,name,population,region\n34,,Hérault,9,76\n"
    )
    head = "code,siren,name,population,type,departement,region\n"
    (folder / "epci.csv").write_text(f"{head}243400017,243400017,Métropole,8,METRO,34,76\n")
    head = "code,siren,name,population,epci,ept,departement,region\n"
    (folder / "communes.csv.gz").write_bytes(gzip.compress((head + communes).encode()))
    return folder


def names(session: Session) -> dict[str, str]:
    rows = session.execute(select(Territory.code, Territory.name))
    return {code: name for code, name in rows}  # noqa: C416 - rows are not pairs for mypy


def test_places_hold_all_territories_of_france() -> None:
    kinds: dict[str, int] = {}
    for place in places():
        kinds[place.kind] = kinds.get(place.kind, 0) + 1
    assert kinds == {
        "country": 1,
        "region": 26,
        "departement": 109,
        "epci": 1266,
        "commune": 34969,
    }


def test_places_point_at_places_that_exist() -> None:
    codes = {place.code for place in places()}
    for place in places():
        above = {place.epci, place.ept, place.departement, place.region} - {None}
        assert above <= codes, place


def test_an_epci_over_several_departements_has_none_of_its_own() -> None:
    within: dict[str, set[str]] = {}
    for _commune, epci, departement, _region in nesting():
        if epci is not None:
            within.setdefault(epci, set()).add(departement)
    epci = {place.code: place.departement for place in places() if place.kind == "epci"}
    assert within.keys() == epci.keys()
    assert sum(len(found) > 1 for found in within.values()) == 91
    for code, found in within.items():
        assert epci[code] == (next(iter(found)) if len(found) == 1 else None)


def test_nesting_gives_two_rows_to_a_commune_of_greater_paris() -> None:
    rows = [row for row in nesting() if row[0] == "commune:93001"]
    assert [row[1] for row in rows] == ["epci:200054781", "epci:200057867"]


def test_former_communes_lead_to_communes() -> None:
    communes = {place.insee for place in places() if place.kind == "commune"}
    assert set(former_communes().values()) <= communes
    assert not former_communes().keys() & communes
    assert former_communes()["75105"] == "75056"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Saint-Étienne-du-Grès", "saint etienne du gres"),
        ("L’Haÿ-les-Roses", "l'hay les roses"),
        ("Œuilly", "oeuilly"),
    ],
)
def test_search_name_folds(name: str, expected: str) -> None:
    assert search_name(name) == expected


def test_load_territories_writes_once(empty: Engine) -> None:
    with writing(empty) as session:
        assert load_territories(session) == 36_371
    with writing(empty) as session:
        assert load_territories(session) == 0
        assert session.scalar(select(func.count()).select_from(Territory)) == 36_371


def test_load_territories_follows_a_new_table(session: Session, tmp_path: Path) -> None:
    # On both databases, and never committed: the tests share these territories.
    before = names(session)
    first = write_table(tmp_path, "34172,213401722,Montpellier,5,243400017,,34,76\n")
    mark = content_hash(first)
    begin_write(session)
    assert load_territories(session, first) == 5
    assert load_territories(session, first) == 0
    second = write_table(tmp_path, "34172,213401722,Montpellier-Sud,5,243400017,,34,76\n")
    assert content_hash(second) != mark
    assert load_territories(session, second) == 5
    after = names(session)
    session.rollback()
    assert after["commune:34172"] == "Montpellier-Sud"
    assert before.keys() <= after.keys()
