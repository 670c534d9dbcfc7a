"""Where a person is led after signing in: the first page of their role."""

from __future__ import annotations

from ui import links
from ui.components import navigation

links.go(navigation.first_page())
