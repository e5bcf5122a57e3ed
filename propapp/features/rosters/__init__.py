"""Who is on duty when: shifts, the roster, leave and swaps."""
