"""Figures that are measured, not asserted: ``make bench`` writes them to docs/bench.md."""
