"""Parts of the roster's pages, of the office and of the phone."""
