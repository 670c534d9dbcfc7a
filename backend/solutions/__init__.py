"""Solutions: what project leaders offer."""
