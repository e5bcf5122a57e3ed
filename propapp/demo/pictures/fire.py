"""Extinguishers and fire doors."""

import itertools
import math

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.room import DARK, RED, STEEL, exit_sign, room
from propapp.demo.pictures.shapes import Colour, Point, lying, round_flat, round_up, tone, upright

_GREEN_ZONE, _RED_ZONE, _YELLOW_ZONE = (40, 160, 80), (206, 44, 38), (232, 190, 50)


def fire_extinguisher_ok(c: Canvas) -> None:
    """An extinguisher in its open cabinet, the needle in the green."""
    _cabinet(c, share=c.rng.uniform(0.44, 0.56))


def fire_extinguisher_low(c: Canvas) -> None:
    """The same extinguisher with the needle down in the red."""
    _cabinet(c, share=c.rng.uniform(0.06, 0.16))


def _cabinet(c: Canvas, *, share: float) -> None:
    c.aim(y=0.62, focal=1150, horizon=0.5, spread=0.4)
    wall = c.place.choice([(222, 216, 202), (210, 214, 214), (226, 220, 210)])
    c.pane(upright(-1.6, -0.2, 1.6, 3.2, 2.2), tone(wall, 0.84), tone(wall, 1.02))
    c.pane(lying(-2, 0, 0.5, 4, 1.1), (120, 118, 114), (146, 144, 138))
    c.face(upright(-2, 0, 1.59, 4, 0.08), (108, 84, 66))
    c.shadow(upright(-0.5, 0.05, 1.58, 1.16, 1.12), alpha=0.45, blur=24)
    c.box((-0.52, 0.12, 1.36), (1.04, 1.0, 0.24), RED)
    c.pane(upright(-0.46, 0.18, 1.35, 0.92, 0.88), (60, 18, 18), (92, 26, 24))
    c.face(lying(-0.46, 0.2, 1.36, 0.92, 0.2), (120, 38, 34))
    _bottle(c, (0.2, 0.235, 1.34), share=0.5, size=0.9)
    c.shadow(round_flat((-0.14, 0.215, 1.32), 0.16, deep=0.4), alpha=0.7, blur=9)
    _bottle(c, (-0.17, 0.215, 1.3), share=share, size=1.05)


def _bottle(c: Canvas, foot: Point, *, share: float, size: float) -> None:
    x, y, z = foot
    paint: Colour = (208, 36, 32)
    c.tube((x, y, z), (x, y + 0.46 * size, z), 0.105 * size, paint)
    for i in range(16):
        part = i / 16
        radius = 0.105 * size * math.cos(part * math.pi / 2.4)
        low = y + 0.46 * size + 0.07 * size * math.sin(part * math.pi / 2.4)
        c.tube((x, low, z), (x, low + 0.012 * size, z), radius, paint)
    c.face(
        upright(x - 0.085 * size, y + 0.12 * size, z - 0.1, 0.16 * size, 0.22 * size),
        (238, 232, 218),
    )
    c.face(
        upright(x - 0.085 * size, y + 0.29 * size, z - 0.101, 0.16 * size, 0.05 * size),
        (226, 178, 40),
    )
    for row in range(4):
        low = y + (0.15 + row * 0.03) * size
        c.line(
            (x - 0.06 * size, low, z - 0.102),
            (x + 0.05 * size, low, z - 0.102),
            0.006,
            (120, 116, 110),
        )
    top = y + 0.54 * size
    c.tube((x, top - 0.02, z), (x, top + 0.06, z), 0.03 * size, STEEL)
    hose = [
        (x + 0.03, top + 0.02, z),
        (x + 0.12, top, z),
        (x + 0.145, top - 0.12, z),
        (x + 0.14, y + 0.16, z),
    ]
    for a, b in itertools.pairwise(hose):
        c.tube(a, b, 0.014, DARK)
    c.tube((x + 0.14, y + 0.19, z), (x + 0.14, y + 0.06, z), 0.022, (26, 26, 28))
    c.tube((x - 0.01, top + 0.07, z), (x - 0.15, top + 0.12, z), 0.013, (50, 52, 56))
    c.tube((x - 0.01, top + 0.04, z), (x - 0.14, top + 0.035, z), 0.012, (50, 52, 56))
    dial(c, (x + 0.005, top + 0.03, z - 0.06), 0.068 * size, share=share)


def dial(c: Canvas, centre: Point, radius: float, *, share: float) -> None:
    """A small round gauge whose needle goes from red over green to yellow."""
    x, y, z = centre
    c.face(round_up(centre, radius), (190, 160, 90))
    c.face(round_up(centre, radius * 0.88), (248, 248, 244))
    zones = ((0.0, 0.36, _RED_ZONE), (0.36, 0.68, _GREEN_ZONE), (0.68, 1.0, _YELLOW_ZONE))
    for start, end, colour in zones:
        outer = [_on_dial(centre, radius * 0.8, start + (end - start) * i / 8) for i in range(9)]
        inner = [_on_dial(centre, radius * 0.4, end - (end - start) * i / 8) for i in range(9)]
        c.face(outer + inner, colour)
    c.line((x, y, z), _on_dial(centre, radius * 0.78, share), radius * 0.14, (20, 20, 20))


def _on_dial(centre: Point, radius: float, share: float) -> Point:
    angle = math.radians(225 - 270 * share)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle), centre[2]


def fire_door_closed(c: Canvas) -> None:
    """A double fire door, shut and free."""
    _fire_door(c)


def fire_door_blocked(c: Canvas) -> None:
    """The same door behind cartons and a parked electric scooter."""
    _fire_door(c)
    c.shadow(lying(-1.15, 0, 3.0, 1.25, 0.8), alpha=0.6, blur=20)
    for near, size in _CARTONS:
        c.box(near, size, (190, 148, 98))
        x, y, z = near
        c.face(upright(x + size[0] * 0.42, y, z - 0.005, size[0] * 0.14, size[1]), (214, 186, 140))
    _scooter(c, x=0.12, z=2.95)


_CARTONS: tuple[tuple[Point, Point], ...] = (
    ((-1.1, 0, 3.25), (0.62, 0.5, 0.5)),
    ((-0.5, 0, 3.35), (0.5, 0.42, 0.45)),
    ((-1.05, 0.5, 3.3), (0.5, 0.42, 0.45)),
    ((-0.46, 0.42, 3.4), (0.4, 0.3, 0.35)),
    ((-0.98, 0.92, 3.35), (0.36, 0.28, 0.35)),
)


def _fire_door(c: Canvas) -> None:
    wall = c.place.choice([(220, 214, 200), (208, 212, 212)])
    paint = c.place.choice([(150, 62, 46), (128, 134, 138), (166, 98, 58)])
    room(c, wide=3.6, high=2.8, deep=4.2, wall=wall, floor=(176, 172, 164), tile=0.6)
    c.face(upright(-0.98, 0, 4.19, 1.96, 2.24), tone(STEEL, 0.62))
    for x in (-0.9, 0.01):
        c.pane(upright(x, 0.01, 4.17, 0.89, 2.14), tone(paint, 0.82), tone(paint, 1.08))
        c.face(upright(x + 0.3, 1.2, 4.16, 0.28, 0.6), (70, 80, 84))
        c.soft(upright(x + 0.34, 1.3, 4.15, 0.12, 0.42), (220, 232, 236), alpha=0.5, blur=8)
        c.tube((x + 0.08, 1.0, 4.1), (x + 0.8, 1.0, 4.1), 0.03, (60, 64, 68))
        c.box((x + 0.2, 2.0, 4.08), (0.4, 0.08, 0.07), STEEL)
    c.line((0, 0, 4.15), (0, 2.15, 4.15), 0.02, (30, 26, 24))
    exit_sign(c, x=-0.18, y=2.34, z=4.16)
    c.face(upright(1.2, 1.3, 4.18, 0.3, 0.4), RED)
    c.face(round_up((1.35, 1.5, 4.17), 0.08), (246, 240, 236))
    c.lamp((0, 2.8, 2.8), reach=2.2, power=0.28)
    c.ambient = 0.78


def _scooter(c: Canvas, *, x: float, z: float) -> None:
    c.shadow(lying(x - 0.1, 0, z - 0.15, 1.4, 0.45), alpha=0.65, blur=16)
    for wheel in (x + 0.14, x + 1.06):
        c.face(round_up((wheel, 0.2, z), 0.2), (24, 24, 26))
        c.face(round_up((wheel, 0.2, z - 0.01), 0.11), (150, 152, 156))
    body = [
        (x + 0.1, 0.34, z),
        (x + 0.3, 0.22, z),
        (x + 0.85, 0.22, z),
        (x + 1.2, 0.42, z),
        (x + 1.1, 0.62, z),
    ]
    c.face(
        [
            *body,
            (x + 0.6, 0.58, z),
            (x + 0.52, 0.34, z),
            (x + 0.32, 0.36, z),
            (x + 0.24, 0.86, z),
            (x + 0.12, 0.86, z),
        ],
        (44, 110, 168),
    )
    c.face(
        [(x + 0.56, 0.6, z), (x + 1.2, 0.64, z), (x + 1.16, 0.74, z), (x + 0.6, 0.7, z)],
        (30, 30, 34),
    )
    c.tube((x + 0.14, 0.24, z - 0.02), (x + 0.24, 0.98, z - 0.02), 0.028, (60, 62, 66))
    c.tube((x + 0.1, 1.0, z - 0.05), (x + 0.42, 1.02, z - 0.05), 0.022, (30, 30, 32))
    c.ball((x + 0.13, 0.8, z - 0.05), 0.06, (240, 240, 226))
