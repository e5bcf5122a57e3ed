"""Sites, buildings, units, places, equipment and checkpoints."""
