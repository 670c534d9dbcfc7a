"""Pages of a project leader."""
