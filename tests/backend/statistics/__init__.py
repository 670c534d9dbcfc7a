"""Tests of the dashboard figures."""
