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
    """A position that is no number, far outside the earth: 0/0, 999,999°, NaN, without end."""
    north = struct.pack(">6I", 0, 0, 999_999, 1, 1, 0)
    east = struct.pack(">3d", float("nan"), 1e300, float("-inf"))
    values = 8 + 18 + 2 + 5 * 12 + 4
    tags = [
        struct.pack(">HHI4s", 1, 2, 2, b"N\0\0\0"),
        struct.pack(">HHII", 2, 5, 3, values),
        struct.pack(">HHI4s", 3, 2, 2, b"E\0\0\0"),
        struct.pack(">HHII", 4, 12, 3, values + len(north)),
        struct.pack(">HHII", 6, 5, 1, values),
    ]
    place = struct.pack(">H", len(tags)) + b"".join(tags) + bytes(4)
    head = b"MM\0*" + struct.pack(">I", 8)
    first = struct.pack(">H", 1) + struct.pack(">HHII", 0x8825, 4, 1, 8 + 18) + bytes(4)
    return with_exif(head + first + place + north + east)


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


def as_many_scans_as_are_taken() -> bytes:
    """The largest picture, gone over as often as is allowed."""
    file = io.BytesIO()
    Image.new("RGB", (5000, 5000), "grey").save(file, "JPEG", progressive=True)
    jpeg = file.getvalue()
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * 48 + b"\xff\xd9"


def largest(mode: str, kind: str = "PNG") -> bytes:
    """As many pixels as are taken, of a sort that costs more than plain colours."""
    file = io.BytesIO()
    Image.new(mode, (5000, 5000)).save(file, kind, **({"lossless": True} if kind == "WEBP" else {}))
    return file.getvalue()


def apng(frames: int) -> bytes:
    """A PNG of so many frames of one pixel."""
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    parts = [png_part(b"IHDR", head), png_part(b"acTL", struct.pack(">II", frames, 0))]
    pixels = zlib.compress(b"\0" * 9 * 8)
    for at in range(frames):
        number = max(0, 2 * at - 1)
        frame = struct.pack(">IIIIIHHBB", number, 8, 8, 0, 0, 1, 100, 0, 0)
        parts.append(png_part(b"fcTL", frame))
        data = struct.pack(">I", number + 1) + pixels if at else pixels
        parts.append(png_part(b"fdAT" if at else b"IDAT", data))
    return PNG + b"".join([*parts, png_part(b"IEND", b"")])


def gif(frames: int) -> bytes:
    """A GIF of so many frames of one pixel."""
    frame = b"!\xf9\4\0\1\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def webp_part(kind: bytes, data: bytes, *, size: int | None = None) -> bytes:
    """One chunk of a WebP, which may lie about its size."""
    told = len(data) if size is None else size
    return kind + struct.pack("<I", told) + data + b"\0" * (len(data) % 2)


def webp(*parts: bytes) -> bytes:
    """A WebP of these chunks."""
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def three(number: int) -> bytes:
    """A number in three bytes."""
    return struct.pack("<I", number)[:3]


def webp_canvas(side: int, frames: int, *, at: int = 0) -> bytes:
    """A moving WebP that claims a canvas of this side, of frames of one pixel."""
    pixel = io.BytesIO()
    Image.new("RGB", (1, 1)).save(pixel, "WEBP", lossless=True)
    frame = three(at) * 2 + three(0) * 2 + three(10) + b"\0" + pixel.getvalue()[12:]
    head = b"\x02\0\0\0" + three(side - 1) * 2
    return webp(
        webp_part(b"VP8X", head),
        webp_part(b"ANIM", b"\0" * 6),
        *[webp_part(b"ANMF", frame)] * frames,
    )


HDR = (
    b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF>'
    b"</x:xmpmeta>"
)


def two_pictures() -> bytes:
    """A second, smaller picture behind the first, and an index of both."""
    first, second = (Image.effect_noise(size, 40).convert("RGB") for size in ((120, 90), (30, 22)))
    file = io.BytesIO()
    first.save(file, "MPO", save_all=True, append_images=[second])
    return file.getvalue()


def with_gain_map() -> bytes:
    """Ultra HDR: the second says how bright the first is."""
    return with_segment(0xE1, HDR, two_pictures())


def with_index(**changes: int) -> bytes:
    """The same, whose index counts or points wrong: ``images`` and ``offset``."""
    made = bytearray(two_pictures())
    index = made.index(b"MPF\0") + 4
    order = "<" if made[index : index + 2] == b"II" else ">"
    count = made.index(struct.pack(f"{order}HHI", 0xB001, 4, 1), index)
    if "images" in changes:
        made[count + 8 : count + 12] = struct.pack(f"{order}I", changes["images"])
    if "offset" in changes:
        table = made.index(struct.pack(f"{order}HH", 0xB002, 7), index)
        (at,) = struct.unpack_from(f"{order}I", made, table + 8)
        struct.pack_into(f"{order}I", made, index + at + 16 + 8, changes["offset"])
    return bytes(made)


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


def jpeg_with(marker: int, data: bytes, *, told: int | None = None) -> bytes:
    """A JPEG with one more segment before its scan; ``told`` is a length that is not its own."""
    base = a_picture(120, 90)
    at = base.index(b"\xff\xda")
    length = len(data) + 2 if told is None else told
    return base[:at] + struct.pack(">BBH", 0xFF, marker, length) + data + base[at:]


def jpeg_frame(**changes: int) -> bytes:
    """A JPEG whose frame says something else of its components."""
    jpeg = bytearray(a_picture(120, 90))
    at = jpeg.index(b"\xff\xc0")
    places = {"bits": 4, "components": 9, "sampling": 11, "table": 12}
    for name, value in changes.items():
        jpeg[at + places[name]] = value
    return bytes(jpeg)


def jpeg_scan(place: int, value: int) -> bytes:
    """A JPEG whose scan asks for a table, or a component, that is not there."""
    jpeg = bytearray(a_picture(120, 90))
    jpeg[jpeg.index(b"\xff\xda") + place] = value
    return bytes(jpeg)


def png_head(
    width: int = 8, height: int = 8, *, bits: int = 8, colour: int = 2, rest: bytes = bytes(3)
) -> bytes:
    """The head of a PNG, however little it fits."""
    return png_part(b"IHDR", struct.pack(">IIBB", width, height, bits, colour) + rest)


def png_of(*parts: bytes) -> bytes:
    """A PNG of these chunks."""
    return PNG + b"".join([*parts, png_part(b"IEND", b"")])


def pixels(data: bytes = b"\0" * 25 * 8) -> bytes:
    """The packed pixels of a PNG."""
    return png_part(b"IDAT", zlib.compress(data))


def still_webp(kind: str = "lossy", *, size: tuple[int, int] = (64, 48)) -> bytes:
    """The chunk with the pixels of a WebP."""
    file = io.BytesIO()
    Image.new("RGB", size, "grey").save(file, "WEBP", lossless=kind == "lossless")
    return file.getvalue()[12:]


def tiff(*tags: tuple[int, int, int, int], data: bytes = b"") -> bytes:
    """A TIFF of these tags (tag, type, count, value)."""
    table = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<I", 8) + table + bytes(4) + data


GREY = ((256, 4, 1, 64), (257, 4, 1, 48), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1))

# What fuzzing has found in other readers of pictures, each defect made anew.
DEFECTS: dict[str, Callable[[], bytes]] = {
    "jpeg cut in its head": lambda: a_picture(120, 90)[:200],
    "jpeg segment of no length": lambda: jpeg_with(0xFE, b"", told=0),
    "jpeg segment beyond the end": lambda: jpeg_with(0xFE, b"x", told=65_535),
    "jpeg codes beyond their table": lambda: jpeg_with(0xC4, b"\0" + b"\xff" * 16 + b"x" * 40),
    "jpeg table of codes cut off": lambda: jpeg_with(0xC4, b"\0" + b"\1" * 16, told=19),
    "jpeg quantising table that is too short": lambda: jpeg_with(0xDB, b"\0" + b"\1" * 10),
    "jpeg quantising table number 15": lambda: jpeg_with(0xDB, b"\x0f" + b"\1" * 64),
    "jpeg of 255 components": lambda: jpeg_frame(components=255),
    "jpeg of 12 bits": lambda: jpeg_frame(bits=12),
    "jpeg sampled by nothing": lambda: jpeg_frame(sampling=0),
    "jpeg sampled fifteenfold": lambda: jpeg_frame(sampling=0xFF),
    "jpeg of a table that is not there": lambda: jpeg_frame(table=3),
    "jpeg scan of a code that is not there": lambda: jpeg_scan(6, 0x33),
    "jpeg scan of a component that is not there": lambda: jpeg_scan(5, 99),
    "jpeg scan of nine components": lambda: jpeg_scan(4, 9),
    "jpeg profile without its parts": lambda: with_segment(0xE2, b"ICC_PROFILE\0\xff\0"),
    "jpeg with an empty Photoshop block": lambda: with_segment(
        0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff" + b"\xff" * 8
    ),
    "jpeg of two heads": lambda: a_picture(120, 90)[:2] * 400 + a_picture(120, 90),
    "png chunk of 2 GB": lambda: PNG + png_head() + b"\x7f\xff\xff\xffIDATx",
    "png chunk of a negative length": lambda: PNG + png_head() + b"\xff\xff\xff\xffIDATx",
    "png head of three bytes": lambda: PNG + png_part(b"IHDR", b"abc"),
    "png without a head": lambda: png_of(pixels()),
    "png without pixels": lambda: png_of(png_head()),
    "png of two heads": lambda: png_of(png_head(), png_head(4000, 4000), pixels()),
    "png of 3 bits": lambda: png_of(png_head(bits=3), pixels()),
    "png in colours of no kind": lambda: png_of(png_head(colour=5), pixels()),
    "png woven in no known way": lambda: png_of(png_head(rest=b"\0\0\7"), pixels()),
    "png woven, cut off": lambda: png_of(png_head(64, 64, rest=b"\0\0\1"), pixels()),
    "png filtered in no known way": lambda: png_of(png_head(), pixels(b"\x09" + bytes(24) * 8)),
    "png palette that is too long": lambda: png_of(
        png_head(colour=3), png_part(b"PLTE", b"\1" * 3000), pixels()
    ),
    "png palette of half a colour": lambda: png_of(
        png_head(colour=3), png_part(b"PLTE", b"\1" * 4), pixels()
    ),
    "png colour beyond the palette": lambda: png_of(
        png_head(colour=3), png_part(b"PLTE", b"\1" * 3), pixels(b"\0" + b"\xff" * 8)
    ),
    "png clear beyond the palette": lambda: png_of(
        png_head(colour=3), png_part(b"PLTE", b"\1" * 3), png_part(b"tRNS", bytes(900)), pixels()
    ),
    "png pixels cut off": lambda: png_of(
        png_head(), png_part(b"IDAT", zlib.compress(bytes(200))[:-9])
    ),
    "png pixels that go on": lambda: png_of(png_head(), pixels(bytes(20_000_000))),
    "png pixels of no packing": lambda: png_of(png_head(), png_part(b"IDAT", b"\xff" * 90)),
    "png profile that unpacks to very much": lambda: png_of(
        png_head(), png_part(b"iCCP", b"x\0\0" + zlib.compress(bytes(64_000_000))), pixels()
    ),
    "png frame outside": lambda: png_of(
        png_head(),
        png_part(b"acTL", struct.pack(">II", 2, 0)),
        png_part(b"fcTL", struct.pack(">IIIIIHHBB", 0, 9000, 9000, 2**31, 1, 1, 0, 9, 9)),
        pixels(),
    ),
    "webp longer than it is": lambda: b"RIFF\xff\xff\xff\xffWEBP" + still_webp(),
    "webp shorter than it is": lambda: b"RIFF\4\0\0\0WEBP" + still_webp(),
    "webp part longer than all": lambda: webp(webp_part(b"VP8 ", still_webp()[8:], size=2**31)),
    "webp pixels cut off": lambda: webp(webp_part(b"VP8 ", still_webp()[8:-9])),
    "webp canvas that is not its picture's": lambda: webp(
        webp_part(b"VP8X", bytes(4) + three(3999) * 2), still_webp()
    ),
    "webp clear without a picture": lambda: webp(
        webp_part(b"VP8X", b"\x10\0\0\0" + three(63) * 2), webp_part(b"ALPH", b"\1" * 40)
    ),
    "webp codes of no tree": lambda: webp(webp_part(b"VP8L", b"\x2f" + b"\xff" * 60)),
    "webp frame outside the canvas": lambda: webp_canvas(8, 2, at=2**23),
    "webp without frames": lambda: webp_canvas(8, 0),
    "webp profile longer than it is": lambda: webp(
        webp_part(b"VP8X", b"\x20\0\0\0" + three(63) + three(47)),
        webp_part(b"ICCP", b"x" * 9, size=2**30),
        still_webp(),
    ),
    "tiff strips beyond the end": lambda: tiff(*GREY, (273, 4, 1, 2**31), (279, 4, 1, 2**31)),
    "tiff tiles of no extent": lambda: tiff(
        *GREY, (322, 4, 1, 0), (323, 4, 1, 0), (324, 4, 1, 8), (325, 4, 1, 9)
    ),
    "tiff tiles wider than all": lambda: tiff(
        *GREY, (322, 4, 1, 2**31), (323, 4, 1, 1), (324, 4, 1, 8), (325, 4, 1, 9)
    ),
    "tiff of 65,535 samples": lambda: tiff(*GREY, (277, 3, 1, 65_535), (273, 4, 1, 8)),
    "tiff table beyond the end": lambda: tiff(*GREY, (273, 4, 2**30, 2**31 - 9)),
    "sgi rows beyond the end": lambda: (
        struct.pack(">HBBHHHH", 474, 1, 1, 3, 64, 48, 3).ljust(512, b"\0") + b"\xff" * 1152
    ),
    "pcx of a stride that is too short": lambda: (
        struct.pack("<BBBBHHHH", 10, 5, 1, 8, 0, 0, 4000, 4000).ljust(65, b"\0")
        + struct.pack("<BHH", 3, 2, 1)
        + b"\xff\xff" * 900
    ),
    "bmp of a negative height and stride": lambda: (
        b"BM"
        + struct.pack("<IIIIiiHHIIiiII", 90, 0, 54, 40, -64, -(2**31), 1, 32, 3, 9, 0, 0, 0, 0)
    ),
    "fli chunk longer than all": lambda: (
        struct.pack("<IHHHHHH", 200, 0xAF11, 9, 320, 200, 8, 3).ljust(128, b"\0")
        + struct.pack("<IHH", 2**31, 0xF1FA, 9).ljust(72, b"\xff")
    ),
    "icns block of no length": lambda: b"icns" + struct.pack(">I4sI", 40, b"ic07", 0) + bytes(40),
    "dds of a pitch of 4 GB": lambda: (
        b"DDS " + struct.pack("<7I", 124, 0x1007, 9, 9, 2**32 - 1, 0, 0) + bytes(96)
    ),
    "jpeg 2000 of tiles outside": lambda: (
        b"\xff\x4f\xff\x51"
        + struct.pack(">HHIIIIIIII", 47, 0, 64, 48, 0, 0, 2**31, 1, 2**31, 9)
        + struct.pack(">HBBB", 1, 7, 1, 1)
        + bytes(90)
    ),
}


# Each with the number of its case; a picture that is taken has the code "".
REFUSED = "refused"
TAKEN = "taken"
# Whether enough of it is a picture is the decoder's to say.
EITHER = ""
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
    "B08 largest in 16 bits": (lambda: largest("I;16"), TAKEN),
    "B08 largest, grey and clear": (lambda: largest("LA"), TAKEN),
    "B08 largest webp": (lambda: largest("RGBA", "WEBP"), REFUSED),
    "B11 apng of 10000": (lambda: apng(10_000), REFUSED),
    "B11 gif of 10000": (lambda: gif(10_000), REFUSED),
    "B11 apng": (lambda: moving("PNG", 300), REFUSED),
    "B12 webp": (lambda: moving("WEBP", 1000), REFUSED),
    "B12 webp of 10000": (lambda: webp_canvas(1, 10_000), REFUSED),
    "B12 webp canvas of 16383": (lambda: webp_canvas(16_383, 2), REFUSED),
    "B12 webp canvas of 9000": (lambda: webp_canvas(9000, 1000), REFUSED),
    "B13 svg entity": (
        lambda: (
            b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b'<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
        ),
        REFUSED,
    ),
    "B13 svg laughs": (
        lambda: (
            b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            b'<svg xmlns="http://www.w3.org/2000/svg" href="http://127.0.0.1:1/"><text>&b;</text></svg>'
        ),
        REFUSED,
    ),
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
    "B23 as many scans as are taken": (as_many_scans_as_are_taken, TAKEN),
    "B24 motion photo": (
        lambda: a_picture(120, 90) + b"\0\0\0\x18ftypmp42" + b"\0" * 900_000,
        TAKEN,
    ),
    "B24 ultra hdr": (with_gain_map, TAKEN),
    "B24 two pictures": (two_pictures, TAKEN),
    "B24 index of none": (lambda: with_index(images=0), TAKEN),
    "B24 index of 4 billion": (lambda: with_index(images=2**32 - 1), TAKEN),
    "B24 index beyond the end": (lambda: with_index(offset=2**32 - 1), TAKEN),
    "B24 index back to the first": (lambda: with_index(offset=0), TAKEN),
    **{f"B30 {name}": (make, EITHER) for name, make in DEFECTS.items()},
}
