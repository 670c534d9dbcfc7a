"""Reasons are of the signals that ranked: on the demo records, with the real encoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from matching.embedders import SentenceTransformerEmbedder, encode_profiles
from matching.explain import Told, explain
from matching.types import Facts, Profile
from tests.benchmarks.demo import Demo, read_demo
from tests.matching.fakes import PERIMETERS

pytestmark = pytest.mark.encoder

TOP = 2


@pytest.fixture(scope="module")
def demo(encoder: SentenceTransformerEmbedder) -> Demo:
    return read_demo(encoder)


@dataclass(frozen=True)
class Quoted:
    """A sentence quoted as an answer: `aspect` is None for the best passage of all."""

    need: str
    solution: str
    aspect: str | None
    quote: str
    score: float


def quoted(demo: Demo) -> Iterator[Quoted]:
    """What is worded as an answer in the first places of each demo need."""
    for need in demo.asking:
        scores = demo.scores(need)
        first = list(scores)[:TOP]
        profiles = [demo.profiles[solution] for solution in first]
        answers = demo.answers(need, profiles)
        found = explain(
            demo.corpus, demo.query(need), Facts(), profiles, PERIMETERS, told=Told(answers)
        )
        for profile, reasons in zip(profiles, found, strict=True):
            for reason in reasons:
                if reason.polarity == "fits" and reason.quote:
                    yield Quoted(need, profile.id, reason.aspect, reason.quote, scores[profile.id])


def without(text: str, quote: str) -> str:
    """A text without what is quoted of it, as it is quoted: white space folded."""
    folded = " ".join(text.split())
    cut = quote.removesuffix(" …")
    assert cut in folded
    return " ".join(folded.replace(cut, " ").split())


def test_removing_a_sentence_that_is_quoted_as_an_answer_lowers_the_score(demo: Demo) -> None:
    listed = list(quoted(demo))
    texts = [without(demo.profiles[one.solution].text, one.quote) for one in listed]
    encodings = encode_profiles(demo.embedder, "solution", texts)
    kept: list[Quoted] = []
    for one, text, encoding in zip(listed, texts, encodings, strict=True):
        whole = demo.profiles[one.solution]
        demo.put(Profile(whole.id, text, whole.lang), encoding)
        if demo.scores(one.need).get(one.solution, -1.0) >= one.score:
            kept.append(one)
        demo.put(whole, demo.encodings[one.solution])
    answered = [one for one in listed if one.aspect]
    assert len(listed) - len(answered) >= 10
    assert len(answered) >= 25
    assert not [one for one in kept if one.aspect is None]
    # Of the answers to single criteria all but one do: it lists instruments, and without them the
    # rest of the page is nearer to the whole need.
    assert len(kept) <= 1, f"{len(kept)} of {len(answered)}"
