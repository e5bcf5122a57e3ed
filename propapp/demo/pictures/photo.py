"""From a drawn sheet to what a phone would have stored."""

import io
from datetime import datetime
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageFilter

from propapp.demo.pictures.canvas import HEIGHT, WIDTH, Canvas

_MARGIN = 64
_MAP = (160, 120)
_PHONES = (("HUAWEI", "nova 11"), ("Xiaomi", "Redmi Note 12"), ("HONOR", "X50"), ("vivo", "Y78"))
_MAKE, _MODEL, _ORIENTATION, _CHANGED = 0x010F, 0x0110, 0x0112, 0x0132
_EXIF, _GPS, _TAKEN, _OFFSET, _COMMENT = 0x8769, 0x8825, 0x9003, 0x9011, 0x9286


@cache
def _grain() -> Image.Image:
    # Image.effect_noise cannot be seeded, and the same seed must give the same bytes.
    size = (WIDTH + _MARGIN, HEIGHT + _MARGIN)
    noise = Image.frombytes("L", size, Random("grain").randbytes(size[0] * size[1]))
    noise = Image.blend(noise, ImageChops.offset(noise, 1, 0), 0.4)
    return noise.point([round(128 + (v - 128) * 0.055) for v in range(256)])


@cache
def _mottle() -> Image.Image:
    size = (_MAP[0] + _MARGIN, _MAP[1] + _MARGIN)
    noise = Image.frombytes("L", size, Random("mottle").randbytes(size[0] * size[1]))
    cloudy = noise.filter(ImageFilter.GaussianBlur(5)).point(lambda v: 246 + (v - 128) * 0.75)
    fine = noise.filter(ImageFilter.GaussianBlur(2)).point(lambda v: 252 + (v - 128) * 0.14)
    return ImageChops.multiply(cloudy, fine)


def develop(canvas: Canvas, *, hour: int) -> Image.Image:
    """The sheet under its light, with the lens and the sensor of a cheap phone."""
    rng = canvas.rng
    image = _smoothed(canvas.image)
    image = ImageChops.multiply(image, Image.merge("RGB", (_light(canvas, hour),) * 3))
    image = image.point(_film(rng, night=canvas.outdoors and _is_dark(hour)))
    if rng.random() < 0.35:
        # A hand moves while the shutter is open.
        image = Image.blend(
            image, ImageChops.offset(image, rng.choice((-2, 2)), rng.choice((-1, 1))), 0.45
        )
    at = rng.randrange(_MARGIN), rng.randrange(_MARGIN)
    grain = _grain().crop((*at, at[0] + WIDTH, at[1] + HEIGHT))
    return ImageChops.add(image, Image.merge("RGB", (grain,) * 3), 1, -128)


def _smoothed(image: Image.Image) -> Image.Image:
    # Two shifts by a pixel smooth the stairs on edges at a tenth of the cost of a kernel.
    for shift in ((1, 0), (0, 1)):
        image = Image.blend(image, ImageChops.offset(image, *shift), 0.5)
    return image


def _is_dark(hour: int) -> bool:
    return hour < 6 or hour >= 19


def _light(canvas: Canvas, hour: int) -> Image.Image:
    rng = canvas.rng
    ambient = canvas.ambient * rng.uniform(0.95, 1.05)
    lamps = list(canvas.lamps)
    if canvas.outdoors and _is_dark(hour):
        ambient = 0.2
        lamps.append((WIDTH * rng.uniform(0.45, 0.55), HEIGHT * 0.86, WIDTH * 0.52, 0.72))
    light = Image.new("L", _MAP, min(255, round(255 * ambient)))
    for x, y, reach, power in lamps:
        _add_lamp(light, x / 8, y / 8, max(2.0, reach / 8), power)
    at = rng.randrange(_MARGIN), rng.randrange(_MARGIN)
    light = ImageChops.multiply(light, _mottle().crop((*at, at[0] + _MAP[0], at[1] + _MAP[1])))
    dark = rng.uniform(0.14, 0.26)
    corners = Image.radial_gradient("L").resize(_MAP).point(lambda v: 255 - dark * v * v / 255)
    return ImageChops.multiply(light, corners).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)


def _add_lamp(light: Image.Image, x: float, y: float, reach: float, power: float) -> None:
    box = (int(x - reach), int(y - reach), int(x + reach), int(y + reach))
    shine = Image.radial_gradient("L").point([max(0, 255 - v * 1.42) * power for v in range(256)])
    shine = shine.resize((max(1, box[2] - box[0]), max(1, box[3] - box[1])))
    layer = Image.new("L", light.size)
    layer.paste(shine, box[:2])
    light.paste(ImageChops.add(light, layer))


def _film(rng: Random, *, night: bool) -> list[int]:
    warm = rng.uniform(-0.035, 0.035) - (0.05 if night else 0)
    exposure = rng.uniform(1.14, 1.22)
    return [
        level
        for gain in (1 + warm, 1.0, 1 - warm)
        for level in (_curve(v / 255 * gain * exposure) for v in range(256))
    ]


def _curve(v: float) -> int:
    v = min(1.0, max(0.0, v))
    eased = v * v * (3 - 2 * v)
    # Phones lift the blacks a little.
    return round(255 * (0.02 + 0.98 * (0.72 * v + 0.28 * eased)))


def stored(
    image: Image.Image,
    *,
    rng: Random,
    taken_at: datetime,
    caption: str = "",
    position: tuple[float, float] | None = None,
) -> bytes:
    """The JPEG bytes with the time, the phone and, when known, the position."""
    exif = Image.Exif()
    stamp = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    exif[_MAKE], exif[_MODEL] = rng.choice(_PHONES)
    exif[_ORIENTATION], exif[_CHANGED] = 1, stamp
    inner = exif.get_ifd(_EXIF)
    inner[_TAKEN] = stamp
    if offset := taken_at.strftime("%z"):
        inner[_OFFSET] = f"{offset[:3]}:{offset[3:5]}"
    if caption:
        inner[_COMMENT] = b"UNICODE\0" + caption.encode("utf-16-be")
    if position:
        exif.get_ifd(_GPS).update(_gps(*position))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def _gps(latitude: float, longitude: float) -> dict[int, object]:
    return {
        1: "N" if latitude >= 0 else "S",
        2: _degrees(abs(latitude)),
        3: "E" if longitude >= 0 else "W",
        4: _degrees(abs(longitude)),
    }


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 2)
