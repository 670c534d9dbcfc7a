"""The facts of a stored record, in the words of the ranking."""

from typing import TYPE_CHECKING, Any

from backend.vocabularies.service import vocabularies

if TYPE_CHECKING:
    from backend.matches.stored import StoredRecord


def fact_values(record: "StoredRecord") -> dict[str, Any]:
    """Everything declared of a record, by the names of the ranking's facts; places apart."""
    return {
        "themes": record.facets["theme"],
        "beneficiaries": record.facets["beneficiary"],
        "labels": record.facets["label"],
        "languages": record.facets["language"],
        "perimeters": record.facets["perimeter"],
        "maturity": record.maturity,
        "money": band_position(record.band),
        "deadline": record.deadline,
        "stage": record.stage,
        "updated": record.updated,
    }


def band_position(band: str | None) -> int | None:
    """The place of a price or budget band in the ordered list of bands; None if it is none."""
    bands = [entry["code"] for entry in vocabularies()["price_bands"]]
    return bands.index(band) if band in bands else None
