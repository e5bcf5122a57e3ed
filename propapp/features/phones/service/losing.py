"""A loss is written down and told once, and settled by whoever has asked the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from propapp.core.access import Permission, Role, house
from propapp.core.db.insert import insert_missing
from propapp.core.guards import needs_words
from propapp.core.sync.losses import Loss
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.messages.service import About, holders_of, tell
from propapp.features.people.models import Person
from propapp.features.phones import repository
from propapp.features.phones.commands import SettleLoss
from propapp.features.phones.flow import LOSS_FLOW
from propapp.features.phones.models import PhoneLoss
from propapp.features.phones.repository import PhoneLossRepository

PHONE = "phone"


@use_case("phone.settle", Permission.PHONE_CARE)
def settle(uow: UnitOfWork, command: SettleLoss) -> PhoneLoss:
    """Say what came of it; the words stay with the loss."""
    loss = PhoneLossRepository(uow).get(command.loss_id)
    needs_words(command.note, field="note")
    loss.status = LOSS_FLOW.next_status("settle", loss.status)
    loss.note, loss.settled_by, loss.settled_at = command.note, uow.actor.person_id, uow.now
    record(
        uow,
        "phone.settled",
        site_id=loss.site_id,
        thing_kind=PHONE,
        thing_id=loss.id,
        text=command.note,
    )
    return loss


@internal
def report(uow: UnitOfWork, found: Sequence[Loss]) -> None:
    """Write these losses down at each site of their people, and tell who has to know.

    Found again, a loss is the same one: nobody is told twice.
    """
    of_the_house = replace(uow, actor=house())
    ids = {loss.person_id for loss in found}
    people = repository.people_named(uow.session, ids)
    rows = _rows(uow, found)
    insert_missing(uow.session, rows)
    fresh = repository.present(uow.session, [row.id for row in rows])
    carers = holders_of(uow, Permission.PHONE_CARE, {row.site_id for row in rows})
    for row in rows:
        if row.id in fresh:
            _announce(of_the_house, row, people[row.person_id])
            told = carers[row.site_id] - {row.person_id}
            _tell(of_the_house, row, people[row.person_id], told)


def _rows(uow: UnitOfWork, found: Sequence[Loss]) -> list[PhoneLoss]:
    ids = {loss.person_id for loss in found}
    roles = repository.roles_of_people(uow.session, ids)
    photos = repository.photos_missing(uow.session, ids)
    return [
        PhoneLoss(
            site_id=site_id,
            person_id=loss.person_id,
            device_id=loss.device_id,
            kind=loss.kind,
            label=loss.label,
            noticed_at=uow.now,
            last_heard_at=loss.last_heard_at,
            highest_seq=loss.highest_seq,
            missing=loss.missing,
            photos_missing=photos.get(loss.person_id, 0),
        )
        for loss in found
        for site_id, held in roles.get(loss.person_id, {}).items()
        # Owners clear their browsers as they please; only what is known to be gone matters.
        if loss.missing > 0 or held - {Role.OWNER}
    ]


def _announce(uow: UnitOfWork, row: PhoneLoss, person: Person) -> None:
    record(
        uow,
        "phone.lost",
        site_id=row.site_id,
        thing_kind=PHONE,
        thing_id=row.id,
        kind=row.kind.value,
        person=person.name,
        person_en=person.name_en,
        missing=row.missing,
    )


def _tell(uow: UnitOfWork, row: PhoneLoss, person: Person, carers: frozenset[UUID]) -> None:
    about = About(row.site_id, PHONE, row.id)
    facts = {"label": row.label, "missing": row.missing, "photos": row.photos_missing}
    named = {"person": person.name, "person_en": person.name_en}
    tell(uow, carers, f"phone.{row.kind.value}", about=about, **named, **facts)
    if row.kind.value != "suspected":
        tell(uow, [row.person_id], "phone.yours", about=about, **facts)
