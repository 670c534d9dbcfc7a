"""The append-only trace of who did what to which record."""
