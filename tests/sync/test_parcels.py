"""Unsent work as a file: packed by the phone's own code, opened and taken in by the house, once."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from propapp.api import unpacking
from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine
from propapp.core.errors import (
    ParcelDamaged,
    ParcelForeign,
    ParcelRevoked,
    ParcelUnknown,
)
from propapp.core.ids import uuid7
from propapp.core.parcels import key
from propapp.core.parcels.frames import FRAME, HEADER, TAG
from propapp.core.stores import photo_store
from propapp.core.sync.models import Operation, OperationStatus
from propapp.features.messages.models import Message
from propapp.features.parcels.models import ItemStatus
from propapp.features.people.models import Person
from propapp.features.people.sign_in import sign_out_everywhere
from propapp.features.photos.models import Photo
from propapp.features.rounds.models import Run, RunStatus, Visit
from tests.sync.courier import Courier
from tests.sync.field import signed_in
from tests.sync.nursery import Nursery
from tests.world import World, a_world, an_occurrence, found, rows, save

T, K = ItemStatus.TAKEN, ItemStatus.KNOWN
BLOCK = FRAME + TAG


@pytest.fixture
def garden(database: Path) -> World:
    """A site of today."""
    world = a_world()
    world.clock = FixedClock(datetime.now(UTC))
    return world


@pytest.fixture
def courier(garden: World) -> Iterator[Courier]:
    """The guard's phone."""
    with Courier(garden.actor("guard")) as phone:
        yield phone


@pytest.fixture
def parcel(courier: Courier, garden: World, tmp_path: Path) -> Path:
    """A round with two photos that never left the phone but in this file."""
    courier.is_told()
    courier.walks(garden, an_occurrence(garden), size=300_000)
    courier.packs(tmp_path / "work.unsent")
    return tmp_path / "work.unsent"


def take_in(source: Path | bytes, *, partly: bool = False) -> Counter[tuple[str, ItemStatus]]:
    """How much of what became what."""
    said: list[tuple[str, ItemStatus]] = []

    def tell(item: Any, _done: int) -> None:
        said.append(("photo" if item.kind == "photo" else "operation", item.status))

    opened = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with opened:
        unpacking.take_in(uuid7(), opened, tell, partly=partly)
    return Counter(said)


def is_empty() -> bool:
    """Whether nothing at all came in."""
    return rows(Operation) == [] and rows(Photo) == [] and rows(Run) == []


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_what_the_phone_packs_the_house_takes_in_whole(parcel: Path, garden: World) -> None:
    assert take_in(parcel) == {("operation", T): 5, ("photo", T): 2}
    assert {one.status for one in rows(Operation)} == {OperationStatus.APPLIED}
    assert {one.person_id for one in rows(Operation)} == {garden.actor("guard").person_id}
    (run,) = rows(Run)
    assert run.status is RunStatus.SEALED
    assert all(photo_store().holds(photo.sha256) for photo in rows(Photo))


def test_packing_changes_nothing_on_the_phone_and_holds_one_frame(
    courier: Courier, garden: World, tmp_path: Path
) -> None:
    courier.is_told()
    courier.walks(garden, an_occurrence(garden), size=900_000)
    said = courier.packs(tmp_path / "file")
    assert said["unchanged"]
    assert said["largest"] == BLOCK
    assert (said["operations"], said["photos"], said["left_out"]) == (5, 2, 0)
    assert courier.does("states")["ops"] == ["saved"] * 5


def test_a_second_time_everything_is_known(parcel: Path) -> None:
    take_in(parcel)
    before = [(one.id, one.status) for one in rows(Operation)]
    assert take_in(parcel) == {("operation", K): 5, ("photo", K): 2}
    assert [(one.id, one.status) for one in rows(Operation)] == before
    assert (len(rows(Run)), len(rows(Visit)), len(rows(Photo))) == (1, 3, 2)


def test_of_two_files_with_the_same_work_the_later_one_brings_what_is_new(
    parcel: Path, courier: Courier, garden: World, tmp_path: Path
) -> None:
    courier.walks(garden, an_occurrence(garden, opens_in=-1), photos=1)
    courier.packs(tmp_path / "later")
    take_in(parcel)
    assert take_in(tmp_path / "later") == {
        ("operation", T): 5,
        ("photo", T): 1,
        ("operation", K): 5,
        ("photo", K): 2,
    }
    assert (len(rows(Run)), len(rows(Photo))) == (2, 3)


def samples(data: bytes) -> list[int]:
    """Places in every part of the file: each byte of the header, and some of every frame."""
    frames = range(HEADER, len(data), BLOCK)
    inside = [at + step for at in frames for step in (0, 1, 1000, FRAME // 2, FRAME, BLOCK - 1)]
    return [*range(HEADER), *(at for at in inside if at < len(data)), len(data) - 1]


def test_a_changed_byte_anywhere_is_found_and_nothing_comes_in(parcel: Path) -> None:
    data = parcel.read_bytes()
    assert len(data) > 2 * BLOCK
    for at in samples(data):
        with pytest.raises((ParcelDamaged, ParcelForeign, ParcelUnknown)):
            take_in(flipped(data, at))
    assert is_empty()


def test_a_cut_anywhere_is_found_and_nothing_comes_in(parcel: Path) -> None:
    data = parcel.read_bytes()
    ends = [HEADER + BLOCK * number for number in range(len(data) // BLOCK + 1)]
    cuts = {end + step for end in ends for step in (-1, 0, 1)} | {10, HEADER - 1, len(data) - 1}
    for cut in sorted(cut for cut in cuts if cut < len(data)):
        with pytest.raises((ParcelDamaged, ParcelUnknown)):
            take_in(data[:cut])
    assert is_empty()


def test_frames_cannot_change_places_nor_come_twice_nor_follow_the_last(parcel: Path) -> None:
    data = parcel.read_bytes()
    first, second = data[HEADER : HEADER + BLOCK], data[HEADER + BLOCK : HEADER + 2 * BLOCK]
    rest = data[HEADER + 2 * BLOCK :]
    for made in (
        second + first + rest,
        first + first + second + rest,
        first + rest,
        first + second + rest + rest,
    ):
        with pytest.raises(ParcelDamaged):
            take_in(data[:HEADER] + made)
    assert is_empty()


@pytest.mark.parametrize("wrong", ["cut", "changed"])
def test_who_wants_only_what_is_whole_of_a_damaged_file_gets_its_beginning(
    parcel: Path, wrong: str
) -> None:
    data = parcel.read_bytes()
    at = HEADER + 2 * BLOCK + 100
    broken = data[:at] if wrong == "cut" else flipped(data, at)
    with pytest.raises(ParcelDamaged):
        take_in(broken, partly=True)
    assert len(rows(Operation)) == 5
    # The first photo ends in the second frame; of the other not even a beginning counts as here.
    assert len(rows(Photo)) == 1
    assert take_in(parcel) == {("operation", K): 5, ("photo", K): 1, ("photo", T): 1}


def test_the_parcel_of_another_house_is_told_apart(
    parcel: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (database / key.FILE).unlink()
    key._read.cache_clear()  # noqa: SLF001 - another house in the same process
    with pytest.raises(ParcelForeign):
        take_in(parcel)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff\xe0 a photo", b"propapp-unsent\0\2" + b"0" * 99]
)
def test_any_other_file_is_no_parcel(garden: World, data: bytes) -> None:
    with pytest.raises(ParcelUnknown):
        take_in(data)


def test_a_revoked_token_brings_nothing(parcel: Path, garden: World) -> None:
    sign_out_everywhere(garden.actor("guard").person_id)
    with pytest.raises(ParcelRevoked):
        take_in(parcel)
    assert is_empty()


def test_work_of_who_has_left_is_quarantined_and_their_supervisor_told(
    parcel: Path, garden: World
) -> None:
    person = found(Person, garden.actor("guard").person_id)
    person.active = False
    save(person)
    assert take_in(parcel)["operation", ItemStatus.QUARANTINED] == 5
    told = {message.kind for message in rows(Message)}
    assert "work.author_left" in told
    assert rows(Run) == []


def test_what_the_server_refuses_says_why_and_the_rest_is_taken(
    courier: Courier, garden: World, tmp_path: Path
) -> None:
    courier.is_told()
    nowhere = uuid7()
    courier.says("order.claim", nowhere, order_id=str(nowhere))
    courier.walks(garden, an_occurrence(garden), photos=0)
    courier.packs(tmp_path / "file")
    assert take_in(tmp_path / "file") == {
        ("operation", ItemStatus.REJECTED): 1,
        ("operation", T): 5,
    }


def test_a_photo_that_cannot_be_read_is_left_out_and_said(
    courier: Courier, garden: World, tmp_path: Path
) -> None:
    courier.is_told()
    shot = courier.shoots()
    courier.does("change", store="photos", key=shot["sha256"], change={"state": "saved", "no": 1})
    courier.does("forget", sha256=shot["sha256"])
    assert courier.packs(tmp_path / "file")["left_out"] == 1
    assert take_in(tmp_path / "file") == {}


def test_without_a_first_contact_there_is_no_parcel(courier: Courier, garden: World) -> None:
    courier.walks(garden, an_occurrence(garden), photos=0)
    courier.ask("pack", file="/nowhere")
    assert courier.hear() == {"failed": "no_key"}


def test_with_nothing_unsent_there_is_no_parcel(courier: Courier) -> None:
    courier.is_told()
    courier.ask("pack", file="/nowhere")
    assert courier.hear() == {"failed": "nothing"}


def test_the_key_is_its_owners_alone(parcel: Path, database: Path) -> None:
    mode = (database / key.FILE).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert list(database.glob("*.part")) == []


Moment = Callable[[Courier, Path], None]


@pytest.mark.parametrize("when", ["before", "after", "meanwhile"])
def test_on_the_wire_and_in_a_parcel_it_is_there_once(
    garden: World, database: Path, tmp_path: Path, when: str
) -> None:
    person = garden.actor("guard")
    cookie = signed_in(person)["Cookie"]
    occurrences = [an_occurrence(garden, opens_in=-number) for number in range(4)]
    engine().dispose()
    with Nursery(database) as nursery:
        nursery.start()
        with Courier(person, nursery.url, cookie) as phone:
            assert phone.does("fly")["landed"]["word"] == "sent"
            for occurrence in occurrences:
                phone.walks(garden, occurrence, size=400_000)
            file = tmp_path / "file"
            phone.packs(file)
            if when == "before":
                phone.does("fly")
            if when == "meanwhile":
                phone.ask("fly")
            told = take_in(file)
            landed = phone.hear() if when == "meanwhile" else phone.does("fly")
            for _ in range(3):
                landed = landed if landed["landed"]["word"] == "sent" else phone.does("fly")
    assert set(landed["ops"]) == set(landed["photos"]) == {"sent"}
    assert set(told) <= {("operation", T), ("operation", K), ("photo", T), ("photo", K)}
    assert sum(told.values()) == 4 * 7
    assert {one.status for one in rows(Operation)} == {OperationStatus.APPLIED}
    assert (len(rows(Operation)), len(rows(Run)), len(rows(Visit))) == (20, 4, 12)
    assert {run.status for run in rows(Run)} == {RunStatus.SEALED}
    assert len(rows(Photo)) == 8
