"""Phones that lost what was on them: found out, told, and settled with a reason."""
