"""Schedules in words, the form that changes them, the weather, and the seeds of random rounds."""
