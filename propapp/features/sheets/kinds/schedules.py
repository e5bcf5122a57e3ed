"""When the routes of a site are walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.schedules.commands import KeepSchedule, ResumeSchedule, StopSchedule
from propapp.features.schedules.repository import ScheduleRepository, routes_at
from propapp.features.sheets import times
from propapp.features.sheets.forms import DAY, FLAG
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known


class ScheduleBook(Book):
    """The schedules of a site by route, those of a plan too."""

    columns = (
        Column("id", width=16),
        Column("route", required=True, width=24),
        *times.COLUMNS,
        Column("starts", DAY, required=True),
        Column("ends", DAY),
        Column("active", FLAG, usual=None),
    )
    natural = ("route", "repeat", "windows", "trigger", "starts")
    shown_at: Mapping[str, str] = {**times.SHOWN_AT, "route": "route", "follows_plan": "id"}

    def read(self) -> Iterator[Known]:
        """All of them, by route."""
        site_id = self.target.site.id
        self.routes = {one.name: one for one in routes_at(self.uow, site_id)}
        for schedule, route in ScheduleRepository(self.uow).at(site_id):
            row = times.row_of(schedule) | {
                "id": str(schedule.id),
                "route": route.name,
                "starts": schedule.starts,
                "ends": schedule.ends,
                "active": schedule.active,
            }
            yield Known(row, schedule)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The routes of the site."""
        return {"route": list(self.routes)}

    def commands(self, change: Change) -> Iterable[tuple[str, Command]]:
        """The schedule itself, and whether its rounds are made."""
        schedule_id = self._id(change)
        if change.is_new() or change.touched - {"active"}:
            yield "schedule.keep", self._kept(change, schedule_id)
        if change.known is not None and "active" in change.touched:
            if change.values["active"]:
                yield "schedule.resume", ResumeSchedule(schedule_id=schedule_id)
            else:
                yield "schedule.stop", StopSchedule(schedule_id=schedule_id)

    def _id(self, change: Change) -> UUID:
        if change.known is not None:
            return change.known.thing.id
        return self.new_id("schedule", *self.key_of(change.values))

    def _kept(self, change: Change, schedule_id: UUID) -> KeepSchedule:
        values, known = change.values, change.known.thing if change.known else None
        name = values["route"]
        if name not in self.routes:
            raise Trouble("nobody_called", "route", value=name[:60])
        touched = change.touched if known else frozenset(values)
        return KeepSchedule.model_validate(
            {
                "schedule_id": schedule_id,
                "route_id": self.routes[name].id,
                "starts": values["starts"],
                "ends": values["ends"],
                **times.asked(values, touched, known),
            }
        )


SCHEDULES = Kind(
    "schedules",
    Permission.SCHEDULE_READ,
    ScheduleBook,
    writes=Permission.SCHEDULE_WRITE,
    example={
        "repeat": "FREQ=DAILY",
        "windows": "08:00-09:00, 22:00-23:00",
        "starts": date(2026, 1, 1),
        "ends": date(2026, 12, 31),
        "active": True,
    },
)
