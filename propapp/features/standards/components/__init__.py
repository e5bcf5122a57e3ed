"""Clauses, drawn."""
