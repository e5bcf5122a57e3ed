"""What the office pages about a site show, one State a page."""
