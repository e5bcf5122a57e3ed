"""Pictures as they come back: saved anew, made smaller, cut, brightened, or taken once more."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from math import cos, exp, radians, sin
from random import Random

from PIL import Image, ImageChops, ImageEnhance

from propapp.demo.pictures import Scene, draw

TAKEN_AT = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
# Of the sheet a retake shows this much less on each side, so that the hand has room to move.
_EDGE = 0.12
# The hand that takes a photo once more: how far it is off, as parts of the picture and degrees.
CAREFUL, STEADY, USUAL = (0.01, 0.01, 0.7, 0.004), (0.02, 0.02, 1.0, 0.007), (0.03, 0.04, 1.5, 0.01)
Hand = tuple[float, float, float, float]


def a_scene(scene: Scene, seed: int = 1) -> Image.Image:
    """A drawn photo of the scene; another seed is another place and another moment."""
    data = draw(scene, seed=seed, taken_at=TAKEN_AT, place=seed)
    return Image.open(io.BytesIO(data)).convert("RGB")


def saved(picture: Image.Image, quality: int = 85) -> bytes:
    """The picture as a JPEG."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def smaller(picture: Image.Image, part: float) -> Image.Image:
    """The picture with so much of its sides left."""
    size = round(picture.width * part), round(picture.height * part)
    return picture.resize(size, Image.Resampling.BICUBIC)


def cut(picture: Image.Image, part: float) -> Image.Image:
    """The picture without this part at each edge."""
    width, height = picture.size
    box = (width * part, height * part, width * (1 - part), height * (1 - part))
    return picture.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]


def brighter(picture: Image.Image, by: float) -> Image.Image:
    """The picture with its light multiplied."""
    return ImageEnhance.Brightness(picture).enhance(by)


COPIES: dict[str, Callable[[Image.Image], bytes]] = {
    "saved anew, quality 85": lambda one: saved(one, 85),
    "saved anew, quality 50": lambda one: saved(one, 50),
    "saved anew, quality 25": lambda one: saved(one, 25),
    "half as wide": lambda one: saved(smaller(one, 0.5), 75),
    "sent by a messenger (0.42 as wide, quality 60)": lambda one: saved(smaller(one, 0.42), 60),
    "a fifth as wide": lambda one: saved(smaller(one, 0.2), 70),
    "10 % brighter": lambda one: saved(brighter(one, 1.1)),
    "20 % darker": lambda one: saved(brighter(one, 0.8)),
    "without colour": lambda one: saved(one.convert("L")),
    "1 % cut off each edge": lambda one: saved(cut(one, 0.01)),
    "2 % cut off each edge": lambda one: saved(cut(one, 0.02)),
    "4 % cut off each edge": lambda one: saved(cut(one, 0.04)),
}


def retaken(sheet: Image.Image, hand: Hand, dice: Random) -> bytes:
    """The same wall once more: moved, turned, tilted, in other light, with grain."""
    shift, zoom, turn, tilt = hand
    width, height = sheet.size
    x, y = (size * (0.5 + dice.gauss(0, shift)) for size in sheet.size)
    scale, angle = (1 - 2 * _EDGE) * exp(dice.gauss(0, zoom)), radians(dice.gauss(0, turn))
    corners: list[float] = []
    for right, down in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        across = right * width / 2 * scale * (1 + dice.gauss(0, tilt))
        along = down * height / 2 * scale * (1 + dice.gauss(0, tilt))
        corners += [
            x + across * cos(angle) - along * sin(angle),
            y + across * sin(angle) + along * cos(angle),
        ]
    seen = sheet.transform(sheet.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
    grain = Image.effect_noise(seen.size, 8).convert("RGB")
    return saved(ImageChops.add(brighter(seen, exp(dice.gauss(0, 0.08))), grain, 1, -128), 80)
