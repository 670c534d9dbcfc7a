"""The bridge to the matching library for serving; measuring.py is the one for judged sets.

The matcher holds one corpus of published solutions and one of published needs in memory. They
are caches: before each answer they catch up with the database by revision.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from backend.matches import exposure, stored
from backend.matches.asked import Criteria, Ranking, hard_filters, listed_places
from backend.matches.declared import declared
from backend.matches.stored import StoredRecord
from backend.matches.vectors import (
    Encoded,
    centred_wishlists,
    encode_texts,
    encoding_of,
    profile_of,
    wishlist_of,
)
from backend.models import Need, Solution
from backend.needs.text import Wishes
from backend.revisions import last_revision
from backend.settings import Settings
from backend.territories.table import nesting
from matching.answering import Answers
from matching.arrange import Arrangement
from matching.asking import Asking, ask
from matching.background import Background, load_background
from matching.corpus import Corpus
from matching.declared import failing_criteria, with_declared
from matching.eligibility import eligible_rows
from matching.embedders import ModelError, encode_profiles, load_embedder
from matching.engine import Calibrated, Engine
from matching.explain import Told, explain
from matching.fitting import Asked
from matching.language import detect_language
from matching.listing import arranged, listed_records, matches
from matching.neighbours import neighbours
from matching.notices import notices
from matching.packed import WeightsError
from matching.perimeters import Perimeters
from matching.rank import RANKERS, Query
from matching.similar import near_duplicates
from matching.standing import placed, standing_reasons
from matching.text import text_hash
from matching.types import Embedder, Encoding, Facts, Hidden, Match, Profile, Reason

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
_WASTE_AT_LEAST = 1_000
# A closing date is a day in France, wherever the server is.
PARIS = ZoneInfo("Europe/Paris")


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
        self,
        kind: Kind,
        texts: Sequence[str],
        on_progress: Callable[[int], None] | None = None,
        wishes: Sequence[Wishes] = (),
    ) -> list[Encoded]:
        """The vectors of texts and of `wishes`; `on_progress` hears how many more are done."""
        return encode_texts(self._embedder, kind, texts, wishes, on_progress)

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
                projected = self._background.project_encoding(encoding)
                corpus.upsert(self._shown(record), projected)

    def _shown(self, record: StoredRecord) -> Profile:
        """A record as a candidate: of an anonymous need nothing tells more than its region.

        With its exact place, whoever asks for one commune after another would find it.
        """
        profile = profile_of(record)
        if not record.anonymous:
            return profile
        regions = self._perimeters.regions(profile.facts.perimeters)
        return replace(profile, facts=replace(profile.facts, perimeters=regions))

    def _usable(self, record: StoredRecord) -> Encoding | None:
        """The record's vectors, if it may be shown and they are of its text and this model."""
        return encoding_of(record, self.model) if record.status == "published" else None

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
        encoding = encoding_of(record, self.model)
        if encoding is None:
            (encoding,) = encode_profiles(self._embedder, kind, [record.text])
        asking = Asking(kind, profile_of(record), encoding, wishlist_of(record, self._embedder))
        return self._answer(session, asking, criteria, limit)

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
        return self._answer(session, ask(self._embedder, asks, profile), criteria, limit)

    def _answer(self, session: Session, asking: Asking, criteria: Criteria, limit: int) -> Ranking:
        asking = asking.projected(self._background)
        asked, kind = asking.profile, asking.candidates
        perimeters = criteria.perimeters or tuple(sorted(asked.facts.perimeters))
        with self._lock:
            revision = self.catch_up(session)
            engine, today = self._engines[kind], datetime.now(PARIS).date()
            table, hard = engine.corpus.facts, hard_filters(criteria, perimeters)
            failing = table.fails(hard, self._perimeters, today)
            said_so = declared(session, asking.side, asked.id) if asked.id else {}
            failing |= failing_criteria(engine.corpus, said_so, criteria.relax)
            only, hidden = eligible_rows(table.published, failing)
            if criteria.among is not None:
                only = table.published & engine.corpus.holding(criteria.among)
            query = asking.query(self._engines[asking.side].corpus.centres.of(asked.lang))
            fits = partial(Asked(asked.facts, kind, today).fits, table)
            answered = engine.answer(query, only, fits=fits, alike=near_duplicates)
            never_shown = partial(exposure.never_shown, session, kind, subject_id=asked.id)
            places = arranged(engine.corpus, answered, criteria.arrangement, never_shown)
            places = listed_places(engine.corpus, answered, places, criteria.ids)[:limit]
            found = listed_records(engine.corpus, answered, places)
            facts = replace(asked.facts, perimeters=frozenset(perimeters))
            why = self._explain(session, asking, query, facts, found, answered, today)
            reasons = {one: with_declared(why[one], said_so.get(one, ())) for one in why}
            weights = {**asdict(RANKERS["hybrid"]), "null": round(answered.null, 6)}
            said = notices(engine.corpus, asked.text, asked.lang)
            listed = matches(engine.corpus, answered, places, reasons)
        return Ranking(listed, hidden, int(only.sum()), self.model, revision, weights, said)

    def similar_needs(self, session: Session, need: Need, limit: int) -> list[Match]:
        """The other published needs that ask for nearly the same, nearest first."""
        (record,) = stored.by_id(session, "need", [need.id])
        encoding = encoding_of(record, self.model)
        if encoding is None:
            (encoding,) = encode_profiles(self._embedder, "need", [record.text])
        vector = self._background.project_encoding(encoding).vector
        with self._lock:
            self.catch_up(session)
            return neighbours(self._engines["need"], profile_of(record), vector, limit)

    def _explain(
        self,
        session: Session,
        asking: Asking,
        query: Query,
        asked: Facts,
        found: Mapping[str, int],
        answered: Calibrated,
        today: date,
    ) -> Mapping[str, tuple[Reason, ...]]:
        weights, corpus = RANKERS["hybrid"], self._engines[asking.candidates].corpus
        records = list(stored.by_id(session, corpus.side, list(found), vectors=False))
        profiles = [self._shown(record) for record in records]
        answers = self._answers(asking, query, records, profiles)
        heard = corpus.speaks(query.lang, answered.ranked.rows)
        listed = placed(found, answered.ranked, answered.bands, weights, heard)
        places = standing_reasons(listed, answers, weights.criteria)
        told = Told(answers, frozenset(one.id for one in listed if one.band == "uncertain"))
        reasons = explain(corpus, query, asked, profiles, self._perimeters, today, told)
        return {
            profile.id: (*why, *filter(None, [places.get(profile.id)]))
            for profile, why in zip(profiles, reasons, strict=True)
        }

    def _answers(
        self,
        asking: Asking,
        query: Query,
        records: Sequence[StoredRecord],
        profiles: Sequence[Profile],
    ) -> Answers:
        """What is answered of what the need, or each of the needs, asks for one by one."""
        corpus = self._engines[asking.candidates].corpus
        asks = self._engines[asking.side].corpus.centres.of(asking.profile.lang)
        needs = records if asking.candidates == "need" else []
        wishlists = centred_wishlists(needs, self._embedder, self._background, corpus.centres)
        return asking.answers(corpus, query, asks, profiles, wishlists)
