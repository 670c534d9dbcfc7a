"""The fields a file can fill, and the headers that people give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

RecordKind = Literal["solution", "need"]
How = Literal[
    "line", "text", "list", "code", "codes", "places", "band", "maturity",
    "date", "bool", "weeks", "references", "lang", "who",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """One field. `words` are folded headers that stand for it when nobody maps it."""

    name: str
    how: How
    words: tuple[str, ...] = ()
    vocabulary: str = ""


def _target(name: str, how: How, words: str = "", vocabulary: str = "") -> Target:
    return Target(name, how, tuple(filter(None, words.split("|"))), vocabulary)


_SHARED = (
    _target("external_id", "line", "id|identifiant|reference|numero|ref"),
    _target("title", "line", "titre|intitule|name|nom|nom de la solution|objet|libelle|intitule du projet"),
    _target("themes", "codes", "theme|thematique|thematiques|topic|topics|domaine|domaines", "themes"),
    _target(
        "beneficiaries", "codes",
        "beneficiary|beneficiaires|publics|publics cibles|public cible|cibles|target audience",
        "beneficiaries",
    ),
    _target(
        "perimeters", "places",
        "perimeter|perimetre|perimetres|perimetre d'intervention|territoire|territoires|territory|zone",
    ),
    _target("labels", "codes", "label|labels|certifications", "labels"),
    _target("languages", "codes", "langues|langues parlees|spoken languages", "languages"),
    _target("lang", "lang", "langue|language"),
    _target("status", "code", "statut", "statuses"),
    _target(
        "organisation", "who",
        "organization|authority|collectivite|structure|porteur|porteur de projet|organisme|"
        "entreprise|company|societe|maitre d'ouvrage|beneficiaire nom|nom de la collectivite",
    ),
    _target(
        "organisation_siren", "who",
        "siren|siret|authority siren|siren collectivite|numero siren|beneficiaire siren",
    ),
    _target(
        "organisation_insee", "who",
        "insee|code insee|code commune|code insee commune|authority insee|beneficiaire code insee",
    ),
    _target(
        "organisation_kind", "who", "type de structure|type d'organisation|authority kind|beneficiaire type"
    ),
    _target(
        "organisation_departement", "who",
        "departement|dep|code departement|departement code|beneficiaire dep",
    ),
)  # fmt: skip

_SOLUTION = (
    _target("summary", "text", "resume|accroche|tagline|pitch|short description|mission|en bref"),
    _target("description", "text", "descriptif|presentation|details|contenu"),
    _target("maturity", "maturity", "maturite|trl|niveau de maturite|stage", "maturity"),
    _target("price_band", "band", "prix|price|tarif|cout|fourchette de prix", "price_bands"),
    _target("client_references", "references", "references|references clients|clients|client references"),
    _target("deployment_weeks", "weeks", "delai de deploiement|deploiement|deployment time"),
    _target("licence", "line", "license|licence logicielle"),
    _target("website", "line", "url|site|site web|site internet|lien|web"),
    _target("contact_name", "line", "contact|nom du contact"),
    _target("contact_email", "line", "email|e-mail|courriel|mail|adresse electronique"),
    _target("contact_phone", "line", "telephone|tel|phone"),
)  # fmt: skip

_NEED = (
    _target("context", "text", "contexte|situation"),
    _target(
        "description", "text",
        "descriptif|besoin|description du besoin|expression du besoin|resume|summary|need|details",
    ),
    _target("expected_outcome", "text", "resultat attendu|resultats attendus|objectif|objectifs|expected outcomes"),
    _target("essential_criteria", "list", "criteres essentiels|criteres obligatoires|criteres|must have"),
    _target("desirable_criteria", "list", "criteres souhaites|criteres optionnels|nice to have"),
    _target(
        "budget_band", "band",
        "budget|cout|cost|montant|cout ht|cout total|cost eur|budget previsionnel", "price_bands",
    ),
    _target("budget_why_blank", "code", "budget absent", "why_blank"),
    _target(
        "response_deadline", "date",
        "date limite|echeance|deadline|date de cloture|date limite de reponse|date de cloture des reponses",
    ),
    _target("project_stage", "code", "avancement|etat d'avancement|stade", "project_stages"),
    _target("anonymous", "bool", "anonyme"),
)  # fmt: skip

TARGETS: Mapping[RecordKind, Mapping[str, Target]] = {
    "solution": {target.name: target for target in (*_SHARED, *_SOLUTION)},
    "need": {target.name: target for target in (*_SHARED, *_NEED)},
}
