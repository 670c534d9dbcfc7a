"""Common word pieces count less."""

from __future__ import annotations

from math import log

import pytest

from matching.sif import piece_weights


def test_piece_weights_fall_with_frequency() -> None:
    pieces = [("▁de", log(1e-1)), ("▁eau", log(1e-3)), ("▁forage", log(1e-7))]
    assert piece_weights(pieces) == {"▁de": pytest.approx(0.0099), "▁eau": 0.5}


def test_special_and_prompt_pieces_keep_their_full_weight() -> None:
    pieces = [("<s>", 0.0), ("▁query", log(1e-2)), (":", log(1e-2)), ("▁la", log(1e-2))]
    assert set(piece_weights(pieces, ["▁query", ":"])) == {"▁la"}
