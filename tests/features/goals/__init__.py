"""Goals, their measures, the chain and the letters."""
