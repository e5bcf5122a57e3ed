"""The field worker's round on the phone, one module a page."""
