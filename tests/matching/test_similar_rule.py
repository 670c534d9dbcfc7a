"""Near-duplicates found by arrays are those that the rule, as it reads, finds pair by pair."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.corpus import Corpus
from matching.similar import LOOKED_AT, near_duplicates
from matching.text import character_grams, title_words
from matching.types import Profile
from tests.matching.fakes import a_corpus

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "solutions.jsonl"
DEMO = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
# Two entries in each language, as they are kept, and the ways in which copies differ.
BODIES = {
    lang: [one["description"] for one in DEMO if one["lang"] == lang][:2] for lang in ("fr", "en")
}
TITLES = ["Fuitomètre", "FUITOMÈTRE", "Fuitomètre 2", "Carte des réseaux", ""]
ENDINGS = ["", " Une phrase de plus à la fin.", " On forme les agents, puis on revient chaque été."]


def overlap(first: set[int], second: set[int]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0


def by_the_rule(corpus: Corpus, profiles: list[Profile]) -> list[int]:
    vectors = corpus.centred(np.arange(len(profiles)))
    titles = [set(title_words(one.text, one.lang).tolist()) for one in profiles]
    grams = [set(character_grams(one.text).tolist()) for one in profiles]
    found = list(range(len(profiles)))
    for low, profile in enumerate(profiles):
        for high in range(low):
            shared = overlap(titles[high], titles[low])
            least = 0.4 if shared == 1 else 0.85 if shared >= 1 / 3 else 0.95
            if (
                found[high] == high
                and profile.lang == profiles[high].lang
                and float(vectors[high] @ vectors[low]) >= 0.6
                and overlap(grams[high], grams[low]) >= least
            ):
                found[low] = high
                break
    return found


@st.composite
def entries(draw: st.DrawFn) -> Profile:
    lang = draw(st.sampled_from(["fr", "en"]))
    body = draw(st.sampled_from(BODIES[lang]))
    start = draw(st.sampled_from([0, 0, len(body) // 20, len(body) // 3]))
    text = f"{draw(st.sampled_from(TITLES))}. {body[start:]}{draw(st.sampled_from(ENDINGS))}"
    return Profile("", text, lang)


def numbered(profiles: list[Profile]) -> list[Profile]:
    return [Profile(str(n), one.text, one.lang) for n, one in enumerate(profiles)]


@settings(max_examples=40)
@given(st.lists(entries(), min_size=1, max_size=12))
def test_near_duplicates_are_those_of_the_rule_pair_by_pair(profiles: list[Profile]) -> None:
    held = numbered(profiles)
    # Others beside them, so that the centre of their language is not their own mean.
    corpus = a_corpus([*held, *(Profile(one["title"], one["title"], one["lang"]) for one in DEMO)])
    assert near_duplicates(corpus, np.arange(len(held))).tolist() == by_the_rule(corpus, held)


def test_copies_below_the_first_sixty_stand_apart() -> None:
    text = f"Fuitomètre. {BODIES['fr'][0]}"
    corpus = a_corpus(numbered([Profile("", text, "fr")] * (LOOKED_AT + 2)))
    found = near_duplicates(corpus, np.arange(LOOKED_AT + 2)).tolist()
    assert found == [0] * LOOKED_AT + [LOOKED_AT, LOOKED_AT + 1]
