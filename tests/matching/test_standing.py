"""What would have changed a candidate's place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.aspects import Aspect, AspectKind
from matching.evidence import Answer
from matching.rank import Ranked, Weights
from matching.standing import Placed, placed, standing_reasons
from matching.types import Band


def at(record: str, score: float, band: Band = "good", **parts: float) -> Placed:
    return Placed(record, score, band, parts)


def open_question(text: str, kind: AspectKind = "essential", strength: float = 0.1) -> Answer:
    return Answer(Aspect(kind, text), strength, None, 0.05)


def test_first_place_has_nothing_above_it() -> None:
    assert standing_reasons([at("a", 1.0, words=1.0)], {"a": [open_question("x")]}, 0.5) == {}


def test_lower_place_names_the_signal_it_lost_most_by() -> None:
    listed = [at("a", 1.0, dense=0.4, words=0.6), at("b", 0.6, dense=0.3, words=0.3)]
    reason = standing_reasons(listed, {}, 0.5)["b"]
    assert (reason.kind, reason.codes) == ("place", ("words",))
    assert reason.values == {"rank": 2.0, "lost": 0.3}


def test_any_signal_can_be_the_one_that_decides() -> None:
    listed = [at("a", 1.0, words=0.3, hubness=-0.1), at("b", 0.6, words=0.3, hubness=-0.5)]
    assert standing_reasons(listed, {}, 0.5)["b"].codes == ("hubness",)


def test_nothing_is_said_of_nearness_alone_or_of_a_hair_s_breadth() -> None:
    near = [at("a", 1.0, dense=0.7), at("b", 0.6, dense=0.3)]
    level = [at("a", 0.605, words=0.6), at("b", 0.6, words=0.3)]
    assert standing_reasons(near, {}, 0.5) == {}
    assert standing_reasons(level, {}, 0.5) == {}


def test_nothing_is_said_when_many_signals_share_the_difference() -> None:
    parts = {"words": 0.1, "grams": 0.1, "themes": 0.1}
    listed = [at("a", 0.9, **parts), at("b", 0.6, words=0.0, grams=0.0, themes=0.0)]
    assert standing_reasons(listed, {}, 0.5) == {}


def test_unanswered_criterion_that_would_lift_it_is_named_with_the_place_reached() -> None:
    listed = [at("a", 0.9, words=0.9), at("b", 0.62, words=0.5), at("c", 0.6, words=0.3)]
    answers = {"c": [open_question("Carte"), open_question("Formation", "desirable")]}
    reason = standing_reasons(listed, answers, 0.5)["c"]
    assert (reason.aspect, reason.aspect_kind) == ("Carte", "essential")
    assert reason.values == {"rank": 3.0, "reached": 2.0}


def test_answered_criteria_and_sentences_that_ask_nothing_lift_nothing() -> None:
    listed = [at("a", 0.62, words=0.5), at("b", 0.6, words=0.4)]
    answered = open_question("Carte", strength=0.9)
    telling = open_question("La commune est grande", "sentence")
    reason = standing_reasons(listed, {"b": [answered, telling]}, 0.5)["b"]
    assert reason.aspect is None


def test_uncertain_candidate_is_told_nothing() -> None:
    listed = [at("a", 1.0, words=0.6), at("b", 0.6, "uncertain", words=0.1)]
    assert standing_reasons(listed, {"b": [open_question("Carte")]}, 0.5) == {}


def test_placed_weighs_the_signals() -> None:
    signals = {"words": np.array([0.5, 0.2]), "dense": np.array([0.1, 0.3])}
    ranked = Ranked(np.array([4, 7]), np.array([0.9, 0.8]), signals, np.array([0.9, 0.8]))
    heard = np.array([False, True])
    first, second = placed(
        {"a": 0, "b": 1}, ranked, ("good", "good"), Weights(words=2, dense=1), heard
    )
    assert first == Placed("a", 0.9, "good", {"words": 1.0, "dense": 0.1}, heard=False)
    assert second.heard


@pytest.mark.parametrize("signal", ["words", "grams"])
def test_words_decide_nothing_between_two_languages(signal: str) -> None:
    above, here = at("a", 1.0, **{signal: 0.6}), at("b", 0.6, **{signal: 0.1})
    assert standing_reasons([above, here], {}, 0.5)["b"].codes == (signal,)
    foreign = [replace(above, heard=False), here], [above, replace(here, heard=False)]
    assert [standing_reasons(listed, {}, 0.5) for listed in foreign] == [{}, {}]
