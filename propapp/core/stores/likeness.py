"""What a picture looks like: little enough to keep, and enough to know a copy by.

Each bit says whether a patch is clearly darker than its right neighbour. 64 of them, on a coarse
grid, are cut into bands to find candidates by an index; 256 on a finer grid sieve these; the grey
of about a thousand patches decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from statistics import pstdev

# Patches across and down; a row of n + 1 patches gives n steps.
COARSE, FINE, PATCHES = 8, 16, 32
BANDS, BAND_BITS = 4, 16
# A step counts when it is more than the grain of a picture and than this part of its contrast.
GRAIN, PART = 2.0, 1 / 16
# Fewer turns between lighter and darker than this, and a picture shows no more than a wall, the
# dark, or the cone of a torch: such pictures are all alike, and say nothing.
DETAIL = 40
# No copy worth the name is more of the fine bits off.
SIEVE = 16
# What ``apart`` says of pictures that have nothing to do with each other.
WHOLLY = 10_000


@dataclass(frozen=True)
class Likeness:
    """64 coarse bits, 256 fine ones, and the patches of grey."""

    coarse: int
    fine: int
    patches: bytes

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


def likeness_of(coarse: bytes, fine: bytes, patches: bytes) -> Likeness | None:
    """The likeness of a picture in grids of grey, row by row; None when it shows nothing."""
    clear = max(GRAIN, pstdev(fine) * PART)
    bits = _bits(fine, FINE, clear)
    if _turns(bits) < DETAIL:
        return None
    return Likeness(_number(_bits(coarse, COARSE, clear)), _number(bits), patches)


def distance(one: str, other: str) -> int:
    """How many of the fine bits of two written likenesses differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def apart(one: bytes, other: bytes) -> int:
    """What the one picture leaves unexplained of the other, in parts of 10,000.

    Light and contrast do not count, for they are changed in no time: it is one less the square of
    the correlation. Two that are one another's negative have nothing to do with each other.
    """
    number = len(one)
    light, other_light = sum(one), sum(other)
    together = number * sum(map(mul, one, other)) - light * other_light
    spread = number * sum(map(mul, one, one)) - light**2
    other_spread = number * sum(map(mul, other, other)) - other_light**2
    if together <= 0:
        return WHOLLY
    return WHOLLY - WHOLLY * together**2 // (spread * other_spread)


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
