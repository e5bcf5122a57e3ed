"""Which version of a clause holds, what the law asks, and what would loosen it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from propapp.core.errors import LoosensStatute
from propapp.features.standards import figures
from propapp.features.standards.figures import Demand
from propapp.features.standards.models import Clause, ClauseLevel, ClauseVersion, Direction


@dataclass(frozen=True)
class Statute:
    """A demand of the law on a subject, and the cities in which it holds: everywhere if none."""

    number: str
    demand: Demand
    cities: frozenset[str] = frozenset()


def binding_in(statutes: Iterable[Statute], city: str = "") -> list[Statute]:
    """The statutes of one subject that bind in a city.

    What holds everywhere binds. Beside it a city has its own; where it has none, or the city is not
    said, all others bind, so that the strictest is the default.
    """
    found = list(statutes)
    own = [one for one in found if city in one.cities]
    return [one for one in found if not one.cities] + (own or [one for one in found if one.cities])


def at_least(wanted: Demand, statutes: Sequence[Statute]) -> Demand:
    """What is wanted, or what the law asks where that is more."""
    return figures.strictest([wanted, *(one.demand for one in statutes)])


def refuse_loosening(wanted: Demand, statutes: Iterable[Statute]) -> None:
    """``LoosensStatute`` where less is wanted than the law asks."""
    for one in statutes:
        field = figures.loosened(one.demand, wanted)
        if field:
            raise LoosensStatute(statute=one.number, field=field)


def demand_of(level: ClauseLevel) -> Demand:
    """What a version asks at this level, in figures."""
    return figures.read(level.often, level.limits)


def in_force(clause: Clause, versions: Iterable[ClauseVersion], day: date) -> ClauseVersion | None:
    """The version that holds on the day; none before the first, and none once it has ended."""
    if clause.ends is not None and day > clause.ends:
        return None
    begun = [version for version in versions if version.starts <= day]
    return max(begun, key=lambda version: version.starts, default=None)


def best_level(direction: Direction, codes: Sequence[str]) -> str:
    """The level that asks for most; empty where levels have no direction."""
    if not codes or direction is Direction.NONE:
        return ""
    return codes[0] if direction is Direction.FIRST_BEST else codes[-1]
