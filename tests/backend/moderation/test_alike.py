"""How alike two texts are."""

from hypothesis import given
from hypothesis import strategies as st

from backend.moderation.alike import is_copy, similarity

texts = st.text(max_size=60)


@given(texts, texts)
def test_similarity_is_the_same_both_ways_and_a_share(first: str, second: str) -> None:
    alike = similarity(first, second)
    assert alike == similarity(second, first)
    assert 0 <= alike <= 1


def test_similarity_of_a_text_with_itself_is_whole_whatever_its_accents() -> None:
    assert similarity("Détection de fuites", "DETECTION DE FUITES") == 1
    assert similarity("abcde", "abcdx") == 1 / 3
    assert similarity("abc", "abc") == 0


def test_the_less_alike_the_titles_the_more_alike_the_texts_must_be() -> None:
    assert is_copy("Capteurs de crue", "capteurs de CRUE", 0.4)
    assert not is_copy("Capteurs de crue", "Capteurs de bruit", 0.8)
    assert is_copy("Capteurs de crue", "Capteurs de bruit", 0.85)
    assert not is_copy("Capteurs", "Compost", 0.94)
    assert is_copy("Capteurs", "Compost", 0.95)
