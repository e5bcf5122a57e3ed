"""How PropApp looks and speaks; knows Reflex, no feature."""
