"""What goes out as a workbook, one module for each kind of thing."""
