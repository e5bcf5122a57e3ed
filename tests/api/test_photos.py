"""Photos go up in chunks that survive every cut, and what is no picture stays out."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.core.access import Role
from propapp.core.clock import FixedClock, SystemClock
from propapp.core.db.engine import read_session, write_session
from propapp.core.ids import uuid7
from propapp.core.stores import Form, durable, photo_store
from propapp.features.photos import deliveries, limits
from propapp.features.photos.jobs import sweep
from propapp.features.photos.models import Photo, PhotoPart, PhotoPurpose, PhotoUse
from propapp.features.photos.register import SqlRegister
from propapp.features.sites.models import Site
from tests.api.pictures import CHUNK, a_picture, digest, have, put, upload
from tests.factories import NOW, store

SignIn = Callable[..., TestClient]


def photos() -> list[Photo]:
    """The photos that are stored."""
    with read_session() as session:
        return list(session.exec(select(Photo)))


def used(sha256: str, site: Site, *, person: PhotoPart) -> None:
    """Let the photo belong to a run of the site."""
    run_id = uuid7()
    store(
        PhotoUse(
            sha256=sha256,
            site_id=site.id,
            thing_kind="answer",
            thing_id=uuid7(),
            parent_kind="run",
            parent_id=run_id,
            owner_id=person.person_id,
            purpose=PhotoPurpose.EVIDENCE,
            position=1,
            person_id=person.person_id,
            taken_at=NOW,
            received_at=NOW,
        )
    )


def the_part() -> PhotoPart:
    """The only delivery there is."""
    with read_session() as session:
        return session.exec(select(PhotoPart)).one()


def test_a_photo_in_chunks_arrives_whole(guard: TestClient) -> None:
    data = a_picture(1600, 1200, quality=90)
    assert len(data) > 2 * CHUNK
    assert have(guard, data)[0]["status"] == "missing"
    first = put(guard, digest(data), data[:CHUNK], length=len(data))
    assert (first.status_code, first.json()) == (200, {"offset": CHUNK})
    assert have(guard, data)[0] == {
        "sha256": digest(data),
        "status": "partial",
        "offset": CHUNK,
    }
    second = put(guard, digest(data), data[CHUNK : 2 * CHUNK], offset=CHUNK, length=len(data))
    assert second.json() == {"offset": 2 * CHUNK}
    for offset in range(2 * CHUNK, len(data), CHUNK):
        last = put(
            guard, digest(data), data[offset : offset + CHUNK], offset=offset, length=len(data)
        )
    assert (last.status_code, last.json()) == (201, {"offset": len(data), "complete": True})
    assert have(guard, data)[0]["status"] == "have"
    (photo,) = photos()
    assert (photo.sha256, photo.size, photo.format) == (digest(data), len(data), "JPEG")
    assert (photo.width, photo.height) == (1600, 1200)
    assert photo_store().file(photo.sha256, Form.ORIGINAL).read_bytes() == data


@pytest.mark.bad_input(["B60"])
def test_after_a_cut_the_server_says_where_it_goes_on(guard: TestClient) -> None:
    data = a_picture(1600, 1200, quality=90)
    put(guard, digest(data), data[:1000], length=len(data))
    for wrong in (0, 999, 1001, len(data) - 5):
        answer = put(guard, digest(data), data[wrong : wrong + 5], offset=wrong, length=len(data))
        assert answer.status_code == 409
        assert answer.json()["offset"] == 1000
        assert answer.json()["error"]["code"] == "wrong_offset"
    put(guard, digest(data), data[1000 : CHUNK + 1000], offset=1000, length=len(data))
    assert have(guard, data)[0]["offset"] == CHUNK + 1000


def test_the_answer_to_the_last_chunk_was_lost(guard: TestClient) -> None:
    data = a_picture()
    assert upload(guard, data).status_code == 201
    assert upload(guard, data).status_code == 201
    assert len(photos()) == 1


def test_a_chunk_that_changed_on_its_way_is_not_kept(guard: TestClient) -> None:
    data = a_picture()
    answer = put(guard, digest(data), data, Repr_Digest=digest(b"other"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "photo_digest")
    assert have(guard, data)[0]["status"] == "missing"


@pytest.mark.bad_input(["B25"])
def test_bytes_that_do_not_hash_to_their_name_are_thrown_away(guard: TestClient) -> None:
    data, name = a_picture(), digest(b"something else")
    answer = put(guard, name, data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "photo_digest")
    assert photo_store().received(the_part().person_id, name) == 0
    assert not photos()
    assert not photo_store().holds(name)


@pytest.mark.reliability("I2 I3", "F63", "The same photo from two people, or twice at once")
def test_two_people_bring_the_same_photo(signed_in: SignIn) -> None:
    data, first, second = a_picture(), signed_in("one"), signed_in("two")
    upload(first, data)
    assert have(second, data)[0]["status"] == "missing"
    assert upload(second, data).status_code == 201
    assert len(photos()) == 1


@pytest.mark.reliability("I2 I3", "F63", "The same photo from two people, or twice at once")
def test_the_last_chunk_twice_at_once_is_one_photo(signed_in: SignIn) -> None:
    data, client = a_picture(), signed_in()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: upload(client, data).status_code, range(6)))
    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert upload(client, data).status_code == 201
    assert len(photos()) == 1


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of few bytes that would be huge."""

    def part(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = zlib.compress(b"\0" * ((width // 8 + 1) * 10))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", row) + part(b"IEND", b"")


def an_animation() -> bytes:
    """A moving WebP."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file.getvalue()


def saved(kind: str) -> bytes:
    """A picture in a format that is not taken."""
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(file, kind)
    return file.getvalue()


def bent(data: bytes) -> bytes:
    """One byte in the middle is another."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


JPEG = a_picture()
NO_PICTURES: dict[str, tuple[bytes, str]] = {
    "one byte": (b"\xff", "photo_format"),
    "html": (b"<html><script>alert(1)</script></html>", "photo_format"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "photo_format"),
    "zip": (b"PK\x03\x04" + b"\0" * 100, "photo_format"),
    "pdf": (b"%PDF-1.7\n", "photo_format"),
    "gif": (saved("GIF"), "photo_format"),
    "tiff": (saved("TIFF"), "photo_format"),
    "bmp": (saved("BMP"), "photo_format"),
    "avif": (saved("AVIF"), "photo_format"),
    "jpeg 2000": (saved("JPEG2000"), "photo_format"),
    "moving webp": (an_animation(), "photo_format"),
    "huge png": (bomb(), "photo_too_large"),
    "wide png": (bomb(200_000, 200), "photo_too_large"),
    "png without pixels": (bomb(0, 10), "photo_format"),
    "png cut": (a_picture(kind="PNG")[:-2000], "photo_unreadable"),
    "png bent": (bent(a_picture(kind="PNG")), "photo_unreadable"),
    "webp cut": (a_picture(kind="WEBP")[:-2000], "photo_unreadable"),
}
NO_PICTURES |= {
    f"jpeg cut at {at}/21": (JPEG[: len(JPEG) * at // 21], "photo_unreadable")
    for at in range(1, 21)
}


@pytest.mark.bad_input(["B02", "B03", "B08", "B13", "B14", "B15", "B16", "B22"])
@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused_and_stays_refused(guard: TestClient, name: str) -> None:
    data, code = NO_PICTURES[name]
    answer = upload(guard, data)
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["code"] == code
    standing = have(guard, data)[0]
    assert (standing["status"], standing["code"]) == ("refused", code)
    assert standing["message"]
    assert upload(guard, data).json()["error"]["code"] == code
    assert not photos()
    assert not photo_store().holds(digest(data))


PICTURES: dict[str, bytes] = {
    "with a page behind it": JPEG + b"<html><script>alert(1)</script></html>",
    "with five megabytes behind it": JPEG + b"\0" * 5_000_000,
    "png": a_picture(kind="PNG"),
    "webp": a_picture(kind="WEBP"),
    **{
        f"png {mode}": a_picture(kind="PNG", mode=mode)
        for mode in ("LA", "RGBA", "P", "1", "I;16", "L")
    },
    "jpeg cmyk": a_picture(mode="CMYK"),
    "jpeg grey": a_picture(mode="L"),
    "jpeg progressive": a_picture(progressive=True),
    "a line": a_picture(1, 3000),
}


@pytest.mark.bad_input(["B04", "B05", "B21"])
@pytest.mark.parametrize("name", PICTURES)
def test_every_sort_of_picture_gets_its_copies(guard: TestClient, name: str) -> None:
    data = PICTURES[name]
    assert upload(guard, data).status_code == 201
    for form, side in ((Form.DISPLAY, 1600), (Form.THUMBNAIL, 320)):
        with Image.open(photo_store().file(digest(data), form)) as copy:
            assert max(copy.size) <= side
            assert copy.format == "WEBP"


@pytest.mark.bad_input(["B17"])
@pytest.mark.parametrize("orientation", [*range(1, 10), 0, 65535])
def test_copies_stand_upright_and_carry_nothing_along(guard: TestClient, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "a maker"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    data = a_picture(400, 200, exif=exif.tobytes())
    assert upload(guard, data).status_code == 201
    with Image.open(photo_store().file(digest(data), Form.DISPLAY)) as copy:
        assert copy.size == ((200, 400) if 5 <= orientation <= 8 else (400, 200))
        assert not copy.getexif()
        assert "exif" not in copy.info
        assert "xmp" not in copy.info


def test_a_copy_that_is_gone_is_made_again(guard: TestClient) -> None:
    data = a_picture()
    upload(guard, data)
    copy = photo_store().file(digest(data), Form.THUMBNAIL)
    before = copy.read_bytes()
    copy.unlink()
    assert photo_store().file(digest(data), Form.THUMBNAIL).read_bytes() == before


@pytest.mark.bad_input(["B68"])
def test_a_photo_is_shown_to_those_who_may_see_its_thing(signed_in: SignIn, site: Site) -> None:
    data, guard = a_picture(), signed_in("guard")
    upload(guard, data)
    path = f"/api/v1/photos/{digest(data)}"
    assert guard.get(path).status_code == 404
    used(digest(data), site, person=the_part())
    shown = guard.get(path, params={"form": "thumbnail"})
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"
    original = guard.get(path, params={"form": "original"})
    assert original.content == data
    assert original.headers["content-disposition"].startswith("attachment")
    owner = signed_in("owner", Role.OWNER)
    assert owner.get(path).status_code == 404


@pytest.mark.bad_input(["B26", "B60"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Offset": "-1"}, 422),
        ({"Upload-Offset": "x"}, 422),
        ({"Upload-Offset": ""}, 422),
        ({"Upload-Offset": "9" * 30}, 422),
        ({"Upload-Offset": "²"}, 422),
        ({"Upload-Offset": "5"}, 422),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Length": "1"}, 422),
        ({"Upload-Length": "-5"}, 422),
        ({"Upload-Length": str(2**63)}, 422),
        ({"Upload-Length": str(limits.PHOTO_BYTES + 1)}, 413),
        ({"Repr-Digest": ""}, 422),
        ({"Repr-Digest": "sha-256=:abc=:"}, 422),
    ],
)
def test_headers_that_make_no_sense_are_refused(
    guard: TestClient, headers: dict[str, str], status: int
) -> None:
    data = a_picture(40, 40)
    plain = {
        "Upload-Offset": "0",
        "Upload-Length": str(len(data)),
        "Repr-Digest": digest(data),
    }
    sent = {name: value.encode() for name, value in (plain | headers).items()}
    answer = guard.put(f"/api/v1/photos/{digest(data)}", content=data, headers=sent)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert not list(photo_store().abandoned(before=2**40))


@pytest.mark.bad_input(["B28", "B61"])
@pytest.mark.parametrize(
    "name", ["a" * 63, "A" * 64, "g" * 64, "a" * 65, "%2e%2e", "%00", "..%2f.."]
)
def test_a_name_that_is_no_digest_is_refused(guard: TestClient, name: str) -> None:
    for answer in (put(guard, name, b"x"), guard.get(f"/api/v1/photos/{name}")):
        assert 400 <= answer.status_code < 500
        assert answer.json()["error"]["code"] in {
            "invalid_input",
            "not_found",
            "method_not_allowed",
        }


def test_a_chunk_too_large_is_refused_before_it_is_read(guard: TestClient) -> None:
    answer = put(guard, digest(b"x"), b"x" * (CHUNK + 1))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")


def test_the_length_cannot_change_on_the_way(guard: TestClient) -> None:
    data = a_picture()
    put(guard, digest(data), data[:100], length=len(data))
    answer = put(guard, digest(data), data[100:200], offset=100, length=len(data) + 1)
    assert answer.json()["error"]["facts"] == {"field": "upload-length"}


@pytest.mark.reliability("I10", "F53 F69", "Parts that nobody ends, and too many of them")
def test_unfinished_uploads_are_counted(guard: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNFINISHED", 2)
    for number in range(2):
        assert put(guard, digest(bytes([number])), b"x", length=100).status_code == 200
    answer = put(guard, digest(b"2"), b"x", length=100)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "quota_reached")


def test_a_full_disk_is_said_and_nothing_is_half_kept(
    guard: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = a_picture(1600, 1200, quality=90)
    put(guard, digest(data), data[:1000], length=len(data))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", full)
        answer = put(guard, digest(data), data[1000:5000], offset=1000, length=len(data))
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "no_space")
    assert have(guard, data)[0]["offset"] == 1000
    for offset in range(1000, len(data), CHUNK):
        last = put(
            guard, digest(data), data[offset : offset + CHUNK], offset=offset, length=len(data)
        )
    assert last.status_code == 201


@pytest.mark.parametrize("after", ["the bytes", "the name"])
def test_a_crash_before_the_row_is_repaired_by_the_sweep(
    guard: TestClient, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    data = a_picture()

    def die(*_: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        place = (deliveries, "finish") if after == "the bytes" else (SqlRegister, "stored")
        patch.setattr(*place, die)
        assert upload(guard, data).status_code == 500
    assert not photos()
    assert photo_store().holds(digest(data)) is (after == "the name")
    assert sweep(photo_store(), SystemClock()) == 1
    assert photos()[0].sha256 == digest(data)
    assert have(guard, data)[0]["status"] == "have"
    assert sweep(photo_store(), SystemClock()) == 0


@pytest.mark.parametrize("place", [(deliveries, "finish"), (SqlRegister, "stored")])
def test_a_crash_before_the_row_is_repaired_by_sending_again(
    guard: TestClient, monkeypatch: pytest.MonkeyPatch, place: tuple[object, str]
) -> None:
    data = a_picture()

    def die(*_: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(*place, die)
        upload(guard, data)
    assert upload(guard, data).status_code == 201
    assert len(photos()) == 1


@pytest.mark.reliability("I10", "F53", "Parts that nobody ends, and too many of them")
def test_parts_that_nobody_ends_are_dropped_after_a_month(guard: TestClient) -> None:
    data = a_picture()
    put(guard, digest(data), data[:100], length=len(data))
    soon = FixedClock(SystemClock().now() + timedelta(days=29))
    assert sweep(photo_store(), soon) == 0
    assert have(guard, data)[0]["offset"] == 100
    late = FixedClock(SystemClock().now() + timedelta(days=31))
    assert sweep(photo_store(), late) == 1
    assert have(guard, data)[0]["offset"] == 0
    with read_session() as session:
        assert not session.exec(select(PhotoPart)).all()


def test_a_photo_lost_from_the_disk_is_asked_for_again(guard: TestClient, database: Path) -> None:
    data = a_picture()
    upload(guard, data)
    photo_store().file(digest(data), Form.ORIGINAL).unlink()
    assert have(guard, data)[0]["status"] == "missing"
    assert upload(guard, data).status_code == 201
    assert photo_store().file(digest(data), Form.ORIGINAL).read_bytes() == data


def test_nobody_is_asked_without_a_session(
    new_client: Callable[[], TestClient], database: Path
) -> None:
    data, stranger = a_picture(), new_client()
    assert upload(stranger, data).status_code == 401
    assert stranger.get(f"/api/v1/photos/{digest(data)}").status_code == 401
    assert stranger.post("/api/v1/photos/have", json={"photos": []}).status_code == 401
    with write_session() as session:
        assert not session.exec(select(PhotoPart)).all()
