"""The two kinds of records that are moderated, as paths name them."""

from typing import Any, Literal

from backend.needs.service import KIND as NEED
from backend.records.changes import Kind
from backend.solutions.service import KIND as SOLUTION

Path = Literal["solutions", "needs"]
KINDS: dict[Path, Kind[Any]] = {"solutions": SOLUTION, "needs": NEED}
PATHS: dict[str, Path] = {"solution": "solutions", "need": "needs"}
