"""French territories, their nesting and look-ups."""
