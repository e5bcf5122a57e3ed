"""Goals of a year, what serves them, and who has signed for them."""
