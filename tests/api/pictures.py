"""Real pictures, made with Pillow, and the way a phone sends them."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from PIL import Image
from starlette.testclient import TestClient

CHUNK = 256 * 1024


def a_picture(
    width: int = 640, height: int = 480, *, kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """A picture with something to see in it, so that it does not compress to nothing."""
    noise = Image.effect_noise((width, height), 60).convert(mode)
    file = io.BytesIO()
    noise.save(file, kind, **options)
    return file.getvalue()


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def put(
    client: TestClient,
    sha256: str,
    chunk: bytes,
    *,
    offset: int = 0,
    length: int | None = None,
    **headers: str,
) -> Any:
    """Send one chunk."""
    return client.put(
        f"/api/v1/photos/{sha256}",
        content=chunk,
        headers={
            "Upload-Offset": str(offset),
            "Upload-Length": str(len(chunk) if length is None else length),
            "Repr-Digest": digest(chunk),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )


def upload(client: TestClient, data: bytes) -> Any:
    """Send a whole photo, chunk by chunk; the last answer."""
    answer = None
    for offset in range(0, len(data), CHUNK):
        chunk = data[offset : offset + CHUNK]
        answer = put(client, digest(data), chunk, offset=offset, length=len(data))
    return answer


def have(client: TestClient, *photos: bytes) -> list[dict[str, Any]]:
    """What the server says of these photos."""
    asked = [{"sha256": digest(photo), "size": len(photo)} for photo in photos]
    answer = client.post("/api/v1/photos/have", json={"photos": asked})
    assert answer.json()["server"] == "propapp"
    return answer.json()["photos"]
