"""Signals switched off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.background import Background
from matching.evaluation.variants import SIGNALS, SignalError, Variant, variant
from matching.rank import RANKERS, Weights


def test_a_weighted_signal_is_switched_off_by_its_weight() -> None:
    assert variant("hybrid", ["grams"]) == Variant(replace(Weights(), grams=0))
    assert variant("dense", ["passage"]).weights == replace(RANKERS["dense"], passage=0)


def test_centring_and_history_are_no_weights() -> None:
    off = variant("hybrid", ["centring", "history"])
    assert off.weights == Weights()
    assert not off.history
    assert not off.known(Background()).centring
    assert variant().known(Background()) == Background()
    assert variant().history


def test_every_weight_is_a_signal() -> None:
    assert {"dense", "passage", "words", "grams", "centring", "history"} <= set(SIGNALS)
    for signal in SIGNALS:
        assert variant("hybrid", [signal]) != variant()


def test_an_unknown_signal_is_refused_with_those_there_are() -> None:
    with pytest.raises(SignalError, match="'magic' is not a signal: choose from dense, passage"):
        variant("hybrid", ["magic"])
