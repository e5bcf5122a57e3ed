"""What people see of plans, and whom a change of one is told to."""
