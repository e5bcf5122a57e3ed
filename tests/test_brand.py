"""The icons that the manifest promises exist, in the sizes it states."""

import json
from pathlib import Path

import pytest
from PIL import Image

from propapp import brand

ASSETS = Path(__file__).parent.parent / "assets"
MANIFEST = json.loads((ASSETS / "manifest.webmanifest").read_text(encoding="utf-8"))


@pytest.mark.parametrize("icon", MANIFEST["icons"], ids=lambda icon: icon["src"])
def test_a_promised_icon_is_there_and_small(icon: dict[str, str]) -> None:
    path = ASSETS / icon["src"].lstrip("/")
    with Image.open(path) as image:
        assert f"{image.width}x{image.height}" == icon["sizes"]
    assert path.stat().st_size < 8_000


def test_a_maskable_icon_keeps_the_shield_in_the_safe_circle() -> None:
    reach = max(((x - 50) ** 2 + (y - 50) ** 2) ** 0.5 for x, y in brand.shield()) * 0.68
    assert reach <= 40
    with Image.open(ASSETS / "icons" / "maskable-512.png") as image:
        ground = image.convert("RGBA").getpixel((0, 0))
    assert ground == (0x0F, 0x5C, 0x63, 255)


def test_the_mark_on_disk_is_the_one_in_the_code() -> None:
    assert (ASSETS / "brand" / "mark.svg").read_text(encoding="utf-8") == brand.svg(adapts=False)
