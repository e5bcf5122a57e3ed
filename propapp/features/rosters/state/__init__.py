"""What the roster's office pages show and what a tap does."""
