"""What is known of an encoder before any record comes: means, a transform, a calibration.

One small pair of files an encoder in `matching/backgrounds/`, made by `passerelle tune`. An encoder
without one gets the neutral background: nothing is subtracted or turned, and every band is the
cautious one.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from matching.embedders import ModelError
from matching.types import Encoding, Side, Vectors

FOLDER: Final = Path(__file__).parent / "backgrounds"
# Raised when the files, or what their numbers mean, change.
VERSION: Final = 2
_UNUSABLE: Final = (
    "What was learned of the encoder {model} cannot be used ({why}): run "
    "`passerelle tune --from DIR` again, or install Passerelle again."
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Constants of matching.calibrate. The defaults call every result uncertain."""

    intercept: float = -1.5
    excess: float = 0.0
    lead: float = 0.0
    behind: float = 0.0
    foreign: float = 0.0
    foreign_excess: float = 0.0
    agreement: float = 0.0
    hub: float = 0.0


@dataclass(frozen=True, slots=True)
class Background:
    """Mean unit vectors, shape (d,), of solutions and of needs in each language.

    `transform` (matching.transform), shape (d, d), is None for the identity. Stored vectors are
    those of the encoder: they are projected once, when they enter memory.
    Without `centring` nothing is subtracted, not even a corpus' own means: to measure what it does.
    """

    means: Mapping[Side, Mapping[str, Vectors]] = field(
        default_factory=lambda: {"solution": {}, "need": {}}
    )
    calibration: Calibration = Calibration()
    transform: Vectors | None = None
    centring: bool = True

    @property
    def neutral(self) -> bool:
        """Whether nothing was learned of the encoder."""
        return not any(self.means.values())

    def unheard(self, lang: str) -> bool:
        """Whether something was learned of the encoder, but of no text in this language."""
        return not self.neutral and not any(lang in means for means in self.means.values())

    def project(self, vectors: Vectors) -> Vectors:
        """Vectors of the encoder, shape (..., d), as the ranking compares them."""
        return vectors if self.transform is None else vectors @ self.transform

    def project_encoding(self, encoding: Encoding) -> Encoding:
        """The same for all vectors of a text."""
        windows = self.project(encoding.windows)
        return replace(encoding, vector=self.project(encoding.vector), windows=windows)

    def mean(self, side: Side, lang: str, dimension: int) -> Vectors:
        """The projected mean of a side in a language; without one, of the others; else zero."""
        known = self.means[side]
        if lang in known:
            return self.project(known[lang])
        if known:
            return self.project(np.asarray(np.mean(list(known.values()), axis=0), np.float32))
        return np.zeros(dimension, np.float32)


class BackgroundError(ModelError):
    """A background's files are not of this version, or damaged; the message says what to do."""


def load_background(model: str, folder: Path = FOLDER) -> Background:
    """The background made for `model`, or the neutral one. Raises BackgroundError."""
    file = folder / f"{model}.safetensors"
    if not file.is_file():
        return Background()
    try:
        constants = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        made_for = constants["version"], constants["encoder"]
        read = _read(load_file(file), Calibration(**constants["calibration"]))
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise BackgroundError(_UNUSABLE.format(model=model, why=error)) from error
    if made_for != (VERSION, model):
        why = f"made for {made_for[1]}, version {made_for[0]}"
        raise BackgroundError(_UNUSABLE.format(model=model, why=why))
    return read


def _read(arrays: Mapping[str, Vectors], calibration: Calibration) -> Background:
    means: dict[Side, dict[str, Vectors]] = {"solution": {}, "need": {}}
    for key, vector in arrays.items():
        side, _, lang = key.partition(".")
        if side in means:
            means["need" if side == "need" else "solution"][lang] = vector
    turned = arrays.get("transform")
    return Background(
        means, calibration, None if turned is None else np.asarray(turned, np.float32)
    )


def save_background(
    background: Background, model: str, notes: Mapping[str, object], folder: Path
) -> Path:
    """Write `background` for `model`, with `notes` on what it was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{model}.safetensors"
    arrays = {
        f"{side}.{lang}": np.ascontiguousarray(mean, np.float32)
        for side, means in background.means.items()
        for lang, mean in means.items()
    }
    if background.transform is not None:
        # Half precision: 295 KB for 384 dimensions, and lists do not change.
        arrays["transform"] = np.ascontiguousarray(background.transform, np.float16)
    save_file(arrays, file)
    constants = {
        "version": VERSION,
        "encoder": model,
        "calibration": asdict(background.calibration),
        **notes,
    }
    file.with_suffix(".json").write_text(
        json.dumps(constants, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return file
