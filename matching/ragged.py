"""Arrays that grow, rows of unequal length, unit vectors: what the corpus is kept in."""

from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.types import Mask, Rows, Vectors

T = TypeVar("T", bound=np.generic)
_FIRST = 64


class Grown(Generic[T]):
    """An array of rows, shape (n, *shape), that grows at its end in amortised constant time."""

    def __init__(self, dtype: type[T], shape: tuple[int, ...] = ()) -> None:
        self._room: NDArray[T] = np.zeros((_FIRST, *shape), dtype=dtype)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    @property
    def values(self) -> NDArray[T]:
        """A view, not a copy; valid until the next append."""
        return self._room[: self._used]

    def extend(self, values: NDArray[Any]) -> None:
        """Add rows at the end."""
        need = self._used + len(values)
        if need > len(self._room):
            # By an eighth, not double: room left empty by doubling was a third of the memory.
            room = np.zeros(
                (max(need, len(self._room) * 9 // 8), *self._room.shape[1:]), self._room.dtype
            )
            room[: self._used] = self.values
            self._room = room
        self._room[self._used : need] = values
        self._used = need


class Ragged(Generic[T]):
    """Row i is a slice of one flat array."""

    def __init__(self, dtype: type[T], shape: tuple[int, ...] = ()) -> None:
        self._flat = Grown(dtype, shape)
        self._starts = Grown(np.int64)
        self._starts.extend(np.zeros(1, np.int64))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def append(self, values: NDArray[Any]) -> None:
        """Add one row."""
        self._flat.extend(values)
        self._starts.extend(np.array([len(self._flat)], np.int64))

    @property
    def flat(self) -> NDArray[T]:
        """All rows one after the other."""
        return self._flat.values

    @property
    def starts(self) -> Rows:
        """Where each row starts in `flat`, shape (rows + 1,)."""
        return self._starts.values

    def row(self, row: int) -> NDArray[T]:
        """One row, a view."""
        starts = self.starts
        return self.flat[starts[row] : starts[row + 1]]

    def lengths(self, rows: Rows) -> Rows:
        """How many values each of `rows` has."""
        starts = self.starts
        return starts[rows + 1] - starts[rows]

    def gather(self, rows: Rows) -> NDArray[T]:
        """The values of `rows`, one row after the other."""
        starts, flat = self.starts, self.flat
        # For the hundreds of rows asked for, joining slices beats indexing every value.
        ends = zip(starts[rows].tolist(), starts[rows + 1].tolist(), strict=True)
        slices = [flat[start:end] for start, end in ends]
        return np.concatenate(slices) if slices else flat[:0]

    def pick(self, rows: Rows) -> NDArray[T]:
        """The same as `gather`, faster where rows are short: facts rather than vectors."""
        lengths = self.lengths(rows)
        before = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(self.starts[rows] - before, lengths)
        return np.asarray(self.flat[places])

    def any_of(self, lookup: Mask) -> Mask:
        """For each row, whether `lookup[value]` is True for any of its values."""
        counts = np.zeros(len(self._flat) + 1, np.int64)
        np.cumsum(lookup[self.flat], out=counts[1:])
        starts = self.starts
        return counts[starts[1:]] > counts[starts[:-1]]


def sum_by_row(values: NDArray[Any], lengths: Rows) -> NDArray[Any]:
    """Sum of each run of `values`, the runs being `lengths` long; an empty run sums to 0."""
    totals = np.zeros((len(lengths), *values.shape[1:]), values.dtype)
    filled = np.flatnonzero(lengths)
    if len(filled):
        starts = np.cumsum(lengths) - lengths
        totals[filled] = np.add.reduceat(values, starts[filled], axis=0)
    return totals


def max_by_row(values: NDArray[Any], lengths: Rows) -> NDArray[Any]:
    """Largest of each run of `values`, the runs being `lengths` long; of an empty run, 0."""
    largest = np.zeros(len(lengths), values.dtype)
    filled = np.flatnonzero(lengths)
    if len(filled):
        starts = np.cumsum(lengths) - lengths
        largest[filled] = np.maximum.reduceat(values, starts[filled])
    return largest


def unit(vectors: Vectors) -> Vectors:
    """Vectors of length 1, shape kept; a vector of zeros stays one."""
    lengths = np.sqrt(np.sum(vectors * vectors, axis=-1, keepdims=True))
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)
