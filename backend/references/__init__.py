"""Clients that confirm what a solution says of them."""
