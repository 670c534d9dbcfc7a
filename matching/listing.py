"""From a calibrated list to the matches that are shown, in the places where they are shown."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from matching.arrange import Arrangement, Candidate, Position, arrange
from matching.corpus import Corpus
from matching.engine import Calibrated
from matching.types import Match, Reason, Rows

NeverShown = Callable[[Sequence[str]], Collection[str]]


def arranged(
    corpus: Corpus, answered: Calibrated, wanted: Arrangement, never_shown: NeverShown
) -> list[Position]:
    """The places of the whole list; as it was ranked when nothing is wanted.

    `never_shown` tells which of the records it is given no other list has shown; it is asked once,
    and only when newcomers are wanted.
    """
    rows, texts = answered.ranked.rows, answered.ranked.texts
    ids = [corpus.ids[row] for row in rows.tolist()]
    by_text = np.argsort(np.argsort(-texts, kind="stable")).tolist()
    above_null = (texts > answered.null).tolist()
    new = frozenset(never_shown(ids)) if wanted.newcomers else frozenset()
    repeats = _repeats(answered.groups.tolist())
    themes = _theme_groups(corpus, rows) if wanted.spread else [frozenset()] * len(ids)
    candidates = [
        Candidate(probability, band, repeated, subjects, record in new, place, above)
        for probability, band, repeated, subjects, record, place, above in zip(
            answered.probabilities,
            answered.bands,
            repeats,
            themes,
            ids,
            by_text,
            above_null,
            strict=True,
        )
    ]
    return arrange(candidates, wanted)


def _repeats(groups: Sequence[int]) -> list[int | None]:
    """For each place the first of its group, None for the first itself."""
    first: dict[int, int] = {}
    found = [first.setdefault(group, place) for place, group in enumerate(groups)]
    return [None if head == place else head for place, head in enumerate(found)]


def _theme_groups(corpus: Corpus, rows: Rows) -> list[frozenset[str]]:
    groups = [code.partition(".")[0] for code in corpus.facts.codes("themes")]
    numbers, lengths = corpus.facts.of("themes", rows)
    declared = np.split(numbers, np.cumsum(lengths)[:-1]) if len(rows) else []
    return [frozenset(groups[number] for number in held.tolist()) for held in declared]


def listed_records(
    corpus: Corpus, answered: Calibrated, places: Sequence[Position]
) -> dict[str, int]:
    """The records with a place of their own, and the place of each in the ranked list, from 0."""
    rows = answered.ranked.rows
    return {corpus.ids[int(rows[place.candidate])]: place.candidate for place in places}


def matches(
    corpus: Corpus,
    answered: Calibrated,
    places: Sequence[Position],
    reasons: Mapping[str, tuple[Reason, ...]],
) -> list[Match]:
    """The matches of these places; those listed under another bear no reasons of their own."""
    return [
        _match(
            corpus,
            answered,
            place.candidate,
            reasons=reasons[corpus.ids[int(answered.ranked.rows[place.candidate])]],
            similar=tuple(_match(corpus, answered, other) for other in place.similar),
            newcomer=place.newcomer,
        )
        for place in places
    ]


def _match(
    corpus: Corpus,
    answered: Calibrated,
    place: int,
    *,
    reasons: tuple[Reason, ...] = (),
    similar: tuple[Match, ...] = (),
    newcomer: bool = False,
) -> Match:
    ranked = answered.ranked
    signals = {name: round(float(values[place]), 6) for name, values in ranked.signals.items()}
    return Match(
        id=corpus.ids[int(ranked.rows[place])],
        score=round(answered.probabilities[place], 6),
        band=answered.bands[place],
        signals={"score": round(float(ranked.scores[place]), 6), **signals},
        reasons=reasons,
        original_rank=place + 1,
        similar=similar,
        newcomer=newcomer,
    )
