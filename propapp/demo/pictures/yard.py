"""The playground and the rubbish point."""

from random import Random

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.plants import grass, hedge, sky, tree
from propapp.demo.pictures.room import DARK, scrap
from propapp.demo.pictures.shapes import Colour, lying, round_flat, round_up, tone, upright

_BINS: tuple[Colour, ...] = ((58, 128, 74), (50, 96, 160), (104, 106, 110), (176, 50, 44))


def playground_ok(c: Canvas) -> None:
    """A swing and a slide on a soft floor."""
    _playground(c)
    for x in (-1.15, -0.35):
        _seat(c, x=x)


def playground_broken(c: Canvas) -> None:
    """The same swing with a chain torn, the seat on the ground, tape around it."""
    _playground(c)
    _seat(c, x=-1.15)
    for i in range(14):
        c.tube(
            (-0.6, 2.1 - i * 0.09, 5.4),
            (-0.6 + 0.004 * i, 2.03 - i * 0.09, 5.4),
            0.015,
            (90, 94, 98),
        )
    c.tube((-0.1, 2.1, 5.4), (-0.16, 1.3, 5.4), 0.015, (90, 94, 98))
    c.shadow(lying(-0.62, 0.01, 4.75, 0.7, 0.3), alpha=0.6, blur=8)
    c.face(
        [(-0.55, 0.04, 4.9), (0.0, 0.05, 4.75), (0.05, 0.3, 4.85), (-0.48, 0.22, 5.0)],
        (214, 70, 44),
    )
    c.face(
        [(-0.55, 0.04, 4.9), (0.0, 0.05, 4.75), (0.0, 0.01, 4.75), (-0.55, 0.0, 4.9)], (120, 40, 28)
    )
    for x in (-2.6, 0.95):
        c.shadow(round_flat((x, 0.01, 4.0), 0.2), alpha=0.5, blur=6)
        c.tube((x, 0, 4.0), (x, 0.95, 4.0), 0.035, (232, 92, 40))
    for i in range(16):
        x, sag = -2.6 + i * 0.222, 0.1 * (1 - ((i - 8) / 8) ** 2)
        tape = [
            (x, 0.74 - sag, 4.0),
            (x + 0.222, 0.74 - sag, 4.0),
            (x + 0.222, 0.86 - sag, 4.0),
            (x, 0.86 - sag, 4.0),
        ]
        c.face(tape, (244, 244, 240) if i % 2 else (214, 46, 40))


def _playground(c: Canvas) -> None:
    c.outdoors = True
    c.aim(y=1.55, focal=860, horizon=0.42)
    sky(c)
    wall = c.place.choice([(216, 204, 188), (204, 208, 214)])
    c.pane(upright(-12, 0, 22, 24, 9), tone(wall, 0.9), tone(wall, 1.04))
    for floor in range(5):
        for bay in range(16):
            c.face(upright(-11.4 + bay * 1.5, 1.0 + floor * 1.7, 21.9, 0.8, 0.95), (104, 122, 134))
    grass(c, near=0.8, far=22.0, wide=36.0)
    for x in (-6.0, -1.5, 3.4, 6.5):
        tree(c, x=x, z=14.0, high=4.6)
    hedge(c, x=-6, z=10.5, wide=12, high=0.8, deep=0.8)
    c.face(round_flat((0, 0.01, 4.9), 3.4, deep=0.9), (52, 112, 132))
    c.face(round_flat((0, 0.012, 4.9), 3.2, deep=0.9), (70, 142, 160))
    c.face(round_flat((1.6, 0.014, 4.0), 0.9, deep=0.8), (222, 146, 60))
    _slide(c)
    _swing_frame(c)
    c.ambient = 0.98


def _swing_frame(c: Canvas) -> None:
    c.shadow(lying(-2.0, 0.02, 5.5, 2.5, 0.2), alpha=0.4, blur=8)
    for x in (-1.9, 0.3):
        for z in (4.9, 5.9):
            c.tube((x, 0, z), (x, 2.2, 5.4), 0.05, (232, 180, 50))
    c.tube((-1.95, 2.2, 5.4), (0.35, 2.2, 5.4), 0.055, (214, 70, 44))


def _seat(c: Canvas, *, x: float) -> None:
    c.shadow(round_flat((x, 0.02, 5.5), 0.34, deep=0.4), alpha=0.5, blur=8)
    for side in (-0.24, 0.24):
        c.line((x + side, 2.2, 5.4), (x + side, 0.5, 5.4), 0.025, (96, 100, 104))
    c.box((x - 0.28, 0.46, 5.28), (0.56, 0.06, 0.24), (214, 70, 44))


def _slide(c: Canvas) -> None:
    c.shadow(lying(0.9, 0.02, 5.2, 1.9, 0.9), alpha=0.45, blur=14)
    for x in (2.0, 2.8):
        c.tube((x, 0, 6.2), (x, 2.5, 6.2), 0.06, (60, 130, 80))
        c.tube((x, 0, 5.5), (x, 2.5, 5.5), 0.06, (60, 130, 80))
    c.box((1.95, 1.2, 5.5), (0.9, 0.08, 0.75), (176, 140, 90))
    c.face([(1.8, 2.45, 5.4), (2.4, 2.95, 5.7), (3.0, 2.45, 5.4)], (206, 60, 46))
    c.face([(2.4, 2.95, 5.7), (3.0, 2.45, 5.4), (3.0, 2.45, 6.3), (2.4, 2.95, 6.0)], (160, 44, 36))
    for i in range(5):
        c.tube((2.95, 0.2 + i * 0.24, 5.7), (2.95, 0.2 + i * 0.24, 6.2), 0.025, (90, 94, 98))
    chute = [(2.0, 1.26, 5.55), (2.0, 1.26, 6.1), (0.75, 0.14, 5.3), (0.75, 0.14, 4.75)]
    c.face(chute, (236, 190, 52))
    for z1, z2 in ((6.1, 5.3), (5.55, 4.75)):
        edge = [(2.0, 1.26, z1), (0.75, 0.14, z2), (0.75, 0.32, z2), (2.0, 1.46, z1)]
        c.face(edge, (208, 156, 30) if z1 > 6 else (248, 210, 80))


def rubbish_clean(c: Canvas) -> None:
    """Four sorted bins with shut lids on a swept floor."""
    _bin_place(c)
    for i, colour in enumerate(_BINS):
        _bin(c, x=-1.62 + i * 0.84, colour=colour, shut=True)


def rubbish_overflow(c: Canvas) -> None:
    """The same bins bursting, bags piled before them."""
    _bin_place(c)
    dice = Random("overflow")
    for i, colour in enumerate(_BINS):
        x = -1.62 + i * 0.84
        _lid_up(c, x=x, colour=colour)
        for _ in range(4):
            _bag(
                c,
                dice,
                x=x + dice.uniform(0.12, 0.54),
                y=1.02 + dice.uniform(0, 0.16),
                z=3.5,
                size=0.19,
            )
        _bin(c, x=x, colour=colour, shut=False)
        _bag(c, dice, x=x + 0.2, y=0.98, z=3.28, size=0.13)
    c.box((0.95, 0, 2.95), (0.55, 0.4, 0.35), (188, 148, 98))
    for _ in range(15):
        _bag(
            c,
            dice,
            x=dice.uniform(-1.6, 0.85),
            y=0.14,
            z=dice.uniform(2.6, 3.1),
            size=dice.uniform(0.15, 0.25),
        )
    paint = [(236, 236, 230), (214, 70, 50), (236, 196, 70), (110, 160, 200), (160, 120, 80)]
    for _ in range(22):
        scrap(
            c,
            x=dice.uniform(-1.9, 1.9),
            z=dice.uniform(1.9, 2.7),
            size=dice.uniform(0.03, 0.09),
            colour=dice.choice(paint),
        )
    c.soft(round_flat((0.5, 0.01, 2.2), 0.5, deep=0.4), (60, 52, 40), alpha=0.5, blur=14)


def _bin_place(c: Canvas) -> None:
    c.aim(y=1.5, focal=860, horizon=0.38)
    wall = c.place.choice([(190, 180, 166), (176, 182, 182)])
    c.pane(upright(-6, 0, 4.6, 12, 4), tone(wall, 0.8), tone(wall, 1.06))
    for row in range(14):
        c.line((-6, 0.3 * row, 4.59), (6, 0.3 * row, 4.59), 0.01, tone(wall, 0.7))
        for col in range(-8, 9):
            x = col * 0.6 + (row % 2) * 0.3
            c.line((x, 0.3 * row, 4.59), (x, 0.3 * row + 0.3, 4.59), 0.01, tone(wall, 0.74))
    c.pane(lying(-6, 0, 0.5, 12, 4.1), (132, 130, 126), (158, 156, 150))
    c.speckle(
        lying(-2.5, 0, 1.2, 5, 3), [(116, 114, 110), (172, 170, 164)], count=400, metres=0.009
    )
    for i, colour in enumerate(_BINS):
        x = -1.62 + i * 0.84
        c.face(upright(x + 0.1, 1.62, 4.58, 0.52, 0.52), colour)
        c.face(round_up((x + 0.36, 1.88, 4.57), 0.15), (244, 244, 240))
        c.face(round_up((x + 0.36, 1.88, 4.565), 0.08), colour)
    c.shadow(lying(-1.8, 0, 3.1, 3.7, 0.9), alpha=0.55, blur=18)
    c.lamp((0, 2.4, 3.4), reach=2.6, power=0.16)
    c.ambient = 0.86


def _bin(c: Canvas, *, x: float, colour: Colour, shut: bool) -> None:
    c.face(
        [(x + 0.05, 0.06, 3.4), (x + 0.67, 0.06, 3.4), (x + 0.72, 0.95, 3.4), (x, 0.95, 3.4)],
        colour,
    )
    c.pane(
        [(x + 0.05, 0.06, 3.39), (x + 0.67, 0.06, 3.39), (x + 0.72, 0.95, 3.39), (x, 0.95, 3.39)],
        tone(colour, 0.7),
        tone(colour, 1.1),
    )
    c.soft(upright(x + 0.1, 0.15, 3.385, 0.08, 0.7), (255, 255, 255), alpha=0.25, blur=8)
    for part in (0.25, 0.36, 0.47):
        c.line((x + part, 0.15, 3.385), (x + part, 0.62, 3.385), 0.012, tone(colour, 0.78))
    c.face(round_up((x + 0.36, 0.78, 3.38), 0.09), (240, 240, 236))
    c.face(upright(x - 0.03, 0.93, 3.37, 0.78, 0.06), tone(colour, 0.62))
    for wheel in (x + 0.12, x + 0.6):
        c.face(round_up((wheel, 0.08, 3.37), 0.08), DARK)
    if shut:
        c.face(
            [(x - 0.03, 0.99, 3.37), (x + 0.75, 0.99, 3.37), (x + 0.72, 1.06, 4.0), (x, 1.06, 4.0)],
            tone(colour, 1.22),
        )


def _lid_up(c: Canvas, *, x: float, colour: Colour) -> None:
    lid = [(x, 1.0, 4.05), (x + 0.72, 1.0, 4.05), (x + 0.7, 1.66, 4.25), (x + 0.02, 1.66, 4.25)]
    c.pane(lid, tone(colour, 0.7), tone(colour, 1.05))


def _bag(c: Canvas, dice: Random, *, x: float, y: float, z: float, size: float) -> None:
    colour = dice.choice(
        [(44, 46, 52), (44, 46, 52), (222, 224, 222), (188, 60, 50), (70, 120, 170), (60, 62, 66)]
    )
    c.shadow(round_up((x + size * 0.3, y - size * 0.5, z), size, tall=0.5), alpha=0.45, blur=8)
    c.ball((x, y, z), size, colour)
    knot = y + size * 0.85
    c.face(
        [
            (x - size * 0.25, knot, z),
            (x - size * 0.4, knot + size * 0.5, z),
            (x, knot + size * 0.2, z),
            (x + size * 0.35, knot + size * 0.5, z),
            (x + size * 0.2, knot, z),
        ],
        tone(colour, 1.05),
    )
    c.line(
        (x - size * 0.1, knot - size * 0.1, z),
        (x - size * 0.5, y, z),
        size * 0.06,
        tone(colour, 0.7),
    )
    c.line(
        (x + size * 0.1, knot - size * 0.1, z),
        (x + size * 0.4, y - size * 0.1, z),
        size * 0.06,
        tone(colour, 0.65),
    )
