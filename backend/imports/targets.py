"""The fields a file can fill, and the headers that people give them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

RecordKind = Literal["solution", "need"]
How = Literal[
    "line",
    "text",
    "list",
    "code",
    "codes",
    "places",
    "band",
    "maturity",
    "date",
    "bool",
    "weeks",
    "references",
    "lang",
    "who",
    "phase",
]

# Field: headers, folded, that stand for it when nobody maps it. The first ones win.
_HEADERS = """
external_id: id, identifiant, reference, numero, ref
title: titre, intitule, name, nom, nom de la solution, objet, libelle, intitule du projet
themes: theme, thematique, thematiques, topic, topics, domaine, domaines
beneficiaries: beneficiary, beneficiaires, publics, publics cibles, public cible, cibles
perimeters: perimeter, perimetre, perimetres, perimetre d intervention, territoire, territoires
perimeters: territory, zone
labels: label, certifications
languages: langues, langues parlees, spoken languages
lang: langue, language
status: statut
organisation: organization, authority, collectivite, nom de la collectivite, structure, porteur
organisation: porteur de projet, organisme, entreprise, company, societe, maitre d ouvrage
organisation: beneficiaire nom, organisation name, authority name, authority nom
organisation_siren: siren, siret, authority siren, siren collectivite, numero siren
organisation_siren: beneficiaire siren
organisation_insee: insee, code insee, code commune, code insee commune, authority insee
organisation_insee: beneficiaire code insee
organisation_territory: authority territory
organisation_kind: type de structure, type d organisation, authority kind, beneficiaire type
organisation_departement: departement, dep, code departement, departement code
organisation_departement: beneficiaire dep
summary: resume, accroche, tagline, pitch, short description, mission, en bref
description: descriptif, presentation, details, contenu, besoin, description du besoin
description: expression du besoin, need
maturity: maturite, trl, niveau de maturite, stage
price_band: prix, price, tarif, cout, fourchette de prix
client_references: references, references clients, clients
deployment_weeks: delai de deploiement, deploiement, deployment time
licence: license, licence logicielle
website: url, site, site web, site internet, lien, web
contact_name: contact, nom du contact
contact_email: email, e mail, courriel, mail, adresse electronique
contact_phone: telephone, tel, phone
context: contexte, situation
expected_outcome: resultat attendu, resultats attendus, objectif, objectifs, expected outcomes
essential_criteria: criteres essentiels, criteres obligatoires, criteres, must have
desirable_criteria: criteres souhaites, criteres optionnels, nice to have
budget_band: budget, cout, cost, montant, cout ht, cout total, cost eur, budget previsionnel
response_deadline: date limite, echeance, deadline, date de cloture, date limite de reponse
response_deadline: date de cloture des reponses
project_stage: avancement, etat d avancement, stade
anonymous: anonyme
"""


def _headers() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in _HEADERS.strip().splitlines():
        name, _, words = line.partition(":")
        found[name] += tuple(word.strip() for word in words.split(","))
    return found


_WORDS = _headers()


@dataclass(frozen=True, slots=True)
class Target:
    """One field: how its text is read, and the vocabulary its codes are of."""

    name: str
    how: How
    vocabulary: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers that stand for the field, its own name first."""
        return (self.name, *_WORDS.get(self.name, ()))


_SHARED = (
    Target("external_id", "line"),
    Target("title", "line"),
    Target("description", "text"),
    Target("themes", "codes", "themes"),
    Target("beneficiaries", "codes", "beneficiaries"),
    Target("perimeters", "places"),
    Target("labels", "codes", "labels"),
    Target("languages", "codes", "languages"),
    Target("lang", "lang"),
    Target("status", "code", "statuses"),
    Target("organisation", "who"),
    Target("organisation_siren", "who"),
    Target("organisation_insee", "who"),
    Target("organisation_territory", "who"),
    Target("organisation_kind", "who"),
    Target("organisation_departement", "who"),
)

_SOLUTION = (
    Target("summary", "text"),
    Target("maturity", "maturity", "maturity"),
    Target("price_band", "band", "price_bands"),
    Target("client_references", "references"),
    Target("deployment_weeks", "weeks"),
    Target("licence", "line"),
    Target("website", "line"),
    Target("contact_name", "line"),
    Target("contact_email", "line"),
    Target("contact_phone", "line"),
    Target("phase", "phase"),
)

_NEED = (
    Target("context", "text"),
    Target("expected_outcome", "text"),
    Target("essential_criteria", "list"),
    Target("desirable_criteria", "list"),
    Target("budget_band", "band", "price_bands"),
    Target("budget_why_blank", "code", "why_blank"),
    Target("response_deadline", "date"),
    Target("project_stage", "code", "project_stages"),
    Target("anonymous", "bool"),
)

TARGETS: Mapping[RecordKind, Mapping[str, Target]] = {
    "solution": {target.name: target for target in (*_SHARED, *_SOLUTION)},
    "need": {target.name: target for target in (*_SHARED, *_NEED)},
}
