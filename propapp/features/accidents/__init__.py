"""Accidents: registered when they happen, found to be the company's or not, counted by a goal."""
