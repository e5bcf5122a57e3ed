"""Reports in words, table by table."""
