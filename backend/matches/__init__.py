"""Matches between needs and solutions, and the seam to the matching library."""
