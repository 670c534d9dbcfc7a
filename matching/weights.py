"""The default encoder as an ordinary sentence-transformers folder, made from packed weights."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from matching.packed import FloatArray, PackedModel, packed_file, read_packed
from matching.sif import piece_weights

MODEL_NAME: Final = "multilingual-e5-small-q4-sif"
_PROMPTS: Final = {"query": "query: ", "document": "passage: "}
_SPECIAL_TOKENS: Final = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}


def ensure_default_model(folder: Path) -> Path:
    """The sentence-transformers folder of the default encoder below `folder`, made when absent.

    It is built beside its final place and renamed, so an interrupted build leaves nothing that
    looks whole. Raises WeightsError (no weights) or OSError (no space, read-only).
    """
    target = folder / MODEL_NAME
    if (target / "modules.json").is_file():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=f".{MODEL_NAME}-", dir=folder))
    try:
        save_sentence_transformer(read_packed(packed_file()), workplace)
        _publish(workplace, target)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
    return target


def _publish(workplace: Path, target: Path) -> None:
    try:
        workplace.rename(target)
    except OSError:
        # Another process may have built the same folder meanwhile: theirs is as good as ours.
        if not (target / "modules.json").is_file():
            raise


def save_sentence_transformer(packed: PackedModel, folder: Path) -> None:
    """Write `packed` as an ordinary folder: BERT, weighted mean, unit length, e5's two prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    _save_transformer(packed, folder / "build")
    body = Transformer(str(folder / "build"), max_seq_length=packed.sizes["positions"])
    mean = Pooling(packed.sizes["hidden"], pooling_mode="mean")
    model = SentenceTransformer(
        modules=[body, _word_weights(packed, body.tokenizer), mean, Normalize()], prompts=_PROMPTS
    )
    model.save(str(folder), create_model_card=False)
    shutil.rmtree(folder / "build")


def _word_weights(packed: PackedModel, tokenizer: Any) -> Any:
    from sentence_transformers.sentence_transformer.modules import WordWeights

    kept = [piece for prompt in _PROMPTS.values() for piece in tokenizer.tokenize(prompt)]
    vocabulary = [piece for piece, _ in packed.pieces]
    return WordWeights(vocabulary, dict(piece_weights(packed.pieces, kept)))


def _save_transformer(packed: PackedModel, folder: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    config = BertConfig(
        vocab_size=packed.sizes["vocabulary"],
        hidden_size=packed.sizes["hidden"],
        num_hidden_layers=packed.sizes["layers"],
        num_attention_heads=packed.sizes["heads"],
        intermediate_size=packed.sizes["feed_forward"],
        max_position_embeddings=packed.sizes["positions"],
        type_vocab_size=1,
        layer_norm_eps=packed.epsilon,
        pad_token_id=packed.special["pad"],
    )
    with torch.device("meta"):
        model = BertModel(config)
    state = {name: torch.from_numpy(array) for name, array in _state(packed).items()}
    model.load_state_dict(state, assign=True)
    _tie_buffers(model, config)
    # Half precision on disk: far finer than the 4 bits the weights come from, and half the space.
    model.half().save_pretrained(str(folder))
    _tokenizer(packed).save_pretrained(str(folder))


def _tie_buffers(model: Any, config: Any) -> None:
    import torch

    positions = torch.arange(config.max_position_embeddings).expand((1, -1))
    model.embeddings.position_ids = positions
    model.embeddings.token_type_ids = torch.zeros_like(positions)


def _state(packed: PackedModel) -> dict[str, FloatArray]:
    hidden, forward = packed.sizes["hidden"], packed.sizes["feed_forward"]
    source = packed.tensors
    state = {
        "embeddings.word_embeddings.weight": source["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": source["emb.pos"].reshape(-1, hidden).copy(),
        # Only the first token type is ever used (a single segment).
        "embeddings.token_type_embeddings.weight": source["emb.type"][:hidden]
        .reshape(1, -1)
        .copy(),
        "embeddings.LayerNorm.weight": source["emb.ln.w"].copy(),
        "embeddings.LayerNorm.bias": source["emb.ln.b"].copy(),
        # BERT's pooler is never used (mean pooling): present so that loading has nothing to report.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    shapes = {
        "attention.self.query": ("q.w", "q.b", (hidden, hidden)),
        "attention.self.key": ("k.w", "k.b", (hidden, hidden)),
        "attention.self.value": ("v.w", "v.b", (hidden, hidden)),
        "attention.output.dense": ("ao.w", "ao.b", (hidden, hidden)),
        "attention.output.LayerNorm": ("aln.w", "aln.b", (hidden,)),
        "intermediate.dense": ("fi.w", "fi.b", (forward, hidden)),
        "output.dense": ("fo.w", "fo.b", (hidden, forward)),
        "output.LayerNorm": ("oln.w", "oln.b", (hidden,)),
    }
    for layer in range(packed.sizes["layers"]):
        for name, (weight, bias, shape) in shapes.items():
            prefix = f"encoder.layer.{layer}.{name}"
            state[f"{prefix}.weight"] = source[f"l{layer}.{weight}"].reshape(shape).copy()
            state[f"{prefix}.bias"] = source[f"l{layer}.{bias}"].copy()
    return state


def _tokenizer(packed: PackedModel) -> Any:
    """XLM-R's unigram tokenizer: nmt_nfkc normalisation, metaspace, `<s> text </s>`."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(packed.pieces, unk_id=packed.special["unk"]))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement="\u2581", prepend_scheme="always"
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        special_tokens=[("<s>", packed.special["bos"]), ("</s>", packed.special["eos"])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        **_SPECIAL_TOKENS,
        model_max_length=packed.sizes["positions"],
    )
