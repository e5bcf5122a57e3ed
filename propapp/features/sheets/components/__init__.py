"""Parts of the page of workbooks."""
