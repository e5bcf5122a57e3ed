"""What the office pages about a site look like; pure functions of Vars."""
