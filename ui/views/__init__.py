"""One file a page, grouped by who it is for."""
