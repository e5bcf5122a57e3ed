"""What the office asks of the server, step by step: codes, a parcel, the word of the weather."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.testclient import TestClient

from propapp.core.sync.models import Operation
from propapp.core.timeline import TimelineEvent
from propapp.features.parcels.models import Parcel, ParcelStatus
from propapp.features.schedules.models import Occurrence, WeatherEvent
from propapp.features.sites.models import CheckpointCode
from tests.faults.day import Hand
from tests.sync.field import signed_in
from tests.world import World, rows

STEPS = ("print", "sheet", "parcel", "weather", "health")


@dataclass
class Office:
    """Who sits there, and what they have in hand."""

    world: World
    client: TestClient
    parcel: bytes
    token: str
    sessions: dict[str, dict[str, str]]
    heard: list[Any] = field(default_factory=list)

    @classmethod
    def opens(cls, world: World, client: TestClient, parcel: bytes, token: str) -> Office:
        """Everybody has signed in, and nothing has been asked for."""
        sessions = {who: signed_in(world.actor(who)) for who in ("supervisor", "manager")}
        return cls(world, client, parcel, token, sessions)

    @property
    def hands(self) -> Sequence[Hand]:
        """No phone takes part."""
        return ()

    def copied(self) -> Office:
        """The same people, who have heard nothing yet."""
        return replace(self, heard=[])

    def act(self, step: str) -> bool:
        """Do what is to be done in this step; whether it has been answered now."""
        return getattr(self, f"_{step}")()

    def answers(self) -> list[Any]:
        """What was answered since this was asked last."""
        heard, self.heard = self.heard, []
        return heard

    def _ask(self, who: str, method: str, path: str, **said: Any) -> Any:
        headers = {**self.sessions.get(who, {}), **said.pop("headers", {})}
        answer = self.client.request(method, f"/api/v1/{path}", headers=headers, **said)
        self.client.cookies.clear()
        self.heard.append(answer)
        return answer

    def _print(self) -> bool:
        points = [str(one.id) for one in self.world.checkpoints]
        fields = {"site_id": str(self.world.site.id), "checkpoint_ids": points}
        answer = self._ask("supervisor", "POST", "codes/print", data=fields)
        if answer.status_code != HTTPStatus.SEE_OTHER:
            return False
        return "error" not in parse_qs(urlsplit(answer.headers["location"]).query)

    def _sheet(self) -> bool:
        asked = {"site": str(self.world.site.id)}
        answer = self._ask("supervisor", "GET", "codes/sheet", params=asked)
        return answer.status_code == HTTPStatus.OK and answer.text.count("<article>") >= 3

    def _parcel(self) -> bool:
        answer = self._ask("manager", "POST", "parcels", content=self.parcel)
        return answer.status_code == HTTPStatus.CREATED

    def _weather(self) -> bool:
        said = {"key": "bureau/4711", "weather": "rain", "text": "Red warning"}
        bearing = {"Authorization": f"Bearer {self.token}"}
        answer = self._ask("", "POST", "hooks/weather", content=json.dumps(said), headers=bearing)
        return answer.status_code == HTTPStatus.OK

    def _health(self) -> bool:
        answer = self._ask("", "GET", "health")
        if answer.status_code != HTTPStatus.OK:
            # It says so itself, part by part; it is no refusal.
            assert answer.json() == {"database": False, "photos": True}
            self.heard.clear()
        return answer.status_code == HTTPStatus.OK


def is_taken_in() -> bool:
    """Whether a parcel came in whole; of one that did not, the page says so."""
    return any(one.status is ParcelStatus.TAKEN for one in rows(Parcel))


def nothing_is_half_done() -> None:
    """Rows and what is told of them agree, whatever failed."""
    told = [one for one in rows(TimelineEvent) if one.verb == "site.codes_printed"]
    printed = {code for one in told for code in one.facts["codes"]}
    assert {str(one.id) for one in rows(CheckpointCode) if one.number > 1} == printed
    assert len(rows(WeatherEvent)) == len(rows(Occurrence)) <= 1
    operations = rows(Operation)
    assert len(operations) in {0, 1, 2}
    assert {one.status.value for one in operations} <= {"applied"}


def all_came_once() -> None:
    """The weather began its round, and the parcel's work is here; nothing of it twice."""
    nothing_is_half_done()
    assert len(rows(WeatherEvent)) == 1
    assert len(rows(Operation)) == 2
