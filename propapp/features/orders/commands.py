"""What a person may ask about a work order."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from propapp.core.fields import Label, Note, Reason, Words
from propapp.core.use_case import Command
from propapp.features.orders.models import Category, Priority
from propapp.features.photos.commands import Shots


class OrderCommand(Command):
    """Something about one order."""

    order_id: UUID


class ReportOrder(OrderCommand):
    """Something is broken, here is where; the id is made on the phone."""

    site_id: UUID
    category: Category
    description: Words
    unit_id: UUID | None = None
    place_id: UUID | None = None
    place_text: Label = ""
    priority: Priority | None = None
    photos: Shots = ()


class ClaimOrder(OrderCommand):
    """I take this."""


class StartOrder(OrderCommand):
    """I begin now."""


class ResumeOrder(OrderCommand):
    """It goes on."""


class ConfirmOrder(OrderCommand):
    """It is done well, says the owner."""


class VerifyOrder(OrderCommand):
    """It is done well, says whoever answers for the work."""


class HoldOrder(OrderCommand):
    """It cannot go on now, and why."""

    reason: Reason


class SendBackOrder(OrderCommand):
    """It is not done yet, and why."""

    reason: Reason


class CancelOrder(OrderCommand):
    """It need not be done, and why."""

    reason: Reason


class HandOverOrder(OrderCommand):
    """Somebody else must go on with it; nobody named puts it back on the open list."""

    reason: Reason
    to_person_id: UUID | None = None


class AssignOrder(OrderCommand):
    """This person shall do it."""

    to_person_id: UUID


class NoteOrder(OrderCommand):
    """Something worth knowing about it."""

    text: Words
    photos: Shots = ()


class CompleteOrder(OrderCommand):
    """It is done; the note says what was done and a photo shows it."""

    note: Words
    photos: Shots = ()


class ReopenOrder(OrderCommand):
    """It is not done after all, says the owner."""

    reason: Reason
    photos: Shots = ()


class RateOrder(OrderCommand):
    """How well it was done."""

    stars: Annotated[int, Field(ge=1, le=5)]
    note: Note = ""
