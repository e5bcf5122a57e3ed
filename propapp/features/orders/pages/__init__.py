"""Work orders on the phone, one module a page."""
