"""Runs of a route: visits, answers, defects."""
