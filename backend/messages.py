"""Every sentence the API says, in English and French.

A sentence names what is wrong and what to do. `{...}` stands for values of the case at hand.
Those about one field are in `field_messages`.
"""

from collections.abc import Mapping
from typing import Any, Literal

from backend.field_messages import FIELD_ERRORS

Language = Literal["en", "fr"]

TITLES: Mapping[str, tuple[str, str]] = {
    "validation": ("The request is not valid", "La requête n'est pas valide"),
    "bad-request": ("The request cannot be read", "La requête est illisible"),
    "not-found": ("Not found", "Introuvable"),
    "unauthenticated": ("Sign-in required", "Connexion requise"),
    "forbidden": ("Not allowed", "Non autorisé"),
    "method-not-allowed": ("Method not allowed", "Méthode non permise"),
    "conflict": ("Conflict", "Conflit"),
    "version-conflict": ("Changed in the meantime", "Modifié entre-temps"),
    "version-required": ("Version required", "Version requise"),
    "too-large": ("Request too large", "Requête trop volumineuse"),
    "too-many": ("Too many attempts", "Trop de tentatives"),
    "unavailable": ("Temporarily unavailable", "Momentanément indisponible"),
    "internal": ("Internal error", "Erreur interne"),
    "provider": ("Sign-in did not succeed", "La connexion n'a pas abouti"),
    "http": ("Request refused", "Requête refusée"),
}

DETAILS: Mapping[str, tuple[str, str]] = {
    "validation": (
        "Some fields need correcting; see the list of errors.",
        "Des champs sont à corriger ; voir la liste des erreurs.",
    ),
    "unreadable": (
        "The body is not valid JSON: send a JSON object in UTF-8.",
        "Le corps n'est pas du JSON valide : envoyez un objet JSON en UTF-8.",
    ),
    "no-page": (
        "There is nothing at this address; /api/docs lists what there is.",
        "Il n'y a rien à cette adresse ; /api/docs liste ce qui existe.",
    ),
    "no-object": ("There is no {kind} with the id {id!r}.", "Aucun objet {kind} n'a l'id {id!r}."),
    "no-account-page": (
        "There is nothing at this address.",
        "Il n'y a rien à cette adresse.",
    ),
    "no-unsubscribe-link": (
        "This link is not whole: copy all of it, or sign in to choose your letters.",
        "Ce lien est incomplet : copiez-le en entier, ou connectez-vous pour faire vos choix.",
    ),
    "other-site": (
        "This form was sent from another site and was not read: open the page again here.",
        "Ce formulaire venait d'un autre site et n'a pas été lu : rouvrez la page ici.",
    ),
    "provider": (
        "The provider did not tell us who you are: start again, or sign in another way.",
        "Le fournisseur ne nous a pas dit qui vous êtes : recommencez, ou autrement.",
    ),
    "sign-in": (
        "Sign in first: send a personal key, or open /account/sign-in.",
        "Connectez-vous d'abord : envoyez une clé personnelle, ou ouvrez /account/sign-in.",
    ),
    "session-ended": (
        "This session or key has ended: sign in again.",
        "Cette session ou cette clé a pris fin : reconnectez-vous.",
    ),
    "not-allowed": (
        "Your account does not have the right to do this.",
        "Votre compte n'a pas le droit de faire cela.",
    ),
    "reads-only": (
        "This key may only read: make one with the scope write.",
        "Cette clé ne permet que la lecture : créez-en une avec la portée write.",
    ),
    "published-by-operator": (
        "An operator publishes what was submitted: send the status submitted.",
        "Un opérateur publie ce qui a été déposé : envoyez le statut submitted.",
    ),
    "closed-list": (
        "Only the words of the list {name} can be changed: the program knows its codes.",
        "Seuls les mots de la liste {name} peuvent changer : le programme connaît ses codes.",
    ),
    "last-operator": (
        "There must be one operator: make somebody else an operator first.",
        "Il faut un opérateur : nommez-en d'abord un autre.",
    ),
    "two-sirens": (
        "Two organisations with two SIRENs cannot be merged: correct the wrong one first.",
        "Deux organisations de SIREN différents ne se fusionnent pas : corrigez d'abord le faux.",
    ),
    "no-such-move": (
        "A record in the state {former} cannot be put in the state {wanted} by its authors.",
        "Une fiche à l'état {former} ne peut pas être mise à l'état {wanted} par ses auteurs.",
    ),
    "no-such-decision": (
        "A record in the state {former} cannot be decided so: read it again.",
        "Cette décision n'est pas possible pour une fiche à l'état {former} : relisez-la.",
    ),
    "not-a-member": (
        "You do not belong to this organisation: ask one of its members to let you in.",
        "Vous n'appartenez pas à cette organisation : demandez à un membre de vous accepter.",
    ),
    "not-published": (
        "Only published records can be brought together.",
        "Seules des fiches publiées peuvent être mises en relation.",
    ),
    "nobody-there": (
        "Nobody here answers for one of these records: its organisation has no account.",
        "Personne ne répond ici pour l'une de ces fiches : son organisation n'a pas de compte.",
    ),
    "own-solution": (
        "The need and the solution belong to the same organisation.",
        "Le besoin et la solution appartiennent à la même organisation.",
    ),
    "refused-before": (
        "Its project leader has said that they are not interested in this need.",
        "Son porteur de projet a dit ne pas être intéressé par ce besoin.",
    ),
    "no-such-status": (
        "From where it stands, the introduction cannot get this status from your side.",
        "De là où elle en est, votre côté ne peut pas donner ce statut à la mise en relation.",
    ),
    "introduction-ended": (
        "This introduction has ended.",
        "Cette mise en relation est terminée.",
    ),
    "no-outcome-yet": (
        "What came of it can be said once both sides were put in touch, until it ends.",
        "La suite donnée se dit une fois les deux côtés en relation, jusqu'à la clôture.",
    ),
    "method": (
        "This address does not answer {method}; allowed: {allow}.",
        "Cette adresse ne répond pas à {method} ; méthodes permises : {allow}.",
    ),
    "letter-forgotten": (
        "What this letter said is no longer kept: it cannot be tried again.",
        "Ce que disait ce courriel n'est plus conservé : il ne peut pas être réessayé.",
    ),
    "letter-sent": (
        "This letter was sent already: it cannot be tried again.",
        "Ce courriel a déjà été envoyé : il ne peut pas être réessayé.",
    ),
    "archived": (
        "This record is archived and can no longer be changed.",
        "Cette fiche est archivée et ne peut plus être modifiée.",
    ),
    "duplicate": (
        "A record with the same {what} exists already: {value!r}.",
        "Une fiche existe déjà avec le même {what} : {value!r}.",
    ),
    "shortlist-full": (
        "A shortlist holds {most} solutions at most: take one off first.",
        "Une présélection compte {most} solutions au plus : retirez-en une d'abord.",
    ),
    "same-name": (
        (
            "An organisation of this name is registered already: {name}. Ask to join it, or give "
            "the SIREN numbers that tell the two apart."
        ),
        (
            "Un organisme de ce nom est déjà inscrit : {name}. Demandez à le rejoindre, ou donnez "
            "les numéros SIREN qui les distinguent."
        ),
    ),
    "searches-full": (
        "You keep {most} searches already: delete one first.",
        "Vous gardez déjà {most} recherches : supprimez-en une d'abord.",
    ),
    "conflict": (
        "Another change got in the way; read the record again and retry.",
        "Une autre modification a eu lieu ; relisez la fiche puis recommencez.",
    ),
    "stale": (
        (
            "The record is at version {current}, your change was made on {given}: "
            'read it again, then send your change with If-Match: "{current}".'
        ),
        (
            "La fiche en est à la version {current}, votre modification partait de {given} : "
            'relisez-la, puis renvoyez la modification avec If-Match: "{current}".'
        ),
    ),
    "no-if-match": (
        'Send the version you have read in the If-Match header, for example If-Match: "1".',
        'Indiquez la version lue dans l\'en-tête If-Match, par exemple If-Match: "1".',
    ),
    "too-large": (
        "The body may not exceed {limit} MB.",
        "Le corps ne doit pas dépasser {limit} Mo.",
    ),
    "too-many": (
        "Too many attempts: wait {minutes} minutes, then try again.",
        "Trop de tentatives : attendez {minutes} minutes, puis réessayez.",
    ),
    "database": (
        "The database does not answer; retry in a few seconds.",
        "La base de données ne répond pas ; réessayez dans quelques secondes.",
    ),
    "loading": (
        "The search engine is still loading; retry in a few seconds.",
        "Le moteur de recherche est en cours de chargement ; réessayez dans quelques secondes.",
    ),
    "no-encoder": (
        "The search engine could not be loaded; the operator finds why in the log and on /health.",
        (
            "Le moteur de recherche n'a pas pu être chargé ; la raison est dans le journal et sur "
            "/health."
        ),
    ),
    "no-pdf": (
        "This machine lacks the libraries that write PDF: take CSV or XLSX, or tell the operator.",
        "Cette machine ne peut pas écrire de PDF : prenez CSV ou XLSX, ou prévenez l'opérateur.",
    ),
    "no-index": (
        "The search index could not be read; the operator finds why in the log and on /health.",
        "L'index de recherche n'a pas pu être lu ; la raison est dans le journal et sur /health.",
    ),
    "internal": (
        "Something failed on our side; the failure has been recorded.",
        "Une erreur s'est produite de notre côté ; elle a été enregistrée.",
    ),
    "http": ("The request was refused.", "La requête a été refusée."),
}

HINTS = ("; did you mean {near}?", " ; vouliez-vous dire {near} ?")


def title(slug: str, language: Language) -> str:
    """The short name of a kind of problem."""
    return _pick(TITLES[slug], language)


def detail(key: str, language: Language, values: Mapping[str, Any]) -> str:
    """The sentence about this occurrence."""
    return _pick(DETAILS[key], language).format_map(values)


def field_error(kind: str, language: Language, values: Mapping[str, Any], fallback: str) -> str:
    """The sentence about one field; `fallback` (English) for a kind without one of ours."""
    if kind not in FIELD_ERRORS:
        return fallback
    near = values.get("near")
    hint = _pick(HINTS, language).format(near=near) if near else ""
    return _pick(FIELD_ERRORS[kind], language).format_map({**values, "hint": hint})


def preferred(accept_language: str | None) -> Language:
    """French when the client's first choice is French, English otherwise."""
    return "fr" if (accept_language or "").strip().lower().startswith("fr") else "en"


def _pick(pair: tuple[str, str], language: Language) -> str:
    return pair[1] if language == "fr" else pair[0]
