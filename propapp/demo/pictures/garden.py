"""The garden path and the roof."""

from random import Random

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.plants import crown, grass, hedge, sky, tree
from propapp.demo.pictures.shapes import (
    Point,
    between,
    lying,
    mix,
    round_flat,
    tone,
    uneven,
    upright,
)


def garden_path(c: Canvas) -> None:
    """A paved path between lawn, hedges and trees."""
    _path(c)


def garden_tree_fallen(c: Canvas) -> None:
    """The same path with a tree lying right across it."""
    _path(c)
    c.shadow(lying(-2.6, 0.02, 4.3, 5.2, 0.7), alpha=0.55, blur=12)
    root, top = (-2.7, 0.3, 4.9), (1.6, 0.42, 4.5)
    for i in range(9):
        turn = (i - 4) * 0.13
        c.tube(
            root,
            (root[0] - 0.4 - 0.04 * (i % 3), root[1] + turn * 1.3 + 0.1, root[2] - 0.02),
            0.035,
            (70, 52, 38),
        )
    c.ball((root[0] - 0.1, root[1] + 0.05, root[2]), 0.26, (84, 62, 44))
    c.tube(root, top, 0.15, (112, 88, 64))
    for start, reach in (
        (0.45, (0.5, 0.7)),
        (0.6, (0.6, -0.1)),
        (0.7, (0.6, 0.9)),
        (0.85, (0.7, 0.3)),
    ):
        base = between(root, top, start)
        tip = (base[0] + reach[0], max(0.1, base[1] + reach[1]), base[2] - 0.1)
        c.tube(base, tip, 0.05, (104, 82, 58))
    for centre, wide in (
        ((0.6, 0.85, 4.6), 0.6),
        ((1.3, 0.55, 4.3), 0.75),
        ((1.9, 0.8, 4.5), 0.75),
        ((2.4, 0.5, 4.4), 0.5),
    ):
        crown(c, centre=centre, wide=wide, high=wide * 0.7, leaves=80)
    greens = [(86, 126, 60), (120, 156, 78), (60, 96, 46)]
    c.speckle(lying(-1.4, 0.02, 3.2, 3.2, 1.4), greens, count=90, metres=0.035)


def _path(c: Canvas) -> None:
    c.outdoors = True
    c.aim(y=1.6, focal=840, horizon=0.42)
    sky(c)
    wall = c.place.choice([(214, 202, 186), (204, 208, 212), (220, 206, 190)])
    for x, wide, high in ((-11, 7, 14), (2.5, 9, 12)):
        c.pane(upright(x, 0, 24, wide, high), tone(wall, 0.88), tone(wall, 1.05))
        for floor in range(8):
            for bay in range(int(wide / 1.3)):
                c.face(
                    upright(x + 0.4 + bay * 1.3, 0.8 + floor * 1.6, 23.9, 0.7, 0.9), (98, 116, 128)
                )
    grass(c, near=0.8, far=24.0, wide=40.0)
    _paving(c)
    for x, z in ((-4.6, 16.0), (4.4, 14.5), (-3.9, 9.5), (4.4, 8.5)):
        tree(c, x=x, z=z, high=4.6 + c.place.random())
    hedge(c, x=-3.6, z=7.0, wide=1.9, high=0.7, deep=6.0)
    hedge(c, x=2.0, z=6.0, wide=1.6, high=0.7, deep=6.0)
    c.tube((1.75, 0, 7.0), (1.75, 2.9, 7.0), 0.04, (52, 56, 60))
    c.ball((1.75, 3.0, 7.0), 0.17, (246, 244, 232))
    c.ambient = 0.98


def _paving(c: Canvas) -> None:
    c.pane(lying(-1.35, 0.01, 0.5, 2.7, 23), (158, 148, 136), (204, 198, 188))
    z = 0.6
    while z < 20:
        c.line((-1.35, 0.012, z), (1.35, 0.012, z), 0.014, (132, 124, 114))
        z += 0.45
    for i in range(1, 6):
        c.line(
            (-1.35 + i * 0.45, 0.012, 0.5), (-1.35 + i * 0.45, 0.012, 22), 0.012, (140, 132, 122)
        )
    for x in (-1.45, 1.35):
        c.pane(lying(x, 0.03, 0.5, 0.1, 23), (186, 182, 174), (216, 212, 206))
    for _ in range(5):
        x, z = c.place.uniform(-1.2, 1.0), c.place.uniform(2.5, 8)
        c.soft(
            uneven(round_flat((x, 0.02, z), 0.7, deep=0.6), c.place),
            (60, 70, 50),
            alpha=0.22,
            blur=16,
        )


def roof_drain_clear(c: Canvas) -> None:
    """A roof drain with a clean grate on a dry roof."""
    _roof(c)
    _grate(c)


def roof_drain_blocked(c: Canvas) -> None:
    """The same drain under water, leaves and a plastic bag."""
    _roof(c)
    dice = Random("blocked drain")
    pool = uneven(round_flat((0.05, 0.002, 2.0), 1.1, deep=0.5), dice, amount=0.24)
    c.soft(pool, (56, 62, 60), alpha=0.75, blur=8)
    c.soft(
        uneven(round_flat((-0.2, 0.003, 1.9), 0.5, deep=0.3), dice),
        (206, 220, 228),
        alpha=0.6,
        blur=14,
    )
    _grate(c)
    c.soft(round_flat((0, 0.02, 1.95), 0.3), (50, 44, 34), alpha=0.8, blur=10)
    for _ in range(170):
        x, z = dice.gauss(0, 0.22), 1.93 + dice.gauss(0, 0.15)
        brown = mix((96, 64, 32), (186, 136, 58), dice.random())
        leaf = uneven(
            round_flat((x, 0.03 + 0.05 * dice.random(), z), 0.06, deep=0.5, corners=7),
            dice,
            amount=0.6,
        )
        c.face(leaf, mix(brown, (88, 110, 50), 0.5 if dice.random() < 0.2 else 0.0))
    bag = uneven(round_flat((0.22, 0.09, 1.86), 0.17, deep=0.8), dice, amount=0.5)
    c.face(bag, (226, 232, 236))
    c.soft(bag[4:16], (160, 172, 182), alpha=0.7, blur=6)


def _roof(c: Canvas) -> None:
    c.outdoors = True
    c.aim(y=1.35, focal=880, horizon=0.16, spread=0.6)
    sky(c)
    felt = c.place.choice([(128, 130, 128), (140, 132, 122)])
    c.pane(lying(-8, 0, 0.4, 16, 4.6), tone(felt, 0.92), tone(felt, 1.16))
    c.speckle(
        lying(-2.6, 0, 0.9, 5.2, 3.2),
        [tone(felt, 0.82), tone(felt, 1.18), tone(felt, 0.9)],
        count=700,
        metres=0.008,
    )
    for x in (-1.9, -0.85, 1.0, 2.1):
        c.line((x, 0.001, 0.4), (x, 0.001, 4.9), 0.02, tone(felt, 0.74))
    c.shadow(lying(-6, 0, 3.9, 12, 0.7), alpha=0.4, blur=18)
    c.pane(upright(-6, 0, 4.6, 12, 0.95), (164, 160, 152), (196, 192, 184))
    c.pane(lying(-6, 0.95, 4.6, 12, 0.3), (206, 202, 196), (214, 210, 204))
    c.soft(round_flat((0, 0.001, 1.95), 0.62, deep=0.8), tone(felt, 0.66), alpha=0.55, blur=22)
    c.shadow(lying(1.3, 0, 3.0, 1.0, 0.4), alpha=0.4)
    c.tube((1.45, 0, 3.2), (1.45, 0.72, 3.2), 0.11, (222, 222, 216))
    c.tube((1.45, 0.72, 3.2), (1.45, 0.8, 3.2), 0.17, (200, 200, 196))


def _grate(c: Canvas) -> None:
    centre: Point = (0, 0.004, 1.95)
    c.shadow(round_flat((0.05, 0.003, 1.93), 0.36), alpha=0.5, blur=8)
    for radius, colour in ((0.34, (96, 98, 100)), (0.3, (134, 138, 140)), (0.27, (26, 28, 30))):
        c.face(round_flat(centre, radius), colour)
    for i in range(-4, 5):
        half = (0.27**2 - (i * 0.058) ** 2) ** 0.5
        c.line(
            (i * 0.058, 0.01, 1.95 - half), (i * 0.058, 0.01, 1.95 + half), 0.022, (156, 160, 162)
        )
    c.line((-0.27, 0.012, 1.95), (0.27, 0.012, 1.95), 0.03, (168, 172, 174))
