"""Shifts of the demo world's posts, and a roster from last week to the next one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from propapp.core.access import Role
from propapp.core.dates.workdays import Calendar, DayRule
from propapp.demo.cast import SITE_ID, demo_id, with_role
from propapp.demo.era import Era
from propapp.demo.rows import Rows
from propapp.demo.sheets import sheet
from propapp.features.rosters.duty import Duty, Worker
from propapp.features.rosters.models import AskStatus, Leave, RosterDay, Shift, Swap
from propapp.features.rosters.rostering import Question, greedy
from propapp.features.schedules.rules import days

_DAYS = 21


def roster(rows: Rows, era: Era) -> None:
    """Keep the shifts, three weeks of duty, a leave and a swap that wait for an answer."""
    shifts = [_shift(rows, said) for said in sheet("routes")["shift"]]
    monday = era.today - timedelta(days=era.today.weekday() + 7)
    calendar = Calendar()
    turns = [
        shift.on(day)
        for shift in shifts
        for day in days(monday, monday + timedelta(days=_DAYS - 1))
        if calendar.keeps(shift.day_rule, day)
    ]
    workers = [
        Worker(one.id, frozenset({role.value}))
        for role in dict.fromkeys(shift.role for shift in shifts)
        for one in with_role(role)
    ]
    duties = greedy(Question(turns, workers))
    for duty in duties:
        rows.add(
            RosterDay,
            id=demo_id("roster", duty.turn.shift_id, duty.person_id, duty.turn.day),
            site_id=SITE_ID,
            shift_id=duty.turn.shift_id,
            person_id=duty.person_id,
            day=duty.turn.day,
        )
    _ask(rows, era, [one for one in duties if one.turn.day > era.today])


def _ask(rows: Rows, era: Era, ahead: list[Duty]) -> None:
    """One guard asks another to take a turn; a cleaner would like some days."""
    guards, (cleaner, *_) = with_role(Role.GUARD), with_role(Role.CLEANER)
    mine = next(one for one in ahead if one.person_id == guards[0].id)
    rows.add(
        Swap,
        id=demo_id("swap", 1),
        site_id=SITE_ID,
        asker_id=guards[0].id,
        other_id=guards[1].id,
        shift_id=mine.turn.shift_id,
        day=mine.turn.day,
        status=AskStatus.ASKED,
        asked_at=era.now - timedelta(hours=5),
    )
    rows.add(
        Leave,
        id=demo_id("leave", 1),
        site_id=SITE_ID,
        person_id=cleaner.id,
        first=era.today + timedelta(days=20),
        last=era.today + timedelta(days=22),
        asked_at=era.now - timedelta(hours=20),
    )


def _shift(rows: Rows, said: dict[str, Any]) -> Shift:
    hour, minute = map(int, said["begins"].split(":"))
    shift = Shift(
        id=demo_id("shift", said["name_en"], said["role"]),
        site_id=SITE_ID,
        role=Role(said["role"]),
        name=said["name"],
        name_en=said["name_en"],
        begins=hour * 60 + minute,
        minutes=said["minutes"],
        people=said["people"],
        day_rule=DayRule(said.get("days", "every")),
    )
    rows.keep(shift)
    return shift
