"""Every sentence about one field of a request, in English and French.

Keys are Pydantic's error types, or this project's own.
"""

from collections.abc import Mapping

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
    "not_your_record": (
        "{value!r} is not a published record of yours",
        "{value!r} n'est pas l'une de vos fiches publiées",
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
    "reason_needed": (
        "is required: say why",
        "est obligatoire : dites pourquoi",
    ),
    "other_list": (
        "is not a list that holds this need and this solution",
        "n'est pas une liste qui contient ce besoin et cette solution",
    ),
    "not_led": (
        "is not a joint answer to this need led by this solution",
        "n'est pas un groupement mené par cette solution pour ce besoin",
    ),
    "own_solution": (
        "holds the solution that invites: name the others only",
        "contient la solution qui invite : n'indiquez que les autres",
    ),
    "no_such_reference": (
        "is not a client reference of this solution, by this name and year",
        "n'est pas une référence client de cette solution, sous ce nom et pour cette année",
    ),
    "client_unknown": (
        (
            "nobody here answers for this client: its organisation has no account, or several "
            "bear its name"
        ),
        (
            "personne ne répond ici pour ce client : son organisation n'a pas de compte, ou "
            "plusieurs portent son nom"
        ),
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
