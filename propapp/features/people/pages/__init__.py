"""Signing in, and everything about the person on this phone; one module a page."""
