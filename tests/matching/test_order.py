"""A corpus is what it holds: in whatever order records came and went, its answers are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.background import Background, Calibration
from matching.corpus import Corpus
from matching.engine import Engine
from matching.similar import near_duplicates
from matching.types import Profile
from tests.matching.fakes import DIMENSION, FakeEmbedder, a_profile, a_query, direction, encoded

LEARNED = Background(
    means={
        "solution": {"fr": direction("every solution"), "en": direction("every solution")},
        "need": {"fr": direction("every need"), "en": direction("every need")},
    },
    calibration=Calibration(-0.8, 4.7, 5.3, -5.4, 0.8, 4.4, 4.2, -6.2),
)
LEAKS = "Fuitomètre. Des capteurs écoutent les conduites d'eau et signalent les fuites du réseau."
HELD = [
    a_profile("leaks", LEAKS),
    a_profile("leaks again", LEAKS),
    a_profile("leaks, taught", f"{LEAKS} Un technicien forme les agents pendant une journée."),
    a_profile("cycling", "Une piste cyclable protégée entre deux villages et leur gare"),
    a_profile("roofs", "Isoler la toiture des écoles communales avec du chanvre"),
    a_profile("floods", "Prévoir les crues avec des capteurs de niveau dans la rivière"),
    a_profile("portal", "Un portail numérique pour les démarches des habitants"),
    a_profile("compost", "Composter les déchets verts près des immeubles"),
    a_profile("drain", "Water leak detection in drinking water pipes", "en"),
    a_profile("bikes", "Safe cycle lanes between villages and stations", "en"),
]
PASSING = [
    a_profile("gone", f"{LEAKS} Bientôt retiré."),
    a_profile("gone too", "Des vélos en libre-service à la gare"),
    a_profile("gone, in German", "Wasserlecks im Leitungsnetz finden", "de"),
    a_profile("cycling", "Un premier texte, remplacé : des capteurs de fuites d'eau"),
]
ASKED = [
    a_query("Trouver les fuites du réseau d'eau avec des capteurs"),
    a_query("Isoler une école"),
    a_query("Water leaks in our network", "en"),
    a_query("Lecks im Wassernetz", "de"),
    a_query("Recette de la tarte aux prunes"),
]


@dataclass(frozen=True)
class Shown:
    """What a list says of a record."""

    score: float
    probability: float
    band: str
    hubness: float
    group: int


def fill(steps: Sequence[tuple[str, Profile]]) -> Corpus:
    corpus = Corpus("solution", DIMENSION, LEARNED)
    for step, profile in steps:
        if step == "insert":
            corpus.upsert(profile, encoded(profile.text))
        else:
            corpus.remove(profile.id)
    return corpus


def answers(corpus: Corpus) -> list[tuple[Mapping[str, Shown], float]]:
    """For each query what is shown, best first, and the null."""
    engine = Engine(corpus, FakeEmbedder(), LEARNED)
    found = []
    for query in ASKED:
        answered = engine.answer(query, corpus.alive, alike=near_duplicates)
        ranked = answered.ranked
        shown = {
            corpus.ids[row]: Shown(
                float(ranked.scores[place]),
                answered.probabilities[place],
                answered.bands[place],
                float(ranked.signals["hubness"][place]),
                int(answered.groups[place]),
            )
            for place, row in enumerate(ranked.rows.tolist())
        }
        found.append((shown, answered.null))
    return found


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, Profile]]:
    """Inserts in any order, among them those of records that go, or change, before the end."""
    steps: list[tuple[str, Profile]] = [("insert", one) for one in draw(st.permutations(HELD))]
    for passing in draw(st.lists(st.sampled_from(PASSING), unique_by=lambda one: one.id)):
        came = draw(st.integers(0, len(steps)))
        steps.insert(came, ("insert", passing))
        kept = [at for at, (_, one) in enumerate(steps) if one.id == passing.id and at > came]
        if not kept:
            steps.insert(draw(st.integers(came + 1, len(steps))), ("remove", passing))
    return [*steps, *(("insert", one) for one in HELD if not _ends_with(steps, one))]


def _ends_with(steps: Sequence[tuple[str, Profile]], profile: Profile) -> bool:
    return [step for step in steps if step[1].id == profile.id][-1] == ("insert", profile)


WANTED = answers(fill([("insert", one) for one in HELD]))


@given(histories())
@settings(max_examples=60)
def test_answers_do_not_depend_on_the_order_of_arrival(
    steps: list[tuple[str, Profile]],
) -> None:
    for (shown, null), (wanted, wanted_null) in zip(answers(fill(steps)), WANTED, strict=True):
        assert list(shown) == list(wanted)
        assert null == pytest.approx(wanted_null, abs=1e-5)
        for record, as_wanted in wanted.items():
            found = shown[record]
            assert found.score == pytest.approx(as_wanted.score, abs=1e-5)
            assert found.probability == pytest.approx(as_wanted.probability, abs=1e-5)
            assert found.hubness == pytest.approx(as_wanted.hubness, abs=1e-5)
            assert (found.band, found.group) == (as_wanted.band, as_wanted.group)


def test_answers_compared_hold_a_group_and_several_bands() -> None:
    shown, _ = WANTED[0]
    assert shown["leaks"].group == shown["leaks again"].group == shown["leaks, taught"].group
    assert len({one.band for one in shown.values()}) > 1


def test_record_that_changes_is_no_neighbour_of_what_it_was() -> None:
    corpus = fill([("insert", one) for one in HELD])
    rows = corpus.rows([one.id for one in HELD])
    before = corpus.hubness(rows)
    corpus.upsert(HELD[3], encoded(HELD[3].text))
    after = corpus.hubness(corpus.rows([one.id for one in HELD]))
    assert after == pytest.approx(before, abs=1e-5)
    assert np.ptp(before) > 0.01
