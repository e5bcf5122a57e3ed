"""The lift car and its panel."""

import itertools

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.room import DARK, STEEL, room
from propapp.demo.pictures.shapes import Colour, lying, round_up, sideways, tone, uneven, upright
from propapp.demo.pictures.writing import write


def lift_car(c: Canvas) -> None:
    """The inside of a lift: steel, a handrail, a mirror and the panel."""
    c.aim(y=1.55, focal=720, horizon=0.46)
    room(
        c,
        wide=1.7,
        high=2.4,
        deep=2.5,
        wall=(170, 174, 178),
        floor=(92, 84, 78),
        ceiling=(226, 228, 228),
    )
    for i in range(3):
        x = -0.83 + i * 0.56
        c.pane(upright(x, 0.1, 2.48, 0.54, 2.2), (140, 145, 150), (190, 195, 199))
        c.soft(upright(x + 0.2, 0.2, 2.47, 0.12, 1.9), (240, 244, 248), alpha=0.4, blur=16)
    c.pane(upright(-0.5, 1.05, 2.46, 1.0, 1.0), (142, 156, 164), (204, 214, 218))
    c.soft(
        [(-0.3, 1.1, 2.45), (-0.1, 1.1, 2.45), (0.3, 2.0, 2.45), (0.1, 2.0, 2.45)],
        (240, 246, 250),
        alpha=0.5,
        blur=14,
    )
    for side in (-0.84, 0.84):
        for i in range(3):
            c.line((side, 0, 0.9 + i * 0.55), (side, 2.4, 0.9 + i * 0.55), 0.008, tone(STEEL, 0.6))
    c.shadow(upright(-0.8, 0.78, 2.45, 1.6, 0.06), alpha=0.5, blur=8)
    c.tube((-0.8, 0.88, 2.36), (0.8, 0.88, 2.36), 0.025, (206, 210, 214))
    c.face(sideways(0.835, 0.75, 1.45, 0.34, 1.05), tone(STEEL, 1.12))
    c.face(sideways(0.83, 1.62, 1.52, 0.2, 0.12), (16, 18, 20))
    for row in range(6):
        for z in (1.52, 1.64):
            c.face(sideways(0.828, 0.9 + row * 0.11, z, 0.07, 0.07), (236, 238, 238))
    c.face(sideways(-0.835, 1.2, 1.5, 0.4, 0.56), (240, 236, 222))
    c.face(sideways(-0.833, 1.58, 1.54, 0.32, 0.14), (60, 130, 120))
    for spot in ((-0.4, 1.3), (0.4, 1.3), (-0.4, 2.0), (0.4, 2.0)):
        lamp = lying(spot[0] - 0.11, 2.39, spot[1] - 0.11, 0.22, 0.22)
        c.soft(lamp, (255, 255, 248), alpha=1.0, blur=20)
        c.face(lamp, (255, 255, 250))
    c.speckle(
        lying(-0.85, 0, 0.9, 1.7, 1.6), [(110, 102, 94), (70, 64, 60)], count=260, metres=0.008
    )
    c.lamp((0, 2.2, 1.9), reach=1.4, power=0.3)


def lift_panel_ok(c: Canvas) -> None:
    """The car panel with its buttons whole and its display lit."""
    _panel(c, missing=frozenset(), display=(255, 96, 48))


def lift_panel_broken(c: Canvas) -> None:
    """The same panel with buttons torn out, a cracked display and no light."""
    _panel(c, missing=frozenset({3, 7, 8}), display=(54, 30, 26))
    crack = [(-0.1, 1.79), (-0.03, 1.76), (-0.05, 1.72), (0.04, 1.7), (0.02, 1.66), (0.1, 1.63)]
    for a, b in itertools.pairwise(crack):
        c.line((*a, 0.985), (*b, 0.985), 0.004, (206, 214, 220))
    for ends in (
        ((-0.03, 1.76), (0.06, 1.78)),
        ((0.04, 1.7), (0.11, 1.73)),
        ((-0.05, 1.72), (-0.1, 1.68)),
    ):
        c.line((*ends[0], 0.985), (*ends[1], 0.985), 0.003, (190, 198, 204))
    burn = uneven(round_up((0.12, 1.24, 0.985), 0.09, tall=1.3), c.place, amount=0.4)
    c.soft(burn, (34, 26, 22), alpha=0.6, blur=22)
    for _ in range(5):
        x, y = -0.15 + c.place.random() * 0.3, 1.0 + c.place.random() * 0.5
        c.line(
            (x, y, 0.985),
            (x + c.place.uniform(-0.1, 0.1), y + c.place.uniform(0.02, 0.09), 0.985),
            0.003,
            (226, 230, 232),
        )


def _panel(c: Canvas, *, missing: frozenset[int], display: Colour) -> None:
    c.aim(y=1.4, focal=960, horizon=0.5, spread=0.25)
    c.pane(upright(-1, 0.5, 1.1, 2, 2), (126, 130, 134), (168, 172, 176))
    for x in (-0.62, 0.52):
        c.soft(upright(x, 0.6, 1.1, 0.14, 1.8), (232, 236, 240), alpha=0.5, blur=40)
    c.shadow(upright(-0.26, 0.9, 1.05, 0.58, 1.0), alpha=0.55, blur=22)
    c.box((-0.27, 0.94, 1.0), (0.54, 0.94, 0.06), (196, 200, 203))
    c.soft(upright(-0.22, 0.96, 0.995, 0.08, 0.9), (250, 252, 254), alpha=0.5, blur=20)
    c.face(upright(-0.15, 1.6, 0.99, 0.3, 0.22), (14, 15, 17))
    if not missing:
        c.soft(upright(-0.08, 1.64, 0.988, 0.16, 0.14), display, alpha=0.35, blur=20)
    write(c, str(c.rng.randrange(2, 19)), (0.03, 1.71, 0.987), height=0.13, colour=display)
    c.face([(-0.11, 1.68, 0.987), (-0.05, 1.68, 0.987), (-0.08, 1.75, 0.987)], display)
    lit = c.rng.randrange(9)
    for i in range(9):
        x, y = -0.13 + (i % 3) * 0.13, 1.17 + (i // 3) * 0.14
        if i in missing:
            _hole(c, x=x, y=y)
        else:
            _button(c, x=x, y=y, text=str(i + 1), lit=i == lit and not missing)
    for x, colour in ((-0.1, (226, 190, 60)), (0.1, (210, 60, 50))):
        c.face(round_up((x, 1.03, 0.988), 0.042), tone(STEEL, 0.7))
        c.face(round_up((x, 1.032, 0.986), 0.036), colour)


def _button(c: Canvas, *, x: float, y: float, text: str, lit: bool) -> None:
    c.shadow(round_up((x + 0.008, y - 0.012, 0.99), 0.052), alpha=0.5, blur=7)
    c.face(round_up((x, y, 0.988), 0.052), (255, 170, 60) if lit else tone(STEEL, 0.72))
    c.face(round_up((x, y, 0.986), 0.045), (250, 248, 240) if lit else (224, 226, 226))
    write(c, text, (x, y, 0.985), height=0.045, colour=(220, 90, 20) if lit else DARK)


def _hole(c: Canvas, *, x: float, y: float) -> None:
    c.face(round_up((x, y, 0.988), 0.054), tone(STEEL, 0.5))
    c.face(round_up((x, y, 0.986), 0.046), (12, 12, 14))
    c.tube((x - 0.02, y + 0.02, 0.985), (x + 0.03, y - 0.07, 0.975), 0.006, (200, 50, 44))
    c.tube((x + 0.02, y + 0.01, 0.985), (x + 0.01, y - 0.055, 0.975), 0.006, (60, 110, 190))
