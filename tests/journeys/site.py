"""The service with the demo records, its real ranking, and a small stand-in for the encoder.

`python -m tests.journeys.site PORT` serves it in a process of its own: Streamlit keeps its state
in globals, which tests in the same process would share.
"""

from __future__ import annotations

import sys

import uvicorn
from sqlalchemy import Engine

from backend.app import create_api
from backend.commands.common import open_database
from backend.imports.report import Report
from backend.imports.run import Options, run_import
from backend.matches.matcher import Matcher
from backend.settings import PROJECT_ROOT, get_settings
from backend.web import create_app
from matching.background import Background, Calibration
from tests.matching.fakes import FakeEmbedder

# With the neutral constants every pairing would be called uncertain.
CALIBRATION = Calibration(intercept=-1.0, excess=6.0)


def main(port: int) -> None:
    """Load the records, then serve until the process is ended."""
    engine = open_database()
    matcher = Matcher(get_settings(), FakeEmbedder(), Background(calibration=CALIBRATION))
    _load(engine, matcher)
    app = create_app(create_api(engine, matcher))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def _load(engine: Engine, matcher: Matcher) -> None:
    samples = PROJECT_ROOT / "data" / "samples"
    for kind in ("solution", "need"):
        options = Options(kind, "demo", matcher=matcher)
        with Report(None) as report:
            run_import(engine, samples / f"{kind}s.jsonl", options, report, _quietly)


def _quietly(*_: object) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    main(int(sys.argv[1]))
