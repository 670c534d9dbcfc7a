"""Every sentence the API says, in English and French.

A sentence names what is wrong and what to do. `{...}` stands for values of the case at hand.
Keys of validation sentences are Pydantic's error types, or this project's own.
"""

from collections.abc import Mapping
from typing import Any, Literal

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
    "unavailable": ("Temporarily unavailable", "Momentanément indisponible"),
    "internal": ("Internal error", "Erreur interne"),
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
    "method": (
        "This address does not answer {method}; allowed: {allow}.",
        "Cette adresse ne répond pas à {method} ; méthodes permises : {allow}.",
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

FIELD_ERRORS: Mapping[str, tuple[str, str]] = {
    "missing": ("is required", "est obligatoire"),
    "extra_forbidden": (
        "is not a known field: check its spelling",
        "n'est pas un champ connu : vérifiez l'orthographe",
    ),
    "empty": ("must not be empty", "ne doit pas être vide"),
    "too_long": (
        "has {length} characters, {limit} at most are kept",
        "compte {length} caractères, {limit} au plus sont acceptés",
    ),
    "control_character": (
        "contains the control character U+{code} at position {position}: remove it",
        "contient le caractère de contrôle U+{code} en position {position} : supprimez-le",
    ),
    "too_many": (
        "has {length} entries, {limit} at most are kept",
        "compte {length} éléments, {limit} au plus sont acceptés",
    ),
    "unknown_code": (
        "{value!r} is not in the list {vocabulary}{hint}",
        "{value!r} n'est pas dans la liste {vocabulary}{hint}",
    ),
    "unknown_territory": (
        "{value!r} is not a known territory{hint}",
        "{value!r} n'est pas un territoire connu{hint}",
    ),
    "unknown_organisation": (
        "there is no organisation with the id {value!r}",
        "aucune organisation n'a l'id {value!r}",
    ),
    "which_organisation": (
        "is required: name one of your organisations, or describe yours",
        "est obligatoire : indiquez une de vos organisations, ou décrivez la vôtre",
    ),
    "unknown_snapshot": (
        "no list of this need that shows the solution is kept under {value!r}",
        "aucune liste de ce besoin où figure la solution n'est conservée sous {value!r}",
    ),
    "organisation_twice": (
        "give either organisation_id or organisation, not both",
        "donnez organisation_id ou organisation, pas les deux",
    ),
    "external_id_pair": (
        "source and external_id go together: give both or neither",
        "source et external_id vont ensemble : donnez les deux ou aucun",
    ),
    "unknown_criterion": (
        "is not a criterion of the need: it may have changed, read the need again",
        "n'est pas un critère du besoin : il a pu changer, relisez le besoin",
    ),
    "new_code": (
        "must be lower-case letters, digits, - or _, such as smart-meters",
        "doit être fait de minuscules, de chiffres, de - ou de _, comme compteurs-connectes",
    ),
    "theme_group": (
        "must be the group of the theme, and the code start with it, such as water.smart-meters",
        "doit être le groupe de la thématique, et le code commencer par lui, comme water.compteurs",
    ),
    "retired_code": (
        "{value!r} can no longer be chosen",
        "{value!r} ne peut plus être choisi",
    ),
    "remark_required": (
        "is required: the authors read it to know what to change, or why",
        "est obligatoire : les auteurs y lisent ce qu'il faut changer, ou pourquoi",
    ),
    "only_when_archiving": (
        "goes with the decision archive only",
        "ne va qu'avec la décision archive",
    ),
    "unknown_record": (
        "there is no other record of this kind with the id {value!r}",
        "aucune autre fiche de ce genre n'a l'id {value!r}",
    ),
    "criterion_twice": (
        "is answered twice: give one answer a criterion",
        "a deux réponses : donnez-en une par critère",
    ),
    "budget_twice": (
        "give either a budget band or the reason why it is blank, not both",
        "donnez une fourchette de budget ou la raison de son absence, pas les deux",
    ),
    "siren": (
        "is not a SIREN: nine digits whose check digit is right",
        "n'est pas un SIREN : neuf chiffres dont la clé de contrôle est juste",
    ),
    "email": ("is not an e-mail address", "n'est pas une adresse électronique"),
    "website": (
        "must be an address starting with https:// or http://",
        "doit être une adresse commençant par https:// ou http://",
    ),
    "language_code": (
        "must be a two-letter language code such as fr or en",
        "doit être un code de langue à deux lettres comme fr ou en",
    ),
    "cursor": (
        "is not a cursor given by this list: start again without it",
        "n'est pas un curseur donné par cette liste : recommencez sans lui",
    ),
    "if_match": (
        'must be one version between quotes, for example "1"',
        'doit être une seule version entre guillemets, par exemple "1"',
    ),
    "idempotency_key": (
        "must be 1 to 100 letters, digits or signs, without spaces or accents",
        "doit compter de 1 à 100 lettres, chiffres ou signes, sans espace ni accent",
    ),
    "string_type": ("must be text", "doit être du texte"),
    "string_unicode": ("is not valid Unicode text", "n'est pas un texte Unicode valide"),
    "list_type": ("must be a list", "doit être une liste"),
    "int_parsing": ("must be a whole number", "doit être un nombre entier"),
    "int_type": ("must be a whole number", "doit être un nombre entier"),
    "int_from_float": ("must be a whole number", "doit être un nombre entier"),
    "int_parsing_size": ("is too large a number", "est un nombre trop grand"),
    "bool_parsing": ("must be true or false", "doit être true ou false"),
    "bool_type": ("must be true or false", "doit être true ou false"),
    "greater_than_equal": ("must be at least {ge}", "doit être au moins {ge}"),
    "less_than_equal": ("must be at most {le}", "doit être au plus {le}"),
    "literal_error": ("must be one of: {expected}", "doit être l'une de ces valeurs : {expected}"),
    "date_parsing": ("must be a date such as 2026-12-31", "doit être une date comme 2026-12-31"),
    "date_from_datetime_parsing": (
        "must be a date such as 2026-12-31",
        "doit être une date comme 2026-12-31",
    ),
    "date_from_datetime_inexact": (
        "must be a date without a time, such as 2026-12-31",
        "doit être une date sans heure, comme 2026-12-31",
    ),
    "date_type": ("must be a date such as 2026-12-31", "doit être une date comme 2026-12-31"),
    "model_attributes_type": ("must be a JSON object", "doit être un objet JSON"),
    "model_type": ("must be a JSON object", "doit être un objet JSON"),
    "dict_type": ("must be a JSON object", "doit être un objet JSON"),
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
