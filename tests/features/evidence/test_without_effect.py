"""What was refused, held back or came twice had no effect, and is evidence all the same."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from propapp.core.clock import FixedClock
from propapp.core.db.engine import read_session
from propapp.core.evidence.models import EvidenceEntry
from propapp.core.ids import uuid7
from propapp.core.stores import photo_store
from propapp.core.sync.apply import apply
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.models import Operation, OperationStatus, QuarantinedOperation
from propapp.core.use_case import load_use_cases
from propapp.features.evidence import service
from propapp.features.evidence.checking import Broken
from propapp.features.evidence.jobs import keep_evidence
from propapp.features.phones.jobs import hold_back
from propapp.features.phones.models import HeldOperation
from tests.api.pictures import a_picture
from tests.counting import count_queries
from tests.features.evidence.conftest import walk
from tests.features.evidence.test_bundle import exported, repacked, verified
from tests.features.evidence.test_tampering import by_hand
from tests.sync.phones import Phone
from tests.world import World, found, rows


def broken(at: FixedClock | None = None) -> Broken | None:
    """The first thing that does not hold."""
    with read_session() as session:
        return service.verify(session, photo_store(), clock=at).broken


def sends(world: World, said: Envelope, phone: Phone, **actor: bool) -> str:
    """The guard's phone sends this; what became of it."""
    load_use_cases()
    return apply(replace(world.actor("guard"), **actor), phone.id, said, world.clock).status


def refused(world: World, phone: Phone, run_id: UUID | None = None) -> UUID:
    """The end of a round that has ended already, or that nobody knows."""
    said = phone.does("round.finish", thread=run_id or uuid7(), run_id=str(uuid7()), note="")
    assert sends(world, said, phone) == "rejected"
    return said.id


def held(world: World, phone: Phone) -> UUID:
    """A choice of language that came when the guard had left."""
    person_id = world.actor("guard").person_id
    said = phone.does("account.choose_language", thread=person_id, locale="en")
    assert sends(world, said, phone, left=True) == "quarantined"
    return said.id


def twice(world: World, phone: Phone, operation_id: UUID) -> None:
    """Another content under the id of this operation."""
    said = phone.does("round.finish", thread=uuid7(), run_id=str(uuid7()), note="Other")
    forged = said.model_copy(update={"id": operation_id})
    assert sends(world, forged, phone) == "conflict"


@pytest.fixture
def without_effect(garden: World) -> World:
    """One of each kind, chained by the sweep."""
    phone = Phone()
    operation_id = refused(garden, phone)
    held(garden, phone)
    twice(garden, Phone(), operation_id)
    assert keep_evidence(garden.clock) == 3
    return garden


def kinds() -> list[str]:
    """What is chained, in order."""
    return [one.kind for one in sorted(rows(EvidenceEntry), key=lambda one: one.n)]


def test_each_is_chained_once(without_effect: World) -> None:
    assert sorted(kinds()) == ["held", "operation", "second"]
    assert keep_evidence(without_effect.clock) == 0
    assert broken() is None


REFUSED, QUARANTINED = "status = 'REJECTED'", "status = 'QUARANTINED'"
OPERATION, SECOND = "UPDATE operation SET", "UPDATE quarantined_operation SET"


@pytest.mark.reliability("I9 I11", "F49 F52", "Rows and photos changed behind the house's back")
@pytest.mark.parametrize(
    ("statement", "why", "kind"),
    [
        (f"{OPERATION} body = body || ' ' WHERE {REFUSED}", "content", "operation"),
        (f"{OPERATION} code = 'too_late' WHERE {REFUSED}", "content", "operation"),
        (f"{OPERATION} facts = '{{}}' WHERE {REFUSED}", "content", "operation"),
        (f"{OPERATION} status = 'APPLIED' WHERE {REFUSED}", "content", "operation"),
        (f"{OPERATION} status = 'QUARANTINED' WHERE {REFUSED}", "content", "operation"),
        ("DELETE FROM operation WHERE status = 'REJECTED'", "gone", "operation"),
        (f"{OPERATION} body = body || ' ' WHERE {QUARANTINED}", "content", "held"),
        (f"{OPERATION} code = 'too_late' WHERE {QUARANTINED}", "content", "held"),
        (f"""{OPERATION} facts = '{{"a": 1}}' WHERE {QUARANTINED}""", "content", "held"),
        (f"{OPERATION} status = 'REJECTED' WHERE {QUARANTINED}", "content", "held"),
        (f"{OPERATION} status = 'APPLIED' WHERE {QUARANTINED}", "content", "held"),
        (
            f"""{OPERATION} status = 'APPLIED', code = '', facts = '{{"held": "author_left"}}'
            WHERE {QUARANTINED}""",
            "unchained",
            "operation",
        ),
        ("DELETE FROM operation WHERE status = 'QUARANTINED'", "gone", "held"),
        (f"{SECOND} envelope = replace(envelope, 'Other', 'other')", "content", "second"),
        (f"{SECOND} reason = 'sequence_reused'", "content", "second"),
        ("DELETE FROM quarantined_operation", "gone", "second"),
    ],
)
def test_each_change_is_found_and_named(
    without_effect: World, database: Path, statement: str, why: str, kind: str
) -> None:
    with by_hand(database) as hand:
        hand.execute(statement)
    found_broken = broken()
    assert found_broken is not None
    assert (found_broken.why, found_broken.kind) == (why, kind)
    assert found_broken.ref_id


def test_what_came_a_moment_ago_may_wait_for_the_sweep_and_no_longer(garden: World) -> None:
    operation_id = refused(garden, Phone())
    later = FixedClock(garden.clock.now() + timedelta(minutes=9))
    assert broken(later) is None
    later.move(timedelta(minutes=2))
    found_broken = broken(later)
    assert found_broken == Broken("unchained", kind="operation", ref_id=str(operation_id))
    keep_evidence(garden.clock)
    assert broken(later) is None


@pytest.mark.parametrize("page", [1, 2, 200])
def test_rows_from_before_are_chained_some_at_a_time_until_none_is_left(
    garden: World, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr("propapp.features.evidence.repository.PAGE", page)
    monkeypatch.setattr("propapp.features.evidence.service.chains._AT_A_TIME", 3)
    phone = Phone()
    for _ in range(7):
        refused(garden, phone)
        garden.clock.move(timedelta(days=1))
    garden.clock.move(timedelta(days=30))
    refused(garden, phone)
    assert [keep_evidence(garden.clock) for _ in range(4)] == [3, 3, 2, 0]
    assert len(rows(EvidenceEntry)) == 8
    assert broken() is None


def test_where_nothing_is_left_behind_only_the_last_days_are_gone_through(garden: World) -> None:
    def asked() -> int:
        with count_queries() as sent:
            keep_evidence(garden.clock)
        return len([one for one in sent if "FROM operation" in one])

    refused(garden, Phone())
    keep_evidence(garden.clock)
    garden.clock.move(timedelta(days=3))
    few = asked()
    for _ in range(5):
        refused(garden, Phone())
    keep_evidence(garden.clock)
    garden.clock.move(timedelta(days=3))
    assert asked() == few


def test_what_was_performed_after_it_was_held_holds_before_and_after(garden: World) -> None:
    operation_id = held(garden, Phone())
    keep_evidence(garden.clock)
    hold_back(garden.clock)
    (row,) = rows(HeldOperation)
    garden.do("supervisor", "held.perform", held_id=row.id)
    assert found(Operation, operation_id).status is OperationStatus.APPLIED
    assert kinds() == ["held", "operation"]
    assert broken() is None


def test_a_bundle_has_what_was_refused_and_betrays_its_change(
    garden: World, tmp_path: Path
) -> None:
    run_id = walk(garden, [a_picture(60, 40), a_picture(40, 60)])
    operation_id = refused(garden, Phone(), run_id)
    fresh = exported(garden, "run", run_id=run_id)
    assert str(operation_id) not in zipfile.ZipFile(fresh).read("bundle.json").decode()
    assert verified(fresh)[0] == 0
    keep_evidence(garden.clock)
    bundle = exported(garden, "run", run_id=run_id)
    said = json.loads(zipfile.ZipFile(bundle).read("bundle.json"))
    (one,) = [one for one in said["operations"] if one["facts"]["id"] == str(operation_id)]
    assert one["facts"]["status"] == "rejected"
    code, words = verified(bundle)
    assert code == 0, words
    one["facts"]["code"] = "too_late"
    other = repacked(bundle, tmp_path / "other.zip", bundle_dot_json=json.dumps(said).encode())
    code, words = verified(other)
    assert code == 1
    assert "was changed" in words


def test_second_contents_stay_readable(without_effect: World) -> None:
    (second,) = rows(QuarantinedOperation)
    assert json.loads(second.envelope)["kind"] == "round.finish"
