"""A person in the field: captures rounds and photos, sends them, and remembers every promise."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import random
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from PIL import Image

from propapp.core.access import Actor
from propapp.core.identity import SESSION_COOKIE
from propapp.core.ids import uuid7
from propapp.features.people.actors import token_hash
from propapp.features.people.models import SignInSession
from propapp.features.schedules.models import Occurrence
from tests.sync.phones import Phone
from tests.world import World, save

CHUNK = 256 * 1024
TROUBLE = (OSError, http.client.HTTPException, ValueError)


def signed_in(actor: Actor) -> dict[str, str]:
    """The header of a session of this person."""
    now, token = datetime.now(UTC), secrets.token_urlsafe(32)
    save(
        SignInSession(
            token_hash=token_hash(token),
            person_id=actor.person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=1),
        )
    )
    return {"Cookie": f"{SESSION_COOKIE}={token}"}


def _scene() -> bytes:
    noise = Image.effect_noise((640, 420), 80).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=88)
    return file.getvalue()


SCENE = _scene()


def a_photo(size: int = 0) -> bytes:
    """A photo like no other; with a size it is filled up to that, as a motion photo is."""
    made = SCENE + secrets.token_bytes(32)
    return made + secrets.token_bytes(max(0, size - len(made)))


@dataclass
class Promises:
    """What the server said it has, and what was captured at all."""

    operations: dict[str, str] = field(default_factory=dict)
    photos: set[str] = field(default_factory=set)
    runs: dict[UUID, int] = field(default_factory=dict)
    shots: dict[str, bytes] = field(default_factory=dict)


@dataclass(repr=False)
class Worker:
    """Walks round after round; what is not acknowledged stays in the outbox."""

    world: World
    occurrence: Occurrence
    headers: dict[str, str]
    port: int
    chance: random.Random
    phone: Phone = field(default_factory=Phone)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
    promises: Promises = field(default_factory=Promises)
    history: list[dict[str, Any]] = field(default_factory=list)
    bytes_sent: int = 0
    complaints: list[str] = field(default_factory=list)
    timeout: float = 15

    def walk(self, *, photos: int = 2, size: int = 0) -> UUID:
        """One whole round into the outbox, with its photos at the first point."""
        run_id, shots = uuid7(), [self._shot(size) for _ in range(photos)]
        self._says("round.start", run_id, occurrence_id=str(self.occurrence.id))
        for stop, point in enumerate(self.world.points, start=1):
            code = self.world.code(stop)
            self._says("round.visit", run_id, **self._visit(point.id, code, shots))
            shots = []
        self._says("round.finish", run_id)
        self.promises.runs[run_id] = photos
        return run_id

    def _says(self, kind: str, run_id: UUID, **body: Any) -> None:
        made = self.phone.says(kind, thread=run_id, run_id=str(run_id), **body)
        made["client_time"] = datetime.now(UTC).isoformat()
        self.outbox.append(made)
        self.history.append(made)

    def _visit(self, point_id: UUID, code: str, shots: list[dict[str, Any]]) -> dict[str, Any]:
        answer = {"item_id": str(self.world.items[0].id), "verdict": "pass", "photos": shots}
        return {
            "visit_id": str(uuid7()),
            "point_id": str(point_id),
            "method": "scan",
            "code": code,
            "arrived_at": datetime.now(UTC).isoformat(),
            "answers": [answer],
        }

    def _shot(self, size: int) -> dict[str, Any]:
        data = a_photo(size)
        sha256 = hashlib.sha256(data).hexdigest()
        self.photos[sha256] = self.promises.shots[sha256] = data
        taken = datetime.now(UTC).isoformat()
        return {
            "sha256": sha256,
            "size": len(data),
            "width": 640,
            "height": 420,
            "taken_at": taken,
        }

    def sync(self) -> None:
        """One flight: some operations, then one photo; any trouble ends it."""
        self.send_operations()
        self.send_a_photo()

    def drain(self, *, seconds: float) -> bool:
        """Send until nothing is left; whether that came in time."""
        deadline = time.monotonic() + seconds
        while self.outbox or self.photos:
            if time.monotonic() > deadline:
                return False
            try:
                self.sync()
            except TROUBLE:
                time.sleep(0.02)
        return True

    def send_operations(self) -> None:
        """The front of the outbox; only what is answered for leaves it."""
        batch = self.outbox[: self.chance.randint(1, 6)]
        if not batch:
            return
        said = {"device_id": str(self.phone.id), "operations": batch}
        status, answer = self.ask("POST", "/api/v1/operations", json.dumps(said).encode())
        if status != HTTPStatus.OK:
            self._complain(status, answer)
            return
        settled = set()
        for result in answer["results"]:
            outcome = result.get("outcome") or result["status"]
            if result["status"] in {"applied", "duplicate"} and outcome == "applied":
                settled.add(result["id"])
                self.promises.operations[result["id"]] = result["body_sha256"]
            elif result["status"] != "retry":
                self.complaints.append(json.dumps(result))
        self.outbox = [made for made in self.outbox if made["id"] not in settled]

    def send_a_photo(self) -> None:
        """The rest of one photo, from where the server says it stands."""
        if not self.photos:
            return
        sha256 = self.chance.choice(sorted(self.photos))
        data = self.photos[sha256]
        asked = {"photos": [{"sha256": sha256, "size": len(data)}]}
        status, answer = self.ask("POST", "/api/v1/photos/have", json.dumps(asked).encode())
        if status != HTTPStatus.OK:
            self._complain(status, answer)
            return
        standing = answer["photos"][0]
        if standing["status"] == "refused":
            self.complaints.append(json.dumps(standing))
        if standing["status"] == "have":
            self._is_sent(sha256)
            return
        self._send_chunks(sha256, data, standing["offset"])

    def _send_chunks(self, sha256: str, data: bytes, start: int) -> None:
        for offset in range(min(start, len(data) - 1), len(data), CHUNK):
            chunk = data[offset : offset + CHUNK]
            headers = {
                "Upload-Offset": str(offset),
                "Upload-Length": str(len(data)),
                "Repr-Digest": hashlib.sha256(chunk).hexdigest(),
            }
            self.bytes_sent += len(chunk)
            status, answer = self.ask("PUT", f"/api/v1/photos/{sha256}", chunk, headers)
            if status == HTTPStatus.CREATED:
                self._is_sent(sha256)
            elif status != HTTPStatus.OK:
                self._complain(status, answer)
                return

    def _is_sent(self, sha256: str) -> None:
        self.promises.photos.add(sha256)
        self.photos.pop(sha256, None)

    def _complain(self, status: int, answer: dict[str, Any]) -> None:
        code = answer.get("error", {}).get("code", "")
        # Said when an answer was lost, or for a moment while another has the lock.
        if code not in {"wrong_offset", "busy"}:
            self.complaints.append(f"{status} {answer}")

    def ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()
