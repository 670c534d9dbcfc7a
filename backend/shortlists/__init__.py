"""Candidates kept for a need, with notes and decisions; compared; exported."""
