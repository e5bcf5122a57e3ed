"""The process apart: one question a line, one answer a line, memory and time limited."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from propapp.core.stores import likeness
from propapp.core.stores.scans import scans

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
PIXELS = 25_000_000
# Reading this format takes four times the picture's own room; no field client makes it.
PIXELS_OF_WEBP = 12_000_000
# So many rows are coloured at a time: a second copy of all of them would be as large again.
BAND = 256
# Encoders make about ten.
SCANS = 60
FORMATS = ("JPEG", "PNG", "WEBP")
# A phone's motion photo is a JPEG with more behind it; only the picture is looked at.
NAMES = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
# The larger before the smaller, which is made of it.
SIDES = {"display": 1600, "thumbnail": 320}
QUALITY = {"display": 78, "thumbnail": 70}


class Refused(Exception):
    """The picture is not taken; the code says why."""


def look(path: str, copies: dict[str, str]) -> dict[str, Any]:
    """Read every pixel, write the copies, and say what the picture is."""
    with Image.open(path, formats=FORMATS) as picture:
        if getattr(picture, "is_animated", False) and picture.format != "MPO":
            raise Refused("photo_format")
        width, height = picture.size
        if width * height > (PIXELS_OF_WEBP if picture.format == "WEBP" else PIXELS):
            raise Refused("photo_too_large")
        # A few kilobytes can ask for minutes of work by going over every pixel a thousand times.
        if picture.info.get("progressive") and scans(Path(path).read_bytes()) > SCANS:
            raise Refused("photo_too_large")
        picture.load()
        facts: dict[str, Any] = {
            "format": NAMES[picture.format or ""],
            "width": width,
            "height": height,
        }
        smaller: Image.Image = picture
        for form, side in SIDES.items():
            smaller = _smaller(smaller, side)
            if form in copies:
                _write(smaller, form, Path(copies[form]))
            if form == "display":
                # Of what is shown, written or not: the same photo always has the same likeness.
                facts["likeness"] = _likeness(smaller)
        return facts


def _smaller(picture: Image.Image, side: int) -> Image.Image:
    """A smaller one, upright, in plain colours, with nothing in it but pixels."""
    plain = picture if picture.mode in {"RGB", "RGBA"} else _coloured(picture)
    plain.thumbnail((side, side), reducing_gap=2.0)
    upright = _upright(plain.convert("RGBA") if plain.mode == "RGBa" else plain)
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return clean


def _likeness(picture: Image.Image) -> tuple[int, int, str] | None:
    """The bits of what it looks like and its patches in hex, if there is anything in it."""
    grey = picture.convert("L")
    sides = likeness.COARSE, likeness.FINE, likeness.PATCHES
    found = likeness.likeness_of(*(_patches(grey, side) for side in sides))
    return found and (found.coarse, found.fine, found.patches.hex())


def _patches(grey: Image.Image, side: int) -> bytes:
    return grey.resize((side + 1, side), Image.Resampling.BOX).tobytes()


def _coloured(picture: Image.Image) -> Image.Image:
    """In colours, multiplied by how clear they are where something shows through."""
    picture.load()
    clear = "transparency" in picture.info or picture.mode in {"LA", "PA"}
    mode = "RGBa" if clear and not _is_deep(picture) else "RGB"
    coloured = Image.new(mode, picture.size)
    for top in range(0, picture.height, BAND):
        box = (0, top, picture.width, min(top + BAND, picture.height))
        coloured.paste(_colours(picture.crop(box), mode), box)
    # It says how the camera was held; what was clear is so in the colours themselves.
    coloured.info.update({k: v for k, v in picture.info.items() if k != "transparency"})
    return coloured


def _colours(band: Image.Image, mode: str) -> Image.Image:
    if _is_deep(band):
        # 16 bits of grey; Pillow would cut off all above 255 instead of scaling it.
        grey = band.convert("I")
        # Pillow leaves numpy's part of this type open.
        return grey.point(lambda value: value * (1 / 256)).convert("RGB")  # pyright: ignore[reportUnknownMemberType]
    return band.convert("RGBA").convert("RGBa") if mode == "RGBa" else band.convert("RGB")


def _is_deep(picture: Image.Image) -> bool:
    return picture.mode.startswith(("I", "F"))


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held; a mark that makes no sense turns nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001 - a broken mark is no reason to refuse the evidence
        return picture


def _write(picture: Image.Image, form: str, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            picture.save(file, "WEBP", quality=QUALITY[form], method=2)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Look at one picture; whatever it does becomes a code."""
    try:
        return look(question["path"], question["copies"])
    except Refused as refused:
        return {"error": str(refused)}
    except UnidentifiedImageError:
        return {"error": "photo_format"}
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"error": "photo_too_large"}
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return {"error": "no_space" if full else "photo_unreadable"}
    except Exception:  # noqa: BLE001 - Pillow's decoders raise all sorts of things
        return {"error": "photo_unreadable"}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _allow_seconds() -> None:
    """The limit counts over the life of the process, so each picture gets some more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def main() -> None:
    """Answer until the server closes the pipe."""
    # Ctrl-C reaches every process of the terminal, but when to end is the server's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit()
    for line in sys.stdin:
        _allow_seconds()
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
