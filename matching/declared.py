"""What a project leader says of a need's criteria: it hides, or it is a reason; it never ranks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Protocol

from matching.corpus import Corpus
from matching.types import Mask, Polarity, Reason

FILTER: Final = "criterion"
_POLARITIES: Final[Mapping[str, Polarity]] = {"yes": "fits", "partly": "unknown", "no": "misses"}


class Answer(Protocol):
    """An answer ("yes", "partly" or "no") to a criterion of a need."""

    @property
    def criterion(self) -> str: ...
    @property
    def essential(self) -> bool: ...
    @property
    def answer(self) -> str: ...
    @property
    def note(self) -> str | None: ...


def refused(answers: Mapping[str, Iterable[Answer]]) -> frozenset[str]:
    """The records whose answers say "no" to an essential criterion: the only certain misfit."""
    return frozenset(
        record
        for record, given in answers.items()
        if any(one.essential and one.answer == "no" for one in given)
    )


def failing_criteria(
    corpus: Corpus, answers: Mapping[str, Iterable[Answer]], relax: Collection[str]
) -> dict[str, Mask]:
    """The rows that the filter "criterion" excludes, unless it is set aside."""
    return {} if FILTER in relax else {FILTER: corpus.holding(refused(answers))}


def with_declared(reasons: Iterable[Reason], answers: Sequence[Answer]) -> tuple[Reason, ...]:
    """`reasons` and one more an answer; a "partly" is to be checked.

    What has been answered is no longer an open question.
    """
    answered = {one.criterion for one in answers}
    kept = (r for r in reasons if r.quote or r.polarity != "unknown" or r.aspect not in answered)
    declared = (
        Reason(
            "declared",
            _POLARITIES[one.answer],
            values={"note": one.note} if one.note else {},
            aspect=one.criterion,
            aspect_kind="essential" if one.essential else "desirable",
        )
        for one in answers
    )
    return (*kept, *declared)
