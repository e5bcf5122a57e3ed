"""What a picture looks like, in few bits: two pictures that look alike have nearly the same.

Each bit says whether a patch is clearly darker than its right neighbour. 64 of them, on a coarse
grid, are cut into bands to find candidates by an index; 256 on a finer grid then decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import pstdev

# Patches across and down; a row of n + 1 patches gives n steps.
COARSE, FINE = 8, 16
BANDS, BAND_BITS = 4, 16
# A step counts when it is more than the grain of a picture and than this part of its contrast.
GRAIN, PART = 2.0, 1 / 16
# Fewer turns between lighter and darker than this, and a picture shows no more than a wall, the
# dark, or the cone of a torch: such pictures are all alike, and say nothing.
DETAIL = 40


@dataclass(frozen=True)
class Likeness:
    """64 coarse bits and 256 fine ones."""

    coarse: int
    fine: int

    @property
    def bands(self) -> tuple[int, ...]:
        """The coarse bits in four numbers of 16: up to three bits off leave one as it was."""
        mask = (1 << BAND_BITS) - 1
        return tuple(self.coarse >> shift & mask for shift in _SHIFTS)

    @property
    def written(self) -> str:
        """The fine bits as 64 hex digits."""
        return f"{self.fine:0{FINE * FINE // 4}x}"


_SHIFTS = tuple(BAND_BITS * place for place in reversed(range(BANDS)))


def likeness_of(coarse: bytes, fine: bytes) -> Likeness | None:
    """The likeness of a picture in patches of grey, row by row; None when it shows nothing."""
    clear = max(GRAIN, pstdev(fine) * PART)
    bits = _bits(fine, FINE, clear)
    if _turns(bits) < DETAIL:
        return None
    return Likeness(_number(_bits(coarse, COARSE, clear)), _number(bits))


def distance(one: str, other: str) -> int:
    """How many of the fine bits of two written likenesses differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _bits(grey: bytes, side: int, clear: float) -> list[list[bool]]:
    return [[right - left > clear for left, right in pairwise(row)] for row in _rows(grey, side)]


def _rows(grey: bytes, side: int) -> Iterator[bytes]:
    for start in range(0, side * (side + 1), side + 1):
        yield grey[start : start + side + 1]


def _turns(bits: list[list[bool]]) -> int:
    return sum(left != right for row in bits for left, right in pairwise(row))


def _number(bits: list[list[bool]]) -> int:
    number = 0
    for row in bits:
        for bit in row:
            number = number << 1 | bit
    return number
