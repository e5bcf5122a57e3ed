"""The real API at the end of a pipe, for the production client in node: one line in, one out."""

from __future__ import annotations

import json
import os
import time
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from propapp.core.sync.models import Operation
from propapp.features.photos.models import PhotoPart
from tests.faults.checks import nothing_is_half_there, the_round_is_there_once
from tests.faults.database import go_back, keep
from tests.sync.field import a_photo, signed_in
from tests.world import World, rows

PHOTO = 300_000  # bytes: two chunks of a photo

Said = dict[str, Any]


class House:
    """One site as it was in the morning, for one day after another."""

    def __init__(self, world: World, client: TestClient, data: Path, copy: Path) -> None:
        self.client, self.data, self.copy = client, data, copy
        guard = world.actor("guard")
        self.headers = signed_in(guard)
        self.photo = a_photo(PHOTO)
        self.facts = {
            "now": time.time() * 1000,
            "person": str(guard.person_id),
            "snapshot": client.get("/api/v1/snapshot", headers=self.headers).json(),
            "codes": {
                str(point.id): world.code(stop)
                for stop, point in enumerate(world.checkpoints, start=1)
            },
            "photo": b64encode(self.photo).decode(),
        }
        keep(data, copy)

    def serve(self, reading: int, writing: int) -> None:
        """Answer each line until the other end is closed."""
        with os.fdopen(reading, "rb") as lines, os.fdopen(writing, "wb", buffering=0) as out:
            for line in lines:
                order = json.loads(line)
                said = getattr(self, f"_{order.pop('do')}")(**order)
                out.write(json.dumps(said).encode() + b"\n")

    def _begin(self) -> Said:
        go_back(self.data, self.copy)
        return self.facts

    def _request(self, method: str, path: str, headers: dict[str, str], **content: str) -> Said:
        """One request, with what a browser adds to it."""
        body = b64decode(content["bytes"]) if "bytes" in content else content["text"].encode()
        told = {**self.headers, **headers}
        answer = self.client.request(method, f"/api/v1/{path}", content=body, headers=told)
        assert answer.status_code < 500, answer.text
        return {"status": answer.status_code, "json": answer.json()}

    def _state(self) -> Said:
        """What is here for good in this moment."""
        nothing_is_half_there()
        stored = [part.sha256 for part in rows(PhotoPart) if part.stored_at]
        return {"operations": [str(one.id) for one in rows(Operation)], "photos": stored}

    def _check(self, told: list[str]) -> Said:
        """The day is over: what the phone told its person is here, once."""
        the_round_is_there_once(
            [str(UUID(one)) for one in told], [part.sha256 for part in rows(PhotoPart)]
        )
        (part,) = rows(PhotoPart)
        assert part.size == len(self.photo)
        return {}
