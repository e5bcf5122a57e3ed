"""From questions to what the pages of goals show; each page asks a fixed number of times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.goals import chain, letters, repository, rules, tallies
from propapp.features.goals.chain import Wish
from propapp.features.goals.measures import MEASURES, Measure, Tally, total
from propapp.features.goals.models import Goal, GoalStatus
from propapp.features.goals.repository import GoalRepository
from propapp.features.goals.rules import Period
from propapp.features.goals.views import GoalCard, Happened, MonthBar, Rung, face_of, figures_of
from propapp.features.people import repository as people
from propapp.features.people.views import Named, named
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site
from propapp.features.standards import clauses as library
from propapp.features.standards.clauses import Wish as Words

FOUND = 8
# What was asked already for another goal of the same measure and time.
_Asked = dict[tuple[str, int, Period], Sequence[Tally]]


@dataclass(frozen=True)
class OneGoal:
    """All that the page of a goal shows."""

    card: GoalCard = field(default_factory=GoalCard)
    months: list[MonthBar] = field(default_factory=list[MonthBar])
    chain: list[Rung] = field(default_factory=list[Rung])
    clauses: list[Named] = field(default_factory=list[Named])
    history: list[Happened] = field(default_factory=list[Happened])
    may_write: bool = False


def measure_of(goal: Goal) -> Measure:
    """The formula that the goal was set under."""
    return MEASURES[goal.measure, goal.measure_version]


def goals_at(uow: UnitOfWork, site: Site, *, past: bool = False) -> list[GoalCard]:
    """The goals of a site with their figures: a question for each measure, however many goals."""
    goals = GoalRepository(uow).at(site.id, local_day(uow.now, site.zone), past=past)
    return _cards(uow, site, goals, {})


def goals_in(
    uow: UnitOfWork, site: Site, first: date, last: date
) -> list[tuple[GoalCard, MonthBar]]:
    """The goals that count in these days of a month, with that month as their pages have it."""
    goals = GoalRepository(uow).between(site.id, first, last)
    asked: _Asked = {}
    cards, today = _cards(uow, site, goals, asked), local_day(uow.now, site.zone).isoformat()
    found: list[tuple[GoalCard, MonthBar]] = []
    for goal, card in zip(goals, cards, strict=True):
        bars = _bars(goal, site, months_of(uow, goal, site, asked), today)
        named_so = (bar for bar in bars if bar.month == f"{first:%Y-%m}")
        found.append((card, next(named_so, MonthBar())))
    return found


def _cards(uow: UnitOfWork, site: Site, goals: Sequence[Goal], asked: _Asked) -> list[GoalCard]:
    persons = people.by_ids(uow.session, {goal.responsible_id for goal in goals})
    counts = repository.clause_counts(uow.session, [goal.id for goal in goals])
    signed = letters.signatures(uow.session, [goal.id for goal in goals])
    return [
        GoalCard(
            **face_of(goal, measure_of(goal), persons),
            **_figures(uow, goal, site, months_of(uow, goal, site, asked)),
            clauses=counts.get(goal.id, 0),
            signed=signed.get(goal.id, (0, 0, 0))[1],
            to_sign=signed.get(goal.id, (0, 0, 0))[2],
        )
        for goal in goals
    ]


def months_of(
    uow: UnitOfWork, goal: Goal, site: Site, asked: _Asked | None = None
) -> Sequence[Tally]:
    """What was counted for the goal in each of its months."""
    known: _Asked = {} if asked is None else asked
    period, measure = (
        Period(goal.starts, goal.ends, site.zone),
        (goal.measure, goal.measure_version),
    )
    key = (*measure, period)
    if key not in known:
        found = tallies.ask(uow.session, measure, (site.id, period), uow.now)
        known[key] = tallies.by_month(found, period)
    return known[key]


def _figures(uow: UnitOfWork, goal: Goal, site: Site, months: Sequence[Tally]) -> dict[str, Any]:
    measure, tally = measure_of(goal), total(months)
    begun = goal.starts <= local_day(uow.now, site.zone)
    stands = rules.standing(measure, tally, goal.comparison, goal.target, begun=begun)
    return figures_of(goal, measure, tally, stands)


def goal_page(uow: UnitOfWork, goal_id: UUID, wish: Wish) -> tuple[Site, OneGoal]:
    """One goal whole, down to the photos of what is chosen."""
    goal = GoalRepository(uow).get(goal_id)
    site = uow.session.get_one(Site, goal.site_id)
    today = local_day(uow.now, site.zone)
    months = months_of(uow, goal, site)
    serving = repository.clauses_serving(uow.session, goal.id, today)
    events = repository.history_of(uow.session, goal.id)
    who = {goal.responsible_id, *(one.person_id for one in events if one.person_id)}
    persons = people.by_ids(uow.session, who)
    card = GoalCard(
        **face_of(goal, measure_of(goal), persons),
        **_figures(uow, goal, site, months),
        clauses=len(serving),
    )
    return site, OneGoal(
        card=card,
        months=_bars(goal, site, months, today.isoformat()),
        chain=chain.down(uow, goal, site, serving, wish),
        clauses=[
            Named(
                str(one.clause.id),
                f"{one.clause.number} {one.version.title}",
                f"{one.clause.number} {one.version.title_en or one.version.title}",
            )
            for one in serving
        ],
        history=[
            Happened(
                id=str(event.id),
                at=event.occurred_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
                who=named(event.person_id, persons),
                did=event.verb.removeprefix("goal."),
                text=str(event.facts.get("text", "")),
                old_aim=str(event.facts.get("old_aim", "")),
                aim=str(event.facts.get("aim", "")),
            )
            for event in events
        ],
        may_write=goal.status is GoalStatus.SET
        and uow.actor.may(Permission.GOAL_WRITE, goal.site_id),
    )


def _bars(goal: Goal, site: Site, months: Sequence[Tally], today: str) -> list[MonthBar]:
    """The months that have begun; a month with few cases still says what it has."""
    measure = measure_of(goal)
    top = max(
        measure.top, goal.target, *(float(measure.formula(one)) for one in months if one.whole)
    )
    found: list[MonthBar] = []
    for first, tally in zip(Period(goal.starts, goal.ends, site.zone).months, months, strict=True):
        if first.isoformat() > today:
            break
        figure = measure.formula(tally) if tally.whole or not measure.least else None
        found.append(
            MonthBar(
                month=f"{first:%Y-%m}",
                value=rules.said(figure),
                part=tally.part,
                whole=tally.whole,
                fill=round(100 * float(figure) / top) if figure is not None else 0,
                good=figure is not None and rules.reaches(figure, goal.comparison, goal.target),
            )
        )
    return found


def whom(uow: UnitOfWork, site: Site) -> list[Named]:
    """Who works at the site, once each, by name."""
    held = people.holders_at(uow.session, site.id, (Permission.STAFF_READ,))
    able = {person.id: person for person, _ in held}
    return [named(one, able) for one in able]


def clauses_like(uow: UnitOfWork, site: Site, words: str) -> list[Named]:
    """The first clauses that speak of these words, to choose from."""
    uow.actor.require(Permission.STANDARD_READ)
    day = local_day(uow.now, site.zone)
    rows, _ = library.search(uow.session, Words(words.strip()), day, limit=FOUND)
    return [
        Named(
            str(row.clause.id),
            f"{row.clause.number} {row.version.title}",
            f"{row.clause.number} {row.version.title_en or row.version.title}",
        )
        for row in rows
    ]
