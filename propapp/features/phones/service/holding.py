"""Work that arrived without effect is told to whoever cares, performed anew, or settled."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from propapp.core.access import Actor, Permission, house
from propapp.core.db.insert import insert_missing
from propapp.core.errors import AuthorLeft, Busy, PropappError, UnknownOperation, WrongStep
from propapp.core.guards import needs_words
from propapp.core.sync.books import SqlBooks
from propapp.core.sync.envelope import parse_instant
from propapp.core.sync.models import Device, Operation, OperationStatus, QuarantinedOperation
from propapp.core.sync.settle import Collided
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.messages.service import About, holders_of, tell
from propapp.features.people.actors import roles_of
from propapp.features.people.models import Person
from propapp.features.phones import repository
from propapp.features.phones.commands import PerformHeld, SettleHeld
from propapp.features.phones.flow import HELD_FLOW
from propapp.features.phones.models import HeldOperation, HeldStatus
from propapp.features.phones.repository import HeldRepository
from propapp.features.phones.rules import hold_again, release
from propapp.features.phones.service.losing import PHONE

KIND = "held"
# A copied phone has this long to take another name and to send the same again under it.
UNTIL_SENT_AGAIN = timedelta(hours=1)


@use_case("held.settle", Permission.PHONE_CARE)
def settle_held(uow: UnitOfWork, command: SettleHeld) -> HeldOperation:
    """Leave it without effect, and say what came of it; the words stay with it."""
    held = HeldRepository(uow).get(command.held_id)
    needs_words(command.note, field="note")
    status = HELD_FLOW.next_status("settle", held.status)
    for row in repository.of_ref(uow.session, held.ref_id):
        row.status, row.note = status, command.note
        row.settled_by, row.settled_at = uow.actor.person_id, uow.now
        _record(uow, row, "settled", text=command.note)
    return held


@use_case("held.perform", Permission.PHONE_CARE)
def perform(uow: UnitOfWork, command: PerformHeld) -> HeldOperation:
    """Let it take effect after all; where it is refused, what for stands on it."""
    held = HeldRepository(uow).get(command.held_id)
    HELD_FLOW.next_status("perform", held.status)
    if held.second:
        # Its number stands for something else that was done: there is nothing to perform.
        raise WrongStep(verb="perform", status=held.reason)
    _carry_out(uow, held)
    return held


@internal
def perform_again(uow: UnitOfWork, held_id: UUID) -> bool:
    """Perform what the house had not known; once, whoever sweeps. Whether it took effect."""
    held = uow.session.get_one(HeldOperation, held_id, with_for_update=True)
    if held.status is HeldStatus.OPEN:
        _carry_out(uow, held)
    return held.status is HeldStatus.DONE


@internal
def hold_back(uow: UnitOfWork, *, limit: int = 200) -> int:
    """Write down what arrived without effect, and tell those who care for phones.

    Whoever sweeps at the same time writes nothing twice, and nobody is told twice.
    """
    operations = repository.operations_not_written_down(uow.session, limit=limit)
    before = uow.now - UNTIL_SENT_AGAIN
    seconds = repository.seconds_not_written_down(uow.session, before=before, limit=limit)
    _end_returned(uow)
    wanted = [*map(_of_operation, operations), *map(_of_second, seconds)]
    rows = _at_sites(uow, wanted)
    insert_missing(uow.session, rows)
    fresh = repository.held_present(uow.session, [row.id for row in rows])
    _announce(uow, [row for row in rows if row.id in fresh])
    return len(fresh)


def _carry_out(uow: UnitOfWork, held: HeldOperation) -> None:
    """In this transaction, as its author; without effect where it is refused."""
    operation = uow.session.get_one(Operation, held.ref_id, with_for_update=True)
    rows = repository.of_ref(uow.session, held.ref_id)
    if operation.status is OperationStatus.QUARANTINED:
        refusal = _try(uow, operation)
        if refusal is not None:
            _note_refusal(uow, rows, refusal)
            return
    status = HELD_FLOW.next_status("perform", held.status)
    by = None if uow.actor.is_house else uow.actor.person_id
    for row in rows:
        row.status, row.tried_at = status, uow.now
        row.refusal, row.refusal_facts = "", None
        row.settled_by, row.settled_at = by, uow.now
        _record(uow, row, "performed", kind=row.kind)


def _try(uow: UnitOfWork, operation: Operation) -> PropappError | None:
    """What refused it, nothing where it took effect; a kind that is still unknown waits on."""
    device = uow.session.get_one(Device, operation.device_id)
    books = SqlBooks(replace(uow, actor=_author(uow, operation), permission=None), device)
    release(operation)
    try:
        books.perform(operation)
    except UnknownOperation:
        raise
    except PropappError as refusal:
        hold_again(operation)
        return refusal
    except Collided as error:
        raise Busy from error
    return None


def _author(uow: UnitOfWork, operation: Operation) -> Actor:
    """Whoever did it, with what they are, or were when they left."""
    person = uow.session.get_one(Person, operation.person_id)
    roles = roles_of(uow.session, person.id)
    return Actor(person.id, person.name, locale=person.locale, name_en=person.name_en, roles=roles)


def _note_refusal(uow: UnitOfWork, rows: Iterable[HeldOperation], refusal: PropappError) -> None:
    for row in rows:
        row.tried_at, row.refusal, row.refusal_facts = uow.now, refusal.code, dict(refusal.facts)
        _record(uow, row, "refused", kind=row.kind, code=refusal.code)


def _end_returned(uow: UnitOfWork) -> None:
    """What a copied phone sent again under another name is not held back any more."""
    for ref_id in repository.returned(uow.session):
        for row in repository.of_ref(uow.session, ref_id):
            row.status, row.settled_at = HELD_FLOW.next_status("perform", row.status), uow.now
            _record(uow, row, "performed", kind=row.kind)


def _of_operation(one: Operation) -> dict[str, Any]:
    return {
        "ref_id": one.id,
        "person_id": one.person_id,
        "kind": one.kind,
        "version": one.version,
        "reason": one.code,
        "occurred_at": one.occurred_at,
        "received_at": one.received_at,
    }


def _of_second(one: QuarantinedOperation) -> dict[str, Any]:
    said = json.loads(one.envelope)
    return {
        "ref_id": one.id,
        "second": True,
        "person_id": one.person_id,
        "kind": said["kind"],
        "version": said["version"],
        "reason": one.reason,
        "occurred_at": _earlier(parse_instant(said["client_time"]), one.received_at),
        "received_at": one.received_at,
    }


def _earlier(said: datetime | None, received_at: datetime) -> datetime:
    """The phone's own word, unless it cannot be true."""
    return said if said and said < received_at else received_at


def _at_sites(uow: UnitOfWork, wanted: Sequence[dict[str, Any]]) -> list[HeldOperation]:
    """A row at each site of the person; of who has none any more, at the first of the house."""
    roles = repository.roles_of_people(uow.session, {one["person_id"] for one in wanted})
    fallback = repository.first_site(uow.session) if wanted else None
    return [
        HeldOperation(site_id=site_id, noticed_at=uow.now, **one)
        for one in wanted
        for site_id in sorted(roles.get(one["person_id"], ())) or filter(None, [fallback])
    ]


def _announce(uow: UnitOfWork, rows: Sequence[HeldOperation]) -> None:
    """One message to each for all of one person and one reason."""
    people = repository.people_named(uow.session, {row.person_id for row in rows})
    carers = holders_of(uow, Permission.PHONE_CARE, {row.site_id for row in rows})
    of_the_house = replace(uow, actor=house())
    for row in rows:
        _record(of_the_house, row, "kept", reason=row.reason, kind=row.kind)
    for (site_id, person_id, reason), together in _grouped(rows).items():
        if reason == AuthorLeft.code:
            # They were told when it came in.
            continue
        person = people[person_id]
        tell(
            of_the_house,
            carers[site_id] - {person_id},
            f"held.{reason}",
            # Where such messages lead to shows what is held back.
            about=About(site_id, PHONE, together[0].id),
            person=person.name,
            person_en=person.name_en,
            count=len(together),
        )


def _grouped(
    rows: Iterable[HeldOperation],
) -> dict[tuple[UUID, UUID, str], list[HeldOperation]]:
    found: defaultdict[tuple[UUID, UUID, str], list[HeldOperation]] = defaultdict(list)
    for row in rows:
        found[row.site_id, row.person_id, row.reason].append(row)
    return found


def _record(uow: UnitOfWork, row: HeldOperation, past: str, **facts: Any) -> None:
    record(uow, f"held.{past}", site_id=row.site_id, thing_kind=KIND, thing_id=row.id, **facts)
