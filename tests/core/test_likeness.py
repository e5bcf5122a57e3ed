"""What pictures look like: copies nearly the same, other pictures not, empty ones nothing."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from bench.copies import COPIES, STEADY, a_scene, retaken, saved
from propapp.core.stores import DiskPhotoStore, Likeness
from propapp.core.stores.likeness import (
    BAND_BITS,
    BANDS,
    FINE,
    PATCHES,
    SIEVE,
    WHOLLY,
    apart,
    distance,
)
from propapp.demo.pictures import Scene

WIDE, HIGH = 1600, 1200
SCENES = (Scene.PUMP_ROOM, Scene.GARAGE_LANE, Scene.LIFT_PANEL_OK, Scene.LOBBY)
ORIENTATION = 0x0112

coarse = st.integers(0, 2 ** (BANDS * BAND_BITS) - 1)
fine = st.integers(0, 2 ** (FINE * FINE) - 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> DiskPhotoStore:
    return DiskPhotoStore(tmp_path_factory.mktemp("photos"))


def seen(store: DiskPhotoStore, data: bytes) -> Likeness:
    likeness = store.put(data)[1].likeness
    assert likeness is not None
    return likeness


def off(one: Likeness, other: Likeness) -> int:
    return distance(one.written, other.written)


@given(coarse, st.sets(st.integers(0, 63), max_size=BANDS - 1))
def test_three_bits_off_leave_a_band_as_it_was(bits: int, flipped: set[int]) -> None:
    other = bits
    for bit in flipped:
        other ^= 1 << bit
    pairs = zip(Likeness(bits, 0, b"").bands, Likeness(other, 0, b"").bands, strict=True)
    assert any(one == two for one, two in pairs)


@given(coarse)
def test_the_bands_are_the_coarse_bits(bits: int) -> None:
    bands = Likeness(bits, 0, b"").bands
    assert all(0 <= band < 2**BAND_BITS for band in bands)
    assert int("".join(f"{band:016b}" for band in bands), 2) == bits


@given(fine, fine, fine)
def test_the_distance_is_one(one: int, two: int, three: int) -> None:
    a, b, c = (Likeness(0, bits, b"").written for bits in (one, two, three))
    assert len(a) == FINE * FINE // 4
    assert distance(a, a) == 0
    assert (
        distance(a, b)
        == distance(b, a)
        == sum(one >> bit & 1 != two >> bit & 1 for bit in range(FINE * FINE))
    )
    assert distance(a, c) <= distance(a, b) + distance(b, c)


patches = st.binary(min_size=PATCHES * (PATCHES + 1), max_size=PATCHES * (PATCHES + 1))


@given(patches, patches)
def test_apart_is_the_same_both_ways_and_within_its_scale(one: bytes, other: bytes) -> None:
    assume(len(set(one)) > 1)
    assume(len(set(other)) > 1)
    assert apart(one, one) == 0
    assert 0 <= apart(one, other) == apart(other, one) <= WHOLLY


@given(patches, st.integers(0, 55), st.integers(1, 2))
def test_light_and_contrast_do_not_count(one: bytes, lighter: int, stronger: int) -> None:
    dim = bytes(value * 100 // 255 for value in one)
    assume(len(set(dim)) > 1)
    assert apart(dim, bytes(value * stronger + lighter for value in dim)) == 0
    assert apart(dim, bytes(200 - value for value in dim)) == WHOLLY


@pytest.mark.parametrize("how", list(COPIES)[:5])
@pytest.mark.parametrize("scene", SCENES)
def test_a_copy_looks_like_what_it_was_made_of(
    store: DiskPhotoStore, scene: Scene, how: str
) -> None:
    picture = a_scene(scene)
    one, copy = seen(store, saved(picture)), seen(store, COPIES[how](picture))
    assert set(one.bands) & set(copy.bands)
    assert off(one, copy) <= SIEVE
    assert apart(one.patches, copy.patches) <= 15


def test_other_scenes_look_otherwise(store: DiskPhotoStore) -> None:
    found = [seen(store, saved(a_scene(scene))) for scene in SCENES]
    assert min(off(one, other) for one, other in combinations(found, 2)) > 40
    assert min(apart(one.patches, other.patches) for one, other in combinations(found, 2)) > 1000


def test_the_same_scene_taken_again_by_hand_is_no_copy(store: DiskPhotoStore) -> None:
    dice, sheet = Random(3), a_scene(Scene.GARDEN_PATH)
    found = [seen(store, retaken(sheet, STEADY, dice)) for _ in range(6)]
    assert min(apart(one.patches, other.patches) for one, other in combinations(found, 2)) > 50


def a_dark_one(level: int = 10) -> Image.Image:
    """A basement without light: nothing but the grain of the sensor."""
    return Image.effect_noise((WIDE, HIGH), 30).point(
        [max(0, (v - 128) // 2 + level) for v in range(256)]
    )


def a_torch() -> Image.Image:
    cone = Image.radial_gradient("L").resize((WIDE, HIGH))
    return cone.point([max(0, 230 - v * 2) for v in range(256)])


def a_door() -> Image.Image:
    wall = Image.new("L", (WIDE, HIGH), 180)
    ImageDraw.Draw(wall).rectangle((500, 200, 1100, 1200), fill=90)
    return wall


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (WIDE, HIGH), "white"),
        a_dark_one(),
        a_torch(),
        a_door(),
        Image.linear_gradient("L").resize((WIDE, HIGH)),
        Image.new("L", (1, 1), 90),
    ],
    ids="blank dark torch door gradient dot".split(),
)
def test_a_picture_with_nothing_in_it_looks_like_nothing(
    store: DiskPhotoStore, picture: Image.Image
) -> None:
    assert store.put(saved(picture))[1].likeness is None


def test_it_is_told_of_the_picture_as_it_is_shown(store: DiskPhotoStore, tmp_path: Path) -> None:
    """The same photo held upright by its pixels or by the camera's mark."""
    upright = a_scene(Scene.PUMP_ROOM)
    lying, mark = upright.transpose(Image.Transpose.ROTATE_90), Image.Exif()
    mark[ORIENTATION] = 6
    file = io.BytesIO()
    lying.save(file, "JPEG", quality=85, exif=mark)
    first, marked, unmarked = (
        seen(store, data).patches for data in (saved(upright), file.getvalue(), saved(lying))
    )
    assert apart(first, marked) <= 15
    assert apart(first, unmarked) > 1000


def test_looking_again_sees_the_same(store: DiskPhotoStore) -> None:
    sha256, picture = store.put(saved(a_scene(Scene.LOBBY)))
    assert store.examine(sha256) == picture
