"""Checklist templates; clauses and levels will hang here."""
