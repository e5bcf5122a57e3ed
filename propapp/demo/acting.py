"""One work order while it is told: each step along the real flow, with its event and messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from propapp.core.access import Role
from propapp.demo.album import Album, Belonging, Capture
from propapp.demo.cast import Member, with_role
from propapp.demo.chronicle import Chronicle, Moment
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.models import Priority, Source, WorkOrder
from propapp.features.photos.models import PhotoPurpose

# Who works here is told how their find ended, not each step on the way.
_ENDS = {"completed", "verified", "cancelled"}


@dataclass
class Stage:
    """The order, and what writes down its steps."""

    order: WorkOrder
    album: Album
    chronicle: Chronicle

    def report(
        self, when: Moment, photos: Iterable[Capture], *, quiet: bool = False, **facts: Any
    ) -> None:
        """The order is opened; one that a round found tells nobody but of urgency."""
        write = self._write_down if quiet else self._changed
        write("reported", when, photos=photos, purpose=PhotoPurpose.BEFORE, **facts)
        if self.order.priority is Priority.URGENT:
            self._tell([lead.id for lead in with_role(Role.SUPERVISOR)], "urgent", when)

    def claim(self, when: Moment) -> None:
        """Somebody takes it."""
        self._step("claim")
        self._respond(when.person_id, when.received_at)
        self._changed("claimed", when)

    def assign(self, when: Moment, to: Member) -> None:
        """Somebody is given it."""
        before = self.order.assignee_id
        self._step("assign")
        self._respond(to.id, when.at)
        self.order.hold_reason = ""
        self._changed("assigned", when, to_person=to.name, to_person_en=to.name_en)
        self._tell([to.id], "assigned_to_you", when)
        if before != to.id:
            self._tell([before], "taken_from_you", when, to_person=to.name, to_person_en=to.name_en)

    def start(self, when: Moment) -> None:
        """The work begins."""
        self._step("start")
        self.order.started_at = self.order.started_at or when.at
        self._changed("started", when)

    def hold(self, when: Moment, reason: str) -> None:
        """It has to wait."""
        self._step("hold")
        self.order.hold_reason = reason
        self._changed("held", when, text=reason)

    def resume(self, when: Moment) -> None:
        """It goes on."""
        self._step("resume")
        self.order.hold_reason = ""
        self.order.started_at = self.order.started_at or when.at
        self._changed("resumed", when)

    def hand_over(self, when: Moment, to: Member, reason: str) -> None:
        """A colleague takes it from here."""
        self._step("hand_over")
        self.order.assignee_id, self.order.hold_reason = to.id, ""
        self._changed("handed_over", when, text=reason, to_person=to.name, to_person_en=to.name_en)
        self._tell([to.id], "handed_to_you", when, text=reason)

    def hand_back(self, when: Moment, reason: str) -> None:
        """It is nobody's again."""
        self._step("hand_back")
        self.order.assignee_id, self.order.hold_reason = None, ""
        self._changed("handed_back", when, text=reason)

    def note(self, when: Moment, text: str) -> None:
        """A word on the way."""
        self.order.version += 1
        self._changed("noted", when, text=text)

    def complete(self, when: Moment, note: str, photos: Iterable[Capture]) -> None:
        """It is done, and this is how it looks."""
        self._step("complete")
        self.order.completed_at, self.order.result_note = when.at, note
        self._changed("completed", when, photos=photos, purpose=PhotoPurpose.AFTER, text=note)

    def send_back(self, when: Moment, reason: str) -> None:
        """It has to be done again."""
        self._step("send_back")
        self.order.completed_at = None
        self._changed("sent_back", when, text=reason)
        self._tell([self.order.assignee_id], "sent_back_to_you", when, text=reason)

    def verify(self, when: Moment) -> None:
        """The supervisor accepts what staff found and staff repaired."""
        self._step("verify")
        self.order.closed_at = when.at
        self._changed("verified", when)
        self._tell([self.order.assignee_id], "verified_for_you", when)

    def confirm(self, when: Moment) -> None:
        """The owner accepts the work."""
        self._step("confirm")
        self.order.closed_at = when.at
        self._changed("confirmed", when)
        self._tell([self.order.assignee_id], "confirmed", when)

    def reopen(self, when: Moment, reason: str, photos: Iterable[Capture]) -> None:
        """The owner says that it is not done."""
        self._step("reopen")
        order = self.order
        order.completed_at = order.closed_at = order.stars = None
        order.rating_note = ""
        self._changed("reopened", when, photos=photos, purpose=PhotoPurpose.BEFORE, text=reason)
        leads = [lead.id for lead in with_role(Role.SUPERVISOR)]
        self._tell([order.assignee_id, *leads], "reopened", when, text=reason)

    def rate(self, when: Moment, stars: int, note: str) -> None:
        """The owner gives stars."""
        self._step("rate")
        self.order.stars, self.order.rating_note = stars, note
        self._changed("rated", when, stars=stars, text=note)
        self._tell([self.order.assignee_id], "rated", when, stars=stars)

    def cancel(self, when: Moment, reason: str) -> None:
        """It need not be done."""
        self._step("cancel")
        self.order.closed_at = when.at
        self._changed("cancelled", when, text=reason)
        self._tell([self.order.assignee_id], "cancelled_for_you", when, text=reason)

    def _step(self, verb: str) -> None:
        self.order.status = WORK_ORDER_FLOW.next_status(verb, self.order.status)
        self.order.version += 1

    def _respond(self, worker: UUID | None, at: datetime) -> None:
        self.order.assignee_id = worker
        self.order.responded_at = self.order.responded_at or at

    def _changed(
        self,
        past: str,
        when: Moment,
        *,
        photos: Iterable[Capture] = (),
        purpose: PhotoPurpose = PhotoPurpose.NOTE,
        **facts: Any,
    ) -> None:
        self._write_down(past, when, photos=photos, purpose=purpose, **facts)
        if self.order.source is Source.OWNER or past in _ENDS:
            self._tell([self.order.reported_by], past, when, **facts)

    def _write_down(
        self,
        past: str,
        when: Moment,
        *,
        photos: Iterable[Capture],
        purpose: PhotoPurpose,
        **facts: Any,
    ) -> None:
        order = self.order
        event = self.chronicle.record(
            f"order.{past}", when, thing_kind="order", thing_id=order.id, **facts
        )
        belonging = Belonging("event", event["id"], "order", order.id, order.reported_by, purpose)
        if when.person_id is not None:
            self.album.attach(
                list(photos), belonging, by=when.person_id, received_at=when.received_at
            )

    def _tell(self, people: Iterable[UUID | None], kind: str, when: Moment, **facts: Any) -> None:
        order = self.order
        self.chronicle.tell(
            people,
            f"order.{kind}",
            when,
            thing_kind="order",
            thing_id=order.id,
            number=order.number,
            title=order.title,
            title_en=order.title_en,
            place=order.place_text,
            place_en=order.place_text_en,
            **facts,
        )
