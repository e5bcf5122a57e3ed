"""The office pages about a site, one module each."""
