"""Small drawn portraits for the people of the demo world."""

import io
from random import Random

from PIL import Image, ImageDraw

from propapp.demo.pictures.shapes import Colour, mix, tone

SIDE = 256
# Drawn at three times the size, so that the reduced edges are smooth.
_DRAWN = 3
_SKINS: tuple[Colour, ...] = (
    (242, 208, 178),
    (232, 190, 154),
    (220, 174, 136),
    (204, 156, 118),
    (246, 218, 194),
)
_CLOTHES: tuple[Colour, ...] = (
    (24, 78, 92),
    (44, 62, 96),
    (70, 84, 92),
    (126, 74, 50),
    (60, 100, 72),
    (92, 60, 96),
)
_GROUNDS: tuple[Colour, ...] = (
    (214, 230, 228),
    (230, 224, 208),
    (218, 224, 238),
    (232, 218, 214),
    (220, 232, 214),
)


class _Sketch:
    """A face in a square of 100 by 100."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.age = dice.choice((24, 31, 38, 46, 55, 61))
        self.long_hair = dice.random() < 0.45
        self.skin = dice.choice(_SKINS)
        black, grey = (34, 30, 30), (168, 168, 166)
        self.hair = mix(
            mix(black, (74, 52, 38), dice.random() * 0.6), grey, max(0.0, (self.age - 42) / 24)
        )
        self.ground = dice.choice(_GROUNDS)
        self.image = Image.new("RGB", (SIDE * _DRAWN, SIDE * _DRAWN), self.ground)
        self.pen = ImageDraw.Draw(self.image)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        k = SIDE * _DRAWN / 100
        self.pen.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), fill=colour)

    def shape(self, corners: list[tuple[float, float]], colour: Colour) -> None:
        k = SIDE * _DRAWN / 100
        self.pen.polygon([(x * k, y * k) for x, y in corners], fill=colour)

    def bow(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        turn: tuple[int, int],
        wide: float,
        colour: Colour,
    ) -> None:
        k = SIDE * _DRAWN / 100
        box = ((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k)
        self.pen.arc(box, *turn, fill=colour, width=round(wide * k))


def portrait(seed: int) -> bytes:
    """A friendly head and shoulders as PNG, always the same for one seed."""
    sketch = _Sketch(Random(f"face {seed}"))
    _back_hair(sketch)
    _shoulders(sketch)
    _head(sketch)
    _features(sketch)
    _front_hair(sketch)
    _extras(sketch)
    small = sketch.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).quantize(
        64, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _back_hair(s: _Sketch) -> None:
    if not s.long_hair:
        return
    if s.age > 50 or s.dice.random() < 0.4:
        s.oval(50, 46, 26, 27, s.hair)
    else:
        s.oval(50, 44, 25, 26, s.hair)
        s.shape([(25, 44), (75, 44), (77, 76), (23, 76)], s.hair)


def _shoulders(s: _Sketch) -> None:
    cloth = s.dice.choice(_CLOTHES)
    s.oval(50, 104, 40, 29, cloth)
    s.shape([(42, 62), (58, 62), (59, 82), (41, 82)], tone(s.skin, 0.86))
    s.shape(
        [(41, 75), (50, 88), (59, 75), (64, 80), (52, 96), (48, 96), (36, 80)], tone(cloth, 1.3)
    )
    s.shape([(43, 77), (57, 77), (50, 87)], tone(s.skin, 0.9))


def _head(s: _Sketch) -> None:
    for side in (-1, 1):
        s.oval(50 + side * 20.5, 50, 4, 5.5, tone(s.skin, 0.92))
    s.oval(50, 48, 20.5, 25, s.skin)
    s.oval(50, 59, 15.5, 15, s.skin)
    for side in (-1, 1):
        s.oval(50 + side * 12, 57, 4.2, 3, mix(s.skin, (230, 130, 110), 0.28))


def _features(s: _Sketch) -> None:
    line = mix(s.skin, (80, 40, 30), 0.62)
    for side in (-1, 1):
        s.oval(50 + side * 8.6, 49.5, 1.9, 2.3, (40, 32, 30))
        s.oval(50 + side * 8.6 + 0.6, 48.7, 0.6, 0.7, (250, 250, 250))
        s.bow(50 + side * 8.6, 46.5, 4.6, 4, (205, 335), 1.3, mix(s.hair, (60, 46, 40), 0.4))
        if s.age > 44:
            s.bow(50 + side * 8.6, 51, 4.4, 3, (30, 150), 0.5, tone(s.skin, 0.84))
    s.bow(50, 54, 2.6, 3, (20, 160), 1.0, tone(s.skin, 0.78))
    s.bow(50, 60, 7, 5, (25, 155), 1.5, line)


def _front_hair(s: _Sketch) -> None:
    if s.long_hair:
        part = s.dice.choice((42, 50, 58))
        s.shape(
            [
                (28, 50),
                (28, 36),
                (36, 25),
                (50, 21),
                (64, 25),
                (72, 36),
                (72, 50),
                (67, 40),
                (part, 30),
                (33, 40),
            ],
            s.hair,
        )
        return
    line = 33 if s.age < 45 else 30
    s.shape(
        [
            (28.5, 46),
            (28, 34),
            (34, 24),
            (50, 20),
            (66, 24),
            (72, 34),
            (71.5, 46),
            (68, 38),
            (62, line),
            (38, line + s.dice.choice((-2, 0, 3))),
            (32, 38),
        ],
        s.hair,
    )
    if s.age < 40:
        s.oval(50, 27, 19, 7, s.hair)


def _extras(s: _Sketch) -> None:
    if s.dice.random() < (0.25 if s.age < 45 else 0.5):
        for side in (-1, 1):
            s.bow(50 + side * 8.6, 49.5, 6, 5.2, (0, 360), 0.9, (60, 62, 68))
        s.bow(50, 49.5, 2.8, 2, (190, 350), 0.9, (60, 62, 68))
    elif s.dice.random() < 0.3:
        _cap(s)


def _cap(s: _Sketch) -> None:
    cap = (24, 66, 82)
    s.bow(50, 38, 23, 18, (180, 360), 0.1, cap)
    s.shape([(27, 36), (29, 25), (38, 18), (50, 16), (62, 18), (71, 25), (73, 36)], cap)
    s.shape([(27, 35), (73, 35), (76, 40), (50, 37), (24, 40)], tone(cap, 0.7))
    s.shape([(47, 23), (53, 23), (53, 28), (50, 31), (47, 28)], (226, 190, 90))
