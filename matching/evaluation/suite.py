"""Judged sets side by side, each with what may be known of the encoder when it is measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matching.background import Background
from matching.evaluation.answering import Filled, ask_all, fill_set
from matching.evaluation.bands import Tops, tops
from matching.evaluation.bootstrap import Comparison, compare
from matching.evaluation.encoded import CachedEmbedder, EncodedSet, encode_set
from matching.evaluation.judged import JudgedSetError
from matching.evaluation.measures import Evaluation, Run, measure, ndcgs
from matching.evaluation.sources import sources
from matching.evaluation.variants import SIGNALS, Variant
from matching.types import Embedder

Learn = Callable[[Sequence[EncodedSet], Embedder], Background]


@dataclass(frozen=True, slots=True)
class Measured:
    """One ranking on all sets, by the name of each, and the signals that its answers carry."""

    evaluations: Mapping[str, Evaluation]
    runs: Mapping[str, Run]
    signals: frozenset[str] = frozenset()


@dataclass(slots=True)
class Suite:
    """Encoded sets, and the background that each is measured with."""

    sets: Sequence[EncodedSet]
    backgrounds: Sequence[Background]
    embedder: Embedder
    _filled: dict[tuple[int, frozenset[str]], Filled] = field(default_factory=dict)

    def filled(self, number: int, ranking: Variant) -> Filled:
        """A set ready for a variant; kept, for another ranking by the same vectors."""
        key = number, ranking.off
        if key not in self._filled:
            self._filled[key] = fill_set(
                self.sets[number], self.embedder, self.backgrounds[number], ranking
            )
        return self._filled[key]

    def measure(self, ranking: Variant) -> Measured:
        """Run and measure every set."""
        evaluations, runs, signals = {}, {}, set[str]()
        for number, encoded in enumerate(self.sets):
            answers = ask_all(self.filled(number, ranking), ranking.weights)
            name = encoded.judged.name
            runs[name] = answers.run
            evaluations[name] = measure(encoded.judged, answers.run, answers.seconds)
            signals |= answers.signals
        return Measured(evaluations, runs, frozenset(signals))

    def compare(self, first: Mapping[str, Run], second: Mapping[str, Run]) -> Comparison:
        """How far the runs of a first ranker are above those of a second. Raises ValueError."""
        judged = [encoded.judged for encoded in self.sets]
        by_query = ([ndcgs(one, runs[one.name]) for one in judged] for runs in (first, second))
        return compare(*by_query)

    def bands(self, ranking: Variant) -> dict[str, Tops]:
        """The first results of each set that the bands are judged by."""
        return {
            encoded.judged.name: tops(self.filled(number, ranking), self.embedder, ranking.weights)
            for number, encoded in enumerate(self.sets)
        }

    def ablate(self, ranking: Variant, full: Measured) -> dict[str, Comparison]:
        """How far each signal's absence moves the ranking from the full one.

        A signal that no answer carries (facts, which judged sets do not have) is left out.
        """
        found = {}
        for signal in SIGNALS:
            lesser = ranking.without(signal)
            if lesser != ranking and (signal in full.signals or lesser.off != ranking.off):
                found[signal] = self.compare(self.measure(lesser).runs, full.runs)
        return found


def open_suite(
    folders: Sequence[Path],
    embedder: Embedder,
    backgrounds: Callable[[Sequence[EncodedSet], Embedder], Sequence[Background]],
    on_set: Callable[[str], None],
) -> Suite:
    """Read and encode judged sets; `on_set` hears the name of each before it is encoded.

    `backgrounds` says what each may be measured with. Raises JudgedSetError.
    """
    cached = CachedEmbedder(embedder)
    sets = []
    for folder in folders:
        on_set(folder.name)
        sets.append(encode_set(folder, cached))
    return Suite(sets, backgrounds(sets, cached), cached)


def learn_apart(sets: Sequence[EncodedSet], embedder: Embedder, learn: Learn) -> list[Background]:
    """For each set, what `learn` makes of the sets of other sources.

    Raises JudgedSetError when all sets are of one source.
    """
    source_of = sources([encoded.judged for encoded in sets])
    if len(set(source_of)) < 2:
        raise JudgedSetError("Leaving a source out takes judged sets of two sources at least.")
    learned: dict[int, Background] = {}
    for source in dict.fromkeys(source_of):
        others = [one for one, of in zip(sets, source_of, strict=True) if of != source]
        learned[source] = learn(others, embedder)
    return [learned[source] for source in source_of]
