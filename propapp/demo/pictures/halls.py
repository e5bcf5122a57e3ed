"""Lobby, stairwell and corridor."""

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.room import (
    DARK,
    STEEL,
    WHITE,
    door,
    exit_sign,
    panel_lamp,
    plant,
    room,
    scrap,
)
from propapp.demo.pictures.shapes import Outline, lying, mix, round_flat, sideways, tone, upright


def lobby(c: Canvas) -> None:
    """An entrance hall with two lifts, a plant and a notice board."""
    wall = c.place.choice([(222, 208, 184), (214, 212, 206), (226, 216, 200)])
    room(c, wide=6.2, high=3.0, deep=7.0, wall=wall, floor=(206, 200, 190), tile=0.8)
    c.face(upright(-2.7, 0, 6.97, 5.4, 2.6), mix(wall, (120, 96, 74), 0.42))
    for x in (-1.75, 0.45):
        _lift_doors(c, x=x, z=6.95)
    for x in (-1.25, 0.95):
        c.soft(
            upright(x - 0.6, 0, 6.9, 1.2, 0.02) + lying(x - 0.5, 0, 4.6, 1.0, 2.2),
            (250, 250, 246),
            alpha=0.22,
            blur=22,
        )
    for z in (2.4, 4.6):
        panel_lamp(c, z=z, high=3.0, wide=2.2, deep=0.4, lit=True)
    _notice_board(c)
    plant(c, x=2.35, z=5.4, high=1.5)
    plant(c, x=-2.45, z=6.0, high=1.3)
    c.shadow(lying(-1.0, 0, 3.0, 2.0, 1.3), alpha=0.2, blur=8)
    c.face(lying(-1.0, 0.01, 3.0, 2.0, 1.3), (112, 48, 44))
    c.face(lying(-0.9, 0.012, 3.1, 1.8, 1.1), (134, 60, 52))


def _lift_doors(c: Canvas, *, x: float, z: float) -> None:
    c.face(upright(x - 0.12, 0, z, 1.24, 2.22), tone(STEEL, 0.7))
    for leaf in (x, x + 0.5):
        c.pane(upright(leaf, 0, z - 0.01, 0.495, 2.1), tone(STEEL, 0.82), tone(STEEL, 1.2))
        c.soft(upright(leaf + 0.12, 0.1, z - 0.02, 0.1, 1.9), (250, 252, 255), alpha=0.4, blur=8)
    c.line((x + 0.5, 0, z - 0.02), (x + 0.5, 2.1, z - 0.02), 0.012, DARK)
    c.face(upright(x + 1.24, 0.95, z - 0.02, 0.12, 0.3), tone(STEEL, 0.85))
    c.face(upright(x + 1.28, 1.1, z - 0.03, 0.04, 0.04), (250, 150, 60))
    c.face(upright(x + 0.36, 2.26, z - 0.02, 0.28, 0.13), (20, 20, 22))
    c.face(upright(x + 0.47, 2.28, z - 0.03, 0.05, 0.09), (240, 70, 40))


def _notice_board(c: Canvas) -> None:
    c.face(sideways(-3.08, 1.05, 3.4, 1.7, 1.0), tone(STEEL, 0.8))
    c.face(sideways(-3.07, 1.1, 3.45, 1.6, 0.9), (48, 96, 92))
    for i, paper in enumerate(((246, 244, 236), (250, 240, 206), (240, 244, 250))):
        z = 3.55 + i * 0.5
        c.face(sideways(-3.06, 1.2, z, 0.38, 0.62), paper)
        for row in range(5):
            c.line(
                (-3.05, 1.7 - row * 0.09, z + 0.05),
                (-3.05, 1.7 - row * 0.09, z + 0.3),
                0.012,
                (150, 150, 150),
            )


def stairwell_clean(c: Canvas) -> None:
    """A flight of concrete stairs, swept."""
    _stairs(c)


def stairwell_litter(c: Canvas) -> None:
    """The same flight with paper, a bottle and a bag left on it."""
    _stairs(c)
    paint = [
        (238, 236, 228),
        (228, 226, 216),
        (206, 70, 56),
        (222, 190, 96),
        (120, 158, 190),
        (190, 164, 122),
    ]
    for _ in range(17):
        x, z = c.place.uniform(-0.95, 0.95), c.place.uniform(1.85, 2.45)
        scrap(c, x=x, z=z, size=c.place.uniform(0.03, 0.085), colour=c.place.choice(paint))
    for step in (0, 0, 1, 2, 2, 4):
        x, z = c.place.uniform(-0.8, 0.8), 2.62 + step * 0.29
        scrap(c, x=x, z=z, y=(step + 1) * 0.165, size=0.075, colour=c.place.choice(paint))
    c.shadow(round_flat((0.62, 0, 2.0), 0.3, deep=0.5), alpha=0.6)
    c.tube((0.42, 0.05, 1.95), (0.68, 0.05, 2.1), 0.05, (150, 196, 190))
    c.tube((0.68, 0.05, 2.1), (0.74, 0.05, 2.14), 0.022, (60, 120, 200))
    c.shadow(round_flat((-0.55, 0, 2.2), 0.34, deep=0.6), alpha=0.6)
    c.ball((-0.62, 0.17, 2.2), 0.2, (58, 60, 66))
    c.face(
        [
            (-0.66, 0.33, 2.15),
            (-0.74, 0.46, 2.15),
            (-0.6, 0.4, 2.15),
            (-0.5, 0.47, 2.15),
            (-0.57, 0.33, 2.15),
        ],
        (66, 68, 74),
    )


def _stairs(c: Canvas) -> None:
    c.aim(y=1.5, focal=780, horizon=0.32)
    wall = c.place.choice([(216, 214, 204), (206, 212, 210), (222, 214, 198)])
    dado = c.place.choice([(104, 142, 124), (110, 134, 152), (150, 138, 116)])
    room(c, wide=2.4, high=3.6, deep=5.6, wall=wall, floor=(158, 156, 150))
    for x in (-1.19, 1.19):
        c.pane(sideways(x, 0, 0.5, 5.1, 1.15), tone(dado, 0.85), tone(dado, 1.02))
    c.speckle(
        lying(-1.2, 0, 1.0, 2.4, 1.5), [(130, 128, 124), (176, 174, 168)], count=240, metres=0.006
    )
    for i in range(9):
        _step(c, y=i * 0.165, z=2.5 + i * 0.29)
    c.pane(upright(-1.2, 1.485, 5.2, 2.4, 2.2), tone(wall, 0.9), wall)
    _window(c)
    for i in range(10):
        y, z = 0.165 * i, 2.45 + 0.29 * i
        c.tube((0.98, y, z), (0.98, y + 0.88, z), 0.014, (70, 74, 80))
    c.tube((0.98, 0.88, 2.4), (0.98, 2.45, 5.15), 0.035, (122, 74, 44))
    c.lamp((0, 3.0, 4.4), reach=2.6, power=0.28)
    c.ambient = 0.8


def _step(c: Canvas, *, y: float, z: float) -> None:
    stone = (172, 170, 164)
    c.pane(upright(-1.2, y, z, 2.4, 0.165), tone(stone, 0.58), tone(stone, 0.72), steps=5)
    c.pane(lying(-1.2, y + 0.165, z, 2.4, 0.29), tone(stone, 1.1), tone(stone, 0.86), steps=5)
    c.line((-1.2, y + 0.16, z), (1.2, y + 0.16, z), 0.022, (74, 72, 66))


def _window(c: Canvas) -> None:
    c.soft(upright(-0.75, 2.2, 5.19, 1.3, 1.2), (240, 248, 255), alpha=0.7, blur=34)
    c.pane(upright(-0.6, 2.3, 5.18, 1.0, 1.0), (206, 226, 238), (244, 250, 255))
    for x in (-0.6, -0.1, 0.4):
        c.line((x, 2.3, 5.17), (x, 3.3, 5.17), 0.04, WHITE)
    c.line((-0.6, 2.3, 5.17), (0.4, 2.3, 5.17), 0.05, WHITE)


def corridor_light_ok(c: Canvas) -> None:
    """A corridor of flats with every lamp burning."""
    _corridor(c, lit=(True, True, True))
    c.ambient = 0.82


def corridor_light_out(c: Canvas) -> None:
    """The same corridor, dark but for the farthest lamp and the exit sign."""
    _corridor(c, lit=(False, False, True))
    c.ambient = 0.25
    c.lamp((0.0, 1.9, 8.4), reach=2.1, power=0.5)
    c.lamp((0.0, 0.4, 1.6), reach=0.9, power=0.16)


def _corridor(c: Canvas, *, lit: tuple[bool, bool, bool]) -> None:
    wall = c.place.choice([(226, 220, 204), (216, 220, 216), (228, 214, 196)])
    wood = c.place.choice([(112, 68, 44), (86, 74, 66), (134, 92, 58)])
    room(c, wide=2.2, high=2.6, deep=10.0, wall=wall, floor=(190, 184, 172), tile=0.6)
    for x in (-1.09, 1.09):
        c.pane(sideways(x, 0, 0.5, 9.5, 0.1), tone(wood, 0.7), tone(wood, 0.9))
        for z in (2.2, 4.6, 7.0):
            _flat_door(c, x=x, z=z, wood=wood)
    door(c, x=-0.5, z=9.98, wide=1.0, high=2.05, colour=(150, 156, 160))
    exit_sign(c, x=-0.18, y=2.2, z=9.95)
    for z, burning in zip((2.0, 4.8, 7.6), lit, strict=True):
        panel_lamp(c, z=z, high=2.6, wide=0.6, deep=0.6, lit=burning)


def _flat_door(c: Canvas, *, x: float, z: float, wood: tuple[int, int, int]) -> None:
    c.face(sideways(x, 0, z - 0.08, 1.16, 2.16), tone(wood, 0.6))
    leaf: Outline = sideways(x * 0.995, 0, z, 1.0, 2.06)
    c.pane(leaf, tone(wood, 0.95), tone(wood, 1.2))
    for y in (0.25, 1.1):
        c.face(sideways(x * 0.993, y, z + 0.16, 0.68, 0.7), tone(wood, 0.86))
    c.face(sideways(x * 0.99, 0.98, z + 0.06, 0.06, 0.18), (206, 190, 140))
    mat = lying(-0.98 if x < 0 else 0.5, 0.005, z + 0.1, 0.48, 0.8)
    c.face(mat, (96, 88, 84))
