"""The slices, lowest first.

People, messages, sites, standards, schedules, photos, orders, rounds, residents, boards.
"""
