"""The slices, lowest first: people, messages, sites, standards, schedules, photos, orders, rounds, residents, boards."""
