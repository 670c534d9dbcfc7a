"""The documents say what the code does."""

import re
from pathlib import Path

from backend.cli import app
from backend.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_readme_documents_every_setting_and_no_other() -> None:
    documented = set(re.findall(r"^\| `PASSERELLE_([A-Z_]+)` \|", README, re.MULTILINE))
    read = {name.upper() for name in Settings.model_fields}
    # The address of the API is read by the interface, which has no settings of its own.
    assert documented == read | {"API_URL"}


def test_contributing_says_why_each_library_is_there() -> None:
    listed = re.search(r"^dependencies = \[(.*?)^\]", PROJECT, re.MULTILINE | re.DOTALL)
    assert listed is not None
    names = re.findall(r'"([a-z0-9-]+)', listed.group(1))
    assert [name for name in names if name not in CONTRIBUTING] == []


def test_changelog_names_every_verb_of_the_command() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    verbs = [command.name for command in app.registered_commands]
    assert [verb for verb in verbs if verb and verb not in changelog] == []


def test_readme_leaves_nothing_to_fill_in() -> None:
    assert re.findall(r"@@\w*@@", README) == []
