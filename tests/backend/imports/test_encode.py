"""Encoding what was deferred."""

from pathlib import Path

from sqlalchemy import Engine, select

from backend.database import make_session
from backend.imports.encode import count_pending, encode_pending
from backend.models import Solution
from backend.revisions import last_revision
from tests.backend.imports.files import write_jsonl
from tests.backend.imports.loading import item, load, needs
from tests.fakes import FakeMatcher


def test_reindex_finishes_a_deferred_import(
    engine: Engine, matcher: FakeMatcher, tmp_path: Path
) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(n) for n in range(5)])
    load(engine, file)
    load(engine, write_jsonl(tmp_path / "s.jsonl", [item(9)]), kind="solution")
    with make_session(engine) as session:
        assert (count_pending(session, "fake"), last_revision(session)) == (6, 6)
    assert encode_pending(engine, matcher) == 6  # type: ignore[arg-type]
    assert encode_pending(engine, matcher) == 0  # type: ignore[arg-type]
    with make_session(engine) as session:
        assert count_pending(session, "fake") == 0
        assert count_pending(session, "another") == 6
        revisions = {n.revision for n in needs(session)} | set(
            session.scalars(select(Solution.revision))
        )
        assert revisions == set(range(7, 13))
        assert {n.version for n in needs(session)} == {1}


def test_deferred_update_of_a_text_waits_for_reindex(
    engine: Engine, matcher: FakeMatcher, tmp_path: Path
) -> None:
    load(engine, write_jsonl(tmp_path / "f.jsonl", [item(1), item(2)]), matcher=matcher)
    changed = [item(1, themes=["water"]), item(2, title="Neuf")]
    load(engine, write_jsonl(tmp_path / "f.jsonl", changed))
    matcher.encoded.clear()
    assert encode_pending(engine, matcher) == 1  # type: ignore[arg-type]
    assert matcher.encoded == ["Neuf"]
