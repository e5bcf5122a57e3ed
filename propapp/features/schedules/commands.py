"""What a supervisor asks of schedules, the calendar and the weather."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from propapp.core.access import Role
from propapp.core.dates.specs import CoverageSpec, Rule, Season, Windows
from propapp.core.dates.workdays import DayKind, DayRule
from propapp.core.fields import Instant, Label, Name, Reason
from propapp.core.use_case import Command
from propapp.features.schedules.models import Trigger


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# Nobody walks past more in one round.
MOST_STOPS = 200


class StopSpec(_Part):
    """A stop: which checklist is answered where, and how many minutes after the start at least."""

    checkpoint_id: UUID
    template_id: UUID
    not_before: Annotated[int, Field(ge=0, le=1440)] = 0


class KeepRoute(Command):
    """These stops in this order, walked by this post; an id that is known changes its route."""

    route_id: UUID
    site_id: UUID
    name: Annotated[Name, Field(min_length=1)]
    name_en: Name = ""
    role: Role
    stops: Annotated[tuple[StopSpec, ...], Field(max_length=MOST_STOPS)]


class GiveUpRoute(Command):
    """It is walked no more; keeping it again takes it up."""

    route_id: UUID


class KeepSchedule(Command):
    """Walk this route so; an id that is known revises its schedule."""

    schedule_id: UUID
    route_id: UUID
    trigger: Trigger = Trigger.CALENDAR
    rrule: Rule = "FREQ=DAILY"
    windows: Windows = ()
    day_rule: DayRule = DayRule.EVERY
    season: Season | None = None
    coverage: CoverageSpec | None = None
    starts: date
    # None where the rule says itself when it ends.
    ends: date | None = None


class StopSchedule(Command):
    """No more rounds of it; what is ahead is withdrawn."""

    schedule_id: UUID


class ResumeSchedule(Command):
    """Its rounds again."""

    schedule_id: UUID


class AnnounceWeather(Command):
    """It is so at the site; the same key says the same thing once."""

    site_id: UUID
    key: Annotated[str, Field(min_length=1, max_length=80)]
    weather: Trigger
    happened_at: Instant | None = None
    text: Reason = ""


class MakeHook(Command):
    """Let a weather service speak for the site."""

    hook_id: UUID
    site_id: UUID
    label: Annotated[Label, Field(min_length=1)]


class RevokeHook(Command):
    """It may not speak for the site any more."""

    hook_id: UUID


class DaySpec(_Part):
    """What a day is."""

    day: date
    kind: DayKind
    # A word of ``Festival``, or what the company calls it.
    name: Annotated[Label, Field(max_length=80)] = ""


class EnterYear(Command):
    """The notice on a year's holidays, entered by hand; at least one day of it."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Annotated[Reason, Field(min_length=1, max_length=200)]
    days: Annotated[tuple[DaySpec, ...], Field(max_length=366)] = ()
