"""Reporting trouble: what, where, how urgent, until when."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NotFound
from propapp.core.guards import needs_new, needs_words
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.messages.service import supervisors
from propapp.features.orders import repository, rules
from propapp.features.orders.commands import ReportOrder
from propapp.features.orders.models import Priority, Source, WorkOrder
from propapp.features.orders.service._number import numbers
from propapp.features.orders.service._steps import changed, tell_about
from propapp.features.orders.service._where import Where, place, spoken, unit
from propapp.features.photos.models import PhotoPurpose


@use_case("order.report", Permission.ORDER_REPORT)
def report(uow: UnitOfWork, command: ReportOrder) -> WorkOrder:
    """Open a work order under the id that was made where it was reported."""
    uow.allow_in(command.site_id)
    needs_new(uow.session, WorkOrder, command.order_id, "order")
    needs_words(command.description, field="description")
    order = _order(uow, command, _source(uow, command), _where(uow, command))
    changed(uow, order, "reported", shots=command.photos, purpose=PhotoPurpose.BEFORE)
    if order.priority is Priority.URGENT:
        tell_about(uow, order, supervisors(uow, order.site_id), "urgent")
    return order


def _source(uow: UnitOfWork, command: ReportOrder) -> Source:
    """Owners report for their own unit or a public place, staff for any place of the site."""
    is_staff = uow.actor.may(Permission.ORDER_READ, command.site_id)
    is_own = command.unit_id is not None and repository.owns(
        uow.session, uow.actor.person_id, command.unit_id
    )
    if not is_staff and command.unit_id is not None and not is_own:
        raise NotFound(kind="unit")
    if not is_staff and command.unit_id is None and command.place_id is None:
        raise InvalidInput(field="place_id")
    as_owner = is_own and uow.actor.may(Permission.ORDER_JUDGE, command.site_id)
    return Source.OWNER if as_owner or not is_staff else Source.STAFF


def _where(uow: UnitOfWork, command: ReportOrder) -> Where:
    if command.unit_id is not None and command.place_id is not None:
        raise InvalidInput(field="place_id")
    if command.unit_id is not None:
        return unit(uow, command.site_id, command.unit_id).near(command.place_text)
    if command.place_id is not None:
        return place(uow, command.site_id, command.place_id).near(command.place_text)
    return spoken(command.place_text)


def _order(uow: UnitOfWork, command: ReportOrder, source: Source, where: Where) -> WorkOrder:
    priority = command.priority or rules.usual_priority(command.category)
    promise, reported_at = rules.PROMISES[priority], uow.occurred_at
    return WorkOrder(
        id=command.order_id,
        number=numbers(uow, command.site_id)[0],
        site_id=command.site_id,
        source=source,
        category=command.category,
        priority=priority,
        title=rules.short_title(command.description),
        description=command.description,
        **where.columns(),
        reported_by=uow.actor.person_id,
        reported_at=reported_at,
        respond_by=reported_at + promise.respond,
        due_at=reported_at + promise.done,
    )
