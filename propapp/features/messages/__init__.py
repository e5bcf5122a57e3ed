"""What a person should be told, and whether they have seen it."""
