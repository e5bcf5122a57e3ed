"""Sky, grass, trees: what stands around every outdoor scene."""

from propapp.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
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


def sky(c: Canvas) -> None:
    """A sky from blue to haze, with soft clouds, behind everything."""
    blue = mix((112, 164, 214), (176, 190, 200), c.rng.random())
    for step in range(30):
        low = step * HEIGHT / 30
        c.pen.rectangle(
            (0, low, WIDTH, low + HEIGHT / 30 + 1),
            fill=mix(blue, (228, 234, 234), step / 18 if step < 18 else 1.0),
        )
    for _ in range(4):
        x, y = c.rng.uniform(0, WIDTH), c.rng.uniform(20, 240)
        wide = c.rng.uniform(120, 260)
        cloud = [(x, y), (x + wide * 0.4, y - 40), (x + wide, y - 8), (x + wide * 0.7, y + 26)]
        c.soft_flat(cloud, (250, 251, 252), alpha=0.7, blur=26)


def grass(c: Canvas, *, near: float, far: float, wide: float) -> None:
    """A lawn with blades in the foreground."""
    c.pane(lying(-wide / 2, 0, near, wide, far - near), (70, 106, 52), (126, 148, 92), steps=30)
    greens: list[Colour] = [(56, 96, 40), (94, 134, 62), (112, 146, 74), (70, 112, 50)]
    for _ in range(700):
        z = near + (far * 0.5 - near) * c.place.random() ** 2
        x = c.place.uniform(-1, 1) * (0.9 * z + 0.6)
        c.line(
            (x, 0, z),
            (x + c.place.uniform(-0.04, 0.04), c.place.uniform(0.04, 0.1), z),
            0.01,
            c.place.choice(greens),
        )


def tree(c: Canvas, *, x: float, z: float, high: float) -> None:
    """A round leafy tree with its shadow on the ground."""
    c.shadow(round_flat((x + high * 0.12, 0.01, z), high * 0.32, deep=0.5), alpha=0.45, blur=12)
    c.tube((x, 0, z), (x, high * 0.5, z), high * 0.03, (104, 82, 60))
    crown(c, centre=(x, high * 0.68, z), wide=high * 0.34, high=high * 0.36, leaves=90)


def crown(
    c: Canvas, *, centre: tuple[float, float, float], wide: float, high: float, leaves: int
) -> None:
    """Foliage in clumps, dark below and bright above."""
    x, y, z = centre
    c.face(
        uneven(round_up(centre, wide * 0.92, tall=high / wide), c.place, amount=0.12), (62, 98, 50)
    )
    for i in range(leaves):
        rise = -1 + 2 * i / leaves
        reach = (1 - rise * rise) ** 0.5 * c.place.uniform(-1, 1)
        green = mix((34, 70, 34), (136, 172, 82), (rise + 1) / 2 * c.place.uniform(0.6, 1.0))
        spot = c.spot((x + reach * wide, y + rise * high, z))
        r = c.size(wide * c.place.uniform(0.12, 0.26), centre)
        c.pen.ellipse((spot[0] - r, spot[1] - r * 0.8, spot[0] + r, spot[1] + r * 0.8), fill=green)


def hedge(c: Canvas, *, x: float, z: float, wide: float, high: float, deep: float) -> None:
    """A clipped hedge."""
    c.shadow(lying(x, 0.01, z - 0.3, wide, 0.4), alpha=0.45, blur=10)
    c.box((x, 0, z), (wide, high, deep), (62, 100, 52), top=(98, 138, 70))
    greens: list[Colour] = [tone((78, 118, 60), c.place.uniform(0.7, 1.3)) for _ in range(6)]
    c.speckle(upright(x, 0, z, wide, high), greens, count=160, metres=0.03)
    c.speckle(lying(x, high, z, wide, deep), greens, count=120, metres=0.03)
