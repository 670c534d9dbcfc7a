"""Encoded sets on disk: each ranker runs in a process of its own and encodes nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import load_file, save_file

from matching.background import Background, load_background, save_background
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedSet, judged_folders, read_judged_set
from matching.evaluation.suite import learn_apart, open_suite
from matching.probes import PROBES
from matching.text import window_spans
from matching.tune import learn_background
from matching.types import Embedder, Encoding, Vectors

_APART: Final = "apart"


class ReadEmbedder:
    """Gives the vectors of the probes, the only texts that are not those of a set."""

    def __init__(self, folder: Path) -> None:
        held = load_file(folder / "probes.safetensors")
        self.name = (folder / "encoder").read_text("utf-8")
        self.dimension = held["fr"].shape[1]
        self._known = {
            text: vector
            for lang, texts in PROBES.items()
            for text, vector in zip(texts, held[lang], strict=True)
        }

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Raises KeyError for a text that is no probe."""
        return np.array([self._known[text] for text in texts], np.float32)

    encode_document = encode_query


def prepare(data: Path, embedder: Embedder, folder: Path) -> None:
    """Encode the judged sets in `data`, learn for each from the other sources, keep it all."""

    def backgrounds(sets: Sequence[EncodedSet], cached: Embedder) -> list[Background]:
        return learn_apart(sets, cached, learn_background)

    suite = open_suite(judged_folders(data), embedder, backgrounds, lambda name: None)
    probes = {lang: suite.embedder.encode_query(texts) for lang, texts in PROBES.items()}
    save_file(probes, folder / "probes.safetensors")
    (folder / "encoder").write_text(embedder.name, "utf-8")
    for encoded, learned in zip(suite.sets, suite.backgrounds, strict=True):
        name = encoded.judged.name
        save_background(learned, name, {}, folder / _APART)
        arrays = {**_flat("documents", encoded.documents), **_flat("queries", encoded.queries)}
        save_file(arrays, folder / f"{name}.safetensors")


def _flat(side: str, encodings: Sequence[Encoding]) -> dict[str, Vectors]:
    dimension = len(encodings[0].vector)
    windows = [encoding.windows.reshape(-1, dimension) for encoding in encodings]
    return {
        side: np.array([encoding.vector for encoding in encodings], np.float32),
        f"{side}.windows": np.concatenate(windows),
    }


def read(data: Path, folder: Path) -> list[EncodedSet]:
    """The sets that `prepare` kept."""
    sets = []
    for one in judged_folders(data):
        judged = read_judged_set(one)
        held = load_file(folder / f"{judged.name}.safetensors")
        texts = {"documents": judged.documents, "queries": judged.queries}
        sides = {
            side: _encodings([text.text for text in of], held[side], held[f"{side}.windows"])
            for side, of in texts.items()
        }
        sets.append(EncodedSet(judged, sides["documents"], sides["queries"]))
    return sets


def _encodings(texts: Sequence[str], vectors: Vectors, windows: Vectors) -> list[Encoding]:
    found, at = [], 0
    for text, vector in zip(texts, vectors, strict=True):
        spans = window_spans(text)
        found.append(Encoding(vector, windows[at : at + len(spans)], spans))
        at += len(spans)
    return found


def known_of(judged: JudgedSet, folder: Path, apart: bool, name: str) -> Background:
    """What was learned without a set's own source, or what is shipped for the encoder."""
    return load_background(judged.name, folder / _APART) if apart else load_background(name)
