"""The pump room, its gauge and its leak."""

import math

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.room import DARK, STEEL, room
from propapp.demo.pictures.shapes import Point, lying, round_flat, round_up, tone, uneven, upright
from propapp.demo.pictures.writing import write

_PIPE_GREEN, _MOTOR_BLUE = (40, 122, 88), (42, 92, 150)


def pump_room(c: Canvas) -> None:
    """Three upright pumps on their plinth under the manifold."""
    _pumps(c)


def pump_leak(c: Canvas) -> None:
    """The same pumps with water at the middle flange and over the floor."""
    _pumps(c)
    for radius, colour, alpha in ((1.15, (40, 52, 52), 0.85), (0.98, (120, 146, 156), 0.75)):
        pool = uneven(round_flat((0.1, 0, 2.32), radius, deep=0.42), c.place, amount=0.3)
        c.soft(pool, colour, alpha=alpha, blur=7)
    shine = uneven(round_flat((0.3, 0.001, 2.2), 0.42, deep=0.3), c.place, amount=0.4)
    c.soft(shine, (240, 248, 252), alpha=0.6, blur=10)
    for x in (-0.3, 0.16, 0.5):
        c.soft(upright(x, 0, 2.62, 0.05, 0.2), (220, 234, 240), alpha=0.6, blur=5)
    start = c.spot((0.06, 0.62, 2.86))
    for _ in range(46):
        side, fall = c.rng.uniform(-1, 1), c.rng.random()
        x, y = start[0] + side * 70 * fall**0.6, start[1] + 190 * fall
        c.pen.line((x, y, x + side * 5, y + 17), fill=(226, 240, 248), width=2)
    c.soft(round_up((0.06, 0.56, 2.85), 0.08, tall=1.4), (236, 246, 250), alpha=0.75, blur=9)


def _pumps(c: Canvas) -> None:
    c.aim(y=1.45, focal=840, horizon=0.31)
    wall = c.place.choice([(206, 210, 204), (196, 204, 210), (212, 206, 192)])
    room(c, wide=5.0, high=3.0, deep=4.6, wall=wall, floor=(96, 122, 112))
    c.face(upright(-2.5, 0, 4.58, 5.0, 0.5), tone(_PIPE_GREEN, 0.9))
    c.face(lying(-1.75, 0.001, 2.35, 3.5, 0.07), (232, 190, 50))
    _control_cabinet(c)
    c.shadow(lying(-1.55, 0, 2.55, 3.2, 0.3), alpha=0.5, blur=14)
    c.box((-1.5, 0, 2.7), (3.0, 0.16, 1.0), (150, 150, 146))
    for y, z in ((2.1, 4.0), (0.55, 3.95)):
        c.shadow(upright(-2.5, y - 0.3, 4.57, 5, 0.22), alpha=0.35, blur=16)
        c.tube((-2.5, y, z), (2.5, y, z), 0.13, _PIPE_GREEN)
    for x in (-1.0, 0.0, 1.0):
        _pump(c, x=x)
    c.lamp((0, 2.9, 2.8), reach=2.6, power=0.26)
    c.ambient = 0.8


def _pump(c: Canvas, *, x: float) -> None:
    c.tube((x + 0.22, 0.5, 3.3), (x + 0.22, 2.1, 3.9), 0.065, _PIPE_GREEN)
    c.tube((x - 0.35, 0.42, 3.1), (x + 0.35, 0.42, 3.1), 0.09, _PIPE_GREEN)
    for side in (-0.26, 0.26):
        c.tube((x + side - 0.025, 0.42, 3.08), (x + side + 0.025, 0.42, 3.08), 0.15, STEEL)
    c.box((x - 0.18, 0.16, 2.92), (0.36, 0.14, 0.36), (70, 74, 80))
    c.tube((x, 0.3, 3.0), (x, 0.86, 3.0), 0.12, (190, 194, 198))
    for y in (0.34, 0.58, 0.84):
        c.tube((x, y, 2.99), (x, y + 0.035, 2.99), 0.15, tone(STEEL, 0.85))
    c.tube((x, 0.9, 3.0), (x, 1.42, 3.0), 0.17, _MOTOR_BLUE)
    for i in range(9):
        c.line(
            (x - 0.136 + i * 0.034, 0.94, 3.0),
            (x - 0.136 + i * 0.034, 1.36, 3.0),
            0.008,
            tone(_MOTOR_BLUE, 0.62),
        )
    c.tube((x, 1.42, 3.0), (x, 1.5, 3.0), 0.15, (30, 66, 112))
    c.box((x - 0.09, 1.06, 2.74), (0.18, 0.16, 0.1), tone(_MOTOR_BLUE, 0.85))


def _control_cabinet(c: Canvas) -> None:
    c.shadow(lying(1.5, 0, 3.6, 1.0, 0.5), alpha=0.5)
    c.box((1.6, 0, 3.9), (0.85, 1.95, 0.5), (206, 206, 200))
    for i, colour in enumerate(((60, 190, 90), (60, 190, 90), (220, 60, 50))):
        c.face(round_up((1.78 + i * 0.22, 1.55, 3.89), 0.05), colour)
        c.face(round_up((1.78 + i * 0.22, 1.32, 3.89), 0.04), DARK)


def pump_gauge(c: Canvas) -> None:
    """A pressure gauge close up; the seed decides what it reads."""
    c.aim(y=1.4, focal=1000, horizon=0.5, spread=0.25)
    c.pane(upright(-2, 0, 2.0, 4, 3), (120, 128, 126), (176, 184, 180))
    c.soft(upright(-1.2, 0.9, 1.9, 0.7, 1.2), _MOTOR_BLUE, alpha=0.8, blur=40)
    c.shadow(upright(-2, 0.72, 1.6, 4, 0.2), alpha=0.5, blur=30)
    c.tube((-2, 0.98, 1.4), (2, 0.98, 1.4), 0.13, _PIPE_GREEN)
    c.tube((0, 1.02, 1.2), (0, 1.24, 1.1), 0.035, (196, 160, 84))
    c.tube((-0.06, 1.14, 1.1), (0.06, 1.14, 1.1), 0.05, (206, 170, 92))
    c.shadow(round_up((0.06, 1.46, 1.0), 0.31), alpha=0.5, blur=30)
    for radius, colour in (
        (0.31, DARK),
        (0.3, (196, 200, 204)),
        (0.275, (120, 124, 128)),
        (0.265, (246, 246, 240)),
    ):
        c.face(round_up((0, 1.5, 1.0), radius, corners=80), colour)
    _scale(c, (0, 1.5, 0.999), bars=c.rng.uniform(2.0, 12.5))
    c.soft(
        [(-0.2, 1.62, 0.99), (-0.02, 1.73, 0.99), (0.02, 1.7, 0.99), (-0.18, 1.56, 0.99)],
        (255, 255, 255),
        alpha=0.4,
        blur=10,
    )


def _scale(c: Canvas, centre: Point, *, bars: float) -> None:
    for start, end, colour in (
        (0, 4, (226, 178, 48)),
        (4, 10, (52, 164, 90)),
        (10, 16, (206, 50, 44)),
    ):
        outer = [_on_scale(centre, 0.245, start + (end - start) * i / 12) for i in range(13)]
        inner = [_on_scale(centre, 0.225, end - (end - start) * i / 12) for i in range(13)]
        c.face(outer + inner, colour)
    for mark in range(33):
        long = mark % 4 == 0
        ends = (
            _on_scale(centre, 0.222, mark / 2),
            _on_scale(centre, 0.185 if long else 0.203, mark / 2),
        )
        c.line(*ends, 0.006 if long else 0.003, DARK)
        if long:
            write(c, str(mark // 2), _on_scale(centre, 0.155, mark / 2), height=0.04, colour=DARK)
    write(c, "bar", (centre[0], centre[1] - 0.13, centre[2]), height=0.042, colour=(90, 92, 96))
    tip, tail = _on_scale(centre, 0.205, bars), _on_scale(centre, -0.06, bars)
    c.shadow(
        [
            tail,
            tip,
            (tip[0] + 0.012, tip[1] - 0.012, tip[2]),
            (tail[0] + 0.012, tail[1] - 0.012, tail[2]),
        ],
        alpha=0.5,
        blur=5,
    )
    c.line(tail, tip, 0.011, (176, 30, 26))
    c.ball(centre, 0.022, (60, 62, 66))


def _on_scale(centre: Point, radius: float, bars: float) -> Point:
    angle = math.radians(225 - 270 * bars / 16)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle), centre[2]
