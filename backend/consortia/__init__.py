"""Solutions that answer a need together."""
