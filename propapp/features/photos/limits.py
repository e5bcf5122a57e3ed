"""How much of a photo is taken at once and in all."""

from __future__ import annotations

CHUNK = 256 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_PIXELS = 25_000_000
# Unfinished uploads of one person: a phone that was offline for two weeks comes with 500 photos.
UNFINISHED = 600
UNFINISHED_BYTES = 600 * 1024 * 1024
ASKED_AT_ONCE = 100
