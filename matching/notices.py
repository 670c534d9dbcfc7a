"""What the reader of a list must know about the text that was asked with.

What is read of a text: its beginning for its meaning, as much as the encoder takes (512 tokens of
the default one, about 2,000 characters), and all of it for its words.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from matching.corpus import Corpus
from matching.text import content_words, fold

Notice: TypeAlias = Literal[
    "untuned_encoder", "says_too_little", "read_in_part", "across_languages"
]

READ_FOR_MEANING: Final = 2_000
# What a text is given that says nothing: the highest probability, below any band that promises.
NOTHING_SAID: Final = 0.2
COMMON_FROM: Final = 0.9
_COURTESIES: Final = frozenset(
    {"allo", "bonjour", "bonsoir", "salut", "cordialement", "merci", "svp", "essai", "test"}
    | {"hello", "hey", "hi", "dear", "regards", "thanks", "thank", "please", "tests", "testing"}
)


def says_something(corpus: Corpus, text: str, lang: str) -> bool:
    """Whether a text holds a word to rank the records of `corpus` by.

    Stop words, numbers, single letters, one letter repeated, greetings and "test" do not count;
    neither do signs, emoji and invisible characters, nor a word that more than nine in ten
    of the records in its language hold: what all say tells none from the others.
    """
    words = content_words(text, lang)
    telling = (stem for stem, word in words if _tells(fold(word)))
    return any(corpus.share(stem, lang) <= COMMON_FROM for stem in telling)


def _tells(word: str) -> bool:
    return not word.isnumeric() and len(set(word)) > 1 and word not in _COURTESIES


def notices(corpus: Corpus, text: str, lang: str) -> tuple[Notice, ...]:
    """What is to be said of a list that a text asked `corpus` for, in the order to say it in."""
    return tuple(_notices(corpus, text, lang))


def _notices(corpus: Corpus, text: str, lang: str) -> Iterator[Notice]:
    if not corpus.centres.tuned:
        yield "untuned_encoder"
    if not says_something(corpus, text, lang):
        yield "says_too_little"
    if len(text) > READ_FOR_MEANING:
        yield "read_in_part"
    if len(corpus) and not corpus.centres.counts.get(lang):
        yield "across_languages"
