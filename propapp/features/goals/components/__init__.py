"""What the pages of goals are drawn with."""
