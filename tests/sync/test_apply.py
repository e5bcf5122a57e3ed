"""Operations: once each, in order within their thread, and never half."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import SQLModel, func, select

from propapp.core import bell
from propapp.core.access import Actor, Role
from propapp.core.clock import FixedClock
from propapp.core.db.engine import engine, read_session
from propapp.core.ids import uuid7
from propapp.core.sync.apply import apply, apply_batch
from propapp.core.sync.devices import Hello, greet
from propapp.core.sync.envelope import Envelope
from propapp.core.sync.losses import own_device
from propapp.core.sync.models import Device, Operation, OperationStatus, QuarantinedOperation
from propapp.core.sync.settle import Answer
from propapp.core.timeline import TimelineEvent
from propapp.features.people.models import RoleAssignment
from propapp.features.sites.models import Building, Site
from tests.factories import NOW, a_person, the_actor
from tests.sync.phones import Phone, envelope


def count(table: type[SQLModel]) -> int:
    """How many rows there are."""
    with read_session() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def stored(made: Envelope) -> Operation:
    """The operation as it lies in the database."""
    with read_session() as session:
        return session.get_one(Operation, made.id)


def test_an_operation_is_applied_with_its_own_time(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    clock.move(timedelta(hours=3))
    assert apply(guard, phone.id, made, clock).status == "applied"
    row = stored(made)
    assert row.occurred_at == NOW
    assert row.received_at == NOW + timedelta(hours=3)
    assert row.device_id == own_device(guard.person_id, phone.id)
    with read_session() as session:
        happened = session.exec(select(TimelineEvent)).one()
    assert (happened.operation_id, happened.occurred_at) == (made.id, NOW)


def test_the_answer_was_lost_and_the_operation_comes_again(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    apply(guard, phone.id, made, clock)
    clock.move(timedelta(days=400))
    again = apply(guard, phone.id, made, clock)
    assert (again.status, again.outcome) == ("duplicate", OperationStatus.APPLIED)
    assert count(Building) == count(TimelineEvent) == 1


def test_a_refused_operation_stays_and_says_so_again(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone, thread = Phone(), uuid7()
    bad = phone.does(build, thread=thread, site_id=str(site.id), name="13", floors=13)
    good = phone.does(build, thread=thread, site_id=str(site.id), name="14", floors=14)
    first, second = apply_batch(guard, phone.id, [bad, good], clock)
    assert (first.status, first.code) == ("rejected", "wrong_step")
    assert second.status == "applied"
    again = apply(guard, phone.id, bad, clock)
    assert (again.status, again.outcome, again.code) == (
        "duplicate",
        OperationStatus.REJECTED,
        "wrong_step",
    )
    assert count(Building) == count(TimelineEvent) == 1


def test_a_refused_operation_rings_no_bell(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    bad = phone.does(build, thread=uuid7(), site_id=str(site.id), name="13", floors=13)
    good = phone.does(build, thread=uuid7(), site_id=str(site.id), name="14")
    before = bell.version(site.id)
    apply(guard, phone.id, bad, clock)
    assert bell.version(site.id) == before
    apply(guard, phone.id, good, clock)
    assert bell.version(site.id) == before + 1


@pytest.mark.bad_input(["B39"])
def test_an_unknown_kind_is_kept_in_quarantine(guard: Actor, clock: FixedClock) -> None:
    phone = Phone()
    made = phone.does("tea.drink", thread=uuid7(), photos=[{"sha256": "a" * 64}])
    answer = apply(guard, phone.id, made, clock)
    assert (answer.status, answer.code) == ("quarantined", "unknown_operation")
    assert answer.photos == ("a" * 64,)
    assert apply(guard, phone.id, made, clock).outcome is OperationStatus.QUARANTINED
    assert stored(made).body == made.body


@pytest.mark.parametrize("version", [0, 2, 10**9])
def test_an_unknown_version_is_kept_in_quarantine(
    build: str, guard: Actor, site: Site, clock: FixedClock, version: int
) -> None:
    phone = Phone()
    said = phone.says(build, thread=uuid7(), site_id=str(site.id), name="1") | {"version": version}
    answer = apply(guard, phone.id, Envelope.model_validate(said), clock)
    assert answer.status == "quarantined"
    assert count(Building) == 0


@pytest.mark.reliability("I1 I2", "F33 F67", "Ids and numbers used twice: both contents kept")
@pytest.mark.bad_input(["B43"])
def test_the_same_id_with_other_content_keeps_both(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    first = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    other = phone.does(build, thread=first.thread_id, site_id=str(site.id), name="2")
    other = other.model_copy(update={"id": first.id, "seq": first.seq, "n": first.n})
    apply(guard, phone.id, first, clock)
    for _ in range(2):
        answer = apply(guard, phone.id, other, clock)
        assert (answer.status, answer.code) == ("conflict", "operation_conflict")
        assert answer.body_sha256 == other.body_sha256
    assert (count(Operation), count(QuarantinedOperation), count(Building)) == (1, 1, 1)


@pytest.mark.reliability("I1 I2", "F32 F33", "Ids and numbers used twice: both contents kept")
@pytest.mark.bad_input(["B42"])
def test_a_copied_phone_uses_a_number_again_and_both_are_kept(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    copy = Phone(id=phone.id)
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    theirs = copy.does(build, thread=uuid7(), site_id=str(site.id), name="2")
    apply(guard, phone.id, made, clock)
    answer = apply(guard, copy.id, theirs, clock)
    assert (answer.status, answer.code) == ("conflict", "sequence_reused")
    assert count(QuarantinedOperation) == 1
    # Under a new device id the very same operation goes through.
    assert apply(guard, uuid7(), theirs, clock).status == "applied"
    assert apply(guard, uuid7(), theirs, clock).status == "duplicate"


@pytest.mark.reliability("I2 I8", "F66", "A colleague's operation or token is replayed")
def test_nobody_can_use_up_the_numbers_or_learn_the_outcome_of_another(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    thief = the_actor(a_person(Role.GUARD, at=site), Role.GUARD, at=site)
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    forged = Phone(id=phone.id).does(build, thread=uuid7(), site_id=str(site.id), name="x")
    assert apply(thief, phone.id, forged, clock).status == "applied"
    assert apply(guard, phone.id, made, clock).status == "applied"
    replayed = apply(thief, uuid7(), made, clock)
    assert (replayed.status, replayed.outcome) == ("conflict", None)
    assert stored(made).person_id == guard.person_id


def test_a_gap_in_a_thread_is_held_and_closes(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone, thread = Phone(), uuid7()
    one, two, three = (
        phone.does(build, thread=thread, site_id=str(site.id), name=name) for name in "123"
    )
    other = phone.does(build, thread=uuid7(), site_id=str(site.id), name="4")
    apply(guard, phone.id, one, clock)
    held, free = apply_batch(guard, phone.id, [three, other], clock)
    assert (held.status, held.code, held.facts) == ("retry", "gap", {"expected": "2"})
    assert free.status == "applied"
    assert [a.status for a in apply_batch(guard, phone.id, [two, three], clock)] == ["applied"] * 2


def test_a_damaged_body_is_to_be_sent_again(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    bent = made.model_copy(update={"body": made.body.replace("1", "2", 1)})
    assert apply(guard, phone.id, bent, clock).code == "damaged"
    assert count(Operation) == 0
    assert apply(guard, phone.id, made, clock).status == "applied"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"name":"1","name":"2"}',
        '{"name":NaN}',
        '{"name":1e400}',
        '{"floors":9007199254740993}',
        '{"name":"\\ud800"}',
        '{"name":"\\u0000"}',
        "[" * 10_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '{"__proto__":{"x":1}}',
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_kept(
    build: str, guard: Actor, clock: FixedClock, body: str
) -> None:
    made = Envelope.model_validate(envelope(build, seq=1, thread=uuid7(), n=1, body=body))
    answer = apply(guard, uuid7(), made, clock)
    assert (answer.status, answer.code) == ("rejected", "invalid_input")
    assert stored(made).body == body


def test_work_at_a_foreign_site_is_refused(build: str, guard: Actor, clock: FixedClock) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(uuid7()), name="1")
    assert apply(guard, phone.id, made, clock).code == "not_found"
    assert count(Building) == 0


@pytest.mark.parametrize(
    "said",
    [
        "0001-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59+00:00",
        "9999-12-31T23:59:59-12:00",
        "2026-11-23T24:00:00+00:00",
        "2016-12-31T23:59:60+00:00",
        "2026-11-23T08:00:00",
        "gestern",
        "",
        "1970-01-01T00:00:00Z",
    ],
)
def test_an_absurd_time_becomes_the_time_of_receipt(
    build: str, guard: Actor, site: Site, clock: FixedClock, said: str
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    made = made.model_copy(update={"client_time": said})
    assert apply(guard, phone.id, made, clock).status == "applied"
    row = stored(made)
    assert row.occurred_at == NOW
    assert row.clock_suspect


@pytest.mark.parametrize(
    ("wrong_by", "suspect"),
    [(timedelta(minutes=2), False), (timedelta(days=1), True), (timedelta(days=-1), True)],
)
def test_a_wrong_clock_is_corrected_and_only_a_very_wrong_one_flagged(
    build: str, guard: Actor, site: Site, clock: FixedClock, wrong_by: timedelta, suspect: bool
) -> None:
    phone = Phone()
    hello = Hello(device_id=str(phone.id), client_time=(NOW + wrong_by).isoformat())  # type: ignore[arg-type]
    greet(guard, hello, clock)
    said = envelope(
        build,
        seq=1,
        thread=uuid7(),
        n=1,
        body={"site_id": str(site.id), "name": "1"},
        at=NOW + wrong_by,
    )
    clock.move(timedelta(hours=1))
    made = Envelope.model_validate(said)
    assert apply(guard, phone.id, made, clock).status == "applied"
    assert (stored(made).occurred_at, stored(made).clock_suspect) == (NOW, suspect)


def test_hello_gives_the_highest_number_seen(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    hello = Hello.model_validate({"device_id": str(phone.id), "next_seq": 1})
    assert greet(guard, hello, clock)[0].last_seq == 0
    for name in "123":
        apply(
            guard,
            phone.id,
            phone.does(build, thread=uuid7(), site_id=str(site.id), name=name),
            clock,
        )
    device, epoch, *_ = greet(guard, hello, clock)
    assert device.last_seq == 3
    assert greet(guard, hello, clock)[1] == epoch
    assert count(Device) == 1


def test_the_same_operation_from_many_threads_is_one_row(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    answers = at_once(16, lambda: apply(guard, phone.id, made, clock))
    assert Counter(answer.status for answer in answers) == {"applied": 1, "duplicate": 15}
    assert count(Operation) == count(Building) == count(TimelineEvent) == 1


def at_once(number: int, act: Any) -> list[Answer]:
    """Let so many threads do it at the same moment."""
    barrier, answers = threading.Barrier(number), []

    def run() -> None:
        barrier.wait()
        answers.append(act())

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@contextmanager
def failing_statement(number: int) -> Iterator[list[str]]:
    """Let exactly the n-th statement fail; what was said before it is given."""
    seen: list[str] = []

    def fail(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)
        if len(seen) == number:
            raise OSError("the disk is gone")

    event.listen(engine(), "before_cursor_execute", fail)
    try:
        yield seen
    finally:
        event.remove(engine(), "before_cursor_execute", fail)


def test_whichever_statement_fails_nothing_is_half_done(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone, failed = Phone(), 0
    for number in range(1, 100):
        made = phone.does(build, thread=uuid7(), site_id=str(site.id), name=str(number))
        before = [count(table) for table in (Operation, Building, TimelineEvent)]
        with failing_statement(number) as seen:
            answer = apply(guard, phone.id, made, clock)
        if len(seen) < number:
            assert answer.status == "applied"
            break
        failed += 1
        assert (answer.status, answer.code) == ("retry", "busy")
        assert [count(table) for table in (Operation, Building, TimelineEvent)] == before
        assert apply(guard, phone.id, made, clock).status == "applied"
    assert failed >= 8


def test_a_commit_that_fails_leaves_nothing(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")

    def fail(_connection: Any) -> None:
        raise OSError("the disk is gone")

    event.listen(engine(), "commit", fail)
    try:
        assert apply(guard, phone.id, made, clock).status == "retry"
    finally:
        event.remove(engine(), "commit", fail)
    assert count(Operation) == count(Building) == 0
    assert apply(guard, phone.id, made, clock).status == "applied"


def test_a_person_who_lost_the_role_meanwhile_is_refused_but_heard(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone = Phone()
    made = phone.does(build, thread=uuid7(), site_id=str(site.id), name="1")
    answer = apply(replace(guard, roles={}), phone.id, made, clock)
    assert (answer.status, answer.code) == ("rejected", "not_allowed")
    assert stored(made).body == made.body
    assert count(RoleAssignment) == 1


def test_the_number_of_statements_does_not_grow_with_what_is_stored(
    build: str, guard: Actor, site: Site, clock: FixedClock
) -> None:
    phone, thread, counts = Phone(), uuid7(), []
    for name in range(20):
        made = phone.does(build, thread=thread, site_id=str(site.id), name=str(name))
        with failing_statement(0) as seen:
            apply(guard, phone.id, made, clock)
        counts.append(len(seen))
    assert len(set(counts[1:])) == 1
    assert counts[-1] <= 16
