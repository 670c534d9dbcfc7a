"""What is quoted of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching.quotes import after_title, sentences_within, shorten


def folded(text: str) -> str:
    return " ".join(text.split())


@given(st.text(max_size=60).map(lambda text: text * 12) | st.text(max_size=600))
def test_shorten_quotes_the_text_itself(text: str) -> None:
    short = shorten(text)
    assert len(short) <= 322
    assert short.removesuffix(" …") in folded(text)
    assert bool(short) == bool(folded(text))


def test_shorten_keeps_whole_sentences_then_whole_words() -> None:
    sentence = "Une phrase de trente lettres !"
    assert shorten(" ".join([sentence] * 30)) == " ".join([sentence] * 10)
    words = shorten("mot " * 200)
    assert words == "mot " * 79 + "mot …"


def test_shorten_cuts_a_word_without_end() -> None:
    assert shorten("x" * 1000) == "x" * 320 + " …"


def test_after_title_is_where_the_second_sentence_begins() -> None:
    told = (
        "Les boîtiers écoutent la conduite chaque nuit et donnent le point à ouvrir, sans fouille."
    )
    text = f"Écoute des fuites. {told}"
    assert text[after_title(text) :] == told


def test_after_title_leaves_a_text_that_says_little_more_than_its_title() -> None:
    assert after_title("Écoute des fuites. Chaque nuit.") == 0
    assert after_title("Une seule phrase, mais longue, qui dit tout ce qu'il y a à dire. " * 1) == 0
    assert after_title("") == 0


def test_sentences_within_keep_their_place_and_stems() -> None:
    first, second = sentences_within("Des fuites. Une carte !", "fr")
    assert (first.span, second.span) == ((0, 11), (12, 23))
    assert (first.stems, second.stems) == ({"fuit"}, {"cart"})
