"""The basement garage and the gate."""

from random import Random

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.plants import grass, sky, tree
from propapp.demo.pictures.room import DARK, room
from propapp.demo.pictures.shapes import (
    Colour,
    lying,
    mix,
    round_flat,
    round_up,
    tone,
    uneven,
    upright,
)
from propapp.demo.pictures.writing import write

_CARS: tuple[Colour, ...] = (
    (232, 234, 236),
    (48, 52, 60),
    (150, 26, 30),
    (40, 70, 120),
    (176, 180, 184),
)


def garage_lane(c: Canvas) -> None:
    """The driving lane of the basement, cars to both sides."""
    _garage(c)


def garage_dry(c: Canvas) -> None:
    """The place where the puddle was, mopped; only a trace of it."""
    _garage(c, cones=False)
    c.soft(_pool(1.0), (60, 76, 70), alpha=0.12, blur=16)


def garage_puddle(c: Canvas) -> None:
    """A broad puddle on the lane that mirrors the lamps, with a cone beside it."""
    _garage(c, cones=False)
    c.soft(_pool(1.08), (34, 44, 42), alpha=0.6, blur=10)
    pool = _pool(1.0)
    c.face(pool, (66, 84, 84))
    for z, wide in ((4.2, 0.5), (5.2, 0.42)):
        c.soft(
            uneven(round_flat((0.0, 0.001, z), wide, deep=0.9), c.place, amount=0.3),
            (222, 234, 238),
            alpha=0.75,
            blur=12,
        )
    c.soft(
        uneven(round_flat((-0.9, 0.001, 5.0), 0.5, deep=0.5), c.place),
        (30, 38, 40),
        alpha=0.5,
        blur=14,
    )
    for z in (3.9, 4.5):
        ring = round_flat((-0.5, 0.002, z), 0.3, deep=0.9)
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            c.line(a, b, 0.012, (150, 168, 172))
    _cone(c, x=1.5, z=4.0)


def _pool(size: float) -> list[tuple[float, float, float]]:
    # The puddle and its trace have one outline, whichever dice were thrown before.
    return uneven(
        round_flat((-0.2, 0.001, 4.5), 1.5 * size, deep=0.72), Random("puddle"), amount=0.28
    )


def _garage(c: Canvas, *, cones: bool = True) -> None:
    c.aim(y=1.5, focal=780, horizon=0.42)
    coat = c.place.choice([(104, 140, 120), (112, 122, 130), (120, 136, 150)])
    room(
        c, wide=12.0, high=2.9, deep=18.0, wall=(190, 190, 184), floor=coat, ceiling=(120, 122, 122)
    )
    c.pane(lying(-2.4, 0.001, 0.5, 4.8, 17.4), tone(coat, 0.72), tone(coat, 0.9))
    for x in (-2.4, 2.4):
        c.face(lying(x - 0.06, 0.002, 0.5, 0.12, 17), (226, 226, 214))
        for z in (3.4, 6.0, 8.6, 11.2, 13.8):
            far = 6.0 if x > 0 else -6.0
            c.line((x, 0.002, z), (far, 0.002, z), 0.1, (222, 222, 212))
    for z in (6.6, 10.2, 13.2):
        arrow = [
            (-0.09, z),
            (0.09, z),
            (0.09, z + 0.9),
            (0.26, z + 0.9),
            (0, z + 1.5),
            (-0.26, z + 0.9),
            (-0.09, z + 0.9),
        ]
        c.face([(x, 0.003, deep) for x, deep in arrow], (232, 232, 222))
    for x, y, colour in (
        (-1.5, 2.6, (178, 44, 38)),
        (1.1, 2.65, (160, 164, 168)),
        (1.5, 2.6, (60, 120, 90)),
    ):
        c.tube((x, y, 1.0), (x, y, 17.5), 0.08, colour)
    for z in (14.6, 11.9, 9.3, 6.7, 4.1):
        for side in (-1, 1):
            _bay(c, side=side, z=z)
    for z in (2.6, 5.4, 9.0, 13.0):
        c.soft(lying(-0.35, 2.84, z, 0.7, 1.4), (255, 255, 250), alpha=0.8, blur=22)
        c.face(lying(-0.09, 2.82, z, 0.18, 1.3), (255, 255, 252))
        c.soft(lying(-1.2, 0.003, z, 2.4, 1.4), (250, 252, 250), alpha=0.16, blur=30)
        c.lamp((0, 2.4, z + 0.6), reach=2.6, power=0.2)
    c.ambient = 0.66
    if cones and c.place.random() < 0.5:
        _cone(c, x=-2.1, z=5.2)


def _bay(c: Canvas, *, side: int, z: float) -> None:
    if c.place.random() < 0.72:
        _car(c, x=2.75 if side > 0 else -4.5, z=z - 0.35, colour=c.place.choice(_CARS), side=side)
    if int(z * 10) % 2:
        x = 2.5 if side > 0 else -3.0
        c.shadow(lying(x - 0.1, 0, z + 1.3, 0.8, 0.6), alpha=0.4, blur=10)
        c.box((x, 0, z + 1.4), (0.5, 2.9, 0.5), (206, 206, 198))
        for i in range(6):
            c.face(upright(x, i * 0.2, z + 1.39, 0.5, 0.1), (236, 196, 50) if i % 2 else DARK)


def _car(c: Canvas, *, x: float, z: float, colour: Colour, side: int) -> None:
    c.shadow(lying(x - 0.15, 0, z - 0.15, 2.0, 1.9), alpha=0.75, blur=14)
    nose = x if side > 0 else x + 1.7
    c.box((x, 0.26, z), (1.75, 0.5, 1.6), colour)
    inner = x + 0.3 if side > 0 else x - 0.05
    c.box((inner, 0.76, z + 0.12), (1.5, 0.5, 1.36), tone(colour, 0.96), top=tone(colour, 1.1))
    c.face(upright(inner + 0.1, 0.8, z + 0.11, 1.3, 0.38), (40, 50, 58))
    glass = inner if side > 0 else inner + 1.5
    if (side > 0) == (c.eye[0] < glass):
        c.face(
            [
                (glass - side * 0.01, 0.8, z + 0.22),
                (glass - side * 0.01, 0.8, z + 1.38),
                (glass - side * 0.01, 1.2, z + 1.3),
                (glass - side * 0.01, 1.2, z + 0.3),
            ],
            (52, 66, 76),
        )
    for deep in (z + 0.1, z + 1.25):
        lamp = [
            (nose - side * 0.01, 0.55, deep),
            (nose - side * 0.01, 0.55, deep + 0.25),
            (nose - side * 0.01, 0.67, deep + 0.25),
            (nose - side * 0.01, 0.67, deep),
        ]
        c.face(lamp, (246, 244, 226))
    plate = [
        (nose - side * 0.01, 0.36, z + 0.55),
        (nose - side * 0.01, 0.36, z + 1.05),
        (nose - side * 0.01, 0.48, z + 1.05),
        (nose - side * 0.01, 0.48, z + 0.55),
    ]
    c.face(plate, (40, 80, 170))
    for wheel in (x + 0.4, x + 1.4):
        c.face(round_up((wheel, 0.27, z - 0.005), 0.27), (20, 21, 23))
        c.face(round_up((wheel, 0.27, z - 0.01), 0.15), (158, 162, 166))


def _cone(c: Canvas, *, x: float, z: float) -> None:
    c.shadow(round_flat((x + 0.12, 0, z), 0.26), alpha=0.6, blur=8)
    c.face(lying(x - 0.2, 0.01, z - 0.2, 0.4, 0.4), (40, 40, 42))
    for low, high, colour in (
        (0, 0.2, (234, 94, 36)),
        (0.2, 0.38, (244, 244, 240)),
        (0.38, 0.62, (234, 94, 36)),
    ):
        wide, narrow = 0.17 - low * 0.2, 0.17 - high * 0.2
        for part in range(6):
            a, b = -1 + part / 3, -1 + (part + 1) / 3
            light = 1.05 - 0.12 * part
            c.face(
                [
                    (x + wide * a, low, z),
                    (x + wide * b, low, z),
                    (x + narrow * b, high, z),
                    (x + narrow * a, high, z),
                ],
                tone(colour, light),
            )


def gate_barrier(c: Canvas) -> None:
    """The gate with its guard hut and the barrier arm across the drive."""
    c.outdoors = True
    c.aim(y=1.6, focal=860, horizon=0.45)
    sky(c)
    for x, high, wide in ((-9, 13, 5), (-2.5, 15, 5), (4.5, 13, 6)):
        _tower(c, x=x, high=high, wide=wide)
    grass(c, near=1.0, far=26.0, wide=30.0)
    c.pane(lying(-2.8, 0.01, 0.6, 5.4, 26), (112, 112, 112), (150, 150, 148))
    for z in range(1, 18, 3):
        c.face(lying(-0.14, 0.012, z, 0.16, 1.4), (228, 226, 214))
    for x in (-5.6, 4.6):
        tree(c, x=x, z=13.0, high=4.8)
    _hut(c)
    c.shadow(lying(-2.0, 0.013, 5.3, 4.6, 0.3), alpha=0.4, blur=8)
    c.box((-2.45, 0, 5.6), (0.36, 1.1, 0.36), (238, 176, 44))
    c.face(round_up((-2.27, 0.9, 5.59), 0.07), (30, 30, 32))
    for i in range(10):
        x = -2.25 + i * 0.48
        c.tube(
            (x, 1.02, 5.5),
            (x + 0.48, 1.03, 5.5),
            0.055,
            (214, 44, 38) if i % 2 else (246, 246, 242),
        )
    c.box((2.75, 0, 5.6), (0.12, 0.95, 0.12), (60, 64, 68))
    c.ambient = 0.95


def _hut(c: Canvas) -> None:
    c.shadow(lying(-4.4, 0, 5.7, 2.2, 1.2), alpha=0.45)
    c.box((-4.5, 0, 6.2), (1.7, 2.5, 1.8), (226, 222, 212))
    c.face(upright(-4.3, 1.0, 6.19, 1.3, 1.05), (70, 96, 108))
    c.soft(
        [(-4.2, 1.1, 6.18), (-3.9, 1.1, 6.18), (-3.5, 2.0, 6.18), (-3.8, 2.0, 6.18)],
        (220, 236, 242),
        alpha=0.5,
        blur=10,
    )
    c.box((-4.75, 2.5, 5.95), (2.2, 0.2, 2.3), (30, 92, 98))
    write(c, "P", (-3.65, 2.6, 5.94), height=0.2, colour=(240, 246, 246))


def _tower(c: Canvas, *, x: float, high: float, wide: float) -> None:
    wall = mix((206, 196, 180), (196, 206, 216), c.place.random())
    c.pane(upright(x, 0, 26.0, wide, high), tone(wall, 0.9), mix(wall, (222, 232, 240), 0.3))
    for floor in range(int(high / 1.4)):
        for bay in range(int(wide / 1.2)):
            c.face(upright(x + 0.4 + bay * 1.2, 0.6 + floor * 1.4, 25.9, 0.7, 0.8), (96, 116, 130))
