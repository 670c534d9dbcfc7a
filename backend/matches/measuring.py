"""Measures and tunes the ranking on judged sets: the matching library's other way in.

Apart from matcher.py because serving needs none of it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from backend.settings import get_settings
from matching.background import FOLDER as BACKGROUNDS
from matching.background import Background, BackgroundError, load_background, save_background
from matching.embedders import ModelError, load_embedder
from matching.evaluation.bands import BandReport, Tops, report
from matching.evaluation.bootstrap import Comparison, compare
from matching.evaluation.documents import read_documents
from matching.evaluation.encoded import CachedEmbedder, EncodedSet, encode_set
from matching.evaluation.judged import (
    JudgedSetError,
    judged_folders,
    read_judged_set,
)
from matching.evaluation.measures import Evaluation, Mean, Run, means, ndcgs
from matching.evaluation.parity import Parity, parity, twins
from matching.evaluation.runs import run_of, write_runs
from matching.evaluation.sources import sources
from matching.evaluation.suite import Measured, Suite, learn_apart, open_suite
from matching.evaluation.variants import SIGNALS, SignalError, Variant, variant
from matching.packed import WeightsError
from matching.tune import learn_background
from matching.types import Embedder

__all__ = [
    "SIGNALS",
    "BackgroundError",
    "BandReport",
    "Comparison",
    "Evaluation",
    "JudgedSetError",
    "Mean",
    "Measured",
    "ModelError",
    "Parity",
    "Run",
    "SignalError",
    "Suite",
    "Tops",
    "Variant",
    "WeightsError",
    "compare_runs",
    "folder_suite",
    "means",
    "measure_parity",
    "report",
    "source_names",
    "tune_folder",
    "variant",
    "write_runs",
]


@lru_cache(maxsize=1)
def own_embedder() -> Embedder:
    """The encoder of the settings."""
    settings = get_settings()
    return load_embedder(settings.embedding_model, settings.data_dir / "models")


def folder_suite(folder: Path, apart: bool, on_set: Callable[[str], None]) -> Suite:
    """The judged sets in `folder`, each with the shipped background, or what others teach `apart`.

    `on_set` hears the name of each set before it is encoded. Raises JudgedSetError for a malformed
    set, ModelError or WeightsError without an encoder.
    """

    def shipped(sets: Sequence[EncodedSet], embedder: Embedder) -> list[Background]:
        return [load_background(embedder.name)] * len(sets)

    def learned(sets: Sequence[EncodedSet], embedder: Embedder) -> list[Background]:
        return learn_apart(sets, embedder, learn_background)

    folders = judged_folders(folder)
    return open_suite(folders, own_embedder(), learned if apart else shipped, on_set)


def source_names(suite: Suite) -> list[list[str]]:
    """The names of the sets of each source."""
    judged = [encoded.judged for encoded in suite.sets]
    found: dict[int, list[str]] = {}
    for one, source in zip(judged, sources(judged), strict=True):
        found.setdefault(source, []).append(one.name)
    return list(found.values())


def compare_runs(first: Path, second: Path, folder: Path) -> Comparison:
    """Two run files, or folders of them, on the judged sets in `folder`. Raises JudgedSetError."""
    judged = [read_judged_set(one) for one in judged_folders(folder)]
    of_first, of_second = (
        [ndcgs(one, run_of(place, one.name)) for one in judged] for place in (first, second)
    )
    try:
        return compare(of_first, of_second)
    except ValueError as error:
        raise JudgedSetError(f"{folder}: {error}") from error


def measure_parity(
    folder: Path, ranking: Variant, corpus: Path | None, on_set: Callable[[str], None]
) -> Mapping[str, Parity]:
    """Parity of the pairs of each judged set in `folder`, over its documents or those of `corpus`.

    Sets without a pair in two languages are left out. Raises JudgedSetError when none has any.
    """
    embedder = CachedEmbedder(own_embedder())
    background = load_background(embedder.name)
    documents = read_documents(corpus) if corpus else None
    found = {}
    for one in judged_folders(folder):
        judged = read_judged_set(one)
        pairs = twins(judged)
        if pairs:
            on_set(judged.name)
            asked = judged.documents if documents is None else documents
            found[judged.name] = parity(pairs, asked, embedder, background, ranking)
    if not found:
        raise JudgedSetError(f"{folder} holds no query with an answer in another language.")
    return found


def tune_folder(folder: Path, on_set: Callable[[str], None]) -> Path:
    """Learn the encoder's background from the judged sets in `folder`; its file is returned.

    `on_set` hears the name of each set before it is encoded. Raises as folder_suite does.
    """
    embedder = CachedEmbedder(own_embedder())
    folders = judged_folders(folder)
    sets = []
    for one in folders:
        on_set(one.name)
        sets.append(encode_set(one, embedder))
    notes = {"learned_from": [one.name for one in folders], "signals": "hybrid"}
    return save_background(learn_background(sets, embedder), embedder.name, notes, BACKGROUNDS)
