"""Pages of a local authority."""
