"""What each field of a record is called on screen."""

from __future__ import annotations

from ui.i18n import _


def label(field: str) -> str:
    """The name of a field as the API calls it, in the reader's language.

    Accepts a place such as `client_references.0.name` and names its outermost known part.
    """
    names = _names()
    if (part_of_another := field.replace("organisation.", "organisation_")) in names:
        return names[part_of_another]
    for part in field.split("."):
        if part in names:
            return names[part]
    return field


def _names() -> dict[str, str]:
    return {
        "title": _("Title"),
        "summary": _("Summary"),
        "description": _("Description"),
        "context": _("Context"),
        "expected_outcome": _("Expected outcome"),
        "essential_criteria": _("Essential criteria"),
        "desirable_criteria": _("Desirable criteria"),
        "themes": _("Themes"),
        "theme": _("Theme"),
        "beneficiaries": _("Who benefits"),
        "beneficiary": _("Who benefits"),
        "perimeters": _("Perimeter"),
        "perimeter": _("Perimeter"),
        "labels": _("Labels"),
        "label": _("Label"),
        "languages": _("Languages"),
        "language": _("Language"),
        "maturity": _("Maturity"),
        "maturity_min": _("Maturity"),
        "price_band": _("Price"),
        "budget_band": _("Budget"),
        "budget_why_blank": _("Why the budget is blank"),
        "response_deadline": _("Answers until"),
        "project_stage": _("Project stage"),
        "anonymous": _("Anonymous need"),
        "client_references": _("Client references"),
        "deployment_weeks": _("Time to deploy"),
        "licence": _("Licence"),
        "website": _("Website"),
        "contact_name": _("Contact name"),
        "contact_email": _("Contact e-mail"),
        "contact_phone": _("Contact phone"),
        "organisation": _("Organisation"),
        "organisation_id": _("Organisation"),
        "organisation_name": _("Organisation"),
        "organisation_kind": _("Kind of organisation"),
        "organisation_siren": _("SIREN number"),
        "organisation_territory": _("Where the organisation is"),
        "organisation_website": _("Its website"),
        "contact": _("Contact"),
        "maturity_band": _("Maturity"),
        "name": _("Name"),
        "siren": _("SIREN number"),
        "kind": _("Kind of organisation"),
        "territory": _("Territory"),
        "text": _("Search"),
    }
