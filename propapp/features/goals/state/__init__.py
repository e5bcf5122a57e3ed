"""What the pages of goals show and do."""
