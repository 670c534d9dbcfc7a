"""The bridge to the matching library for serving; measuring.py is the one for judged sets.

The matcher holds one corpus of published solutions and one of published needs in memory. They
are caches: before each answer they catch up with the database by revision.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

from backend.matches import exposure, stored
from backend.matches.facts import band_position, fact_values
from backend.matches.stored import StoredRecord
from backend.models import Need, Solution
from backend.revisions import last_revision
from backend.settings import Settings
from backend.territories.table import nesting
from matching.arrange import Arrangement
from matching.background import Background, load_background
from matching.corpus import Corpus
from matching.eligibility import Criteria as HardCriteria
from matching.eligibility import eligible_rows
from matching.embedders import ModelError, encode_profiles, load_embedder
from matching.engine import Engine
from matching.explain import explain
from matching.fitting import Asked
from matching.listing import arranged, matches
from matching.notices import Notice, notices
from matching.packed import WeightsError
from matching.perimeters import Perimeters
from matching.rank import RANKERS, Query, make_query
from matching.text import detect_language, text_hash
from matching.types import Embedder, Encoding, Facts, Hidden, Match, Place, Profile, Reason

__all__ = [
    "Arrangement",
    "Criteria",
    "Encoded",
    "Hidden",
    "Match",
    "Matcher",
    "ModelError",
    "Ranking",
    "Reason",
    "WeightsError",
    "detect_language",
    "text_hash",
]

Kind = Literal["solution", "need"]
_BYTES = np.dtype("<f4")
_WASTE_AT_LEAST = 1_000
# A closing date is a day in France, wherever the server is.
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of one text as they are stored: little-endian float32."""

    text_hash: str
    vector: bytes
    windows: bytes | None
    spans: list[tuple[int, int]]
    dimension: int


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for by hand, in the words of the API. Empty means not asked."""

    themes: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    perimeters: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    maturity_min: int | None = None
    price_bands: tuple[str, ...] = ()
    relax: frozenset[str] = frozenset()
    arrangement: Arrangement = field(default_factory=Arrangement)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranked list and everything needed to say how it came about."""

    matches: list[Match]
    hidden: list[Hidden]
    eligible: int
    model: str
    revision: int
    weights: dict[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


class Matcher:
    """Ranks stored records. Safe to use from several threads."""

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder | None = None,
        background: Background | None = None,
    ) -> None:
        self._embedder = embedder or load_embedder(
            settings.embedding_model, settings.data_dir / "models"
        )
        self.model = self._embedder.name
        self._background = background or load_background(self.model)
        self._perimeters = Perimeters(nesting())
        self._lock = threading.RLock()
        self._forget()

    def _forget(self) -> None:
        self._revision = 0
        self._engines = {kind: self._engine(kind) for kind in ("solution", "need")}

    def _engine(self, kind: Kind) -> Engine:
        corpus = Corpus(kind, self._embedder.dimension, self._background)
        return Engine(corpus, self._embedder, self._background)

    def encode(
        self, kind: Kind, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        """The vectors of texts; `on_progress` hears how many more are done."""
        encodings = encode_profiles(self._embedder, kind, texts, on_progress)
        return [
            Encoded(
                text_hash=text_hash(text),
                vector=encoding.vector.astype(_BYTES).tobytes(),
                windows=encoding.windows.astype(_BYTES).tobytes() if encoding.spans else None,
                spans=list(encoding.spans),
                dimension=self._embedder.dimension,
            )
            for text, encoding in zip(texts, encodings, strict=True)
        ]

    def catch_up(self, session: Session) -> int:
        """Take in every change since the last call; the revision reached is returned."""
        with self._lock:
            latest = last_revision(session)
            if latest != self._revision:
                if latest < self._revision or self._wasteful():
                    self._forget()
                for kind in ("solution", "need"):
                    self._take_in(session, kind, latest)
                self._revision = latest
            return latest

    def warm_up(self, session: Session) -> None:
        """Do beforehand what the first answer would wait for."""
        with self._lock:
            self.catch_up(session)
            for engine in self._engines.values():
                for lang in engine.corpus.centres.counts:
                    engine.null(lang, RANKERS["hybrid"])

    def _wasteful(self) -> bool:
        corpora = [engine.corpus for engine in self._engines.values()]
        return any(corpus.dead > max(_WASTE_AT_LEAST, len(corpus)) for corpus in corpora)

    def _take_in(self, session: Session, kind: Kind, latest: int) -> None:
        corpus = self._engines[kind].corpus
        for record in stored.changed_since(session, kind, self._revision, latest):
            encoding = self._usable(record)
            if encoding is None:
                corpus.remove(record.id)
            else:
                corpus.upsert(self._shown(record), encoding)

    def _shown(self, record: StoredRecord) -> Profile:
        """A record as a candidate: of an anonymous need nothing tells more than its region.

        With its exact place, whoever asks for one commune after another would find it.
        """
        profile = _profile(record)
        if not record.anonymous:
            return profile
        regions = self._perimeters.regions(profile.facts.perimeters)
        return replace(profile, facts=replace(profile.facts, perimeters=regions))

    def _usable(self, record: StoredRecord) -> Encoding | None:
        """The record's vectors, if it may be shown and they are of its text and this model."""
        if record.status != "published" or record.vector is None or record.model != self.model:
            return None
        if record.text_hash != text_hash(record.text):
            return None
        vector = np.frombuffer(record.vector, _BYTES)
        windows = np.frombuffer(record.windows or b"", _BYTES).reshape(-1, len(vector))
        return Encoding(vector, windows, tuple((start, end) for start, end in record.spans))

    def match_need(self, session: Session, need: Need, criteria: Criteria, limit: int) -> Ranking:
        """The solutions that may answer a stored need, whatever its status."""
        return self._match(session, "need", need.id, criteria, limit)

    def match_solution(
        self, session: Session, solution: Solution, criteria: Criteria, limit: int
    ) -> Ranking:
        """The needs that a stored solution may answer, whatever its status."""
        return self._match(session, "solution", solution.id, criteria, limit)

    def _match(
        self, session: Session, kind: Kind, subject: str, criteria: Criteria, limit: int
    ) -> Ranking:
        (record,) = stored.by_id(session, kind, [subject])
        profile, encoding = _profile(record), self._usable(replace(record, status="published"))
        if encoding is None:
            (encoding,) = encode_profiles(self._embedder, kind, [record.text])
        return self._answer(session, kind, profile, encoding, criteria, limit)

    def search(
        self,
        session: Session,
        text: str,
        lang: str | None,
        kind: Kind,
        criteria: Criteria,
        limit: int,
    ) -> Ranking:
        """The records of a kind that answer a free text; nothing of it is kept."""
        asks: Kind = "need" if kind == "solution" else "solution"
        profile = Profile("", text, lang or detect_language(text))
        (encoding,) = encode_profiles(self._embedder, asks, [text])
        return self._answer(session, asks, profile, encoding, criteria, limit)

    def _answer(
        self,
        session: Session,
        asks: Kind,
        asked: Profile,
        encoding: Encoding,
        criteria: Criteria,
        limit: int,
    ) -> Ranking:
        kind: Kind = "solution" if asks == "need" else "need"
        perimeters = criteria.perimeters or tuple(sorted(asked.facts.perimeters))
        with self._lock:
            revision = self.catch_up(session)
            engine = self._engines[kind]
            hard = _hard(criteria, perimeters)
            today = datetime.now(PARIS).date()
            failing = engine.corpus.facts.fails(hard, self._perimeters, today)
            only, hidden = eligible_rows(engine.corpus.facts.published, failing)
            centre = self._engines[asks].corpus.centres.of(asked.lang)
            query = make_query(asked.text, asked.lang, encoding.vector, centre)
            fits = partial(Asked(asked.facts, kind, today).fits, engine.corpus.facts)
            answered = engine.answer(query, only, fits=fits)
            never_shown = partial(exposure.never_shown, session, kind, subject_id=asked.id)
            places = arranged(engine.corpus, answered, criteria.arrangement, never_shown)[:limit]
            rows = answered.ranked.rows[[place.candidate for place in places]].tolist()
            found = [engine.corpus.ids[row] for row in rows]
            wanted = replace(asked.facts, perimeters=frozenset(perimeters))
            reasons = self._explain(session, engine.corpus, query, wanted, found, today)
            weights = {**asdict(RANKERS["hybrid"]), "null": round(answered.null, 6)}
            said = notices(engine.corpus, asked.text, asked.lang)
            listed = matches(engine.corpus, answered, places, reasons)
        return Ranking(listed, hidden, int(only.sum()), self.model, revision, weights, said)

    def _explain(
        self,
        session: Session,
        corpus: Corpus,
        query: Query,
        asked: Facts,
        found: Sequence[str],
        today: date,
    ) -> Mapping[str, tuple[Reason, ...]]:
        records = stored.by_id(session, corpus.side, found, vectors=False)
        profiles = [self._shown(record) for record in records]
        reasons = explain(corpus, query, asked, profiles, self._perimeters, today)
        return {p.id: why for p, why in zip(profiles, reasons, strict=True)}


def _profile(record: StoredRecord) -> Profile:
    places = tuple(Place(*place) for place in record.places)
    return Profile(record.id, record.text, record.lang, Facts(**fact_values(record), places=places))


def _hard(criteria: Criteria, perimeters: tuple[str, ...]) -> HardCriteria:
    bands = map(band_position, criteria.price_bands)
    return HardCriteria(
        themes=criteria.themes,
        beneficiaries=criteria.beneficiaries,
        labels=criteria.labels,
        languages=criteria.languages,
        perimeters=perimeters,
        maturity_min=criteria.maturity_min,
        money=tuple(band for band in bands if band is not None),
        relax=criteria.relax,
    )
