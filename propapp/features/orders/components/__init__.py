"""What a work order looks like, for whoever looks at it."""
