"""Figures for operators: what is asked and offered, where, and what comes of it."""
