"""Work orders: report, claim, do, close, judge."""
