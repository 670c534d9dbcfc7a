"""The compact table of French territories in `data/territories`, read without a database."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.territories.names import search_name

FOLDER = Path(__file__).resolve().parents[2] / "data" / "territories"
COUNTRY = "country:FR"
_FILES = ("regions.csv", "departements.csv", "epci.csv", "communes.csv.gz")


@dataclass(frozen=True, slots=True)
class Place:
    """One territory: `code` is `kind:number`; the last four are codes of what contains it."""

    code: str
    kind: str
    insee: str | None
    siren: str | None
    name: str
    search_name: str
    population: int | None
    epci: str | None
    ept: str | None
    departement: str | None
    region: str | None


def content_hash(folder: Path = FOLDER) -> int:
    """A positive integer below 2**31 that changes when any of the files does."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((folder / name).read_bytes())
    return int.from_bytes(digest.digest()[:4], "big") >> 1


def places(folder: Path = FOLDER) -> list[Place]:
    """Country, regions, départements, EPCI and communes: whatever contains comes first."""
    found = [_place("country", {"code": "FR", "name": "France"})]
    for kind, name in zip(("region", "departement", "epci", "commune"), _FILES, strict=True):
        found.extend(_place(kind, row) for row in _rows(folder / name))
    return found


def nesting(folder: Path = FOLDER) -> Iterator[tuple[str, str | None, str, str]]:
    """Rows (commune, EPCI or None, département, region), all full codes.

    A commune of the Métropole du Grand Paris gives two rows: one under the Métropole,
    one under its own territory (EPT). So collect communes in sets.
    """
    for row in _rows(folder / "communes.csv.gz"):
        above = (f"departement:{row['departement']}", f"region:{row['region']}")
        yield f"commune:{row['code']}", _full("epci", row["epci"]), *above
        if row["ept"]:
            yield f"commune:{row['code']}", _full("epci", row["ept"]), *above


@lru_cache(maxsize=1)
def former_communes(folder: Path = FOLDER) -> dict[str, str]:
    """INSEE code that is no longer a commune -> INSEE code of the commune it is now in."""
    return {row["code"]: row["current"] for row in _rows(folder / "former_communes.csv")}


def _place(kind: str, row: dict[str, str]) -> Place:
    return Place(
        code=f"{kind}:{row['code']}",
        kind=kind,
        insee=None if kind == "epci" else row["code"],
        siren=row.get("siren") or None,
        name=row["name"],
        search_name=search_name(row["name"]),
        population=int(row["population"]) if row.get("population") else None,
        epci=_full("epci", row.get("epci")),
        ept=_full("epci", row.get("ept")),
        departement=_full("departement", row.get("departement")),
        region=_full("region", row.get("region")),
    )


def _full(kind: str, number: str | None) -> str | None:
    return f"{kind}:{number}" if number else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = path.read_bytes()
    plain = gzip.decompress(content) if path.suffix == ".gz" else content
    return csv.DictReader(io.StringIO(plain.decode("utf-8"), newline=""))
