"""Goals, letters of responsibility, and plans with their tasks."""
