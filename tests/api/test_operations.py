"""Hello and operations over HTTP, and every bad input that a stranger could think of."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from propapp.core.db.engine import read_session
from propapp.core.errors import PropappError
from propapp.core.ids import uuid7
from propapp.core.sync.envelope import MAX_BYTES
from propapp.core.sync.models import Operation
from propapp.core.text import LOCALES, catalogue
from propapp.features.people.models import Person
from tests.api.pictures import a_picture, digest, upload
from tests.sync.phones import Phone, envelope

DEVICE = str(uuid7())
PERSON = uuid7()
SAY = "account.choose_language"
# Written out, for the name of a test must be the same in every process.
FIXED = "01a20a58-f566-755e-beef-e91f38bacebd"


def an_operation(**changes: Any) -> dict[str, Any]:
    """A good operation, but for the changes; None takes a field away."""
    made = envelope(SAY, seq=1, thread=PERSON, n=1, body={"locale": "en"}) | changes
    return {name: value for name, value in made.items() if value is not None}


def a_batch(*operations: Any, device: Any = DEVICE) -> dict[str, Any]:
    """A request with these operations."""
    return {"device_id": device, "operations": list(operations)}


def send(client: TestClient, *operations: Any) -> list[dict[str, Any]]:
    """The results for these operations."""
    answer = client.post("/api/v1/operations", json=a_batch(*operations))
    assert answer.status_code == 200, answer.text
    assert answer.json()["server"] == "propapp"
    return answer.json()["results"]


def stored() -> int:
    """How many operations the server has."""
    with read_session() as session:
        return session.exec(select(func.count()).select_from(Operation)).one()


def test_what_is_meant_for_another_person_is_refused_whole(guard: TestClient) -> None:
    headers = {"X-Propapp-Person": str(uuid7())}
    answer = guard.post("/api/v1/operations", json=a_batch(an_operation()), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "wrong_person")
    assert stored() == 0


def test_hello_tells_the_epoch_the_limits_and_the_last_number(guard: TestClient) -> None:
    said = {"device_id": DEVICE, "app": "1", "protocol": 1, "epoch": None, "next_seq": 1}
    first = guard.post("/api/v1/hello", json=said).json()
    assert (first["server"], first["protocol"], first["last_seq"]) == ("propapp", 1, 0)
    assert first["limits"] == {
        "operations": 50,
        "bytes": 262144,
        "chunk": 262144,
        "photo_bytes": 10485760,
        "photo_pixels": 25000000,
    }
    send(guard, an_operation())
    second = guard.post("/api/v1/hello", json=said | {"epoch": first["epoch"]}).json()
    assert (second["epoch"], second["last_seq"]) == (first["epoch"], 1)


def test_an_operation_is_applied_and_answered_with_its_digest(guard: TestClient) -> None:
    made = an_operation()
    (result,) = send(guard, made)
    assert (result["id"], result["status"]) == (made["id"], "applied")
    assert result["body_sha256"] == made["body_sha256"]
    with read_session() as session:
        assert session.exec(select(Person.locale)).one() == "en"
    (again,) = send(guard, made)
    assert (again["status"], again["outcome"]) == ("duplicate", "applied")


@pytest.mark.reliability("I8", "F65", "An author, a site or a device forged in the body")
def test_the_author_is_who_is_signed_in_whatever_the_body_says(guard: TestClient) -> None:
    send(guard, an_operation(person_id=str(uuid7()), author="somebody"))
    with read_session() as session:
        assert (
            session.exec(select(Operation.person_id)).one() == session.exec(select(Person.id)).one()
        )


def test_missing_photos_are_named_until_they_are_here(guard: TestClient) -> None:
    data = a_picture()
    made = envelope(
        "a.kind", seq=1, thread=PERSON, n=1, body={"photos": [{"sha256": digest(data)}]}
    )
    assert send(guard, made)[0]["photos_missing"] == [digest(data)]
    upload(guard, data)
    assert send(guard, made)[0]["photos_missing"] == []


@pytest.mark.reliability("I8", "F68", "The digest of a photo that one may not see")
def test_that_somebody_else_brought_a_photo_is_not_told(
    signed_in: Callable[..., TestClient],
) -> None:
    data = a_picture()
    upload(signed_in("other"), data)
    made = envelope(
        "a.kind", seq=1, thread=PERSON, n=1, body={"photos": [{"sha256": digest(data)}]}
    )
    assert send(signed_in("guard"), made)[0]["photos_missing"] == [digest(data)]


def test_a_refusal_speaks_the_language_of_the_page(guard: TestClient) -> None:
    phone = Phone()
    made = phone.says(SAY, thread=PERSON, locale="fr")
    chinese = send(guard, made)[0]
    assert (chinese["status"], chinese["code"]) == ("rejected", "invalid_input")
    assert chinese["facts"] == {"field": "locale"}
    answer = guard.post(
        "/api/v1/operations", json=a_batch(made), headers={"X-Propapp-Locale": "en"}
    )
    assert answer.json()["results"][0]["message"] == catalogue("en")["error.invalid_input"]
    assert chinese["message"] == catalogue("zh-CN")["error.invalid_input"]


@pytest.mark.bad_input(["B62"])
def test_a_phone_with_many_operations_sends_them_in_batches(guard: TestClient) -> None:
    phone = Phone()
    made = [phone.says(SAY, thread=PERSON, locale="en") for _ in range(50)]
    assert {result["status"] for result in send(guard, *made)} == {"applied"}
    too_many = [*made, phone.says(SAY, thread=PERSON, locale="en")]
    answer = guard.post("/api/v1/operations", json=a_batch(*too_many))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")


RAW: dict[str, bytes] = {
    "nothing": b"",
    "no json": b"hello",
    "byte order mark": b"\xef\xbb\xbf{}",
    "utf-16": json.dumps(a_batch(an_operation())).encode("utf-16"),
    "bad utf-8": b'{"device_id":"\xff\xfe"}',
    "half a pair": b'{"device_id":"\\ud800"}',
    "nul": b'{"device_id":"\\u0000"}',
    "deep list": b"[" * 10_000,
    "deep object": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "many keys": json.dumps({str(at): at for at in range(10_000)}).encode(),
    "a key twice": b'{"device_id":"a","device_id":"b"}',
    "not a number": b'{"seq":NaN}',
    "infinity": b'{"seq":-Infinity}',
    "1e400": b'{"seq":1e400}',
    "too large": b'{"seq":9007199254740993}',
    "very large": b'{"seq":' + b"9" * 5000 + b"}",
    "prototype": b'{"__proto__":{"x":1},"constructor":{}}',
    "a list": b"[]",
    "null": b"null",
    "multipart": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    "zipped": gzip.compress(b"\0" * 10_000_000),
}


@pytest.mark.bad_input(["B31", "B32", "B33", "B35", "B36", "B37", "B38", "B58", "B63"])
@pytest.mark.parametrize("path", ["hello", "operations", "photos/have"])
@pytest.mark.parametrize("name", RAW)
def test_what_is_no_request_is_refused_with_a_sentence(
    guard: TestClient, path: str, name: str
) -> None:
    headers = {"Content-Encoding": "gzip"} if name == "zipped" else {}
    answer = guard.post(f"/api/v1/{path}", content=RAW[name], headers=headers)
    refused(answer)
    assert stored() == 0


@pytest.mark.bad_input(["B34"])
@pytest.mark.parametrize("path", ["hello", "operations", "photos/have", "sign-in"])
def test_too_many_bytes_are_not_read(guard: TestClient, path: str) -> None:
    answer = guard.post(f"/api/v1/{path}", content=b"x" * (MAX_BYTES + 1))
    if path == "sign-in":
        assert answer.headers["location"] == "/sign-in?error=unexpected"
    else:
        assert answer.status_code == 413


@pytest.mark.bad_input(["B34", "B56"])
def test_bytes_without_an_announced_length_are_counted(guard: TestClient) -> None:
    def stream() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"x" * 1024

    assert guard.post("/api/v1/operations", content=stream()).status_code == 413


BAD_FIELDS: list[dict[str, Any]] = [
    {"id": None},
    {"id": "x"},
    {"id": "00000000-0000-0000-0000-000000000000"},
    {"id": FIXED.upper()},
    {"id": "{" + FIXED + "}"},
    {"id": FIXED.replace("-", "")},
    {"id": 5},
    {"seq": 0},
    {"seq": -1},
    {"seq": "1"},
    {"seq": 1.5},
    {"seq": True},
    {"seq": None},
    {"n": 0},
    {"n": 2**31},
    {"thread_id": ""},
    {"thread_id": []},
    {"kind": ""},
    {"kind": "x" * 65},
    {"kind": {}},
    {"version": -1},
    {"version": 2**31},
    {"version": "1"},
    {"body": {"locale": "en"}},
    {"body": None},
    {"body_sha256": "0" * 63},
    {"body_sha256": "G" * 64},
    {"body_sha256": "A" * 64},
    {"body_sha256": "0" * 64 + "\n"},
    {"client_time": None},
    {"client_time": 5},
    {"client_time": "x" * 65},
    {"monotonic_ms": -1},
    {"boot_id": "x" * 65},
    {"zone": ["x"]},
]


@pytest.mark.bad_input(["B39", "B40", "B41", "B42"])
@pytest.mark.parametrize("changes", BAD_FIELDS, ids=str)
def test_a_badly_shaped_operation_refuses_the_request(
    guard: TestClient, changes: dict[str, Any]
) -> None:
    answer = guard.post("/api/v1/operations", json=a_batch(an_operation(**changes)))
    refused(answer)
    assert answer.json()["error"]["facts"]["field"].startswith("operations.0")
    assert stored() == 0


@pytest.mark.bad_input(["B40", "B41", "B42", "B47"])
@pytest.mark.parametrize(
    "changes",
    [
        {"extra": {"deps": ["x"]}},
        {"id": "7d444840-9dc0-41d1-b245-5ffdce74fad2"},
        {"id": "ffffffff-ffff-7fff-bfff-ffffffffffff"},
        {"zone": "Mars/Olympus; DROP TABLE--"},
        {"client_time": "24:00"},
        {"monotonic_ms": 0},
        {"seq": 2**53 - 1},
    ],
    ids=str,
)
def test_what_is_only_strange_is_taken(guard: TestClient, changes: dict[str, Any]) -> None:
    assert send(guard, an_operation(**changes))[0]["status"] == "applied"


@pytest.mark.parametrize("device", ["", "x", None, 5, "00000000-0000-0000-0000-000000000000"])
def test_a_device_without_a_proper_id_is_refused(guard: TestClient, device: Any) -> None:
    refused(guard.post("/api/v1/operations", json=a_batch(an_operation(), device=device)))
    refused(guard.post("/api/v1/hello", json={"device_id": device}))


@pytest.mark.bad_input(["B62"])
@pytest.mark.parametrize("operations", [[], None, {}, "x", [None], [[]], [5]])
def test_a_batch_of_nothing_is_refused(guard: TestClient, operations: Any) -> None:
    body = {"device_id": DEVICE, "operations": operations}
    refused(guard.post("/api/v1/operations", json=body))


@pytest.mark.bad_input(["B54"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api//v1/health", 404),
        ("GET", "/api/v1/%2e%2e/x", 404),
        ("GET", "/api/v1/%00", 404),
        ("GET", "/api/v2/hello", 404),
        ("GET", "/api/v1/hello", 405),
        ("DELETE", "/api/v1/operations", 405),
        ("PUT", "/api/v1/snapshot", 405),
        ("POST", "/api/v1/photos/" + "a" * 64, 405),
        ("GET", "/api/v1/hello/", 404),
    ],
)
def test_an_unknown_address_answers_in_our_words(
    guard: TestClient, method: str, path: str, status: int
) -> None:
    answer = guard.request(method, path)
    assert answer.status_code == status
    refused(answer)


@pytest.mark.bad_input(["B55"])
@pytest.mark.parametrize("path", ["hello", "operations", "photos/have"])
def test_without_a_session_nothing_is_read(new_client: Callable[[], TestClient], path: str) -> None:
    answer = new_client().post(
        f"/api/v1/{path}",
        content=b"x" * 10,
        headers={"Authorization": "Bearer eyJhbGciOiJub25lIn0"},
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_needed")


def test_the_health_of_the_parts_is_told(new_client: Callable[[], TestClient]) -> None:
    answer = new_client().get("/api/v1/health")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "photos": True})


def test_every_code_has_a_sentence_in_both_languages() -> None:
    for error in subclasses():
        for locale in LOCALES:
            assert catalogue(locale).get(f"error.{error.code}"), (error.code, locale)


def subclasses() -> list[Any]:
    """Every refusal that the house knows."""
    return [PropappError, *PropappError.__subclasses__()]


def refused(answer: Any) -> None:
    """A 4xx in our own shape."""
    assert 400 <= answer.status_code < 500, answer.text
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "facts"}
    assert error["message"]
    assert error["message"] != f"error.{error['code']}"
