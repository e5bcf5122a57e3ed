"""A day over the API, step by step: a guard's round with photos, and what the office does about it.

Each step may be done again until it has been answered, as a phone and a person do it.
"""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.testclient import TestClient

from propapp.core.identity import SESSION_COOKIE
from propapp.features.people import sign_in
from tests.api.conftest import PASSWORD
from tests.sync.field import Worker, signed_in
from tests.world import World, an_occurrence

PIECE = 12_000
USERNAME = "guard"

Reply = tuple[int, dict[str, Any]]

STEPS = (
    "sign_in",
    "hello",
    *(f"operation_{number}" for number in range(1, 6)),
    "have",
    "photo",
    "receipts",
    "snapshot",
    "assign",
    "sign_out",
)


@dataclass(repr=False)
class Hand(Worker):
    """A worker whose requests go straight into the app, and who keeps every answer."""

    client: TestClient | None = None
    heard: list[Any] = field(default_factory=list)
    piece: int = PIECE

    def _visit(self, point_id: UUID, code: str, shots: list[dict[str, Any]]) -> dict[str, Any]:
        """Where photos were taken something is broken, and an order comes of it."""
        body = super()._visit(point_id, code, shots)
        if shots:
            body["answers"][0] |= {"verdict": "fail", "note": "Hinge broken"}
        return body

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Reply:
        """One request; whatever it sets as a cookie is for the caller to keep."""
        assert self.client is not None
        told = {**self.headers, **(headers or {})}
        answer = self.client.request(method, path, content=body, headers=told)
        self.client.cookies.clear()
        self.heard.append(answer)
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.status_code, answer.json() if is_json else {}


@dataclass
class Day:
    """Who takes part, and how far the day has come."""

    world: World
    guard: Hand
    supervisor: Hand
    manager: Hand
    order: str = ""

    @classmethod
    def begins(cls, world: World, client: TestClient) -> Day:
        """Nobody has asked for anything yet; the round is on the phone with its photo."""
        occurrence = an_occurrence(world)

        def hand(name: str) -> Hand:
            headers = {} if name == USERNAME else signed_in(world.actor(name))
            return Hand(world, occurrence, headers, 0, random.Random(name), client=client)

        day = cls(world, hand(USERNAME), hand("supervisor"), hand("manager"))
        day.guard.walk(photos=1)
        return day

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Everybody who takes part."""
        return self.guard, self.supervisor, self.manager

    def copied(self) -> Day:
        """The phones as they are now, for another try from here on."""
        self.answers()
        shared = {id(one): one for one in (self.world, self.guard.client, self.guard.occurrence)}
        return copy.deepcopy(self, shared)

    def act(self, step: str) -> bool:
        """Do what is to be done in this step; whether it has been answered now."""
        verb, _, number = step.partition("operation_")
        return self._operation(int(number)) if number else getattr(self, f"_{verb}")()

    def answers(self) -> list[Any]:
        """What was answered since this was asked last."""
        heard = [answer for hand in self.hands for answer in hand.heard]
        for hand in self.hands:
            hand.heard.clear()
        return heard

    def _sign_in(self) -> bool:
        sign_in.limiter.cache_clear()
        said = f"username={USERNAME}&password={PASSWORD}".encode()
        status, _ = self.guard.ask("POST", "/api/v1/sign-in", said)
        assert status == HTTPStatus.SEE_OTHER, "a person would see no page"
        token = self.guard.heard[-1].cookies.get(SESSION_COOKIE)
        if token:
            self.guard.headers = {"Cookie": f"{SESSION_COOKIE}={token}"}
        return token is not None

    def _hello(self) -> bool:
        said = {
            "device_id": str(self.guard.phone.id),
            "next_seq": self.guard.phone.seq + 1,
            "client_time": datetime.now(UTC).isoformat(),
            "wants_push": True,
        }
        status, answer = self.guard.ask("POST", "/api/v1/hello", json.dumps(said).encode())
        return status == HTTPStatus.OK and bool(answer["push"]["token"])

    def _operation(self, number: int) -> bool:
        """One at a time, so that each statement of each belongs to a step of its own."""
        made = self.guard.history[number - 1]
        rest, self.guard.outbox = (
            self.guard.outbox,
            [one for one in [made] if one in self.guard.outbox],
        )
        self.guard.send_operations()
        is_done = not self.guard.outbox
        self.guard.outbox = [one for one in rest if one is not made or not is_done]
        return is_done

    def _have(self) -> bool:
        asked = [{"sha256": sha, "size": len(data)} for sha, data in self.guard.photos.items()]
        said = json.dumps({"photos": asked}).encode()
        return self.guard.ask("POST", "/api/v1/photos/have", said)[0] == HTTPStatus.OK

    def _photo(self) -> bool:
        self.guard.send_a_photo()
        return not self.guard.photos

    def _receipts(self) -> bool:
        """The answers were lost: what is sent again was there before, with every photo."""
        said = {"device_id": str(self.guard.phone.id), "operations": self.guard.history}
        status, answer = self.guard.ask("POST", "/api/v1/operations", json.dumps(said).encode())
        if status != HTTPStatus.OK:
            return False
        told = {(one["status"], len(one["photos_missing"])) for one in answer["results"]}
        assert told <= {("duplicate", 0), ("retry", 0)}, answer
        return told == {("duplicate", 0)}

    def _snapshot(self) -> bool:
        status, answer = self.guard.ask("GET", "/api/v1/snapshot")
        if status != HTTPStatus.OK:
            return False
        (occurrence,) = answer["occurrences"]
        assert occurrence["run"]["status"] == "sealed"
        (order,) = answer["orders"]
        self.order = order["id"]
        return True

    def _assign(self) -> bool:
        if not self.supervisor.history:
            body = {"order_id": self.order}
            body["to_person_id"] = str(self.world.actor("technician").person_id)
            made = self.supervisor.phone.says("order.assign", thread=UUID(self.order), **body)
            self.supervisor.history.append(made)
            self.supervisor.outbox.append(made)
        self.supervisor.send_operations()
        return not self.supervisor.outbox

    def _evidence(self) -> bool:
        """Asked for by a form, packed behind it, and fetched."""
        said = f"subject=day&site_id={self.world.site.id}&day={self.today()}"
        status, _ = self.manager.ask("POST", "/api/v1/evidence/exports", said.encode())
        asked = parse_qs(urlsplit(self.manager.heard[-1].headers.get("location", "")).query)
        if status != HTTPStatus.SEE_OTHER or "error" in asked:
            return False
        address = f"/api/v1/evidence/exports/{asked['export'][0]}"
        return self.manager.ask("GET", address)[0] == HTTPStatus.OK

    def today(self) -> date:
        """The day at the site."""
        return datetime.now(ZoneInfo(self.world.site.zone)).date()

    def _sign_out(self) -> bool:
        return self.guard.ask("POST", "/api/v1/sign-out")[0] == HTTPStatus.SEE_OTHER
