"""The owner's own pages, one module a page."""
