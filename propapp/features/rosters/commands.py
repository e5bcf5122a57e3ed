"""What staff and supervisors ask of the roster."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.access import Role
from propapp.core.dates.workdays import DayRule
from propapp.core.fields import Label, Reason
from propapp.core.use_case import Command

Minute = Annotated[int, Field(ge=0, lt=1440, multiple_of=5)]
Length = Annotated[int, Field(ge=30, le=1440, multiple_of=5)]


class KeepShift(Command):
    """A post's hours; an id that is known changes its shift."""

    shift_id: UUID
    site_id: UUID
    role: Role
    label: Annotated[Label, Field(min_length=1, max_length=40)]
    label_en: Annotated[Label, Field(max_length=40)] = ""
    begins: Minute
    minutes: Length
    people: Annotated[int, Field(ge=1, le=50)] = 1
    day_rule: DayRule = DayRule.EVERY
    active: bool = True


class SetDutyRules(Command):
    """A site's own figures, in minutes but for days and nights."""

    site_id: UUID
    rest: Annotated[int, Field(ge=0, le=2880)]
    long_rest: Annotated[int, Field(ge=0, le=4320)]
    days_in_row: Annotated[int, Field(ge=1, le=14)]
    nights_in_row: Annotated[int, Field(ge=1, le=14)]
    week: Annotated[int, Field(ge=60, le=10080)]
    # After how many minutes the walker, the supervisors, the managers are told of a silent round.
    ladder: tuple[
        Annotated[int, Field(ge=0, le=720)],
        Annotated[int, Field(ge=0, le=720)],
        Annotated[int, Field(ge=0, le=720)],
    ]


class PutOnDuty(Command):
    """This person has this shift on this day."""

    shift_id: UUID
    person_id: UUID
    day: date


class TakeOffDuty(Command):
    """Not any more."""

    shift_id: UUID
    person_id: UUID
    day: date


class DutySpec(BaseModel):
    """One person's turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shift_id: UUID
    person_id: UUID
    day: date


class AdoptRoster(Command):
    """This is the roster of these days, instead of whatever stood there."""

    site_id: UUID
    first: date
    last: date
    duties: Annotated[tuple[DutySpec, ...], Field(max_length=5000)]


class AskLeave(Command):
    """I would like to be away."""

    leave_id: UUID
    site_id: UUID
    first: date
    last: date
    reason: Reason = ""


class EnterLeave(AskLeave):
    """The office was told on paper or by telephone, and this person is away."""

    person_id: UUID


class LeaveStep(Command):
    """A step of this leave."""

    leave_id: UUID


class DecideLeave(LeaveStep):
    """The supervisor's word on it, to be read by whoever asked."""

    answer: Reason = ""


class AskSwap(Command):
    """I would like another to take my turn, and to take theirs in return, if one is named."""

    swap_id: UUID
    shift_id: UUID
    day: date
    other_id: UUID
    other_shift_id: UUID | None = None
    other_day: date | None = None
    reason: Reason = ""


class SwapStep(Command):
    """A step of this swap."""

    swap_id: UUID


class DecideSwap(SwapStep):
    """The supervisor's word on it, to be read by both."""

    answer: Reason = ""
