"""What the real encoder makes of texts that ask for nothing, on the demo records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.background import load_background
from matching.centres import Centres
from matching.corpus import Corpus
from matching.embedders import encode_profiles
from matching.engine import Engine
from matching.language import detect_language
from matching.types import Embedder, Encoding, Profile

pytestmark = pytest.mark.encoder

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "solutions.jsonl"
NOTHING = [
    "bonjour",
    "12345",
    "aaaa",
    "asdf qwerty zxcv",
    "de la pour avec",
    "🚲💧",
    "\u200b\ufeff",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt.",
    "Recette de la tarte aux pommes : éplucher les pommes, étaler la pâte, cuire 30 minutes.",
    "Apple pie recipe: peel the apples, roll out the dough and bake for 30 minutes.",
    "Przepis na pierogi ruskie z twarogiem i ziemniakami",
    "如何做红烧肉：先把五花肉切块焯水",
    "Recette de la tarte aux pommes. " * 5_000,
]


@pytest.fixture(scope="module")
def held(encoder: Embedder) -> list[tuple[Profile, Encoding]]:
    """The demo solutions, encoded once."""
    records = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    profiles = [
        Profile(
            record["external_id"],
            f"{record['title']}. {record.get('summary', '')}\n{record.get('description', '')}",
            record["lang"],
        )
        for record in records
    ]
    texts = [profile.text for profile in profiles]
    return list(zip(profiles, encode_profiles(encoder, "solution", texts), strict=True))


def bands(encoder: Embedder, held: list[tuple[Profile, Encoding]], text: str) -> set[str]:
    background = load_background(encoder.name)
    corpus = Corpus("solution", encoder.dimension, background)
    for profile, encoding in held:
        corpus.upsert(profile, background.project_encoding(encoding))
    lang = detect_language(text)
    centre = Centres("need", encoder.dimension, background).of(lang)
    engine = Engine(corpus, encoder, background)
    query = engine.query(text, lang, encoder.encode_query([text])[0], centre)
    return set(engine.answer(query, corpus.alive).bands)


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: ascii(text[:20]))
def test_text_that_asks_for_nothing_is_never_called_strong_or_good(
    encoder: Embedder, held: list[tuple[Profile, Encoding]], text: str
) -> None:
    english = [(profile, encoding) for profile, encoding in held if profile.lang == "en"]
    copies = [(Profile(str(n), held[0][0].text, "fr"), held[0][1]) for n in range(5)]
    for corpus in (held, held[:1], held[:5], copies, english, []):
        assert bands(encoder, corpus, text) <= {"possible", "uncertain"}


def test_real_need_is_still_told_from_nothing(
    encoder: Embedder, held: list[tuple[Profile, Encoding]]
) -> None:
    need = "Repérer les fuites du réseau d'eau potable sans ouvrir la chaussée"
    assert bands(encoder, held, need) != {"uncertain"}
