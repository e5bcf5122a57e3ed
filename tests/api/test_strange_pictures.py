"""Strange pictures: taken safely or refused with a code, quickly, and never half."""

from __future__ import annotations

import time

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.core.db.engine import read_session
from propapp.core.stores import Form, photo_store
from propapp.features.photos.models import Photo
from tests.api.pictures import a_picture, digest, have, put, upload
from tests.api.strange_pictures import REFUSED, STRANGE, damaged

# The promise is three seconds; these tests share two cores with many others.
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
    "B05 B06 B07 B08 B09 B10 B11 B12 B14 B15 B16 B18 B19 B20 B22 B23 B24".split()
)
@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_picture_is_taken_whole_or_refused(guard: TestClient, name: str) -> None:
    make, expected = STRANGE[name]
    assert is_whole_or_nothing(guard, make()) == expected


@pytest.mark.reliability("I3 I6 I10", "F70", "Bombs, polyglots and damaged pictures")
@pytest.mark.bad_input(["B30"])
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
