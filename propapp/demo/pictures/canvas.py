"""A sheet seen through a pinhole camera: scenes are built in metres."""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from propapp.demo.pictures.shapes import Colour, Outline, Point, between, mix, tone

WIDTH, HEIGHT = 1280, 960
# Soft marks are drawn on a reduced mask: nobody sees the difference in a blur.
FINE_BLUR, WIDE_BLUR = 4, 8
# Nothing is nearer to the lens than this; it keeps the division sane.
NEAREST = 0.12


class Canvas:
    """A picture in the making, with its camera, its lamps and its two dice.

    `rng` differs from shot to shot, `place` stays the same at one place.
    """

    def __init__(self, *, rng: Random, place: Random) -> None:
        self.rng = rng
        self.place = place
        self.image = Image.new("RGB", (WIDTH, HEIGHT))
        self.pen = ImageDraw.Draw(self.image)
        self.ambient = 0.86
        self.outdoors = False
        self.lamps: list[tuple[float, float, float, float]] = []
        self.aim()

    def aim(
        self,
        *,
        x: float = 0.0,
        y: float = 1.55,
        focal: float = 880.0,
        horizon: float = 0.46,
        spread: float = 1.0,
    ) -> None:
        """Hold the camera, a little differently at each shot."""
        sway = self.rng.uniform
        self.eye = (
            x + spread * sway(-0.12, 0.12),
            y + spread * sway(-0.07, 0.07),
            spread * sway(-0.12, 0.08),
        )
        self.focal = focal * (1 + spread * sway(-0.03, 0.03))
        self.middle = WIDTH / 2 + spread * sway(-28, 28)
        self.horizon = HEIGHT * horizon + spread * sway(-18, 18)
        roll = math.radians(spread * sway(-1.3, 1.3))
        self._cos, self._sin = math.cos(roll), math.sin(roll)

    def spot(self, point: Point) -> tuple[float, float]:
        """Where a point in the world falls on the sheet."""
        x, y, z = point
        reach = self.focal / max(NEAREST, z - self.eye[2])
        across = self.middle + (x - self.eye[0]) * reach - WIDTH / 2
        down = self.horizon - (y - self.eye[1]) * reach - HEIGHT / 2
        return (
            WIDTH / 2 + across * self._cos - down * self._sin,
            HEIGHT / 2 + across * self._sin + down * self._cos,
        )

    def size(self, metres: float, point: Point) -> float:
        """How many pixels a length at that depth covers."""
        return metres * self.focal / max(NEAREST, point[2] - self.eye[2])

    def face(self, outline: Sequence[Point], colour: Colour) -> None:
        """Fill an outline flatly."""
        self.pen.polygon([self.spot(p) for p in outline], fill=colour)

    def pane(self, quad: Outline, start: Colour, end: Colour, *, steps: int = 18) -> None:
        """Fill four corners with a gradient from the edge ab to the edge dc."""
        a, b, c, d = quad
        for step in range(steps):
            low, high = step / steps, (step + 1) / steps
            strip = [
                between(a, d, low),
                between(b, c, low),
                between(b, c, high),
                between(a, d, high),
            ]
            self.face(strip, mix(start, end, (low + high) / 2))

    def line(self, first: Point, second: Point, metres: float, colour: Colour) -> None:
        """A stroke whose width shrinks with distance."""
        wide = max(1, round(self.size(metres, between(first, second, 0.5))))
        self.pen.line([self.spot(first), self.spot(second)], fill=colour, width=wide)

    def box(self, near: Point, size: Point, colour: Colour, *, top: Colour | None = None) -> None:
        """A block from its near lower left corner; only its visible faces are drawn."""
        x, y, z = near
        w, h, d = size
        if self.eye[0] < x:
            self.face(
                [(x, y, z), (x, y, z + d), (x, y + h, z + d), (x, y + h, z)], tone(colour, 0.7)
            )
        if self.eye[0] > x + w:
            self.face(
                [(x + w, y, z), (x + w, y, z + d), (x + w, y + h, z + d), (x + w, y + h, z)],
                tone(colour, 0.78),
            )
        if self.eye[1] > y + h:
            lid = [(x, y + h, z), (x + w, y + h, z), (x + w, y + h, z + d), (x, y + h, z + d)]
            self.face(lid, top or tone(colour, 1.18))
        if self.eye[1] < y:
            self.face(
                [(x, y, z), (x + w, y, z), (x + w, y, z + d), (x, y, z + d)], tone(colour, 0.5)
            )
        front = [(x, y, z), (x + w, y, z), (x + w, y + h, z), (x, y + h, z)]
        self.pane(front, tone(colour, 0.88), tone(colour, 1.04), steps=6)

    def tube(self, first: Point, second: Point, radius: float, colour: Colour) -> None:
        """A round bar, lit from the upper left."""
        (x1, y1), (x2, y2) = self.spot(first), self.spot(second)
        r1, r2 = self.size(radius, first), self.size(radius, second)
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        nx, ny = (y2 - y1) / length, -(x2 - x1) / length
        # The lit side is the one whose normal points up or left.
        if nx + ny > 0:
            nx, ny = -nx, -ny
        strips = 12
        for i in range(strips):
            a, b = 1 - 2 * i / strips, 1 - 2 * (i + 1) / strips
            light = 0.5 + 0.68 * max(0.0, math.cos(((a + b) / 2 - 0.4) * 1.5))
            quad = [
                (x1 + nx * r1 * a, y1 + ny * r1 * a),
                (x2 + nx * r2 * a, y2 + ny * r2 * a),
                (x2 + nx * r2 * b, y2 + ny * r2 * b),
                (x1 + nx * r1 * b, y1 + ny * r1 * b),
            ]
            self.pen.polygon(quad, fill=tone(colour, light))

    def ball(self, centre: Point, radius: float, colour: Colour) -> None:
        """A round body, lit from the upper left."""
        x, y = self.spot(centre)
        r = self.size(radius, centre)
        for i in range(10):
            part = 1 - i / 10
            light, off = 0.62 + 0.055 * i, r * 0.3 * (1 - part)
            box = (x - off - r * part, y - off - r * part, x - off + r * part, y - off + r * part)
            self.pen.ellipse(box, fill=tone(colour, light))

    def soft(
        self, outline: Sequence[Point], colour: Colour, *, alpha: float = 0.5, blur: float = 14
    ) -> None:
        """A mark without an edge: a shadow, a stain, a shine."""
        self.soft_flat([self.spot(p) for p in outline], colour, alpha=alpha, blur=blur)

    def soft_flat(
        self, spots: Sequence[tuple[float, float]], colour: Colour, *, alpha: float, blur: float
    ) -> None:
        """The same as soft, for spots on the sheet."""
        pad, coarse = blur * 2, WIDE_BLUR if blur > 12 else FINE_BLUR
        left = max(0, int(min(s[0] for s in spots) - pad))
        upper = max(0, int(min(s[1] for s in spots) - pad))
        right = min(WIDTH, int(max(s[0] for s in spots) + pad))
        lower = min(HEIGHT, int(max(s[1] for s in spots) + pad))
        if right - left < coarse or lower - upper < coarse:
            return
        mask = Image.new("L", ((right - left) // coarse, (lower - upper) // coarse))
        small = [((x - left) / coarse, (y - upper) / coarse) for x, y in spots]
        ImageDraw.Draw(mask).polygon(small, fill=round(255 * alpha))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / coarse))
        mask = mask.resize((right - left, lower - upper), Image.Resampling.BILINEAR)
        self.image.paste(colour, (left, upper), mask)

    def shadow(self, outline: Sequence[Point], *, alpha: float = 0.45, blur: float = 14) -> None:
        """A soft shadow."""
        self.soft(outline, (14, 16, 20), alpha=alpha, blur=blur)

    def lamp(self, point: Point, *, reach: float, power: float) -> None:
        """Light that falls around a point when the picture is developed."""
        x, y = self.spot(point)
        self.lamps.append((x, y, self.size(reach, point), power))

    def speckle(
        self, quad: Outline, colours: Sequence[Colour], *, count: int, metres: float
    ) -> None:
        """Small grains spread over four corners, as in stone, soil and grass."""
        a, b, c, d = quad
        for _ in range(count):
            u, v = self.place.random(), self.place.random()
            x, y = self.spot(point := between(between(a, b, u), between(d, c, u), v))
            r = self.size(metres, point) * self.place.uniform(0.4, 1.2)
            if 0 < x < WIDTH and 0 < y < HEIGHT:
                self.pen.ellipse(
                    (x - r, y - r * 0.6, x + r, y + r * 0.6), fill=self.place.choice(colours)
                )

    def dot(self, point: Point, metres: float, colour: Colour) -> None:
        """A tiny round mark, too small to need a blur of its own."""
        x, y = self.spot(point)
        r = max(1.0, self.size(metres, point) / 2)
        self.pen.ellipse((x - r, y - r * 0.6, x + r, y + r * 0.6), fill=colour)
