"""Strange pictures: taken safely or refused with a code, quickly, and never half."""

from __future__ import annotations

import io
import math
import time
from typing import Any

import pytest
from PIL import Image
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.core.db.engine import read_session
from propapp.core.stores import Form, photo_store
from propapp.features.photos.models import Photo
from tests.api.pictures import a_picture, digest, have, put, upload
from tests.api.strange_pictures import (
    DEFECTS,
    EITHER,
    REFUSED,
    STRANGE,
    apng,
    damaged,
    gif,
    gps_nowhere,
    largest,
    two_pictures,
    webp_canvas,
    with_gain_map,
)

# The promise is three seconds, and is held against a real process (`tests/faults/test_weight.py`);
# these tests share two cores with many others.
SECONDS = 9


def is_whole_or_nothing(client: TestClient, data: bytes) -> str:
    """Send it, see that nothing was half done, and tell what became of it."""
    began = time.monotonic()
    answer = upload(client, data)
    assert time.monotonic() - began < SECONDS
    with read_session() as session:
        rows = session.exec(select(Photo).where(Photo.sha256 == digest(data))).all()
    if answer.status_code == 201:
        assert rows
        assert photo_store().holds(digest(data))
        return "taken"
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["error"]["code"].startswith("photo_")
    assert have(client, data)[0]["status"] == "refused"
    assert not rows
    assert not photo_store().holds(digest(data))
    assert not photo_store().abandoned(before=2**40)
    return REFUSED


@pytest.mark.reliability("I3 I6 I10", "F70", "Bombs, polyglots and damaged pictures")
@pytest.mark.bad_input(
    "B05 B06 B07 B08 B09 B10 B11 B12 B13 B14 B15 B16 B18 B19 B20 B22 B23 B24 B30".split()
)
@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_picture_is_taken_whole_or_refused(guard: TestClient, name: str) -> None:
    make, expected = STRANGE[name]
    became = is_whole_or_nothing(guard, make())
    assert expected in {became, EITHER}


# Formats that are not taken at all end before their defects.
DECODED = {name for name in DEFECTS if name.split()[0] in {"jpeg", "png", "webp"}}


def test_some_defects_are_read_over_and_most_are_refused(guard: TestClient) -> None:
    became = {name: is_whole_or_nothing(guard, DEFECTS[name]()) for name in DEFECTS}
    refused = {name for name, word in became.items() if word == REFUSED}
    assert set(DEFECTS) - DECODED <= refused
    assert len(refused & DECODED) > len(DECODED) // 2


def test_the_strange_pictures_are_what_they_say() -> None:
    place = opened(gps_nowhere()).getexif().get_ifd(0x8825)
    assert math.isnan(place[4][0])
    assert place[4][2] == -math.inf
    assert place[2][1] == 999_999
    assert [opened(make(10_000)).n_frames for make in (apng, gif)] == [10_000, 10_000]
    canvas = opened(webp_canvas(9000, 1000))
    assert (canvas.size, canvas.n_frames) == ((9000, 9000), 1000)
    assert (opened(two_pictures()).format, opened(two_pictures()).n_frames) == ("MPO", 2)
    assert "hdrgm" in str(opened(with_gain_map()).info["xmp"])
    assert {opened(largest(mode)).size for mode in ("I;16", "LA")} == {(5000, 5000)}


def opened(data: bytes) -> Any:
    """As Pillow reads it."""
    return Image.open(io.BytesIO(data))


@pytest.mark.reliability("I3 I6 I10", "F70", "Bombs, polyglots and damaged pictures")
@pytest.mark.parametrize("part", range(4))
def test_damaged_pictures_break_nothing(guard: TestClient, part: int) -> None:
    outcomes = {is_whole_or_nothing(guard, damaged(part * 1000 + at)) for at in range(30)}
    assert REFUSED in outcomes


@pytest.mark.bad_input(["B01"])
def test_no_byte_is_no_photo(guard: TestClient) -> None:
    answer = put(guard, digest(b""), b"")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_input")


@pytest.mark.bad_input(["B27", "B28"])
@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "", "x" * 500, "image/png"])
@pytest.mark.parametrize("name", ["../../x", "CON", "x%E2%80%AEgpj.exe", "n" * 5000])
def test_what_a_phone_says_of_type_and_name_is_not_listened_to(
    guard: TestClient, kind: str, name: str
) -> None:
    data = a_picture(60, 40)
    disposition = f'attachment; filename="{name}"'.encode().decode("latin-1")
    answer = put(guard, digest(data), data, Content_Type=kind, Content_Disposition=disposition)
    assert answer.status_code == 201
    kept = [file.name for file in photo_store().file(digest(data), Form.ORIGINAL).parent.iterdir()]
    assert kept == [digest(data)]


@pytest.mark.bad_input(["B29"])
def test_the_same_photo_a_hundred_times_is_one(guard: TestClient) -> None:
    data = a_picture(60, 40)
    assert {upload(guard, data).status_code for _ in range(100)} == {201}
    with read_session() as session:
        assert len(session.exec(select(Photo)).all()) == 1
