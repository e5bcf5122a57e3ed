"""Parcels: unsent work that came to the office as a file, and what became of it."""
