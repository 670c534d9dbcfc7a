"""One place that answers: ranked, calibrated against chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.background import Background, Calibration
from matching.calibrate import Evidence, probabilities
from matching.engine import Calibrated, Engine, asking_side
from matching.lexical import Scores
from matching.probes import PROBES
from matching.rank import RANKERS, Weights
from matching.similar import near_duplicates
from matching.types import Rows, Side
from tests.matching.fakes import FakeEmbedder, a_corpus, a_profile, a_query, encoded

TELLING = Background(calibration=Calibration(-0.8, 4.7, 5.3, -5.4, 0.8, 4.4, 4.2, -6.2))
TEXTS = [
    "Repérer les fuites du réseau d'eau potable",
    "Une piste cyclable protégée entre deux villages",
    "Isoler la toiture des écoles communales",
    "Prévoir les crues avec des capteurs de niveau",
    "Un portail numérique pour les démarches des habitants",
    "Composter les déchets verts près des immeubles",
]
HYBRID = RANKERS["hybrid"]


def an_engine(
    texts: list[str], embedder: FakeEmbedder | None = None, side: Side = "solution"
) -> Engine:
    corpus = a_corpus([a_profile(str(i), text) for i, text in enumerate(texts)], side=side)
    return Engine(corpus, embedder or FakeEmbedder(), TELLING)


def evidence(found: Calibrated) -> Evidence:
    return found.ranked.evidence(np.arange(len(found.ranked.rows)))


def test_answer_gives_each_place_its_probability_and_band() -> None:
    engine = an_engine(TEXTS)
    found = engine.answer(a_query(TEXTS[2]), engine.corpus.alive)
    wanted = probabilities(evidence(found), found.null, False, TELLING.calibration)
    assert found.probabilities == tuple(wanted)
    assert engine.corpus.ids[found.ranked.rows[0]] == "2"
    assert found.bands[0] == "strong"
    assert found.bands[-1] == "uncertain"
    assert len(found.bands) == len(found.ranked.rows)


@pytest.mark.parametrize("asked", ["Recette de la tarte aux prunes", "Horoscope du scorpion", ""])
def test_answer_to_an_off_topic_text_is_not_strong(asked: str) -> None:
    engine = an_engine(TEXTS)
    found = engine.answer(a_query(asked), engine.corpus.alive)
    assert "strong" not in found.bands


def test_answer_of_an_empty_corpus_is_empty() -> None:
    engine = an_engine([])
    found = engine.answer(a_query("fuite"), engine.corpus.alive)
    assert (found.probabilities, found.bands, found.null) == ((), (), 0.0)


def test_answer_knows_when_no_record_is_in_the_language() -> None:
    engine = an_engine(TEXTS)
    query = a_query("water leak", "en")
    found = engine.answer(query, engine.corpus.alive)
    wanted = probabilities(evidence(found), found.null, True, TELLING.calibration)
    assert found.probabilities == tuple(wanted)


def test_null_is_the_mean_top_score_of_the_probes() -> None:
    engine = an_engine(TEXTS)
    vectors = FakeEmbedder().encode_query(PROBES["fr"])
    tops = []
    for text, vector in zip(PROBES["fr"], vectors, strict=True):
        query = type(a_query(""))(text, "fr", vector)
        tops.append(engine.answer(query, engine.corpus.alive).ranked.scores[0])
    assert engine.null("fr", HYBRID) == pytest.approx(np.mean(tops))


def test_null_encodes_the_probes_once_and_as_the_side_that_asks() -> None:
    embedder = FakeEmbedder()
    engine = an_engine(TEXTS, embedder)
    for weights in RANKERS.values():
        engine.null("fr", weights)
    assert embedder.encoded == list(PROBES["fr"])
    engine.null("de", HYBRID)  # no probes of its own: the English ones
    engine.null("en", HYBRID)
    assert embedder.encoded == [*PROBES["fr"], *PROBES["en"]]


def test_null_is_measured_again_once_the_corpus_changed_by_a_tenth() -> None:
    engine = an_engine([f"{text} {n}" for n in range(5) for text in TEXTS])
    first = engine.null("fr", HYBRID)
    probe = PROBES["fr"][0]
    for number in range(3):
        engine.corpus.upsert(a_profile(f"probe{number}", probe), encoded(probe))
        assert engine.null("fr", HYBRID) == first
    engine.corpus.upsert(a_profile("probe3", probe), encoded(probe))
    grown = engine.null("fr", HYBRID)
    assert grown > first
    for number in range(4):
        engine.corpus.remove(f"probe{number}")
    assert engine.null("fr", HYBRID) == pytest.approx(first, abs=1e-6)


def test_needs_ask_solutions_and_solutions_ask_needs() -> None:
    assert asking_side(a_corpus(side="solution")) == "need"
    assert asking_side(a_corpus(side="need")) == "solution"


def test_facts_order_texts_of_one_band_and_lift_none_out_of_it() -> None:
    engine = an_engine([TEXTS[0], f"{TEXTS[0]} !", *TEXTS[1:]])
    asked, corpus = a_query(TEXTS[0]), engine.corpus
    plain = engine.answer(asked, corpus.alive)

    def fits(rows: Rows) -> dict[str, Scores]:
        liked = {"1", "5"}
        return {"themes": np.array([4.0 if corpus.ids[row] in liked else -4 for row in rows])}

    found = engine.answer(asked, corpus.alive, Weights(themes=1), fits)
    before = {corpus.ids[row]: plain.bands[i] for i, row in enumerate(plain.ranked.rows)}
    after = {corpus.ids[row]: found.bands[i] for i, row in enumerate(found.ranked.rows)}
    assert after == before
    assert (before["1"], before["5"]) == (before["0"], "uncertain")
    listed = [corpus.ids[row] for row in found.ranked.rows]
    assert listed.index("1") < listed.index("0") < listed.index("5")
    assert list(found.probabilities) == sorted(found.probabilities, reverse=True)


def test_copies_take_nothing_from_the_lead_of_what_they_copy() -> None:
    lead = Background(calibration=Calibration(intercept=-1, lead=20))
    profiles = [a_profile("a", "Trouver les fuites d'eau du réseau"), a_profile("b", "Une piste")]
    copies = [*profiles, a_profile("c", profiles[0].text)]
    alone, copied = (
        Engine(a_corpus(held), FakeEmbedder(), lead).answer(
            a_query("les fuites d'eau"), np.ones(len(held), bool), alike=near_duplicates
        )
        for held in (profiles, copies)
    )
    assert alone.bands[0] == copied.bands[0] == copied.bands[1] == "strong"
    assert copied.groups.tolist() == [0, 0, 1]
    assert alone.groups.tolist() == [0, 1]


def test_answer_to_a_language_that_taught_nothing_is_possible_at_most() -> None:
    nowhere = np.zeros(32, np.float32)
    known = replace(TELLING, means={"solution": {"fr": nowhere}, "need": {"fr": nowhere}})
    corpus = a_corpus([a_profile(str(i), text, "pl") for i, text in enumerate(TEXTS)])
    engine = Engine(corpus, FakeEmbedder(), known)
    assert engine.answer(a_query(TEXTS[2], "fr"), corpus.alive).probabilities[0] > 0.5
    found = engine.answer(a_query(TEXTS[2], "pl"), corpus.alive)
    assert (found.probabilities[0], found.bands[0]) == (0.49, "possible")
