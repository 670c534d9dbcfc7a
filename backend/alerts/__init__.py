"""Telling people of new matches, as they wish."""
