"""The mark, a shield with a check, and every icon made of it.

`python -m propapp.brand` writes them into `assets/` again.
"""

from pathlib import Path

from PIL import Image, ImageDraw

Spot = tuple[float, float]
Curve = tuple[Spot, Spot, Spot, Spot]

PRIMARY = "#0f5c63"
PRIMARY_ON_DARK = "#5fc0c4"
PAPER = "#ffffff"
ASSETS = Path(__file__).parent.parent / "assets"

# The mark lives in a square of 100; the SVG and the pixels share these numbers.
_RIGHT: tuple[Curve, ...] = (
    ((50, 4), (60, 11.5), (73, 15.5), (87, 16)),
    ((87, 16), (87, 27), (87, 38), (87, 48)),
    ((87, 48), (87, 70), (72, 87), (50, 96)),
)
_CHECK: tuple[Spot, ...] = ((29, 50), (44, 65), (71, 36))
_STROKE = 12.5
_FINE = 8


def shield() -> list[Spot]:
    """The outline of the shield, right half first and then its mirror."""
    right = [_on(curve, step / 24) for curve in _RIGHT for step in range(25)]
    return right + [(100 - x, y) for x, y in reversed(right)]


def _on(curve: Curve, t: float) -> Spot:
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    x = sum(w * p[0] for w, p in zip(weights, curve, strict=True))
    y = sum(w * p[1] for w, p in zip(weights, curve, strict=True))
    return x, y


def mask(pixels: int, *, share: float) -> tuple[Image.Image, Image.Image]:
    """Coverage of the shield and of the check when the mark takes that share of the side."""
    side = pixels * _FINE
    scale, start = side * share / 100, side * (1 - share) / 2
    body, tick = Image.new("L", (side, side)), Image.new("L", (side, side))
    ImageDraw.Draw(body).polygon(
        [(start + x * scale, start + y * scale) for x, y in shield()], fill=255
    )
    pen = ImageDraw.Draw(tick)
    spots = [(start + x * scale, start + y * scale) for x, y in _CHECK]
    pen.line(spots, fill=255, width=round(_STROKE * scale), joint="curve")
    r = _STROKE * scale / 2
    for x, y in spots:
        pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return body.reduce(_FINE), tick.reduce(_FINE)


def mark(pixels: int, *, share: float = 1.0) -> Image.Image:
    """The bare mark on nothing."""
    body, tick = mask(pixels, share=share)
    image = Image.new("RGBA", (pixels, pixels), PRIMARY)
    image.paste(Image.new("RGBA", image.size, PAPER), mask=tick)
    image.putalpha(body)
    return image


def tile(pixels: int, *, share: float, rounded: bool) -> Image.Image:
    """The mark in white on a ground of the primary colour."""
    body, tick = mask(pixels, share=share)
    image = Image.new("RGBA", (pixels, pixels), PRIMARY)
    image.paste(Image.new("RGBA", image.size, PAPER), mask=body)
    image.paste(Image.new("RGBA", image.size, PRIMARY), mask=tick)
    if rounded:
        image.putalpha(_corners(pixels))
    return image


def _corners(pixels: int) -> Image.Image:
    side = pixels * 4
    shape = Image.new("L", (side, side))
    ImageDraw.Draw(shape).rounded_rectangle(
        (0, 0, side - 1, side - 1), radius=side * 0.22, fill=255
    )
    return shape.reduce(4)


def monochrome(pixels: int) -> Image.Image:
    """One colour and the check cut out, for systems that paint icons themselves."""
    body, tick = mask(pixels, share=0.8)
    body.paste(0, mask=tick)
    image = Image.new("RGBA", (pixels, pixels), PAPER)
    image.putalpha(body)
    return image


def svg(*, adapts: bool) -> str:
    """The mark as SVG; the one for browser tabs grows lighter on dark chrome."""
    dark = f"@media(prefers-color-scheme:dark){{.s{{fill:{PRIMARY_ON_DARK}}}.c{{stroke:#06282b}}}}"
    style = f"<style>{dark}</style>" if adapts else ""
    label = 'role="img" aria-label="PropApp"'
    check = "M" + "L".join(f"{x} {y}" for x, y in _CHECK)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" '
        f'{label}>{style}<path class="s" fill="{PRIMARY}" d="{_path()}"/>'
        f'<path class="c" fill="none" stroke="{PAPER}" stroke-width="{_STROKE}" '
        f'stroke-linecap="round" stroke-linejoin="round" d="{check}"/></svg>\n'
    )


def _path() -> str:
    mirrored = [tuple((100 - x, y) for x, y in reversed(curve)) for curve in reversed(_RIGHT)]
    curves = [*_RIGHT, *mirrored]
    parts = ["C" + " ".join(f"{x:g} {y:g}" for x, y in curve[1:]) for curve in curves]
    return f"M{_RIGHT[0][0][0]:g} {_RIGHT[0][0][1]:g}" + "".join(parts) + "Z"


def _save(image: Image.Image, path: Path) -> None:
    # Flat colours and soft edges fit in 32 palette entries; a few hundred bytes each.
    image.quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def main() -> None:
    """Write the mark and all icons."""
    icons = ASSETS / "icons"
    for folder in (ASSETS / "brand", icons):
        folder.mkdir(parents=True, exist_ok=True)
    (ASSETS / "brand" / "mark.svg").write_text(svg(adapts=False), encoding="utf-8")
    (icons / "favicon.svg").write_text(svg(adapts=True), encoding="utf-8")
    for pixels in (192, 512):
        _save(tile(pixels, share=0.74, rounded=True), icons / f"icon-{pixels}.png")
        # Launchers may cut to a circle of 80 %; the shield's corners stay inside at two thirds.
        _save(tile(pixels, share=0.68, rounded=False), icons / f"maskable-{pixels}.png")
        _save(monochrome(pixels), icons / f"monochrome-{pixels}.png")
    _save(tile(180, share=0.7, rounded=False), icons / "apple-touch-icon-180.png")
    sizes = [mark(side) for side in (48, 32, 16)]
    sizes[0].save(icons / "favicon.ico", append_images=sizes[1:], sizes=[i.size for i in sizes])


if __name__ == "__main__":
    main()
