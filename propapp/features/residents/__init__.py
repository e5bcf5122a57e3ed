"""The owner's own pages."""
