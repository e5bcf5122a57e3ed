"""Figures and short Latin words on signs, dials and meters."""

from functools import cache

from PIL import ImageFont

from propapp.demo.pictures.canvas import Canvas
from propapp.demo.pictures.shapes import Colour, Point


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    # Pillow brings its own font; the machine's fonts would make the bytes differ.
    return ImageFont.load_default(pixels)


def write(c: Canvas, text: str, centre: Point, *, height: float, colour: Colour) -> None:
    """A short text in the middle of a point, as high as the metres given."""
    pixels = max(6, round(c.size(height, centre) * 1.3))
    c.pen.text(c.spot(centre), text, fill=colour, font=_font(pixels), anchor="mm")
