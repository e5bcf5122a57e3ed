"""Everything that is kept in rows goes out as a workbook and comes in from one."""
