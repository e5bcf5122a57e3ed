"""What the pages of schedules and of the calendar show and what a tap does."""
