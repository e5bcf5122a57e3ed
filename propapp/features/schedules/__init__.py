"""Routes, their daily windows and the occurrences made from them."""
