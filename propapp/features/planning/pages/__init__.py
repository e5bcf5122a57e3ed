"""The plan pages, one module each."""
