"""Who is away and when: all of it goes out, and what the office was told of comes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from propapp.core.access import Permission
from propapp.core.ids import derived_id
from propapp.core.sheets.cells import Trouble, text_of
from propapp.core.sheets.wording import word_for
from propapp.core.use_case import Command
from propapp.features.people import repository as people
from propapp.features.rosters.commands import EnterLeave
from propapp.features.rosters.models import AskStatus, Leave
from propapp.features.rosters.repository import LeaveRepository
from propapp.features.sheets.forms import DAY, MOMENT, choice, on_the_wall
from propapp.features.sheets.naming import staff_names
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values

# The latest days of them; what is older was read long ago.
MOST_ASKED = 5000
ASK_STATUS = choice("workbook.ask_status", tuple(AskStatus))


class LeaveBook(Book):
    """The leave of a site; a new row is leave that whoever brings it has approved."""

    columns = (
        Column("id", width=16),
        Column("person", required=True, width=18),
        Column("starts", DAY, required=True),
        Column("ends", DAY, required=True),
        Column("reason", width=36),
        Column("status", ASK_STATUS, only_out=True),
        Column("reply", width=28, only_out=True),
        Column("asked_at", MOMENT, width=18, only_out=True),
    )
    natural = ("person", "starts", "ends")
    shown_at: Mapping[str, str] = {
        "days_backwards": "ends",
        "last": "ends",
        "person": "person",
        "already_there": "id",
    }

    def read(self) -> Iterator[Known]:
        """The latest days first."""
        site = self.target.site
        found = LeaveRepository(self.uow).newest_at(site.id, limit=MOST_ASKED)
        self.people = staff_names(self.uow, site.id, Permission.ROSTER_ASK)
        names = {person.id: name for name, person in self.people.items()}
        gone = {one.person_id for one in found} - names.keys()
        names |= {one.id: one.name for one in people.by_ids(self.uow.session, gone).values()}
        for leave in found:
            row = {
                "id": str(leave.id),
                "person": names[leave.person_id],
                "starts": leave.first,
                "ends": leave.last,
                "reason": text_of(leave.reason),
                "status": leave.status.value,
                "reply": text_of(leave.answer),
                "asked_at": on_the_wall(leave.asked_at, site.zone),
            }
            yield Known(row, leave)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """Who might have asked here."""
        return {"person": list(self.people)}

    def match(self, values: Values) -> Known | None:
        """By id; or else leave of these very days that stands, and what does not is told."""
        if values["id"]:
            return super().match(values)
        found = self.by_key.get(self.key_of(values), [])
        standing = [one for one in found if one.thing.status is AskStatus.APPROVED]
        if found and not standing:
            raise _otherwise(found[0].thing)
        return standing[0] if standing else None

    def command(self, change: Change) -> tuple[str, Command]:
        """New leave; what was asked for is decided where the roster is."""
        self.needs_new(change)
        values = change.values
        name = values["person"]
        if name not in self.people:
            raise Trouble("nobody_called", "person", value=name[:60])
        person_id, site_id = self.people[name].id, self.target.site.id
        days = {"first": values["starts"], "last": values["ends"]}
        asked: dict[str, Any] = days | {
            "leave_id": derived_id("leave", site_id, person_id, *days.values()),
            "site_id": site_id,
            "person_id": person_id,
            "reason": values["reason"],
        }
        return "leave.enter", EnterLeave.model_validate(asked)


def _otherwise(leave: Leave) -> Trouble:
    said = {"status": word_for("workbook.ask_status", leave.status, "zh-CN")}
    said["status_en"] = word_for("workbook.ask_status", leave.status, "en")
    return Trouble("leave_otherwise", "person", **said)


# Why somebody is away is read by whoever decides it, and by nobody else in a file.
LEAVE = Kind(
    "leave",
    Permission.ROSTER_WRITE,
    LeaveBook,
    writes=Permission.ROSTER_WRITE,
    example={"starts": date(2026, 3, 20), "ends": date(2026, 3, 22)},
)
