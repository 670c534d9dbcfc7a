"""The tests, beside what they test."""
