"""Whether bands keep their word, on first results made by hand and on a small set."""

from __future__ import annotations

import numpy as np
import pytest

from matching.background import Background, Calibration
from matching.evaluation.answering import fill_set
from matching.evaluation.bands import Top, Tops, calibration_error, report, tops
from matching.evaluation.off_topic import OFF_TOPIC
from matching.evaluation.variants import Variant
from matching.probes import PROBES
from matching.text import fold
from matching.types import Band
from tests.matching.evaluation.sets import a_set, encode
from tests.matching.fakes import FakeEmbedder


def top(probability: float, right: bool = False, band: Band = "uncertain") -> Top:
    return Top(probability, band, right)


def test_report_by_hand() -> None:
    judged = [
        top(0.9, right=True, band="strong"),
        top(0.8, right=False, band="strong"),
        top(0.6, right=True, band="good"),
        top(0.1),
    ]
    bereft = [top(0.8, band="strong"), top(0.1), top(0.1), top(0.1)]
    found = report([Tops(judged, bereft, [top(0.3, band="possible"), top(0.1)])])
    assert found.auc == 0.75
    assert found.bereft == 0.25
    assert found.calibration_error == pytest.approx((0.1 + 0.8 + 0.4 + 0.1) / 4)
    assert found.queries == 4
    strong, good, possible, uncertain = found.bands.values()
    assert (strong.share, strong.precision, strong.off_topic) == (0.5, 0.5, 0)
    assert (good.share, good.precision, good.off_topic) == (0.25, 1, 0)
    assert (possible.share, possible.precision, possible.off_topic) == (0, None, 0.5)
    assert (uncertain.share, uncertain.precision, uncertain.off_topic) == (0.25, 0, 0.5)


def test_report_of_several_sets_counts_each_the_same() -> None:
    sure = Tops([top(0.9, right=True, band="strong")] * 9, [top(0.1)] * 9, [top(0.1)])
    wrong = Tops([top(0.9, band="strong")], [top(0.9, band="strong")], [top(0.8, band="strong")])
    found = report([sure, wrong])
    assert found.bands["strong"].precision == pytest.approx(0.5)
    assert found.bands["strong"].off_topic == pytest.approx(0.5)
    assert found.bereft == pytest.approx(0.5)


def test_report_of_nothing_is_zero_and_unknown() -> None:
    found = report([Tops([], [], [])])
    assert (found.auc, found.calibration_error, found.bereft, found.queries) == (None, 0, 0, 0)
    assert {one.precision for one in found.bands.values()} == {None}


def test_calibration_error_compares_bins_of_a_tenth() -> None:
    probabilities, right = np.array([0.95, 1.0, 0.11, 0.19]), np.array([1.0, 0.0, 0.0, 0.0])
    error = calibration_error(probabilities, right, np.ones(4))
    assert error == pytest.approx((abs(1 - 1.95) + abs(0 - 0.3)) / 4)


def test_tops_take_the_right_answers_away_for_the_hard_test() -> None:
    sure = Background(calibration=Calibration(intercept=-2, excess=20))
    filled = fill_set(encode(a_set()), FakeEmbedder(), sure, Variant())
    found = tops(filled, FakeEmbedder(), Variant().weights)
    assert [one.right for one in found.judged] == [True, True, True]
    assert [one.right for one in found.bereft] == [False, False, False]
    assert all(
        without.probability < whole.probability
        for whole, without in zip(found.judged, found.bereft, strict=True)
    )
    assert len(found.off_topic) == len(OFF_TOPIC["fr"])


def test_a_list_left_empty_is_uncertain() -> None:
    one = a_set(grades={"q1": {"leak": 1, "bike": 1, "roof": 1, "not in the corpus": 3}})
    filled = fill_set(encode(one), FakeEmbedder(), Background(), Variant())
    found = tops(filled, FakeEmbedder(), Variant().weights)
    assert found.bereft == [Top(0.0, "uncertain", right=False)]
    assert len(found.judged) == 1


def test_off_topic_texts_are_many_and_none_of_those_that_set_the_null() -> None:
    for lang, held in OFF_TOPIC.items():
        assert len({fold(text) for text in held}) == len(held) >= 30
        assert not {fold(text) for text in held} & {fold(text) for text in PROBES[lang]}
