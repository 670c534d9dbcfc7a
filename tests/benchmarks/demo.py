"""The demo records in memory: solutions as a corpus, needs as they ask, vectors as compared."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.answering import Answers
from matching.asking import Asking
from matching.aspects import Wishlist, aspects_of
from matching.background import Background, load_background
from matching.corpus import Corpus
from matching.embedders import encode_profiles
from matching.rank import RANKERS, Query, Ranked, Weights, rank
from matching.types import Embedder, Encoding, Profile, Vectors
from tests.benchmarks.rivals import DATA


@dataclass(frozen=True)
class Demo:
    """The demo solutions, and of each demo need how it asks and the centre it asks from."""

    embedder: Embedder
    background: Background
    corpus: Corpus
    profiles: dict[str, Profile]
    encodings: dict[str, Encoding]
    asking: dict[str, tuple[Asking, Vectors]]

    def query(self, need: str) -> Query:
        """What a need ranks for."""
        asking, centre = self.asking[need]
        return asking.query(centre)

    def answers(self, need: str, profiles: Sequence[Profile]) -> Answers:
        """What these solutions answer to what a need asks for, by their id."""
        asking, centre = self.asking[need]
        return asking.answers(self.corpus, asking.query(centre), centre, profiles, {})

    def ranked(self, need: str, weights: Weights = RANKERS["hybrid"]) -> Ranked:
        """The solutions for a need, best first, by texts alone."""
        return rank(self.corpus, self.query(need), self.corpus.alive, weights)

    def scores(self, need: str) -> dict[str, float]:
        """The scores of the solutions for a need, best first, by their id."""
        ranked = self.ranked(need)
        ids = [self.corpus.ids[row] for row in ranked.rows]
        return dict(zip(ids, ranked.scores.tolist(), strict=True))

    def put(self, profile: Profile, encoding: Encoding) -> None:
        """Take in a solution, in place of one with the same id."""
        self.corpus.upsert(profile, self.background.project_encoding(encoding))


def read_demo(embedder: Embedder) -> Demo:
    """The demo records, encoded, with what was learned of the encoder."""
    background = load_background(embedder.name)
    profiles = [_solution(record) for record in _read("solutions.jsonl")]
    encodings = encode_profiles(embedder, "solution", [profile.text for profile in profiles])
    needs = Corpus("need", embedder.dimension, background)
    asking = [_asking(embedder, need).projected(background) for need in _read("needs.jsonl")]
    for one in asking:
        needs.upsert(one.profile, one.encoding)
    demo = Demo(
        embedder,
        background,
        Corpus("solution", embedder.dimension, background),
        {profile.id: profile for profile in profiles},
        {profile.id: one for profile, one in zip(profiles, encodings, strict=True)},
        {one.profile.id: (one, needs.centres.of(one.profile.lang)) for one in asking},
    )
    for profile in profiles:
        demo.put(profile, demo.encodings[profile.id])
    return demo


def _read(name: str) -> list[dict[str, Any]]:
    lines = (DATA / "samples" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _text(record: dict[str, Any], lead: str, rest: list[str]) -> str:
    return "\n".join([f"{record['title']}. {record[lead]}", *(part for part in rest if part)])


def _solution(record: dict[str, Any]) -> Profile:
    text = _text(record, "summary", [record["description"]])
    return Profile(record["external_id"], text, record["lang"])


def _asking(embedder: Embedder, need: dict[str, Any]) -> Asking:
    musts, mays = need["essential_criteria"], need["desirable_criteria"]
    outcome = need["expected_outcome"]
    text = _text(need, "context", [need["description"], outcome, *musts, *mays])
    aspects = aspects_of(text, musts, mays, outcome)
    vectors = embedder.encode_query([aspect.text for aspect in aspects])
    (encoding,) = encode_profiles(embedder, "need", [text])
    profile = Profile(need["external_id"], text, need["lang"])
    return Asking("need", profile, encoding, Wishlist(aspects, vectors, need["lang"]))
