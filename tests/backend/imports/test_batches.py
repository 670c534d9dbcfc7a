"""Batches of texts."""

from hypothesis import given
from hypothesis import strategies as st

from backend.imports.batches import by_size


@given(st.lists(st.text(max_size=30)), st.integers(1, 60))
def test_by_size_keeps_all_texts_in_order_and_within_the_limit(texts: list[str], most: int) -> None:
    batches = list(by_size(texts, most))
    assert [text for batch in batches for text in batch] == texts
    assert all(len(batch) == 1 or sum(map(len, batch)) <= most for batch in batches)
