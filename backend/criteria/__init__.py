"""What project leaders declare of the criteria of a need."""
