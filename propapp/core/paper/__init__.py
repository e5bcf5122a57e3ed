"""Documents of the trade on A4: typeset in Chinese from plain data, with pictures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from PIL import Image

# Pixels along the longer side: a photo is a third of a page wide, and printers see no more.
PRINTED = 1000
HOUSE = Path(__file__).with_name("house.typ")
# The only font there is: what a document looks like must not depend on the machine.
FONTS = Path(str(files("manimgx_fonts_cjk")))


def typeset(template: Path, data: Mapping[str, Any], pictures: Mapping[str, Path]) -> bytes:
    """The PDF that the template makes of the data.

    The data reach it as JSON in a file and never as markup, so nothing that a person wrote is taken
    for an instruction. ``pictures`` are named as the data name them, ``.jpg``, and lie beside it.
    """
    with TemporaryDirectory() as folder:
        desk = Path(folder)
        shutil.copy(HOUSE, desk / HOUSE.name)
        shutil.copy(template, desk / "page.typ")
        (desk / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, picture in pictures.items():
            _print_of(picture, desk / name)
        return typst.compile(
            str(desk / "page.typ"), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True
        )


def _print_of(picture: Path, target: Path) -> None:
    """A JPEG of one of our own copies: anything else would lie in the PDF pixel by pixel."""
    with Image.open(picture) as image:
        image.thumbnail((PRINTED, PRINTED))
        image.convert("RGB").save(target, "JPEG", quality=82)
