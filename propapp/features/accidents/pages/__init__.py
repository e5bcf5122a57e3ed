"""The page of accidents."""
