"""The page of workbooks."""
