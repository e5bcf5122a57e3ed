"""What most indoor scenes share: walls in perspective, tiles, doors, lamps, papers."""

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.shapes import (
    Colour,
    Outline,
    lying,
    mix,
    round_flat,
    tone,
    uneven,
    upright,
)

WHITE = (236, 236, 230)
STEEL = (176, 181, 186)
DARK = (38, 41, 46)
RED = (196, 40, 36)
NEAR = 0.5


def room(
    c: Canvas,
    *,
    wide: float,
    high: float,
    deep: float,
    wall: Colour,
    floor: Colour,
    ceiling: Colour = WHITE,
    tile: float = 0.0,
) -> None:
    """A box of floor, ceiling and three walls that grow darker away from the light."""
    left, right = -wide / 2, wide / 2
    c.pane(
        [(left, high, NEAR), (right, high, NEAR), (right, high, deep), (left, high, deep)],
        tone(ceiling, 0.82),
        tone(ceiling, 0.96),
    )
    c.pane(lying(left, 0, NEAR, wide, deep - NEAR), tone(floor, 0.8), floor)
    if tile:
        tiles(c, wide=wide, deep=deep, tile=tile, joint=tone(floor, 0.78))
    c.pane(upright(left, 0, deep, wide, high), tone(wall, 0.86), tone(wall, 1.02))
    for x, light in ((left, 0.88), (right, 0.94)):
        side: Outline = [(x, 0, NEAR), (x, high, NEAR), (x, high, deep), (x, 0, deep)]
        c.pane(side, tone(wall, light * 0.9), tone(wall, light))
    corners(c, wide=wide, high=high, deep=deep)


def corners(c: Canvas, *, wide: float, high: float, deep: float) -> None:
    """The soft dark where two surfaces meet, without which a room looks like paper."""
    for x in (-wide / 2, wide / 2):
        edge = [
            (x - 0.12, 0, deep),
            (x + 0.12, 0, deep),
            (x + 0.12, high, deep),
            (x - 0.12, high, deep),
        ]
        c.shadow(edge, alpha=0.16, blur=16)
    c.shadow(lying(-wide / 2, 0, deep - 0.35, wide, 0.35), alpha=0.28, blur=14)


def tiles(c: Canvas, *, wide: float, deep: float, tile: float, joint: Colour) -> None:
    """Joints of a tiled floor."""
    left = -wide / 2
    for i in range(1, int(wide / tile) + 1):
        c.line((left + i * tile, 0, NEAR), (left + i * tile, 0, deep), 0.006, joint)
    z = NEAR
    while z < deep:
        c.line((left, 0, z), (-left, 0, z), 0.006, joint)
        z += tile


def door(
    c: Canvas,
    *,
    x: float,
    z: float,
    wide: float,
    high: float,
    colour: Colour,
    frame: Colour = STEEL,
) -> None:
    """A door leaf in its frame on a wall that faces the camera."""
    c.face(upright(x - 0.08, 0, z, wide + 0.16, high + 0.08), tone(frame, 0.9))
    c.shadow(upright(x, high - 0.06, z, wide, 0.06), alpha=0.4, blur=6)
    c.pane(upright(x, 0, z, wide, high), tone(colour, 0.86), tone(colour, 1.05))
    c.tube(
        (x + wide * 0.86, high * 0.47, z - 0.04),
        (x + wide * 0.97, high * 0.47, z - 0.04),
        0.013,
        STEEL,
    )


def panel_lamp(
    c: Canvas, *, z: float, high: float, wide: float = 0.9, deep: float = 0.5, lit: bool
) -> None:
    """A flat ceiling lamp, burning or dead."""
    shape = lying(-wide / 2, high - 0.01, z, wide, deep)
    c.face(
        lying(-wide / 2 - 0.04, high - 0.005, z - 0.04, wide + 0.08, deep + 0.08), (186, 188, 190)
    )
    if not lit:
        c.face(shape, (120, 122, 122))
        return
    c.soft(lying(-wide, high, z - 0.3, wide * 2, deep + 0.6), (255, 255, 250), alpha=0.8, blur=34)
    c.face(shape, (255, 255, 252))
    c.lamp((0, high, z), reach=2.4, power=0.3)
    c.soft(round_flat((0, 0, z + 0.2), 0.55, deep=1.6), (255, 255, 250), alpha=0.3, blur=30)


def exit_sign(c: Canvas, *, x: float, y: float, z: float) -> None:
    """The green running-man lamp over a door, as a shape without words."""
    c.soft(upright(x - 0.05, y - 0.05, z, 0.46, 0.28), (60, 220, 130), alpha=0.45, blur=16)
    c.face(upright(x, y, z - 0.01, 0.36, 0.17), (22, 150, 84))
    man = [
        (0.08, 0.02),
        (0.13, 0.07),
        (0.12, 0.12),
        (0.17, 0.12),
        (0.2, 0.09),
        (0.16, 0.05),
        (0.2, 0.02),
    ]
    c.face([(x + dx, y + dy, z - 0.02) for dx, dy in man], (232, 255, 240))
    c.face(upright(x + 0.15, y + 0.125, z - 0.02, 0.03, 0.03), (232, 255, 240))
    arrow = [
        (0.24, 0.07),
        (0.29, 0.07),
        (0.29, 0.045),
        (0.33, 0.085),
        (0.29, 0.125),
        (0.29, 0.1),
        (0.24, 0.1),
    ]
    c.face([(x + dx, y + dy, z - 0.02) for dx, dy in arrow], (232, 255, 240))


def scrap(c: Canvas, *, x: float, z: float, y: float = 0.0, size: float, colour: Colour) -> None:
    """A crumpled bit of paper or plastic with its shadow."""
    flat = uneven(round_flat((x, y, z), size, deep=0.8, corners=12), c.place, amount=0.5)
    c.shadow([(p[0] + size * 0.35, p[1], p[2]) for p in flat], alpha=0.5, blur=7)
    body = [(p[0], y + max(0.0, (p[2] - z) * 0.9 + size * 0.3), p[2]) for p in flat]
    c.face(body, colour)
    c.face(body[1:7], tone(colour, 0.82))


def plant(c: Canvas, *, x: float, z: float, high: float) -> None:
    """A potted plant with long leaves."""
    c.shadow(round_flat((x + 0.1, 0, z), 0.34), alpha=0.5)
    c.tube((x, 0, z), (x, 0.42, z), 0.19, (188, 184, 176))
    c.face(round_flat((x, 0.42, z), 0.19), (58, 44, 34))
    for i in range(26):
        reach = c.place.uniform(-0.5, 0.5)
        top = 0.42 + high * c.place.uniform(0.45, 1.0) * (1 - abs(reach) * 0.7)
        green = mix((38, 92, 48), (112, 158, 74), i / 26)
        leaf = [(x, 0.42, z), (x + reach * 0.6 - 0.04, top * 0.8, z), (x + reach, top, z)]
        c.face([*leaf, (x + reach * 0.6 + 0.06, top * 0.76, z)], green)
