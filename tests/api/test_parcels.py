"""A parcel is brought to the office: who may, what is said of a bad one, what is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from propapp.api import parcel_shelf, parcels
from propapp.core.access import Role
from propapp.core.settings import settings
from propapp.core.sync.models import Operation
from propapp.core.timeline import TimelineEvent
from propapp.features.parcels.models import ItemStatus, Parcel, ParcelItem, ParcelStatus
from propapp.features.people.sign_in import sign_out_everywhere
from propapp.features.sites.models import Site
from tests.api.conftest import SignIn, an_account
from tests.factories import a_site, the_actor
from tests.sync.courier import Courier
from tests.world import rows


@pytest.fixture
def courier(site: Site) -> Iterator[Courier]:
    """The phone of a guard, with two choices of language unsent."""
    person = an_account("walker", Role.GUARD, at=site)
    with Courier(the_actor(person, Role.GUARD, at=site)) as phone:
        phone.is_told()
        for locale in ("en", "zh-CN"):
            phone.says("account.choose_language", person.id, locale=locale)
        yield phone


@pytest.fixture
def parcel(courier: Courier, tmp_path: Path) -> bytes:
    """It as a file."""
    courier.packs(tmp_path / "file")
    return (tmp_path / "file").read_bytes()


@pytest.fixture
def desk(signed_in: SignIn) -> TestClient:
    """A browser at the service desk."""
    return signed_in("desk", Role.SERVICE_DESK)


def bring(client: TestClient, data: bytes, **asked: str) -> tuple[int, str]:
    """What is answered: the status, and the code of the refusal."""
    answer = client.post("/api/v1/parcels", content=data, params=asked)
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def left_lying() -> list[Path]:
    return list((settings().data / "parcels").glob("*"))


def test_a_parcel_is_taken_in_and_each_thing_in_it_is_told_of(
    desk: TestClient, parcel: bytes, courier: Courier
) -> None:
    answer = desk.post("/api/v1/parcels", content=parcel)
    assert answer.status_code == 201
    (kept,) = rows(Parcel)
    assert str(kept.id) == answer.json()["parcel_id"]
    assert (kept.status, kept.code, kept.done) == (ParcelStatus.TAKEN, "", len(parcel))
    assert kept.author_id == courier.person.person_id
    assert [item.status for item in rows(ParcelItem)] == [ItemStatus.TAKEN] * 2
    assert {one.person_id for one in rows(Operation)} == {kept.author_id}
    (event,) = rows(TimelineEvent, verb="parcel.brought")
    assert (event.person_id, event.thing_id) == (kept.person_id, kept.author_id)
    assert left_lying() == []


def test_brought_twice_it_is_known_the_second_time(desk: TestClient, parcel: bytes) -> None:
    for _ in range(2):
        assert bring(desk, parcel) == (201, "")
    assert len(rows(Operation)) == 2
    assert sorted(item.status for item in rows(ParcelItem)) == ["known"] * 2 + ["taken"] * 2


@pytest.mark.parametrize("role", [Role.GUARD, Role.OWNER, Role.AUDITOR, Role.FINANCE])
def test_who_does_not_care_for_phones_brings_nothing(
    signed_in: SignIn, parcel: bytes, role: Role
) -> None:
    assert bring(signed_in("somebody", role), parcel) == (403, "not_allowed")
    assert rows(Operation) == []


def test_without_a_session_nothing_is_read(
    new_client: Callable[[], TestClient], parcel: bytes
) -> None:
    assert bring(new_client(), parcel) == (401, "sign_in_needed")


def test_the_work_of_another_site_is_of_somebody_who_does_not_exist_here(
    new_client: Callable[[], TestClient], signed_in: SignIn, parcel: bytes
) -> None:
    an_account("far", Role.ADMINISTRATOR, at=a_site("FAR"))
    client = new_client()
    client.post("/api/v1/sign-in", data={"username": "far", "password": "demo-2026"})
    assert bring(client, parcel) == (404, "not_found")
    assert rows(Parcel) == rows(Operation) == left_lying() == []


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _data: b"", "invalid_input"),
        (lambda data: b"\xff\xd8\xff" + data, "parcel_unknown"),
        (lambda data: data[:-1], "parcel_damaged"),
        (lambda data: data + b"\0", "parcel_damaged"),
        (lambda data: data[:16] + bytes(8) + data[24:], "parcel_foreign"),
        (lambda data: data[:24] + b"\4" + bytes(64) + data[89:], "parcel_damaged"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_no_trace(
    desk: TestClient, parcel: bytes, spoil: Callable[[bytes], bytes], code: str
) -> None:
    answer = desk.post(
        "/api/v1/parcels", content=spoil(parcel), headers={"X-Propapp-Locale": "zh-CN"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert code not in answer.json()["error"]["message"]
    assert rows(Parcel) == rows(Operation) == left_lying() == []


def test_a_revoked_token_says_what_to_do(desk: TestClient, parcel: bytes, courier: Courier) -> None:
    sign_out_everywhere(courier.person.person_id)
    answer = desk.post("/api/v1/parcels", content=parcel, headers={"X-Propapp-Locale": "en"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "parcel_revoked")
    assert "sign in on the phone" in answer.json()["error"]["message"]


def test_a_file_that_is_too_large_is_not_kept(
    desk: TestClient, parcel: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "LARGEST", len(parcel) - 1)
    assert bring(desk, parcel) == (413, "request_too_large")
    pieces = iter([parcel[:100], parcel[100:]])
    answer = desk.post("/api/v1/parcels", content=pieces)
    assert answer.status_code == 413
    assert left_lying() == []


def test_what_a_dead_server_left_is_taken_in_by_the_next(
    desk: TestClient, parcel: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(parcel_shelf, "take_in_waiting", lambda: 0)
        assert bring(desk, parcel) == (201, "")
    assert rows(Operation) == []
    assert parcel_shelf.keep_shelf() == 1
    assert len(rows(Operation)) == 2
    assert left_lying() == []


def test_a_parcel_whose_file_is_gone_ends_and_holds_back_no_other(
    desk: TestClient, parcel: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(parcel_shelf, "take_in_waiting", lambda: 0)
        first = desk.post("/api/v1/parcels", content=parcel).json()["parcel_id"]
        bring(desk, parcel)
    parcel_shelf.file_of(UUID(first)).unlink()
    assert parcel_shelf.keep_shelf() == 2
    assert {one.status for one in rows(Parcel)} == {ParcelStatus.FAILED, ParcelStatus.TAKEN}
