"""Stand-ins written by hand: they do little, and always the same."""

import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from backend.matches.matcher import Criteria, Encoded, Hidden, Match, Ranking, Reason, text_hash
from backend.matches.vectors import told_aspects
from backend.models import Need, Solution
from backend.needs.text import Wishes, need_text
from backend.revisions import last_revision
from backend.solutions.text import solution_text

Kind = Literal["solution", "need"]
DIMENSION = 8


class FakeMatcher:
    """A matcher without a model: vectors are hashes, and shared words make the score.

    `encoded` lists the texts it was asked to encode, so that a test can see what was spared.
    """

    model = "fake"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(
        self,
        kind: Kind,
        texts: Sequence[str],
        on_progress: Callable[[int], None] | None = None,
        wishes: Sequence[Wishes] = (),
    ) -> list[Encoded]:
        """One vector a text, from its hash; one window that is the whole text."""
        self.encoded.extend(texts)
        if on_progress is not None:
            on_progress(len(texts))
        plain = [_encoded(f"{kind}: {text}", text) for text in texts]
        if kind == "solution":
            return plain
        asked = zip(texts, wishes or [Wishes()] * len(texts), strict=True)
        aspects = [told_aspects(text, wish) for text, wish in asked]
        return [
            replace(one, aspects=told, aspect_vectors=one.vector * len(told))
            for one, told in zip(plain, aspects, strict=True)
        ]

    def catch_up(self, session: Session) -> int:
        """There is no index; the revision is the database's."""
        return last_revision(session)

    def warm_up(self, session: Session) -> None:
        """Nothing to do beforehand."""
        self.catch_up(session)

    def match_need(self, session: Session, need: Need, criteria: Criteria, limit: int) -> Ranking:
        """Published solutions by the number of words shared with the need."""
        return self._rank(session, "solution", need_text(need), criteria, limit)

    def match_solution(
        self, session: Session, solution: Solution, criteria: Criteria, limit: int
    ) -> Ranking:
        """Published needs by the number of words shared with the solution."""
        return self._rank(session, "need", solution_text(solution), criteria, limit)

    def similar_needs(self, session: Session, need: Need, limit: int) -> list[Match]:
        """Published needs by the number of words shared, the need itself left out."""
        ranking = self._rank(session, "need", need_text(need), Criteria(), limit + 1)
        return [match for match in ranking.matches if match.id != need.id][:limit]

    def search(
        self,
        session: Session,
        text: str,
        lang: str | None,
        kind: Kind,
        criteria: Criteria,
        limit: int,
    ) -> Ranking:
        """Published records of a kind by the number of words shared with the text."""
        return self._rank(session, kind, text, criteria, limit)

    def _rank(
        self, session: Session, kind: Kind, text: str, criteria: Criteria, limit: int
    ) -> Ranking:
        model: Any = Solution if kind == "solution" else Need
        rows = session.scalars(
            select(model).where(model.status == "published").options(selectinload(model.facets))
        ).all()
        kept = [row for row in rows if set(criteria.themes) <= set(row.themes)]
        matches = sorted((_match(text, row) for row in kept), key=lambda m: (-m.score, m.id))
        lost = len(rows) - len(kept)
        hidden = [Hidden("theme", lost, lost)] if lost else []
        return Ranking(
            matches=matches[:limit],
            hidden=hidden,
            eligible=len(kept),
            model=self.model,
            revision=last_revision(session),
            weights={"words": 1.0},
        )


def _encoded(seed: str, text: str) -> Encoded:
    digest = hashlib.sha256(seed.encode()).digest()
    vector = struct.pack(f"<{DIMENSION}f", *(byte / 255 for byte in digest[:DIMENSION]))
    return Encoded(text_hash(text), vector, vector, [(0, len(text))], DIMENSION)


def _match(text: str, record: Any) -> Match:
    held = solution_text(record) if isinstance(record, Solution) else need_text(record)
    asked = set(text.lower().split())
    shared = sorted(asked & set(held.lower().split()))
    score = len(shared) / max(1, len(asked))
    reasons = (
        Reason("sentence", "fits", quote=record.title, strength=score),
        Reason("themes", "fits", codes=tuple(record.themes)),
        Reason("perimeter", "fits", codes=tuple(record.perimeters), values={"coverage": 0.5}),
        Reason("shared_words", "fits", codes=tuple(shared[:3])),
    )
    signals = {"words": score, "perimeter": 0.5}
    return Match(record.id, score, "good" if shared else "uncertain", signals, reasons)
