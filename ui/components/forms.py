"""A form in steps whose answers live in a draft, not in the widgets.

Streamlit forgets a widget that is no longer drawn; the draft is what survives a change of step,
of page or of language, and a failed save.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from ui import fields, session, words
from ui.api import ApiError
from ui.components import territory
from ui.i18n import _
from ui.session import Draft
from ui.text import tag

STEP = "_step"
ERROR = "_error"


@dataclass(frozen=True)
class Step:
    """One step: its title, the fields it asks for, and what draws them."""

    title: str
    fields: tuple[str, ...]
    draw: Callable[[Form], None]


@dataclass(frozen=True)
class Form:
    """A form being filled: its name, which prefixes its widgets' keys, and its draft."""

    name: str
    draft: Draft

    def key(self, field: str) -> str:
        """The key of a field's widget."""
        return f"{self.name}-{field}"

    def text(self, field: str, **options: Any) -> None:
        """A one-line text."""
        self._start(field, "")
        label, hint = self._words(field, options)
        st.text_input(label, **self._set(field, options))
        self._after(field, hint)

    def area(self, field: str, **options: Any) -> None:
        """A longer text."""
        self._start(field, "")
        label, hint = self._words(field, options)
        st.text_area(label, **self._set(field, options))
        self._after(field, hint)

    def one(self, field: str, vocabulary: str, **options: Any) -> None:
        """One code of a vocabulary, or none."""
        self._start(field, None)
        known = words.names(vocabulary)
        st.selectbox(
            options.pop("label", None) or fields.label(field),
            options.pop("codes", None) or list(known),
            format_func=known.__getitem__,
            placeholder=options.pop("placeholder", None) or _("Not indicated"),
            **self._set(field, options),
        )
        self._after(field)

    def many(self, field: str, vocabulary: str, **options: Any) -> None:
        """Any number of codes of a vocabulary."""
        self._start(field, [])
        known = words.choosable(vocabulary, self.draft.get(field) or [])
        st.multiselect(
            fields.label(field),
            list(known),
            format_func=known.__getitem__,
            placeholder=_("Choose one or several"),
            select_all=False,
            **self._set(field, options),
        )
        self._after(field)

    def number(self, field: str, **options: Any) -> None:
        """A whole number, or none."""
        self._start(field, None)
        st.number_input(
            options.pop("label", None) or fields.label(field), **self._set(field, options)
        )
        self._after(field)

    def day(self, field: str, earliest: date, **options: Any) -> None:
        """A day from the earliest on, or none."""
        self._start(field, None)
        st.date_input(
            fields.label(field),
            min_value=earliest,
            format="DD/MM/YYYY",
            **self._set(field, options),
        )
        self._after(field)

    def yes(self, field: str, label: str, **options: Any) -> None:
        """A box to tick."""
        self._start(field, False)
        hint = options.pop("hint", None)
        st.checkbox(label, **self._set(field, options))
        self._after(field, hint)

    def territories(self, field: str, most: int = 200) -> None:
        """Territories by type-ahead; of more than `most` the last ones chosen stay."""

        def change(codes: list[str]) -> None:
            absorb(self)
            self.draft[field] = codes[-most:]

        territory.picker(
            fields.label(field), self.key(f"_{field}"), self.draft.get(field, []), change
        )
        self._after(field)

    def _start(self, field: str, nothing: object) -> None:
        st.session_state.setdefault(self.key(field), self.draft.get(field, nothing))

    def _set(self, field: str, options: dict[str, Any]) -> dict[str, Any]:
        return {"key": self.key(field), **options}

    def _words(self, field: str, options: dict[str, Any]) -> tuple[str, str | None]:
        """Label and hint. No `help=`: its button is named in English and hides the hint."""
        label = options.pop("label", None) or fields.label(field)
        return label, options.pop("hint", None)

    def _after(self, field: str, hint: str | None = None) -> None:
        """Under a field: its hint, then what the service had to say about it."""
        if hint:
            st.html(tag("p", hint, "pa-hint pa-under"))
        error = self.draft.get(ERROR)
        for name, message in error.fields if isinstance(error, ApiError) else ():
            if field_of(name) == field:
                st.html(tag("p", message, "pa-complaint"))


def field_of(name: str) -> str:
    """The form's field that the API names, such as `themes` for `themes.0`."""
    first, _dot, rest = name.partition(".")
    return f"organisation_{rest}" if first == "organisation" and rest else first


def absorb(form: Form) -> None:
    """Copy what the widgets hold into the draft; called before anything may redraw them."""
    prefix = form.key("")
    for key in list(st.session_state):
        field = str(key).removeprefix(prefix)
        if str(key).startswith(prefix) and not field.startswith("_"):
            form.draft[field] = st.session_state[key]
    if any(value for field, value in form.draft.items() if not field.startswith("_")):
        session.remember(form.name)


def lines(text: str | None) -> list[str]:
    """The non-empty lines of a text."""
    return [line.strip(" \t-•*") for line in (text or "").splitlines() if line.strip(" \t-•*")]
