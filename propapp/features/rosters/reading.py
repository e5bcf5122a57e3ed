"""From questions to what is shown: the week of a site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.people.views import Named, named
from propapp.features.rosters import repository, views
from propapp.features.rosters.asked import AskCard, cards
from propapp.features.rosters.commands import DutySpec
from propapp.features.rosters.models import OnDuty, RosterDay, Shift
from propapp.features.rosters.repository import RosterRepository, ShiftRepository
from propapp.features.rosters.rostering import Question, RosterAnswer
from propapp.features.rosters.service import question
from propapp.features.schedules.repository import calendar
from propapp.features.schedules.rules import days
from propapp.features.sites.models import Site

WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Week:
    """All that the page shows of a week."""

    heads: list[views.DayHead]
    rows: list[views.PersonRow]
    shifts: list[views.ShiftMark]
    asked: list[AskCard]
    lacking: int


def monday_of(day: date) -> date:
    """The day on which its week begins."""
    return day - timedelta(days=day.weekday())


def week(uow: UnitOfWork, site: Site, first: date) -> Week:
    """The board of a week by person: a fixed number of questions."""
    last = first + WEEK
    known = calendar(uow.session)
    shifts = ShiftRepository(uow).at(site.id)
    duties = RosterRepository(uow).week(site.id, first, last)
    workers = repository.workers_at(uow.session, site.id, first, last)
    persons = people.by_ids(uow.session, {worker.person_id for worker in workers})
    shown = list(days(first, last))
    wanted = sum(
        shift.people for shift in shifts for day in shown if known.keeps(shift.day_rule, day)
    )
    manned = sum(known.keeps(one.shift.day_rule, one.roster_day.day) for one in duties)
    return Week(
        heads=[views.head(day, known) for day in shown],
        rows=views.person_rows(workers, persons, duties, shown),
        shifts=[views.mark(shift) for shift in shifts],
        asked=cards(uow, site),
        lacking=max(0, wanted - manned),
    )


def who_may_be_away(uow: UnitOfWork, site: Site) -> list[Named]:
    """Whoever might ask for leave at the site, by name."""
    held = people.holders_at(uow.session, site.id, (Permission.ROSTER_ASK,))
    able = {person.id: person for person, _post in held}
    return [named(one, able) for one in able]


@dataclass(frozen=True)
class Asked:
    """What the planner is asked, and who and what its answer speaks of."""

    question: Question
    shifts: dict[UUID, Shift]
    people: dict[UUID, Person]

    def rows(self, answer: RosterAnswer, first: date) -> list[views.PersonRow]:
        """The week as it would be."""
        last = first + WEEK
        duties = [
            OnDuty(
                RosterDay(
                    site_id=shift.site_id,
                    shift_id=shift.id,
                    person_id=one.person_id,
                    day=one.turn.day,
                ),
                shift,
            )
            for one in answer.duties
            if first <= one.turn.day <= last
            and (shift := self.shifts.get(one.turn.shift_id)) is not None
        ]
        return views.person_rows(
            self.question.workers, self.people, duties, list(days(first, last))
        )

    def duties(self, answer: RosterAnswer, first: date) -> list[DutySpec]:
        """What adopting it would write: the turns of this site in the week."""
        return [
            DutySpec(shift_id=one.turn.shift_id, person_id=one.person_id, day=one.turn.day)
            for one in answer.duties
            if first <= one.turn.day <= first + WEEK and not one.turn.elsewhere
        ]

    def lacking(self, answer: RosterAnswer) -> list[views.Lack]:
        """The turns that stay open."""
        return views.turns_of(answer.lacking, self.shifts)

    def hurdles(self, answer: RosterAnswer) -> list[views.Hurdle]:
        """Why they stay open."""
        return views.hurdles(answer.obstacles, self.people)


def asked(uow: UnitOfWork, site: Site, first: date) -> Asked:
    """The question of a week; it is answered with no transaction open."""
    made = question(uow, site.id, first, first + WEEK)
    persons = people.by_ids(uow.session, {worker.person_id for worker in made.workers})
    return Asked(
        made,
        {shift.id: shift for shift in ShiftRepository(uow).at(site.id)},
        dict(persons),
    )
