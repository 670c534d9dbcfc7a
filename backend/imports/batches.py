"""Texts in batches of about the same encoding time, so that progress shows and little is lost."""

from collections.abc import Iterable, Iterator

# A few seconds of encoding on two cores.
MOST_CHARS = 40_000


def by_size(texts: Iterable[str], most_chars: int = MOST_CHARS) -> Iterator[list[str]]:
    """The texts in order, in lists that hold at most `most_chars` characters or one text."""
    batch: list[str] = []
    held = 0
    for text in texts:
        if batch and held + len(text) > most_chars:
            yield batch
            batch, held = [], 0
        batch.append(text)
        held += len(text)
    if batch:
        yield batch
