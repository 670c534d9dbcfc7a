"""Measurements, side by side in one run: ratios hold, absolute times are the machine's."""
