"""Measures and tunes the ranking on judged sets: the matching library's other way in.

Apart from matcher.py because serving needs none of it.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from backend.settings import get_settings
from matching.background import FOLDER as BACKGROUNDS
from matching.background import load_background, save_background
from matching.embedders import ModelError, load_embedder
from matching.evaluate import (
    Evaluation,
    JudgedSetError,
    measure,
    read_judged_set,
    run_set,
    write_run,
)
from matching.packed import WeightsError
from matching.rank import Ranker
from matching.types import Embedder

__all__ = [
    "Evaluation",
    "JudgedSetError",
    "ModelError",
    "WeightsError",
    "evaluate_folder",
    "tune_folder",
]


@lru_cache(maxsize=1)
def _own_embedder() -> Embedder:
    settings = get_settings()
    return load_embedder(settings.embedding_model, settings.data_dir / "models")


def evaluate_folder(
    folder: Path, ranker: Ranker = "hybrid", run_file: Path | None = None
) -> Evaluation:
    """Measure the ranking on a judged set, and write a TREC run file when one is named.

    Raises JudgedSetError for a malformed set, ModelError or WeightsError without an encoder.
    """
    embedder = _own_embedder()
    judged = read_judged_set(folder)
    run, seconds = run_set(judged, embedder, load_background(embedder.name), ranker)
    if run_file:
        write_run(run, f"passerelle-{ranker}", run_file)
    return measure(judged, run, seconds)


def tune_folder(folder: Path, on_set: Callable[[str], None]) -> Path:
    """Learn the encoder's background from the judged sets in `folder`; its file is returned.

    `on_set` hears the name of each set before it is encoded. Raises as evaluate_folder does.
    """
    # Imported here: scikit-learn takes a second, and serving does without.
    from matching.tune import encode_set, judged_folders, learn_background

    embedder = _own_embedder()
    folders = judged_folders(folder)
    if not folders:
        raise JudgedSetError(f"{folder} holds no judged set: a folder with corpus.jsonl, ...")
    sets = []
    for one in folders:
        on_set(one.name)
        sets.append(encode_set(one, embedder))
    notes = {"learned_from": [one.name for one in folders], "signals": "hybrid"}
    return save_background(learn_background(sets, embedder), embedder.name, notes, BACKGROUNDS)
