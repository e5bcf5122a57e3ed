"""The whole demo world as rows, before a picture is drawn or a row is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from propapp.core.access import Role
from propapp.core.ids import derived_id
from propapp.demo import scripted
from propapp.demo.acting import Stage
from propapp.demo.aims import write_goals, write_letters
from propapp.demo.album import Album
from propapp.demo.cast import SITE_ID, with_role
from propapp.demo.challenges import challenge
from propapp.demo.chronicle import Chronicle, Moment
from propapp.demo.duty import roster
from propapp.demo.era import Era
from propapp.demo.fates import Fate, Round, decide
from propapp.demo.ground import Ground, lay_out, move_in
from propapp.demo.jobs import add_jobs
from propapp.demo.plan import Plan, draw_up, minutes
from propapp.demo.premises import write_profile
from propapp.demo.programme import write_plans
from propapp.demo.repairs import telling
from propapp.demo.rows import Rows
from propapp.demo.stories import scatter
from propapp.demo.troubles import Reporter, Trouble
from propapp.demo.walks import Finding, Walker
from propapp.features.orders.models import OrderCounter
from propapp.features.orders.rules import order_number
from propapp.features.rounds.models import Alarm, AlarmStep
from propapp.features.schedules.rules import local_day


@dataclass
class World:
    """Everything that happened, and the album that still waits for its pictures."""

    era: Era
    rows: Rows
    album: Album
    ground: Ground
    plan: Plan


def imagine(era: Era, *, password_hash: str) -> World:
    """Think up the same world for the same minute."""
    rows = Rows()
    ground = lay_out(rows)
    move_in(rows, ground, era, password_hash)
    plan = draw_up(rows, ground, era)
    roster(rows, era)
    write_profile(rows, era)
    write_plans(rows, era)
    add_jobs(rows, plan, era)
    write_goals(rows, era)
    write_letters(rows, era)
    world = World(era, rows, Album(era, rows), ground, plan)
    findings = list(_walk(world))
    challenge(rows, plan, world.album)
    _repair(world, findings)
    for occurrences in plan.occurrences.values():
        for occurrence in occurrences:
            rows.keep(occurrence)
    return world


def _walk(world: World) -> Iterator[Finding]:
    chronicle = Chronicle(world.era, world.rows)
    rounds = list(decide(world.plan, world.era))
    walker = Walker(world.rows, world.album, chronicle, scatter(rounds, world.era))
    for one in rounds:
        yield from walker.walk(one)
        if one.fate is Fate.MISSED:
            _miss(chronicle, one)


def _miss(chronicle: Chronicle, one: Round) -> None:
    """The sweep notices within some minutes, and the supervisors are told."""
    occurrence, route = one.occurrence, one.way.row
    dice = chronicle.era.dice("missed", occurrence.id)
    at = occurrence.last_call + timedelta(seconds=5) + minutes(dice, 0, 1)
    occurrence.missed_at, when = at, Moment(None, at, at)
    # All of the alarm's ladder lies behind it.
    occurrence.alarmed = 3
    leads = [lead.id for lead in with_role(Role.SUPERVISOR)]
    for lead in leads:
        chronicle.rows.add(
            Alarm,
            id=derived_id("alarm", occurrence.id, AlarmStep.SUPERVISOR.value, lead),
            occurrence_id=occurrence.id,
            step=AlarmStep.SUPERVISOR,
            person_id=lead,
            at=at,
        )
    thing = {"thing_kind": "occurrence", "thing_id": occurrence.id}
    chronicle.record("occurrence.missed", when, **thing)
    chronicle.tell(
        leads,
        "round.missed",
        when,
        **thing,
        route=route["name"],
        route_en=route["name_en"],
        opens_at=occurrence.opens_at.isoformat(),
        closes_at=occurrence.closes_at.isoformat(),
        window="–".join(
            f"{chronicle.era.local(instant):%H:%M}"
            for instant in (occurrence.opens_at, occurrence.closes_at)
        ),
        since="",
    )


def _repair(world: World, findings: list[Finding]) -> None:
    """Number the orders in the order in which they were reported, and tell each to its end."""
    reporter = Reporter(world.era, world.ground, world.album)
    troubles = [*reporter.of_findings(findings), *reporter.of_people(), *reporter.of_now()]
    troubles.sort(key=lambda trouble: (trouble.when.at, trouble.order.id))
    _number(world, troubles)
    chronicle = Chronicle(world.era, world.rows)
    for trouble in troubles:
        stage = Stage(trouble.order, world.album, chronicle)
        told = telling(world.era, trouble, stage)
        if trouble.reach:
            scripted.tell(told)
        else:
            told.tell()
        world.rows.keep(trouble.order)


def _number(world: World, troubles: list[Trouble]) -> None:
    site_code, last = "CH", Counter[object]()
    for trouble in troubles:
        day = local_day(trouble.when.at, world.era.zone)
        last[day] += 1
        trouble.order.number = order_number(site_code, day, last[day], alone=True)
    for day, count in last.items():
        world.rows.add(OrderCounter, site_id=SITE_ID, day=day, last=count)
