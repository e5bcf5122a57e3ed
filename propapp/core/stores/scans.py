"""How often a JPEG has its pixels gone over; each time costs as much as a whole picture."""

from __future__ import annotations

import re

# A byte of the picture that looks like a mark is followed by zero or is a restart.
_MARK = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_SCAN, _END = 0xDA, 0xD9
_LENGTH = 2


def scans(jpeg: bytes) -> int:
    """The number of scans up to the picture's end; what lies behind it is not looked at."""
    found, at = 0, _LENGTH
    while mark := _MARK.search(jpeg, at):
        kind = mark.group(1)[0]
        if kind == _END:
            break
        found += kind == _SCAN
        # Segments tell their length, so that a small picture inside of one is passed over.
        at = mark.end() + int.from_bytes(jpeg[mark.end() : mark.end() + _LENGTH], "big")
    return found
