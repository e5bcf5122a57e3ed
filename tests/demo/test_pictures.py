"""The demo world's pictures hold as photos: readable, distinct, repeatable, small."""

import io
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image, ImageStat

from propapp.demo.pictures import Scene, draw, portrait
from propapp.demo.pictures.subjects import SUBJECTS

TAKEN_AT = datetime(2026, 3, 9, 22, 14, 5, tzinfo=timezone(timedelta(hours=8)))
EXIF_IFD, GPS_IFD, TAKEN, OFFSET, MAKE = 0x8769, 0x8825, 0x9003, 0x9011, 0x010F


def shot(scene: Scene = Scene.LOBBY, *, seed: int = 1, **how: Any) -> bytes:
    return draw(scene, seed=seed, taken_at=TAKEN_AT, **how)


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    image.load()
    return image


def test_every_scene_has_a_subject() -> None:
    assert set(SUBJECTS) == set(Scene)


@pytest.mark.parametrize("scene", Scene)
def test_a_scene_is_a_photo_of_a_phone(scene: Scene) -> None:
    picture = shot(scene)
    image = opened(picture)
    exif = image.getexif()
    assert (image.format, image.size, image.mode) == ("JPEG", (1280, 960), "RGB")
    assert 40_000 < len(picture) <= 180_000
    assert exif.get_ifd(EXIF_IFD)[TAKEN] == "2026:03:09 22:14:05"
    assert exif.get_ifd(EXIF_IFD)[OFFSET] == "+08:00"
    assert exif[MAKE]


@pytest.mark.parametrize("scene", Scene)
def test_a_scene_differs_by_its_seed_alone(scene: Scene) -> None:
    hashes = [sha256(shot(scene, seed=seed)).hexdigest() for seed in (1, 2, 3, 1)]
    assert len(set(hashes[:3])) == 3
    assert hashes[3] == hashes[0]


def test_scenes_differ_from_each_other() -> None:
    assert len({sha256(shot(scene)).digest() for scene in Scene}) == len(Scene)


def test_the_position_is_kept_only_when_it_is_known() -> None:
    where = opened(shot(position=(31.2304, 121.4737))).getexif().get_ifd(GPS_IFD)
    assert (where[1], where[3]) == ("N", "E")
    assert [float(part) for part in where[2]] == pytest.approx([31, 13, 49.44])
    assert not opened(shot()).getexif().get_ifd(GPS_IFD)


def test_the_garden_is_darker_at_night_than_at_noon() -> None:
    noon = draw(Scene.GARDEN_PATH, seed=1, taken_at=TAKEN_AT.replace(hour=12))
    night = draw(Scene.GARDEN_PATH, seed=1, taken_at=TAKEN_AT.replace(hour=23))
    assert _brightness(night) < 0.75 * _brightness(noon)


def _brightness(picture: bytes) -> float:
    return ImageStat.Stat(opened(picture).convert("L")).mean[0]


def test_a_portrait_is_small_and_its_own() -> None:
    faces = [portrait(seed) for seed in range(24)]
    assert len(set(faces)) == 24
    assert portrait(7) == faces[7]
    assert all(opened(face).size == (256, 256) and len(face) < 12_000 for face in faces)
