"""What a person is told, on the phone."""
