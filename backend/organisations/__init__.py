"""Organisations: who offers and who asks."""
