"""The default encoder's folder is made whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching import weights
from matching.weights import MODEL_NAME, ensure_default_model


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders built so far, each with the one file that says it is whole."""
    built: list[Path] = []

    def save(packed: object, folder: Path) -> None:
        (folder / "modules.json").write_text("[]")
        built.append(folder)

    monkeypatch.setattr(weights, "packed_file", Path)
    monkeypatch.setattr(weights, "read_packed", lambda file: None)
    monkeypatch.setattr(weights, "save_sentence_transformer", save)
    return built


def test_default_model_is_built_once(tmp_path: Path, builds: list[Path]) -> None:
    folder = tmp_path / "new" / "models"
    assert ensure_default_model(folder) == folder / MODEL_NAME
    assert ensure_default_model(folder) == folder / MODEL_NAME
    assert len(builds) == 1
    assert [path.name for path in folder.iterdir()] == [MODEL_NAME]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError, RuntimeError])
def test_default_model_interrupted_leaves_nothing_and_can_be_built_again(
    tmp_path: Path,
    builds: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    fault: type[BaseException],
) -> None:
    def save_half(packed: object, folder: Path) -> None:
        (folder / "modules.json").write_text("[]")
        raise fault("stopped")

    with monkeypatch.context() as broken:
        broken.setattr(weights, "save_sentence_transformer", save_half)
        with pytest.raises(fault, match="stopped"):
            ensure_default_model(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert (ensure_default_model(tmp_path) / "modules.json").is_file()


def test_default_model_built_meanwhile_by_another_process_is_taken(
    tmp_path: Path, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_late(packed: object, folder: Path) -> None:
        (folder / "modules.json").write_text("ours")
        theirs = tmp_path / MODEL_NAME
        theirs.mkdir()
        (theirs / "modules.json").write_text("theirs")

    monkeypatch.setattr(weights, "save_sentence_transformer", save_late)
    found = ensure_default_model(tmp_path)
    assert (found / "modules.json").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == [MODEL_NAME]
