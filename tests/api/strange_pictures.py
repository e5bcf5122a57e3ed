"""Pictures that nobody's camera makes, built byte by byte."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests.api.pictures import a_picture

PNG = b"\x89PNG\r\n\x1a\n"


def png_part(kind: bytes, data: bytes, *, checksum: int | None = None) -> bytes:
    """One chunk of a PNG."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", checksum or zlib.crc32(body))


def png(width: int, height: int, *more: bytes, bits: int = 1) -> bytes:
    """A PNG that claims this size, with further chunks before its pixels."""
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * ((width // 8 + 1) * min(height, 10)))
    return PNG + b"".join(
        [png_part(b"IHDR", head), *more, png_part(b"IDAT", pixels), png_part(b"IEND", b"")]
    )


def with_segment(marker: int, data: bytes, jpeg: bytes | None = None) -> bytes:
    """A JPEG with one more segment right after its start."""
    base = jpeg or a_picture(120, 90)
    return base[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + base[2:]


def with_exif(tiff: bytes) -> bytes:
    """A JPEG with these bytes as its EXIF."""
    return with_segment(0xE1, b"Exif\0\0" + tiff)


def cyclic_exif() -> bytes:
    """A directory of tags that points to itself as its own sub-directory and as the next."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return with_exif(b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 8))


def gps_nowhere() -> bytes:
    """A position that is no number, far outside the earth."""
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", ((0, 0), (999_999, 1), (1, 0))
    place[4] = (float("nan"), 1e30, 0.0)
    made = with_exif(b"MM\0*" + b"\xff" * 60_000)
    try:
        return a_picture(120, 90, exif=exif.tobytes())
    except (TypeError, ValueError, ZeroDivisionError, struct.error):
        return made


def large_profile() -> bytes:
    """Nine megabytes of a colour profile and of XMP before the first pixel."""
    jpeg = a_picture(120, 90)
    for number in range(70):
        head = b"ICC_PROFILE\0" + bytes([number + 1, 70])
        jpeg = with_segment(0xE2, head + b"\0" * 65_000, jpeg)
        jpeg = with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<" * 65_000, jpeg)
    return jpeg


def many_scans(scans: int = 1000) -> bytes:
    """A large progressive JPEG of one colour, whose last scan comes again and again."""
    file = io.BytesIO()
    Image.new("RGB", (4000, 4000), "grey").save(file, "JPEG", progressive=True)
    jpeg = file.getvalue()
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * scans + b"\xff\xd9"


def moving(kind: str, frames: int) -> bytes:
    """A picture that moves."""
    shown = [Image.new("RGB", (8, 8), (at % 256, at // 256, 9)) for at in range(frames)]
    file = io.BytesIO()
    shown[0].save(file, kind, save_all=True, append_images=shown[1:], duration=10)
    return file.getvalue()


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG that claims another size than its pixels have."""
    jpeg = bytearray(a_picture(64, 64))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(jpeg)


def with_archive() -> bytes:
    """A JPEG that is a ZIP as well."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil")
    return a_picture(120, 90) + file.getvalue()


def damaged(seed: int) -> bytes:
    """A picture with some bytes thrown anew, the head among them."""
    dice = random.Random(seed)
    data = bytearray(a_picture(200, 150, kind=("JPEG", "PNG", "WEBP")[seed % 3]))
    for _ in range(dice.randint(1, 30)):
        data[dice.randrange(min(len(data), dice.choice([60, 700, 10**6])))] = dice.randrange(256)
    return bytes(data)


def cyclic_tiff() -> bytes:
    """A TIFF whose first directory is followed by itself."""
    return b"II*\0" + struct.pack("<IH", 8, 0) + struct.pack("<I", 8)


# Each with the number of its case; a picture that is taken has the code "".
REFUSED = "refused"
TAKEN = "taken"
STRANGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "B05 page behind": (lambda: a_picture(120, 90) + b"<script>alert(1)</script>", TAKEN),
    "B05 page within": (lambda: with_segment(0xFE, b"<script>alert(1)</script>"), TAKEN),
    "B06 archive": (with_archive, TAKEN),
    "B07 gif script": (lambda: b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)//", REFUSED),
    "B08 50000 x 50000": (lambda: png(50_000, 50_000), REFUSED),
    "B09 text bomb": (
        lambda: png(8, 8, png_part(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 64_000_000, 9))),
        REFUSED,
    ),
    "B10 checksum": (lambda: png(8, 8, png_part(b"tEXt", b"a\0b", checksum=1)), REFUSED),
    "B11 apng": (lambda: moving("PNG", 300), REFUSED),
    "B11 gif": (lambda: moving("GIF", 1000), REFUSED),
    "B12 webp": (lambda: moving("WEBP", 1000), REFUSED),
    "B14 heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200, REFUSED),
    "B14 jxl": (lambda: b"\xff\x0a" + b"\0" * 200, REFUSED),
    "B15 cyclic tiff": (cyclic_tiff, REFUSED),
    "B16 eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", REFUSED),
    "B16 psd": (lambda: b"8BPS\0\1" + b"\0" * 200, REFUSED),
    "B16 fits": (lambda: b"SIMPLE  =                    T".ljust(2880), REFUSED),
    "B16 ico": (lambda: b"\0\0\1\0\1\0\x10\x10" + b"\0" * 200, REFUSED),
    "B16 tga": (lambda: b"\0\0\2" + b"\0" * 9 + b"\x10\0\x10\0\x18\0" + b"\0" * 800, REFUSED),
    "B18 cyclic exif": (cyclic_exif, TAKEN),
    "B18 64 kB exif": (lambda: with_exif(b"II*\0" + b"\xff" * 65_000), TAKEN),
    "B19 nowhere": (gps_nowhere, TAKEN),
    "B20 large profile": (large_profile, TAKEN),
    "B22 jpeg without width": (lambda: jpeg_of_size(0, 64), REFUSED),
    "B22 jpeg 1 x 65535": (lambda: jpeg_of_size(1, 65_535), REFUSED),
    "B22 png without height": (lambda: png(64, 0), REFUSED),
    "B23 1000 scans": (many_scans, REFUSED),
    "B24 motion photo": (
        lambda: a_picture(120, 90) + b"\0\0\0\x18ftypmp42" + b"\0" * 900_000,
        TAKEN,
    ),
}
