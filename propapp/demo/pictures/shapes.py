"""Points, colours and outlines that scenes are put together from."""

import math
from random import Random
from typing import TypeAlias

Point: TypeAlias = tuple[float, float, float]
Colour: TypeAlias = tuple[int, int, int]
Outline: TypeAlias = list[Point]


def tone(colour: Colour, factor: float) -> Colour:
    """The colour under more light (above 1) or less (below 1)."""
    r, g, b = (min(255, max(0, round(part * factor))) for part in colour)
    return r, g, b


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two, the share counting towards the second."""
    r, g, b = (round(p + (q - p) * share) for p, q in zip(first, second, strict=True))
    return r, g, b


def between(first: Point, second: Point, share: float) -> Point:
    """The point that lies at the share of the way from first to second."""
    x, y, z = (p + (q - p) * share for p, q in zip(first, second, strict=True))
    return x, y, z


def upright(x: float, y: float, z: float, wide: float, high: float) -> Outline:
    """A rectangle that faces the camera, from its lower left corner."""
    return [(x, y, z), (x + wide, y, z), (x + wide, y + high, z), (x, y + high, z)]


def lying(x: float, y: float, z: float, wide: float, deep: float) -> Outline:
    """A rectangle on the level y, from its near left corner."""
    return [(x, y, z), (x + wide, y, z), (x + wide, y, z + deep), (x, y, z + deep)]


def sideways(x: float, y: float, z: float, deep: float, high: float) -> Outline:
    """A rectangle on a side wall, from its near lower corner."""
    return [(x, y, z), (x, y, z + deep), (x, y + high, z + deep), (x, y + high, z)]


def round_up(centre: Point, radius: float, *, tall: float = 1.0, corners: int = 40) -> Outline:
    """A circle that faces the camera, or an ellipse when tall is not 1."""
    x, y, z = centre
    return [
        (x + radius * math.cos(a), y + radius * tall * math.sin(a), z)
        for a in (math.tau * i / corners for i in range(corners))
    ]


def round_flat(centre: Point, radius: float, *, deep: float = 1.0, corners: int = 36) -> Outline:
    """A circle on a level, or an ellipse when deep is not 1."""
    x, y, z = centre
    return [
        (x + radius * math.cos(a), y, z + radius * deep * math.sin(a))
        for a in (math.tau * i / corners for i in range(corners))
    ]


def uneven(outline: Outline, rng: Random, *, amount: float = 0.2) -> Outline:
    """The same outline with a soft random waver, as water and stains have."""
    count = len(outline)
    centre = tuple(sum(p[i] for p in outline) / count for i in range(3))
    waves = [(n, rng.uniform(0, math.tau), amount / n) for n in (2, 3, 5, 7)]

    def stretched(point: Point, turn: float) -> Point:
        reach = 1 + sum(size * math.sin(n * turn + start) for n, start, size in waves)
        x, y, z = (c + (p - c) * reach for c, p in zip(centre, point, strict=True))
        return x, y, z

    return [stretched(p, math.tau * i / count) for i, p in enumerate(outline)]
