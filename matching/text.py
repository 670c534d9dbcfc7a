"""Texts as the ranker reads them: windows, words, character n-grams."""

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Final

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from matching.stopwords import STOP_WORDS

WHOLE_UP_TO: Final = 400
WINDOW_AT_LEAST: Final = 180
WINDOW_AT_MOST: Final = 450
TITLE_AT_MOST: Final = 200
GRAM_BITS: Final = 18
_STEMMERS: Final = {
    "fr": "french",
    "en": "english",
    "es": "spanish",
    "de": "german",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "ca": "catalan",
}
_WORD: Final = re.compile(r"[^\W_]+")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_SPACE: Final = 32


def text_hash(text: str) -> str:
    """A fingerprint of the text: its vectors stay valid while this stays the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def fold(text: str) -> str:
    """Lower case without accents: é -> e, Œ -> oe."""
    text = text.lower()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Half-open character ranges of the sentences of a text, white space left out."""
    start = 0
    # One at a time: of a long text, often only the first two are asked for.
    for end in chain(_SENTENCE_END.finditer(text), [None]):
        stop = end.start() if end else len(text)
        while start < stop and text[start].isspace():
            start += 1
        if start < stop:
            yield start, stop
        start = end.end() if end else stop


def window_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Passages of a long text: sentences merged to at least 180 and at most 450 characters.

    A text of up to 400 characters has none: it is its own passage. A longer sentence is cut.
    """
    if len(text) <= WHOLE_UP_TO:
        return ()
    windows: list[tuple[int, int]] = []
    for start, stop in _bounded(sentence_spans(text)):
        if windows and _joins(windows[-1], stop):
            windows[-1] = (windows[-1][0], stop)
        else:
            windows.append((start, stop))
    return tuple(windows)


def _joins(window: tuple[int, int], stop: int) -> bool:
    begun, ended = window
    return ended - begun < WINDOW_AT_LEAST and stop - begun <= WINDOW_AT_MOST


def _bounded(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, stop in spans:
        for cut in range(start, stop, WINDOW_AT_MOST):
            yield cut, min(cut + WINDOW_AT_MOST, stop)


@lru_cache(maxsize=200_000)
def _stem(word: str, lang: str) -> str:
    stemmer = _stemmer(lang)
    return fold(stemmer.stemWord(word) if stemmer else word)


@cache
def _stemmer(lang: str) -> "snowballstemmer.basestemmer.BaseStemmer | None":
    name = _STEMMERS.get(lang)
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=64)
def content_words(text: str, lang: str) -> tuple[tuple[str, str], ...]:
    """(stem, word as written) of each word that carries meaning, in order.

    Lower case, stop words and single characters out, Snowball stem by language, accents folded.
    Those of the last texts are kept: what is asked for is read again for each candidate.
    """
    stop_words = STOP_WORDS.get(lang, frozenset())
    # Texts out of PDFs often hold accents as separate characters, which would cut words in two.
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return tuple(
        [
            (_stem(lowered, lang), word)
            for word in words
            if len(lowered := word.lower()) > 1 and lowered not in stop_words
        ]
    )


def content_stems(text: str, lang: str) -> frozenset[str]:
    """The stems of `content_words`, each once."""
    words = {word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))}
    telling = words - STOP_WORDS.get(lang, frozenset())
    return frozenset(_stem(word, lang) for word in telling if len(word) > 1)


def title_words(text: str, lang: str) -> NDArray[np.int32]:
    """The words of the first sentence of a text, a record's title: sorted numbers, no repeats.

    Single letters and figures count here: they tell a product's versions and parts apart.
    """
    start, stop = next(sentence_spans(text[:TITLE_AT_MOST]), (0, 0))
    title = unicodedata.normalize("NFC", text[start:stop]).lower()
    words = set(_WORD.findall(title)) - STOP_WORDS.get(lang, frozenset())
    stems = {_stem(word, lang).encode("utf-8", "replace") for word in words}
    return np.array(sorted({zlib.crc32(stem) & 0x7FFFFFFF for stem in stems}), np.int32)


def terms(text: str, lang: str) -> list[str]:
    """Stems and adjacent pairs of stems, in order, repeats kept."""
    stems = [stem for stem, _ in content_words(text, lang)]
    return stems + [f"{first} {second}" for first, second in pairwise(stems)]


def character_grams(text: str) -> NDArray[np.int64]:
    """Hashes, 0 to 2^18 - 1, of the 3- to 5-character n-grams inside words padded with spaces.

    The same n-grams as scikit-learn's `char_wb`, hashed; repeats kept. Computed on whole arrays:
    a Python loop over n-grams is some thirty times slower.
    """
    normal = " " + re.sub(r"\s+", " ", fold(text).strip()) + " "
    codes = np.frombuffer(normal.encode("utf-32-le"), "<u4").astype(np.uint64)
    spaces = np.concatenate([[0], np.cumsum(codes == _SPACE)])
    grams = [_grams_of(codes, spaces, length) for length in (3, 4, 5)]
    return np.concatenate(grams) if len(normal) > 2 else np.empty(0, np.int64)


def _grams_of(
    codes: NDArray[np.uint64], spaces: NDArray[np.int64], length: int
) -> NDArray[np.int64]:
    count = len(codes) - length + 1
    if count <= 0:
        return np.empty(0, np.int64)
    starts = np.arange(count)
    # A gram may start or end with a space, never hold one inside: it stays within a word.
    within = starts[spaces[starts + length - 1] == spaces[starts + 1]]
    hashed = np.full(len(within), length, np.uint64)
    for offset in range(length):
        hashed = (hashed * np.uint64(0x9E3779B97F4A7C15)) ^ codes[within + offset]
        hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    return (hashed >> np.uint64(64 - GRAM_BITS)).astype(np.int64)
