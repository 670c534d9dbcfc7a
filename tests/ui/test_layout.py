"""What the folder of the pages must not do."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

UI = Path(__file__).parents[2] / "ui"


def test_no_file_takes_the_name_of_an_installed_package() -> None:
    """Streamlit puts this folder first on the import path: a namesake would hide the package."""
    ours = {path.stem for path in UI.iterdir() if path.suffix == ".py" or path.is_dir()}
    taken = set(importlib.metadata.packages_distributions()) | set(sys.stdlib_module_names)

    assert ours & taken - {"ui", "__init__"} == set()


def test_pages_of_the_address_bar_exist() -> None:
    from ui.links import PAGES

    assert [file for file, _path in PAGES.values() if not (UI / file).is_file()] == []


def test_stylesheet_asks_no_other_site_for_anything() -> None:
    css = (UI / "assets" / "style.css").read_text("utf-8")

    assert "@import" not in css
    assert "url(http" not in css.replace('"', "").replace("'", "")
    assert "st-emotion-cache" not in css
