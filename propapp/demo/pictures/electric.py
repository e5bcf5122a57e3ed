"""Distribution box, wall outlet and water meter."""

import itertools
import math

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.room import DARK, STEEL
from propapp.demo.pictures.shapes import round_up, tone, uneven, upright
from propapp.demo.pictures.writing import write


def distribution_box(c: Canvas) -> None:
    """An open distribution box with its rows of breakers."""
    c.aim(x=0.14, y=1.5, focal=860, horizon=0.5, spread=0.4)
    wall = c.place.choice([(206, 206, 198), (214, 208, 194)])
    c.pane(upright(-2, 0, 1.7, 4, 3), tone(wall, 0.86), wall)
    for x in (-0.3, -0.1, 0.1, 0.3):
        c.shadow(upright(x - 0.02, 2.05, 1.69, 0.1, 1), alpha=0.3, blur=8)
        c.tube((x, 2.0, 1.62), (x, 3.2, 1.62), 0.032, (214, 214, 210))
    c.shadow(upright(-0.72, 0.8, 1.69, 1.62, 1.28), alpha=0.5, blur=26)
    c.box((-0.66, 0.86, 1.42), (1.3, 1.28, 0.26), (190, 194, 194))
    c.pane(upright(-0.6, 0.92, 1.41, 1.18, 1.16), (82, 88, 90), (118, 124, 126))
    c.shadow(upright(-0.6, 2.0, 1.405, 1.18, 0.08), alpha=0.6, blur=12)
    hinge = [(0.66, 0.86, 1.42), (1.1, 0.84, 1.12), (1.1, 2.18, 1.12), (0.66, 2.14, 1.42)]
    c.pane(hinge, (150, 154, 154), (176, 180, 180))
    sign = [(0.86, 1.42, 1.27), (1.02, 1.42, 1.16), (0.94, 1.62, 1.21)]
    c.face(sign, (240, 200, 40))
    c.face(
        [
            (0.93, 1.46, 1.21),
            (0.96, 1.52, 1.19),
            (0.94, 1.52, 1.2),
            (0.96, 1.58, 1.19),
            (0.92, 1.5, 1.21),
        ],
        DARK,
    )
    _main_breaker(c)
    for row, y in enumerate((1.42, 1.12)):
        _breakers(c, y=y, row=row)
    c.face(upright(-0.5, 0.95, 1.39, 0.98, 0.05), (186, 130, 70))


def _main_breaker(c: Canvas) -> None:
    c.box((-0.2, 1.72, 1.34), (0.4, 0.27, 0.06), (52, 56, 60))
    c.face(upright(-0.16, 1.8, 1.335, 0.32, 0.11), (224, 224, 218))
    c.box((-0.05, 1.83, 1.3), (0.1, 0.06, 0.03), (30, 32, 34))
    for i, colour in enumerate(((216, 180, 40), (50, 150, 80), (200, 50, 44))):
        x = -0.13 + i * 0.13
        c.tube((x, 2.06, 1.38), (x, 1.98, 1.36), 0.016, colour)
        c.tube((x, 1.73, 1.37), (x - 0.26 + i * 0.2, 1.6, 1.39), 0.012, colour)


def _breakers(c: Canvas, *, y: float, row: int) -> None:
    c.face(upright(-0.54, y - 0.02, 1.4, 1.06, 0.2), (206, 208, 206))
    wires = ((200, 50, 44), (216, 180, 40), (50, 150, 80), (60, 90, 190))
    for i in range(11):
        x = -0.5 + i * 0.09
        c.face(upright(x, y - 0.04, 1.385, 0.083, 0.24), (240, 240, 234))
        c.face(upright(x + 0.006, y + 0.02, 1.384, 0.07, 0.11), (214, 216, 212))
        down = row == 1 and i in (4, 9)
        c.face(
            upright(x + 0.022, y + (0.025 if down else 0.075), 1.38, 0.038, 0.05),
            (30, 70, 130) if not down else DARK,
        )
        c.face(upright(x + 0.02, y + 0.155, 1.383, 0.04, 0.022), (70, 170, 90))
        c.tube(
            (x + 0.04, y - 0.03, 1.39),
            (x + 0.03 + 0.02 * math.sin(i), y - 0.13, 1.4),
            0.009,
            wires[i % 4],
        )


def wall_outlet_ok(c: Canvas) -> None:
    """A sound double outlet on a clean wall."""
    _outlet_wall(c)
    _plate(c)


def wall_outlet_broken(c: Canvas) -> None:
    """The same outlet cracked, scorched and hanging from its box."""
    _outlet_wall(c)
    burn = uneven(round_up((0.03, 0.5, 0.995), 0.14, tall=1.3), c.place, amount=0.4)
    c.soft(burn, (40, 30, 24), alpha=0.75, blur=30)
    c.face(upright(-0.2, 0.29, 0.993, 0.4, 0.21), (52, 48, 46))
    for x, colour in ((-0.1, (190, 50, 40)), (0.0, (60, 150, 70)), (0.09, (60, 90, 180))):
        c.tube((x, 0.48, 0.99), (x * 0.6 + 0.03, 0.37, 0.97), 0.011, colour)
    _plate(c, hanging=True)
    scorch = uneven(round_up((0.11, 0.42, 0.95), 0.06), c.place, amount=0.4)
    c.soft(scorch, (26, 18, 14), alpha=0.9, blur=12)
    crack = [(0.02, 0.5), (0.05, 0.45), (0.03, 0.41), (0.08, 0.37), (0.06, 0.33), (0.1, 0.26)]
    for a, b in itertools.pairwise(crack):
        c.line((*a, 0.95), (*b, 0.95), 0.007, (24, 20, 18))


def _outlet_wall(c: Canvas) -> None:
    c.aim(y=0.5, focal=1000, horizon=0.52, spread=0.2)
    wall = c.place.choice([(232, 226, 212), (222, 226, 226), (230, 220, 204)])
    c.pane(upright(-1, -0.3, 1.0, 2, 1.6), tone(wall, 0.86), tone(wall, 1.03))
    c.speckle(
        upright(-0.7, 0.08, 1.0, 1.4, 0.95),
        [tone(wall, 0.93), tone(wall, 1.03)],
        count=500,
        metres=0.003,
    )
    c.pane(upright(-1, -0.3, 0.97, 2, 0.36), (150, 112, 80), (178, 140, 104))
    c.shadow(upright(-1, 0.06, 0.99, 2, 0.012), alpha=0.5, blur=6)
    c.shadow(upright(-0.21, 0.24, 0.995, 0.46, 0.26), alpha=0.5, blur=18)


def _plate(c: Canvas, *, hanging: bool = False) -> None:
    turn = math.radians(-17 if hanging else 0)
    z = 0.96

    def at(x: float, y: float) -> tuple[float, float, float]:
        return (
            x * math.cos(turn) - y * math.sin(turn),
            0.4 + x * math.sin(turn) + y * math.cos(turn) - (0.05 if hanging else 0),
            z,
        )

    def rect(x: float, y: float, wide: float, high: float) -> list[tuple[float, float, float]]:
        return [at(x, y), at(x + wide, y), at(x + wide, y + high), at(x, y + high)]

    if hanging:
        c.shadow(
            [(p[0] + 0.03, p[1] - 0.03, p[2]) for p in rect(-0.21, -0.12, 0.42, 0.24)],
            alpha=0.6,
            blur=16,
        )
    c.face(rect(-0.215, -0.125, 0.43, 0.25), (196, 196, 190))
    c.pane(rect(-0.21, -0.118, 0.42, 0.24), (228, 228, 222), (250, 250, 246))
    for side in (-0.1, 0.1):
        c.face(rect(side - 0.085, -0.095, 0.17, 0.19), (236, 236, 230))
        c.face(rect(side - 0.04, 0.03, 0.018, 0.045), DARK)
        c.face(rect(side + 0.022, 0.03, 0.018, 0.045), DARK)
        for slot, lean in ((-0.045, 0.02), (0.03, -0.02)):
            c.face(
                [
                    at(side + slot, -0.06),
                    at(side + slot + 0.015, -0.06),
                    at(side + slot + 0.015 + lean, -0.02),
                    at(side + slot + lean, -0.02),
                ],
                DARK,
            )
        c.face(rect(side - 0.009, 0.005, 0.018, 0.02), DARK)


def meter_water(c: Canvas) -> None:
    """A water meter from above with the figures the seed gives."""
    c.aim(y=0.5, focal=1000, horizon=0.5, spread=0.25)
    c.pane(upright(-1, -0.3, 1.2, 2, 1.6), (112, 108, 102), (150, 146, 138))
    c.speckle(
        upright(-0.8, -0.1, 1.2, 1.6, 1.2), [(96, 92, 86), (168, 164, 156)], count=420, metres=0.006
    )
    c.shadow(upright(-1, 0.22, 1.15, 2, 0.2), alpha=0.5, blur=24)
    c.tube((-1, 0.44, 1.08), (1, 0.44, 1.08), 0.085, (176, 180, 184))
    for x in (-0.46, 0.34):
        c.tube((x, 0.44, 1.05), (x + 0.12, 0.44, 1.05), 0.125, (190, 152, 78))
        c.line((x + 0.06, 0.34, 0.94), (x + 0.06, 0.54, 0.94), 0.006, (140, 108, 50))
    c.tube((0.62, 0.44, 1.0), (0.62, 0.62, 1.0), 0.03, (190, 152, 78))
    c.tube((0.52, 0.64, 1.0), (0.82, 0.64, 1.0), 0.024, (206, 44, 40))
    c.shadow(round_up((0.04, 0.41, 1.0), 0.31), alpha=0.55, blur=26)
    for radius, colour in (
        (0.31, (150, 118, 60)),
        (0.3, (52, 102, 160)),
        (0.262, (32, 66, 110)),
        (0.25, (244, 246, 244)),
    ):
        c.face(round_up((0, 0.46, 0.96), radius, corners=80), colour)
    _register(c)
    c.soft(round_up((-0.09, 0.6, 0.95), 0.09, tall=0.45), (255, 255, 255), alpha=0.6, blur=14)


def _register(c: Canvas) -> None:
    reading = f"{c.rng.randrange(120, 980):05d}"
    for i, figure in enumerate(reading):
        x = -0.175 + i * 0.063
        c.face(upright(x, 0.51, 0.958, 0.056, 0.085), (24, 26, 30))
        write(c, figure, (x + 0.028, 0.5525, 0.957), height=0.062, colour=(246, 246, 240))
    write(c, "m3", (0.185, 0.54, 0.957), height=0.032, colour=DARK)
    for x, y in ((-0.13, 0.4), (0.0, 0.33), (0.13, 0.4)):
        c.face(round_up((x, y, 0.957), 0.052), (208, 60, 52))
        c.face(round_up((x, y, 0.956), 0.044), (250, 250, 248))
        turn = c.rng.uniform(0, math.tau)
        c.line(
            (x, y, 0.955),
            (x + 0.036 * math.cos(turn), y + 0.036 * math.sin(turn), 0.955),
            0.008,
            (200, 40, 34),
        )
    c.face(
        [
            (0.026 * math.cos(a), 0.44 + 0.026 * math.sin(a), 0.956)
            for a in (math.tau * i / 6 for i in range(6))
        ],
        STEEL,
    )
