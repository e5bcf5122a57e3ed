"""Workbooks: read within bounds, written so that they can be read again."""
