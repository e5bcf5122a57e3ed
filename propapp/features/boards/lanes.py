"""The rounds of a day, a lane for each route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from propapp.features.boards import rules
from propapp.features.boards.rows import Round, Walk
from propapp.features.boards.rules import stamp
from propapp.features.schedules.rules import OccurrenceState

LANES = 8
WINDOWS = 10


@dataclass(frozen=True)
class Window:
    """One round of the day."""

    run: str
    opens_at: str
    closes_at: str
    state: str  # due · open · running · late · done · missed
    who: str
    who_en: str
    done: int
    total: int
    before: bool  # it opened on the day before
    # Nobody began it, and nothing was heard from their phones since then.
    offline_since: str = ""


@dataclass(frozen=True)
class Lane:
    """A route with its rounds of the day."""

    key: str = ""
    route: str = ""
    route_en: str = ""
    done: int = 0
    total: int = 0
    windows: list[Window] = field(default_factory=list[Window])


@dataclass(frozen=True)
class Today:
    """How many of today's rounds are in which state."""

    total: int = 0
    done: int = 0
    running: int = 0
    late: int = 0
    missed: int = 0


def by_route(
    rounds: Sequence[Round], walks: Sequence[Walk], now: datetime, *, day: date
) -> list[Lane]:
    """A lane for each route, its rounds in the order of the day."""
    routes: dict[UUID, list[Round]] = {}
    for one in rounds:
        routes.setdefault(one.occurrence.route_id, []).append(one)
    people = _by_occurrence(walks)
    return [_lane(found, people, now, day) for found in routes.values()]


def shown(all_lanes: Sequence[Lane]) -> list[Lane]:
    """As many lanes and rounds as fit, so that what is not over yet is among them."""
    return [replace(lane, windows=_around_now(lane.windows)) for lane in all_lanes[:LANES]]


def _lane(
    rounds: Sequence[Round],
    people: Mapping[UUID, Sequence[Walk]],
    now: datetime,
    day: date,
) -> Lane:
    windows = [window(one, people.get(one.occurrence.id, ()), now, day=day) for one in rounds]
    first = rounds[0]
    return Lane(
        # Short lanes first: two of them stand beside one another.
        key=f"{len(windows):03d}-{first.occurrence.route_id}",
        route=first.route,
        route_en=first.route_en,
        done=sum(one.state == OccurrenceState.DONE for one in windows),
        total=len(windows),
        windows=windows,
    )


def _around_now(windows: list[Window]) -> list[Window]:
    over = (OccurrenceState.DONE, OccurrenceState.MISSED)
    ended = next((n for n, one in enumerate(windows) if one.state not in over), len(windows))
    first = max(0, min(ended - 2, len(windows) - WINDOWS))
    return windows[first : first + WINDOWS]


def window(one: Round, walks: Sequence[Walk], now: datetime, *, day: date) -> Window:
    """The round as it stands now, by the run that counts for it."""
    run = rules.best_run([walk.run for walk in walks])
    walker = next((walk for walk in walks if walk.run is run), None)
    return Window(
        run=str(run.id) if run else "",
        opens_at=stamp(one.occurrence.opens_at),
        closes_at=stamp(one.occurrence.closes_at),
        state=rules.round_state(one.occurrence, run, now).value,
        who=walker.name if walker else "",
        who_en=walker.name_en if walker else "",
        done=run.points_done if run else 0,
        total=run.points_total if run else one.points,
        before=one.occurrence.local_date < day,
        offline_since="" if run else stamp(one.occurrence.offline_since),
    )


def today(all_lanes: Sequence[Lane]) -> Today:
    """The day in five figures."""
    states = [one.state for lane in all_lanes for one in lane.windows]
    return Today(
        total=sum(lane.total for lane in all_lanes),
        done=sum(lane.done for lane in all_lanes),
        running=states.count(OccurrenceState.RUNNING),
        late=states.count(OccurrenceState.LATE),
        missed=states.count(OccurrenceState.MISSED),
    )


def _by_occurrence(walks: Sequence[Walk]) -> dict[UUID, list[Walk]]:
    found: dict[UUID, list[Walk]] = {}
    for walk in walks:
        found.setdefault(walk.run.occurrence_id, []).append(walk)
    return found
