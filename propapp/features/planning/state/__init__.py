"""What the plan pages hold and do."""
