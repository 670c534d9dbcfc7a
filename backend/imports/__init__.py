"""Bring files of other people into the database, helping instead of refusing."""
