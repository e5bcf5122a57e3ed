"""Live boards for those who watch and decide."""
