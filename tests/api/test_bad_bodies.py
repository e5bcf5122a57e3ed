"""Operations that are well formed and say strange things: settled for good, never wedged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from propapp.core.clock import SystemClock
from propapp.core.db.engine import read_session
from propapp.core.ids import uuid7
from propapp.core.sync.models import Operation
from propapp.features.rounds.models import Answer, Visit
from tests.sync.field import signed_in
from tests.sync.phones import Phone, envelope
from tests.world import World, a_world, an_occurrence, rows


@pytest.fixture
def garden(database: object) -> World:
    """A site of this hour."""
    world = a_world()
    world.clock = SystemClock()  # type: ignore[assignment]
    return world


class Walk:
    """A guard in the middle of a round, whose phone may say anything."""

    def __init__(self, world: World, client: TestClient) -> None:
        self.world, self.client, self.phone = world, client, Phone()
        self.run = uuid7()
        client.headers.update(signed_in(world.actor("guard")))

    def start(self) -> dict[str, Any]:
        """Begin the round."""
        occurrence = str(an_occurrence(self.world).id)
        return self.say("round.start", run_id=str(self.run), occurrence_id=occurrence)

    def visit(self, *, client_time: str = "", **changes: Any) -> dict[str, Any]:
        """Visit the first point, but for the changes."""
        return self.say("round.visit", client_time=client_time, **self.visit_body(**changes))

    def visit_body(self, **changes: Any) -> dict[str, Any]:
        """What a visit of the first point says, but for the changes."""
        body: dict[str, Any] = {
            "run_id": str(self.run),
            "visit_id": str(uuid7()),
            "point_id": str(self.world.points[0].id),
            "method": "scan",
            "code": self.world.code(1),
            "arrived_at": SystemClock().now().isoformat(),
            "answers": [self.answer()],
        }
        return body | changes

    def answer(self, item: int = 0, **values: Any) -> dict[str, Any]:
        """An answer that all is well, but for the values."""
        given = {"item_id": str(self.world.items[item].id), "verdict": "pass"} | values
        return {name: value for name, value in given.items() if value is not None}

    def say(self, kind: str, *, client_time: str = "", **body: Any) -> dict[str, Any]:
        """Send one operation and read its result; only a settled one is good."""
        made = self.phone.says(kind, thread=self.run, **body)
        if client_time:
            made["client_time"] = client_time
        return self.send(made)

    def send(self, made: dict[str, Any]) -> dict[str, Any]:
        """The result of one operation; never "not now", for that would block the phone."""
        said = {"device_id": str(self.phone.id), "operations": [made]}
        answer = self.client.post("/api/v1/operations", json=said)
        assert answer.status_code == 200, answer.text
        (result,) = answer.json()["results"]
        assert result["status"] != "retry", result
        return result


@pytest.fixture
def walk(garden: World, new_client: Callable[[], TestClient]) -> Walk:
    """A round that has begun."""
    walk = Walk(garden, new_client())
    assert walk.start()["status"] == "applied"
    return walk


def refused(result: dict[str, Any], code: str) -> None:
    """Rejected with this code and a sentence, with no effect at all."""
    assert (result["status"], result["code"]) == ("rejected", code), result
    assert result["message"]
    assert not rows(Visit)
    assert not rows(Answer)


@pytest.mark.bad_input(["B44"])
def test_a_question_that_was_not_asked(walk: Walk) -> None:
    refused(walk.visit(answers=[walk.answer(item_id=str(uuid7()))]), "item_unknown")


@pytest.mark.bad_input(["B45"])
def test_the_run_of_another_house(walk: Walk) -> None:
    other = a_world("LX")
    other.clock = SystemClock()  # type: ignore[assignment]
    run = uuid7()
    other.do("guard", "round.start", run_id=run, occurrence_id=an_occurrence(other).id)
    refused(walk.visit(run_id=str(run)), "not_found")


@pytest.mark.bad_input(["B46"])
def test_things_out_of_their_order(garden: World, new_client: Callable[[], TestClient]) -> None:
    walk = Walk(garden, new_client())
    refused(walk.visit(), "not_found")
    assert walk.start()["status"] == "applied"
    note = {"run_id": str(walk.run), "note": "No time"}
    assert walk.say("round.finish", **note)["status"] == "applied"
    refused(walk.say("round.finish", **note), "wrong_step")
    refused(walk.visit(), "wrong_step")


TIMES = """0001-01-01T00:00:00Z 9999-12-31T23:59:59.999999Z 9999-12-31T23:59:59-14:00
0001-01-01T00:00:00+14:00 2026-11-23T08:00:00 2026-11-23T24:00:00Z 2026-06-30T23:59:60Z
2026-02-30T00:00:00Z 1e3 2026-11-23 +292278994-08-17T07:12:55Z now""".split()


@pytest.mark.bad_input(["B47"])
@pytest.mark.parametrize("time", TIMES)
def test_times_that_never_were(walk: Walk, time: str) -> None:
    assert walk.visit(client_time=time)["status"] == "applied"
    strange = walk.visit(arrived_at=time)
    assert strange["status"] in {"applied", "rejected"}
    assert strange["code"] in {None, "", "invalid_input"} if "code" in strange else True
    assert walk.client.get("/api/v1/snapshot").status_code == 200


TEXTS = {
    "family": "👨‍👩‍👧‍👦🏴‍☠️",
    "zalgo": "e" + "\u0301" * 700,
    "no width": "a\u200b\u200c\u2060b\ufeff",
    "right to left": "\u202eabc\u202c \u2067x",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{7*7}} ${7*7} #{7*7} %s %n {0}",
    "formula": "=cmd|'/C calc'!A0",
    "sql": "'; DROP TABLE visit; --",
    "prototype": "__proto__",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
}


@pytest.mark.bad_input(["B48", "B38"])
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_stays_what_it_is(walk: Walk, name: str) -> None:
    text = TEXTS[name]
    answer = walk.answer(note=text)
    assert walk.visit(answers=[answer])["status"] == "applied"
    (kept,) = rows(Answer)
    assert kept.note == text
    assert walk.client.get("/api/v1/snapshot").status_code == 200


@pytest.mark.bad_input(["B48"])
@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 801])
def test_text_that_nothing_can_hold_is_refused(walk: Walk, text: str) -> None:
    raw = json.dumps({"run_id": str(walk.run), "note": text})
    made = envelope("round.finish", seq=2, thread=walk.run, n=2, body=raw)
    refused(walk.send(made), "invalid_input")


@pytest.mark.bad_input(["B37", "B49"])
@pytest.mark.parametrize("number", ["1,5", "٣", "0x10", "", "1e400", [], 10**17, "NaN"])
def test_what_is_no_number(walk: Walk, number: Any) -> None:
    given = [walk.answer(), walk.answer(1, verdict=None, number=number)]
    result = walk.visit(answers=given)
    assert result["status"] == "rejected"
    assert result["code"] in {"invalid_input", "number_not_possible"}
    assert not rows(Visit)


@pytest.mark.bad_input(["B37"])
@pytest.mark.parametrize("number", ["-0", "-0.0", "-0e9", "9007199254740993", "1e-400"])
def test_a_number_that_is_hardly_one_is_kept_as_a_number(walk: Walk, number: str) -> None:
    # Nothing is far out of bounds, and so has to be shown.
    taken = SystemClock().now().isoformat()
    shot = {"sha256": "a" * 64, "size": 900, "width": 60, "height": 40, "taken_at": taken}
    odd = walk.answer(1, verdict=None, number=12345, note="Nil", photos=[shot])
    given = [walk.answer(), odd]
    made = walk.phone.says("round.visit", thread=walk.run, **walk.visit_body(answers=given))
    raw = made["body"].replace("12345", number)
    result = walk.send(envelope("round.visit", seq=2, thread=walk.run, n=2, body=raw))
    assert result["status"] in {"applied", "rejected"}
    kept = [one.number for one in rows(Answer) if one.number is not None]
    if result["status"] == "rejected":
        assert result["code"] in {"invalid_input", "number_not_possible"}
        assert not rows(Visit)
    else:
        assert len(kept) == 1
        assert str(kept[0]).lstrip("-0.") == ""
    assert walk.client.get("/api/v1/snapshot").status_code == 200


@pytest.mark.bad_input(["B40"])
def test_nothing_in_the_place_of_something(walk: Walk) -> None:
    for name in walk.visit_body():
        nothing: dict[str, Any] = {name: None}
        result = walk.visit(**nothing)
        assert result["status"] in {"applied", "rejected"}, name
        assert result["status"] == "applied" or result["code"] == "invalid_input", name
    for name in ("item_id", "verdict", "number", "choices", "note", "photos", "severity"):
        result = walk.visit(answers=[{**walk.answer(), name: None}])
        assert result["status"] in {"applied", "rejected"}, name
    before = len(rows(Operation))
    for name in envelope("round.visit", seq=2, thread=walk.run, n=2, body={}):
        made = walk.phone.says("round.finish", thread=walk.run, run_id=str(walk.run))
        said = {"device_id": str(walk.phone.id), "operations": [made | {name: None}]}
        answer = walk.client.post("/api/v1/operations", json=said)
        walk.phone.seq -= 1
        walk.phone.threads[walk.run] -= 1
        assert answer.status_code == 422, (name, answer.text)
    assert len(rows(Operation)) == before


@pytest.mark.bad_input(["B50"])
def test_a_choice_that_is_not_offered(walk: Walk) -> None:
    result = walk.visit(answers=[walk.answer(verdict=None, choices=["another"])])
    assert result["status"] == "rejected"
    assert not rows(Visit)


@pytest.mark.bad_input(["B51"])
def test_ten_thousand_photos_in_one_answer(walk: Walk) -> None:
    many = [{"sha256": "a" * 64} for _ in range(10_001)]
    made = walk.phone.says("round.visit", thread=walk.run, answers=[{"photos": many}])
    said = {"device_id": str(walk.phone.id), "operations": [made]}
    answer = walk.client.post("/api/v1/operations", json=said)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")
    made = envelope("round.visit", seq=2, thread=walk.run, n=2, body={"photos": many[:2000]})
    refused(walk.send(made), "invalid_input")


@pytest.mark.bad_input(["B52", "B40"])
def test_fields_that_nobody_asked_for(walk: Walk) -> None:
    made = walk.phone.says("round.finish", thread=walk.run, run_id=str(walk.run))
    made |= {"deps": [made["id"]], "author": str(uuid7()), "tenant": None}
    assert walk.send(made)["code"] == "note_required"
    refused(walk.visit(photos=[], tenant_id=str(uuid7())), "invalid_input")
    refused(walk.visit(code=None), "invalid_input")


@pytest.mark.bad_input(["B53"])
@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("https://evil.example/?x=1", "foreign_code"),
        ("secret-CH-2", "foreign_code"),
        ("", "foreign_code"),
        ("WIFI:T:WPA;S:x;P:y;;", "foreign_code"),
        ("x" * 4096, "invalid_input"),
    ],
)
def test_a_code_from_somewhere_else(walk: Walk, code: str, refusal: str) -> None:
    refused(walk.visit(code=code), refusal)


@pytest.mark.bad_input(["B39"])
@pytest.mark.parametrize("version", [0, 2, 10**9])
def test_a_version_of_the_future_is_kept(walk: Walk, version: int) -> None:
    made = walk.phone.says("round.visit", thread=walk.run, x=1) | {"version": version}
    assert walk.send(made)["status"] == "quarantined"
    with read_session() as session:
        assert session.exec(select(Operation.body).where(Operation.n == 2)).one() == made["body"]


@pytest.mark.bad_input(["B33"])
def test_a_body_without_a_bottom(walk: Walk) -> None:
    raw = "[" * 5000 + "]" * 5000
    refused(
        walk.send(envelope("round.visit", seq=2, thread=walk.run, n=2, body=raw)), "invalid_input"
    )


@pytest.mark.bad_input(["B66", "B67"])
def test_questions_with_strange_conditions(walk: Walk) -> None:
    for condition in ("*", "", '"x"', 'W/"x"', "x" * 4000, '"a", "b"'):
        answer = walk.client.get("/api/v1/snapshot", headers={"If-None-Match": condition})
        assert answer.status_code in {200, 304}
    for asked in ("page=-1&limit=1000000000", "sort=password_hash", "site=' OR 1=1 --", "page[]=x"):
        assert walk.client.get(f"/api/v1/snapshot?{asked}").status_code == 200
    for form in ("raw", "", "../original", "original%00"):
        answer = walk.client.get(f"/api/v1/photos/{'a' * 64}?form={form}")
        assert answer.status_code in {404, 422}


@pytest.mark.bad_input(["B65"])
def test_what_a_caller_says_of_itself_changes_nothing(walk: Walk) -> None:
    forged = {
        "Host": "evil.example",
        "X-Forwarded-For": "127.0.0.1, ::1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Original-URL": "/api/v1/health",
        "X-HTTP-Method-Override": "DELETE",
    }
    answer = walk.client.get("/api/v1/snapshot", headers=forged)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text + str(answer.headers)
    out = walk.client.post("/api/v1/sign-out", headers=forged)
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")


@pytest.mark.bad_input(["B55"])
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "x" * 6000, "'--"])
def test_a_token_that_is_none(walk: Walk, token: str) -> None:
    walk.client.headers["Cookie"] = f"propapp_session={token}"
    for asked in ("/api/v1/snapshot", "/api/v1/snapshot?token=x", f"/api/v1/photos/{'a' * 64}"):
        answer = walk.client.get(asked)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_needed")
