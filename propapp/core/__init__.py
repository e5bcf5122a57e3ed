"""What every feature stands on; knows no feature, no Reflex and no HTTP framework."""
