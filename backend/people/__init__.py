"""Accounts as operators keep them."""
