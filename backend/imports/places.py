"""From codes and names to territories. Names must fit exactly and mean one place only."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from backend.folding import fold
from backend.imports.resolve import Outcome, sure
from backend.imports.similarity import similarity, trigrams
from backend.imports.values import is_siren
from backend.territories.table import COUNTRY, Place, former_communes, places

AUTHORITIES = ("commune", "epci", "departement", "region")
_WHOLE_COUNTRY = {"france", "france entiere", "national", "nationale", "toute la france"}
_SMALL_WORDS = {"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "of"}
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
# What people write before a name -> the kind it tells, and the letters of the official name.
_OPENINGS: tuple[tuple[str, str, str], ...] = (
    ("communaute de communes", "epci", "cc "),
    ("communaute d agglomeration", "epci", "ca "),
    ("communaute urbaine", "epci", "cu "),
    ("cdc", "epci", "cc "),
    ("comcom", "epci", "cc "),
    ("conseil departemental", "departement", ""),
    ("departement", "departement", ""),
    ("conseil regional", "region", ""),
    ("region", "region", ""),
    ("commune", "commune", ""),
    ("ville", "commune", ""),
    ("mairie", "commune", ""),
)


class Gazetteer:
    """All territories, looked up by code, SIREN and name."""

    def __init__(self, all_places: Iterable[Place]) -> None:
        self.by_code: dict[str, Place] = {}
        self._by_siren: dict[str, Place] = {}
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._departements: dict[str, set[str]] = defaultdict(set)
        for place in all_places:
            self._add(place)

    def _add(self, place: Place) -> None:
        self.by_code[place.code] = place
        if place.siren:
            self._by_siren[place.siren] = place
        self._by_name[name_key(place.name)].append(place)
        if place.departement:
            for code in (place.code, place.epci, place.ept):
                if code:
                    self._departements[code].add(place.departement)

    def resolve(
        self, value: str, departement: str | None = None, kind: str | None = None
    ) -> Outcome:
        """Any form of territory. `departement` (a full code) and `kind` narrow names down."""
        text = fold(value)
        if text in _WHOLE_COUNTRY or value.strip() in ("FR", COUNTRY):
            return sure(COUNTRY)
        if re.fullmatch(r"[a-z]+ ?: ?\w+", text):
            return self._full_code(text.replace(" ", ""))
        compact = re.sub(r"[\s.]", "", text).upper()
        if re.fullmatch(r"\d{9}|\d{14}", compact):
            return self.siren(compact[:9])
        if re.fullmatch(r"\d{4,5}|2[AB]\d{3}", compact):
            return self.insee(compact)
        if re.fullmatch(r"\d{1,3}|0?20?[AB]", compact):
            return self._short_number(compact, kind)
        return self._name(value, departement, kind)

    def siren(self, number: str) -> Outcome:
        """The territory that bears this SIREN."""
        if not is_siren(number):
            return Outcome("no", why="it is not a SIREN: its check digit is wrong")
        place = self._by_siren.get(number) or self._departement_of_siren(number)
        return sure(place.code) if place else Outcome("no", why="no territory has this SIREN")

    def insee(self, number: str) -> Outcome:
        """The commune of this INSEE code, or the one that it merged into."""
        number = number.zfill(5)
        code = f"commune:{former_communes().get(number, number)}"
        if code in self.by_code:
            return sure(code)
        why = "no commune has this INSEE code (a postcode is not one)"
        return Outcome("no", why=why)

    def departement(self, text: str) -> str | None:
        """`34`, `034`, `2A`, `02A`, `Hérault` -> the full code, or None."""
        number = text.strip().upper()
        number = {"20A": "2A", "20B": "2B"}.get(number, number)
        if len(number) == 3 and number.startswith("0"):
            number = number[1:]
        code = f"departement:{number.zfill(2)}"
        if code in self.by_code:
            return code
        named = self._by_name.get(name_key(text), [])
        return next((place.code for place in named if place.kind == "departement"), None)

    def _departement_of_siren(self, number: str) -> Place | None:
        # A département's SIREN is 22, its number, then digits of its own.
        if not number.startswith("22"):
            return None
        digits = number[2:5] if number[2:4] == "97" else number[2:4]
        return self.by_code.get(f"departement:{digits}")

    def _full_code(self, code: str) -> Outcome:
        kind, _, number = code.partition(":")
        code = f"{kind}:{number.upper()}"
        if kind == "commune":
            return self.insee(number.upper())
        if code in self.by_code:
            return sure(code)
        return Outcome("no", why="no territory has this code")

    def _short_number(self, number: str, kind: str | None) -> Outcome:
        departement, region = self.departement(number), f"region:{number.zfill(2)}"
        codes = [code for code in (departement, region) if code and code in self.by_code]
        wanted = [code for code in codes if code.partition(":")[0] == kind] or codes
        # A three-digit number is that of a département; overseas both are the same place.
        if len(wanted) == 1 or (wanted and len(number) == 3):
            return sure(wanted[0])
        if not wanted:
            return Outcome("no", why="no département or region has this number")
        return Outcome("ask", why=f"it may be {' or '.join(wanted)}", suggestion=wanted[0])

    def _name(self, value: str, departement: str | None, kind: str | None) -> Outcome:
        name, inside = _parenthesis(value)
        departement = self.departement(inside) if inside else departement
        found = self._candidates(name, departement, kind)
        if len(found) == 1 or (found and _same_extent(found)):
            return sure(found[0].code)
        if found:
            largest = max(found, key=lambda place: place.population or 0)
            why = f"{len(found)} territories have this name: add the département or the code"
            return Outcome("ask", why=why, suggestion=largest.code)
        return self._nearest(name, departement)

    def _candidates(self, name: str, departement: str | None, kind: str | None) -> list[Place]:
        found: list[Place] = []
        for key, told in _keys(name):
            kinds = {told or kind} - {None}
            found = [p for p in self._by_name.get(key, ()) if not kinds or p.kind in kinds]
            if found:
                break
        if departement:
            inside = [p for p in found if departement in self._departements.get(p.code, {p.code})]
            return sorted(inside, key=_rank)
        return sorted(found, key=_rank)

    def _nearest(self, name: str, departement: str | None) -> Outcome:
        best, score = None, 0.0
        for code in sorted(self._sharing(name)):
            if departement and departement not in self._departements.get(code, {code}):
                continue
            alike = similarity(name, self.by_code[code].name)
            if alike > score:
                best, score = code, alike
        if best is None or score < 0.2:
            return Outcome("no", why="no territory has this name")
        shown = f'the nearest is "{self.by_code[best].name}" ({score:.2f} alike)'
        return Outcome("ask", why=f"no territory has exactly this name; {shown}", suggestion=best)

    def _sharing(self, name: str) -> set[str]:
        """Territories that share one of the four rarest trigrams of `name`."""
        index = self._index
        known = sorted((t for t in trigrams(name) if t in index), key=lambda t: (len(index[t]), t))
        return {code for trigram in known[:4] for code in index[trigram]}

    @cached_property
    def _index(self) -> Mapping[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for code, place in self.by_code.items():
            for trigram in trigrams(place.name):
                index[trigram].append(code)
        return index


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of the shipped table, made once (about half a second)."""
    return Gazetteer(places())


def is_name_of(name: str, place: Place) -> bool:
    """Whether `name` is that of the place, with or without "commune de" and the like."""
    return any(
        key == name_key(place.name) and kind in (None, place.kind) for key, kind in _keys(name)
    )


def name_key(name: str) -> str:
    """What of a name must be equal: no accents, articles or signs, `st` spelt out."""
    words = re.findall(r"[^\W_]+", fold(name))
    return " ".join(_SHORT.get(word, word) for word in words if word not in _SMALL_WORDS)


def _keys(name: str) -> Iterable[tuple[str, str | None]]:
    """(key, kind it tells or None): the name as it is, then without its opening."""
    yield name_key(name), None
    plain = " ".join(re.findall(r"[^\W_]+", fold(name)))
    for opening, kind, short in _OPENINGS:
        if plain.startswith(f"{opening} "):
            yield name_key(short + plain[len(opening) :]), kind


def _parenthesis(value: str) -> tuple[str, str | None]:
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*", value)
    return (found[1], found[2]) if found else (value, None)


def _rank(place: Place) -> tuple[int, str]:
    return (AUTHORITIES.index(place.kind) if place.kind in AUTHORITIES else 9, place.code)


def _same_extent(found: list[Place]) -> bool:
    """Paris is a commune and a département, La Réunion a département and a region."""
    kinds = {place.kind for place in found}
    return len(kinds) == len(found) and len({place.population for place in found}) == 1
