"""Which days a rule falls on, what the calendar makes of them, and when within a day."""
