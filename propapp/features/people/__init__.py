"""People, their accounts, sessions and roles."""
