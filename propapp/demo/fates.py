"""What becomes of each round: walked, late, missed, walked twice, under way, or still to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from random import Random

from propapp.core.access import Role
from propapp.demo.cast import Member, member
from propapp.demo.era import Era
from propapp.demo.plan import Plan, Way, minutes
from propapp.features.schedules.models import Occurrence

_DAY_GUARDS = ("li", "sun", "li", "hu")
_NIGHT_GUARDS = ("liu", "gao", "zhu", "tian")
_CLEANERS = ("wang", "qian", "wang", "zhao", "dong", "yuan")
_TECHNICIANS = ("chen", "ma", "luo", "chen")
# The plant-room round that is always under way.
_ON_THE_ROUND = "wu"


class Fate(StrEnum):
    """How a round went."""

    DONE = auto()
    LATE = auto()
    MISSED = auto()
    PARALLEL = auto()
    RUNNING = auto()
    OVERDUE = auto()  # begun in time, its window closed, not finished
    OPEN = auto()
    AHEAD = auto()


@dataclass(frozen=True)
class Round:
    """An occurrence, how it went, who walked it and from when."""

    way: Way
    occurrence: Occurrence
    fate: Fate
    walker: Member
    started_at: datetime
    parallel: bool = False


def decide(plan: Plan, era: Era) -> Iterator[Round]:
    """Every round that somebody walked or should have, in the order of their windows."""
    for way in plan.ways.values():
        closed = [one for one in plan.occurrences[way.key] if one.closes_at <= era.now]
        recent = {one.id: number for number, one in enumerate(reversed(closed[-3:]))}
        for occurrence in plan.occurrences[way.key]:
            dice = era.dice("round", way.key, _label(occurrence, era))
            fate = _fate(way, occurrence, era, dice, recent.get(occurrence.id))
            yield from _rounds(way, occurrence, fate, era, dice)


def _label(occurrence: Occurrence, era: Era) -> str:
    """The same round, told from another day, had another fate: history slides with today."""
    ago = (era.today - occurrence.local_date).days
    return f"{ago} {era.local(occurrence.opens_at):%H:%M}"


def _fate(way: Way, occurrence: Occurrence, era: Era, dice: Random, recent: int | None) -> Fate:
    if occurrence.opens_at > era.now:
        return Fate.AHEAD
    if way.is_job and (era.today - occurrence.local_date).days in way.missed:
        return Fate.MISSED
    if occurrence.closes_at > era.now:
        return _present(way, occurrence, era)
    if way.is_job:
        return Fate.DONE
    if recent is not None:
        return _lately(way, occurrence, era, recent)
    chance = dice.random()
    limits = ((0.013, Fate.MISSED), (0.033, Fate.LATE), (0.04, Fate.PARALLEL))
    return next((fate for limit, fate in limits if chance < limit), Fate.DONE)


def _present(way: Way, occurrence: Occurrence, era: Era) -> Fate:
    if way.key == "plant":
        return Fate.RUNNING
    # The open patrol and today's jobs are left to whoever tries the demo.
    is_left = way.is_job or way.key == "patrol"
    is_walked = era.now - occurrence.opens_at > timedelta(minutes=150) and not is_left
    return Fate.DONE if is_walked else Fate.OPEN


def _lately(way: Way, occurrence: Occurrence, era: Era, recent: int) -> Fate:
    """Among the last few there is always something to see on the board."""
    if way.key == "patrol":
        return (Fate.DONE, Fate.MISSED, Fate.LATE)[recent]
    closed_for = era.now - occurrence.last_call
    if way.key == "cleaning" and timedelta() < closed_for < timedelta(hours=2):
        return Fate.OVERDUE
    return Fate.DONE


def _rounds(
    way: Way, occurrence: Occurrence, fate: Fate, era: Era, dice: Random
) -> Iterator[Round]:
    walker = _walker(way, occurrence, fate, era, dice)
    started_at = _started_at(way, occurrence, fate, era, dice)
    yield Round(way, occurrence, fate, walker, started_at)
    if fate is Fate.PARALLEL:
        other = next(person for person in _crew(way, occurrence, era) if person is not walker)
        yield Round(way, occurrence, fate, other, started_at + minutes(dice, 4, 12), parallel=True)


def _walker(way: Way, occurrence: Occurrence, fate: Fate, era: Era, dice: Random) -> Member:
    if fate is Fate.RUNNING:
        return member(_ON_THE_ROUND)
    return dice.choice(_crew(way, occurrence, era))


def _crew(way: Way, occurrence: Occurrence, era: Era) -> list[Member]:
    by_day = 7 <= era.local(occurrence.opens_at).hour < 19
    crews = {
        Role.GUARD: _DAY_GUARDS if by_day else _NIGHT_GUARDS,
        Role.CLEANER: _CLEANERS,
        Role.TECHNICIAN: _TECHNICIANS,
    }
    return [member(key) for key in crews[way.row["role"]]]


def _started_at(way: Way, occurrence: Occurrence, fate: Fate, era: Era, dice: Random) -> datetime:
    long = occurrence.closes_at - occurrence.opens_at
    if fate is Fate.RUNNING:
        # People come a little early; a window that has just opened has its round under way too.
        early = occurrence.opens_at - timedelta(minutes=5)
        return max(early, era.now - timedelta(minutes=28))
    if fate in {Fate.LATE, Fate.OVERDUE}:
        return occurrence.closes_at - minutes(dice, 12, 25)
    latest = min(long / timedelta(minutes=1) * 0.4, 60 if way.key == "cleaning" else 240)
    return occurrence.opens_at + minutes(dice, 3, latest)
