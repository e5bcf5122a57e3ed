"""Photos as evidence: content-addressed bytes, and what each one belongs to."""
