"""An owner's bathroom: its ceiling and its tap."""

import itertools
from random import Random

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.room import DARK
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

_CHROME: Colour = (196, 202, 208)


def ceiling_fixed(c: Canvas) -> None:
    """The bathroom ceiling, freshly painted."""
    _bathroom(c)


def ceiling_leak(c: Canvas) -> None:
    """The same ceiling with brown rings, peeling paint and drops."""
    _bathroom(c)
    dice = Random("leak")
    for radius, colour, alpha in (
        (0.62, (150, 112, 62), 0.5),
        (0.52, (206, 184, 142), 0.75),
        (0.36, (128, 92, 50), 0.6),
        (0.28, (176, 146, 100), 0.8),
    ):
        ring = uneven(
            round_flat((0.12, 2.39, 1.62), radius, deep=0.62), Random("ring"), amount=0.28
        )
        c.soft(ring, colour, alpha=alpha, blur=7)
    run = [
        (0.1, 2.39, 2.0),
        (0.42, 2.39, 2.0),
        (0.42, 2.39, 2.45),
        (0.3, 1.7, 2.45),
        (0.24, 1.55, 2.45),
        (0.2, 1.8, 2.45),
        (0.1, 2.39, 2.45),
    ]
    c.soft(run, (150, 118, 70), alpha=0.55, blur=12)
    for _ in range(7):
        x, z = 0.12 + dice.uniform(-0.32, 0.32), 1.62 + dice.uniform(-0.16, 0.2)
        flake = uneven(
            round_flat((x, 2.37, z), dice.uniform(0.04, 0.1), corners=9), dice, amount=0.6
        )
        c.shadow([(p[0] + 0.02, p[1], p[2] + 0.02) for p in flake], alpha=0.6, blur=5)
        c.face(flake, mix((236, 230, 214), (196, 178, 146), dice.random()))
    for _ in range(60):
        x, z = 0.12 + dice.gauss(0, 0.22), 1.62 + dice.gauss(0, 0.12)
        c.dot((x, 2.385, z), 0.012, (60, 66, 52))
    for x, z in ((0.0, 1.55), (0.22, 1.62), (0.34, 1.5), (0.12, 1.75)):
        _drop(c, x=x, y=2.35, z=z, size=0.018)
    _drop(c, x=0.1, y=1.98, z=1.6, size=0.017)


def _drop(c: Canvas, *, x: float, y: float, z: float, size: float) -> None:
    c.face(
        [(x - size * 0.7, y, z), (x, y + size * 2.2, z), (x + size * 0.7, y, z)], (176, 190, 198)
    )
    c.ball((x, y, z), size, (206, 222, 232))


def _bathroom(c: Canvas) -> None:
    c.aim(y=1.6, focal=800, horizon=0.9, spread=0.5)
    tint = c.place.choice([(206, 216, 220), (222, 214, 200), (204, 218, 208)])
    left, right, back, high = -1.1, 1.2, 2.5, 2.4
    c.pane(
        [(left, high, 0.5), (right, high, 0.5), (right, high, back), (left, high, back)],
        (222, 222, 216),
        (244, 243, 238),
    )
    c.pane(upright(left, 0.5, back, right - left, 1.9), tone(tint, 0.84), tone(tint, 0.98))
    for x, light in ((left, 0.84), (right, 0.92)):
        c.pane(
            [(x, 0.5, 0.5), (x, high, 0.5), (x, high, back), (x, 0.5, back)],
            tone(tint, light * 0.88),
            tone(tint, light),
        )
    joint = tone(tint, 0.78)
    for row in range(6):
        y = 0.6 + row * 0.3
        c.line((left, y, back), (right, y, back), 0.008, joint)
        for x in (left, right):
            c.line((x, y, 0.5), (x, y, back), 0.008, joint)
    for i in range(8):
        c.line((left + i * 0.3, 0.5, back), (left + i * 0.3, high, back), 0.008, joint)
        for x in (left, right):
            c.line((x, 0.5, 0.6 + i * 0.3), (x, high, 0.6 + i * 0.3), 0.008, joint)
    for x in (left, right):
        c.shadow(
            [
                (x - 0.02, high, 0.5),
                (x + 0.02, high, 0.5),
                (x + 0.02, high, back),
                (x - 0.02, high, back),
            ],
            alpha=0.4,
            blur=16,
        )
    c.shadow(upright(left, high - 0.05, back, right - left, 0.05), alpha=0.35, blur=14)
    c.soft(round_flat((-0.55, high - 0.02, 1.9), 0.26), (255, 255, 250), alpha=0.9, blur=18)
    c.face(round_flat((-0.55, high - 0.02, 1.9), 0.18), (168, 170, 170))
    c.face(round_flat((-0.55, high - 0.02, 1.9), 0.15), (255, 255, 252))
    c.tube((0.95, 0.5, 2.35), (0.95, 2.0, 2.35), 0.02, _CHROME)
    c.tube((0.95, 2.0, 2.35), (0.8, 2.06, 2.1), 0.018, _CHROME)
    c.face(round_flat((0.78, 2.05, 2.05), 0.14), (150, 156, 162))
    c.face(round_flat((0.78, 2.045, 2.05), 0.125), (112, 118, 124))
    c.pane(upright(-0.85, 1.0, 2.48, 0.75, 0.85), (160, 180, 190), (214, 226, 232))
    c.lamp((-0.55, 2.3, 1.9), reach=1.2, power=0.2)
    c.ambient = 0.86


def tap_fixed(c: Canvas) -> None:
    """A basin tap, dry and bright."""
    _basin(c)
    _tap(c)


def tap_dripping(c: Canvas) -> None:
    """The same tap with drops falling and water round its foot."""
    _basin(c)
    dice = Random("drip")
    pool = uneven(round_flat((0.05, 0.905, 1.36), 0.27, deep=0.5), dice, amount=0.35)
    c.soft(pool, (120, 140, 150), alpha=0.6, blur=9)
    c.soft([(p[0] + 0.03, p[1], p[2] - 0.02) for p in pool], (246, 250, 252), alpha=0.35, blur=12)
    c.soft(
        uneven(round_flat((-0.2, 0.88, 1.13), 0.15, deep=0.5), dice),
        (170, 130, 80),
        alpha=0.5,
        blur=14,
    )
    _tap(c)
    for _ in range(16):
        c.ball(
            (dice.uniform(-0.3, 0.34), 0.912, dice.uniform(1.26, 1.42)),
            dice.uniform(0.005, 0.012),
            (206, 222, 232),
        )
    for y, size in ((1.1, 0.014), (1.02, 0.014), (0.94, 0.013)):
        _water(c, x=-0.2, y=y, z=1.15, size=size)
    for radius in (0.04, 0.08):
        ring = round_flat((-0.2, 0.88, 1.13), radius, deep=0.6)
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            c.line(a, b, 0.005, (130, 150, 164))


def _water(c: Canvas, *, x: float, y: float, z: float, size: float) -> None:
    outline = [
        (x - size, y, z),
        (x - size * 0.5, y + size * 1.6, z),
        (x, y + size * 3.2, z),
        (x + size * 0.5, y + size * 1.6, z),
        (x + size, y, z),
    ]
    c.face(outline, (96, 134, 160))
    c.ball((x, y, z), size * 1.1, (120, 168, 198))
    c.face(round_up((x - size * 0.3, y + size * 0.3, z), size * 0.35), (250, 252, 254))


def _basin(c: Canvas) -> None:
    c.aim(y=1.32, focal=1060, horizon=0.36, spread=0.25)
    tint = c.place.choice([(196, 212, 214), (214, 206, 194), (190, 206, 196)])
    c.pane(upright(-2, 0.4, 1.75, 4, 2), tone(tint, 0.84), tone(tint, 1.05))
    for i in range(-6, 7):
        c.line((i * 0.3 + 0.12, 0.4, 1.74), (i * 0.3 + 0.12, 2.4, 1.74), 0.008, tone(tint, 0.8))
    for row in range(7):
        c.line((-2, 0.9 + row * 0.2, 1.74), (2, 0.9 + row * 0.2, 1.74), 0.008, tone(tint, 0.8))
    c.shadow(upright(-2, 0.9, 1.73, 4, 0.06), alpha=0.4, blur=16)
    c.pane(lying(-2, 0.9, 0.4, 4, 1.34), (206, 204, 198), (230, 229, 225))
    c.pane(
        round_flat((0, 0.902, 1.0), 0.52, deep=0.62, corners=4)[:4],
        (240, 240, 238),
        (240, 240, 238),
        steps=1,
    )
    for radius, colour in (
        (0.56, (214, 216, 216)),
        (0.545, (250, 250, 248)),
        (0.5, (206, 210, 212)),
        (0.46, (222, 226, 228)),
        (0.36, (234, 237, 238)),
    ):
        c.face(round_flat((0, 0.904, 1.0), radius, deep=0.6), colour)
    c.soft(round_flat((0.12, 0.904, 1.14), 0.4, deep=0.34), (120, 130, 136), alpha=0.4, blur=30)
    c.face(round_flat((0, 0.87, 1.0), 0.055, deep=0.6), (150, 156, 160))
    c.face(round_flat((0, 0.87, 1.0), 0.036, deep=0.6), DARK)
    c.shadow(lying(0.02, 0.905, 1.2, 0.3, 0.1), alpha=0.3, blur=14)
    c.box((0.62, 0.9, 1.45), (0.16, 0.26, 0.12), (90, 150, 140))
    c.tube((0.7, 1.16, 1.5), (0.7, 1.24, 1.5), 0.018, (236, 236, 232))


def _tap(c: Canvas) -> None:
    c.tube((0, 0.9, 1.4), (0, 0.94, 1.4), 0.075, tone(_CHROME, 0.8))
    c.tube((0, 0.93, 1.4), (0, 1.24, 1.4), 0.046, _CHROME)
    bend = [
        (0.0, 1.16, 1.4),
        (-0.03, 1.22, 1.36),
        (-0.1, 1.235, 1.28),
        (-0.17, 1.215, 1.2),
        (-0.2, 1.17, 1.15),
    ]
    for a, b in itertools.pairwise(bend):
        c.tube(a, b, 0.034, _CHROME)
        c.ball(b, 0.034, _CHROME)
    c.tube((-0.2, 1.17, 1.15), (-0.2, 1.14, 1.15), 0.032, tone(_CHROME, 0.86))
    c.tube((0.02, 1.27, 1.4), (0.17, 1.37, 1.42), 0.018, _CHROME)
    c.ball((0, 1.27, 1.4), 0.046, _CHROME)
    c.ball((0.17, 1.37, 1.42), 0.022, _CHROME)
