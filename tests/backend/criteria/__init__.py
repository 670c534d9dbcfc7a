"""Answers to criteria."""
