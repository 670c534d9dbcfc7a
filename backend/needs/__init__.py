"""Needs: what local authorities and businesses ask for."""
