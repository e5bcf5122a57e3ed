"""How much of a workbook is looked at; more than this is refused before it is read."""

from __future__ import annotations

# A file as it comes, and what it may become when it is unpacked, in bytes.
LARGEST = 10 * 1024 * 1024
UNPACKED = 48 * 1024 * 1024
# Parts of the package, rows below the headings, columns, and cells that say something.
MOST_PARTS = 400
MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_CELLS = 200_000
