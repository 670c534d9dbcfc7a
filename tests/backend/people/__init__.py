"""Tests of accounts as operators keep them."""
