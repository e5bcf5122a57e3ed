"""Make the large worlds, take the times, write docs/bench.md."""

from __future__ import annotations

import os
import platform
from datetime import timedelta
from pathlib import Path

from sqlmodel import func, select

from bench import ground
from bench.measure import best_of
from propapp.core.clock import FixedClock
from propapp.core.dates import timetable
from propapp.core.dates.workdays import Calendar
from propapp.core.db.engine import read_session
from propapp.core.unit_of_work import looking
from propapp.features.boards import overview, reading
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Occurrence, TaskSchedule

POINTS = 1000
SITES = (1, 10, 100)
ROUTES, PER_DAY, ORDERS = 3, 8, 6
PAGE = Path(__file__).resolve().parents[1] / "docs" / "bench.md"
CLOCK = FixedClock(ground.NOW)


def main() -> None:
    """All of it; some minutes."""
    lines = [*_horizon(), "", *_boards()]
    machine = f"{os.cpu_count()} cores of {platform.machine()}"
    head = f"""# Size and speed

Made by `make bench` with Python {platform.python_version()} on {machine}, SQLite on
disk. Times are the best of several tries; tests assert counts of questions and rows, never times.
"""
    PAGE.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


def _horizon() -> list[str]:
    with ground.database():
        ground.sites_and_routes(1, POINTS)
        year = best_of(1, lambda: _year.append(_count_a_year()))
        first = best_of(1, lambda: jobs.keep_horizon(CLOCK))
        again = best_of(3, lambda: jobs.keep_horizon(CLOCK))
        with read_session() as session:
            stored = session.exec(select(func.count()).select_from(Occurrence)).one()
        tomorrow = FixedClock(ground.NOW + timedelta(days=1))
        following = best_of(1, lambda: jobs.keep_horizon(tomorrow))
    return [
        f"## The horizon of {POINTS:,} points with {ground.WINDOWS} windows a day",
        "",
        "| what | occurrences | seconds |",
        "|---|---:|---:|",
        f"| a year, asked of the rules and stored nowhere | {_year[-1]:,} | {year:.1f} |",
        f"| the horizon of fourteen days, made and stored | {stored:,} | {first:.1f} |",
        f"| the same sweep again, with nothing behind | 0 | {again:.3f} |",
        f"| the sweep of the following day | {POINTS * ground.WINDOWS:,} | {following:.2f} |",
    ]


_year: list[int] = []


def _count_a_year() -> int:
    calendar = Calendar()
    with read_session() as session:
        schedules = session.exec(select(TaskSchedule)).all()
    return sum(
        1
        for schedule in schedules
        for _ in timetable.openings(schedule, calendar, schedule.starts, schedule.ends)
    )


def _boards() -> list[str]:
    rows = [_board(sites) for sites in SITES]
    return [
        "## A day's board, with a year of history",
        "",
        f"At each site {ROUTES} routes of {PER_DAY} rounds a day, and {ORDERS} orders a day with",
        "two photos each, of which those of two days are open.",
        "",
        "| sites | rounds | orders | day of all sites, ms | rows shown | one site's board, ms |",
        "|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
        "The first grows with the sites that are shown, the second not at all with what is stored.",
    ]


def _board(sites: int) -> str:
    with ground.database():
        ground.sites_and_routes(sites, ROUTES)
        rounds = ground.a_year_of_rounds(sites, ROUTES, PER_DAY)
        orders = ground.a_year_of_orders(sites, ORDERS)
        actor = ground.manager(sites)
        with looking(actor, clock=CLOCK) as uow:
            shown = len(overview.all_sites(uow))
            every = best_of(5, lambda: overview.all_sites(uow))
            site = reading.choices(uow)[0]
            single = best_of(5, lambda: reading.board(uow, site))
    ms = f"{every * 1000:.0f} | {shown} | {single * 1000:.0f}"
    return f"| {sites} | {rounds:,} | {orders:,} | {ms} |"


if __name__ == "__main__":
    main()
