"""What is known of an encoder before any record comes: mean vectors a language, and calibration.

One small file an encoder in `matching/backgrounds/`, made by `passerelle tune`. An encoder without
one gets the neutral background: nothing is subtracted, and every band is the cautious one.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import load_file, save_file

from matching.types import Side, Vectors

FOLDER: Final = Path(__file__).parent / "backgrounds"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Constants of matching.calibrate. The defaults call every result uncertain."""

    intercept: float = -1.5
    excess: float = 0.0
    lead: float = 0.0
    behind: float = 0.0
    foreign: float = 0.0
    foreign_excess: float = 0.0


@dataclass(frozen=True, slots=True)
class Background:
    """Mean unit vectors, shape (d,), of solutions and of needs in each language.

    Without `centring` nothing is subtracted, not even a corpus' own means: to measure what it does.
    """

    means: Mapping[Side, Mapping[str, Vectors]] = field(
        default_factory=lambda: {"solution": {}, "need": {}}
    )
    calibration: Calibration = Calibration()
    centring: bool = True

    def mean(self, side: Side, lang: str, dimension: int) -> Vectors:
        """The mean of a side in a language; of the other languages when it has none; else zero."""
        known = self.means[side]
        if lang in known:
            return known[lang]
        if known:
            return np.asarray(np.mean(list(known.values()), axis=0), np.float32)
        return np.zeros(dimension, np.float32)


def load_background(model: str, folder: Path = FOLDER) -> Background:
    """The background made for `model`, or the neutral one."""
    file = folder / f"{model}.safetensors"
    if not file.is_file():
        return Background()
    constants = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    means: dict[Side, dict[str, Vectors]] = {"solution": {}, "need": {}}
    for key, vector in load_file(file).items():
        side, _, lang = key.partition(".")
        means["need" if side == "need" else "solution"][lang] = vector
    return Background(means, Calibration(**constants["calibration"]))


def save_background(
    background: Background, model: str, notes: Mapping[str, object], folder: Path
) -> Path:
    """Write `background` for `model`, with `notes` on what it was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{model}.safetensors"
    save_file(
        {
            f"{side}.{lang}": np.ascontiguousarray(mean, np.float32)
            for side, means in background.means.items()
            for lang, mean in means.items()
        },
        file,
    )
    constants = {"calibration": asdict(background.calibration), **notes}
    file.with_suffix(".json").write_text(
        json.dumps(constants, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return file
