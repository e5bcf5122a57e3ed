"""A phone in a process of its own, with the client's own JavaScript: it packs parcels and sends."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from propapp.core.access import Actor
from propapp.core.ids import uuid7
from propapp.core.parcels.key import house_key
from propapp.features.people.push import give
from propapp.features.schedules.models import Occurrence
from tests.sync.field import a_photo
from tests.sync.node import HERE, node_command
from tests.world import World


@dataclass
class Courier:
    """Asks the phone for one deed after the other."""

    person: Actor
    url: str = "http://127.0.0.1:9"
    cookie: str = ""
    _process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        said = {"url": self.url, "person": str(self.person.person_id), "cookie": self.cookie}
        command = node_command("client/courier.mjs", json.dumps(said))
        self._process = subprocess.Popen(
            command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def ask(self, deed: str, **asked: Any) -> None:
        """Begin a deed; its answer is to be heard."""
        assert self._process is not None
        assert self._process.stdin is not None
        print(json.dumps({"deed": deed, **asked}), file=self._process.stdin, flush=True)

    def hear(self) -> dict[str, Any]:
        """The answer to what was asked first."""
        assert self._process is not None
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def does(self, deed: str, **asked: Any) -> dict[str, Any]:
        """One deed from beginning to end."""
        self.ask(deed, **asked)
        answer = self.hear()
        assert "failed" not in answer, answer
        return answer

    def is_told(self) -> str:
        """What a hello would have told it; gives the token."""
        device = UUID(self.does("device")["device"])
        given = give(self.person, device)
        push = {"token": given.token, "expires_at": given.expires_at.isoformat()}
        self.does("told", push=push, unsent_key=house_key().told())
        return given.token

    def says(self, kind: str, thread: UUID, photos: list[str] | None = None, **body: Any) -> str:
        """Capture an operation; gives its id."""
        answer = self.does("capture", kind=kind, thread=str(thread), body=body, photos=photos or [])
        return answer["id"]

    def shoots(self, size: int = 0) -> dict[str, Any]:
        """Take a photo like no other."""
        data = a_photo(size)
        shot = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "width": 640,
            "height": 420,
            "taken_at": datetime.now(UTC).isoformat(),
        }
        self.does("photo", shot=shot, base64=base64.b64encode(data).decode())
        return shot

    def walks(
        self, world: World, occurrence: Occurrence, *, photos: int = 2, size: int = 0
    ) -> UUID:
        """A whole round, with its photos at the first point."""
        run_id, shots = uuid7(), [self.shoots(size) for _ in range(photos)]
        run: dict[str, Any] = {"run_id": str(run_id)}
        self.says("round.start", run_id, **run, occurrence_id=str(occurrence.id))
        for stop, point in enumerate(world.points, start=1):
            answer = {"item_id": str(world.items[0].id), "verdict": "pass", "photos": shots}
            self.says(
                "round.visit",
                run_id,
                [shot["sha256"] for shot in shots],
                **run,
                visit_id=str(uuid7()),
                point_id=str(point.id),
                method="scan",
                code=world.code(stop),
                arrived_at=datetime.now(UTC).isoformat(),
                answers=[answer],
            )
            shots = []
        self.says("round.finish", run_id, **run, note="")
        return run_id

    def packs(self, file: Path) -> dict[str, Any]:
        """Write everything unsent into this file; gives what the phone says of it."""
        return self.does("pack", file=str(file))
