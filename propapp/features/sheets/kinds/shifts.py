"""The shifts of a site: which post, from when, for how long, how many people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from propapp.core.access import POSTS, Permission
from propapp.core.dates.workdays import DayRule
from propapp.core.use_case import Command
from propapp.features.rosters.commands import KeepShift
from propapp.features.rosters.repository import ShiftRepository
from propapp.features.sheets.forms import CLOCK, FLAG, WHOLE, choice
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known

STAFF = tuple(role.value for role in POSTS)
_SAID = ("name", "name_en", "begins", "minutes", "people", "active")


class ShiftBook(Book):
    """All shifts of a site."""

    columns = (
        Column("id", width=16),
        Column("name", required=True, width=20),
        Column("name_en", width=20),
        Column("role", choice("role", STAFF), required=True),
        Column("begins", CLOCK, required=True),
        Column("minutes", WHOLE, required=True),
        Column("people", WHOLE, usual=1),
        Column("day_rule", choice("workbook.day_rule", tuple(DayRule)), usual="every"),
        Column("active", FLAG),
    )
    natural = ("name", "role")
    shown_at: Mapping[str, str] = {"label": "name", "label_en": "name_en"}

    def read(self) -> Iterator[Known]:
        """By post and hour."""
        for shift in ShiftRepository(self.uow).every(self.target.site.id):
            row = {name: getattr(shift, name) for name in _SAID}
            row |= {
                "id": str(shift.id),
                "role": shift.role.value,
                "day_rule": shift.day_rule.value,
            }
            yield Known(row, shift)

    def command(self, change: Change) -> tuple[str, Command]:
        """The shift as its row says it."""
        values, known = change.values, change.known
        asked = {name: values[name] for name in ("role", "begins", "minutes", "people", "day_rule")}
        asked |= {
            "shift_id": known.thing.id if known else self.new_id("shift", *self.key_of(values)),
            "site_id": self.target.site.id,
            "label": values["name"],
            "label_en": values["name_en"],
            "active": values["active"] or known is None,
        }
        return "shift.keep", KeepShift.model_validate(asked)


SHIFTS = Kind(
    "shifts",
    Permission.ROSTER_READ,
    ShiftBook,
    writes=Permission.ROSTER_WRITE,
    example={"role": "guard", "begins": 480, "minutes": 720, "people": 2, "active": True},
)
