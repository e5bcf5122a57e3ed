"""Who has which shift on which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from propapp.core.access import Permission
from propapp.core.errors import RosterBroken
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.features.people import repository as people
from propapp.features.rosters.commands import AdoptRoster, DutySpec
from propapp.features.rosters.models import OnDuty
from propapp.features.rosters.repository import RosterRepository, ShiftRepository
from propapp.features.rosters.service import adopt
from propapp.features.sheets.forms import DAY
from propapp.features.sheets.naming import staff_names
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values

# A roster is adopted for two months at most.
LONGEST = timedelta(days=61)
# So many broken rules are looked for, each with another try.
MOST_BROKEN = 40


class TurnBook(Book):
    """The roster of this month and the next, or of the days that a file is about."""

    columns = (
        Column("day", DAY, required=True),
        Column("shift", required=True, width=20),
        Column("person", required=True, width=18),
    )
    natural = ("day", "shift", "person")

    def read(self) -> Iterator[Known]:
        """By day."""
        site_id = self.target.site.id
        self.shifts = {one.name: one for one in ShiftRepository(self.uow).at(site_id)}
        self.people = staff_names(self.uow, site_id, Permission.ROSTER_READ)
        first = self.uow.now.date().replace(day=1)
        yield from self._turns(first, (first + LONGEST).replace(day=1) - timedelta(days=1))

    def _turns(self, first: date, last: date) -> Iterator[Known]:
        found = RosterRepository(self.uow).week(self.target.site.id, first, last)
        names = {person.id: name for name, person in self.people.items()}
        gone = {one.roster_day.person_id for one in found} - names.keys()
        names |= {one.id: one.name for one in people.by_ids(self.uow.session, gone).values()}
        for one in sorted(found, key=lambda one: (one.roster_day.day, one.shift.begins)):
            row = {"day": one.roster_day.day, "shift": one.shift.name}
            yield Known(row | {"person": names[one.roster_day.person_id]}, one)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The shifts in use, and who works at the site."""
        return {"shift": list(self.shifts), "person": list(self.people)}

    def prepare(self, rows: Sequence[Values]) -> None:
        """Look at the days that the file is about."""
        days = [row["day"] for row in rows if row.get("day")]
        if not days:
            return
        self.first, self.last = min(days), min(max(days), min(days) + LONGEST)
        self.known = list(self._turns(self.first, self.last))
        self.by_key.clear()
        for one in self.known:
            self.by_key.setdefault(self.key_of(one.values), []).append(one)

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is too far from the other rows, and names that are nobody's."""
        if values["day"] - self.first > LONGEST:
            raise Trouble("roster_too_long", "day")
        for column, names in (("shift", self.shifts), ("person", self.people)):
            known = self.by_key.get(self.key_of(values))
            if not known and values[column] not in names:
                raise Trouble("nobody_called", column, value=values[column][:60])
        return values

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """Adopt what stands there with what is new; each rule that it breaks is a trouble."""
        wanted = list(changes)
        for tried in range(MOST_BROKEN):
            if not wanted:
                return
            try:
                with self.uow.session.begin_nested():
                    adopt(self.uow, self._command(wanted))
            except RosterBroken as error:
                broken = self._broken(wanted, error)
                wanted = [one for one in wanted if one not in broken]
                yield from ((one, trouble) for one in broken for trouble in self.troubles(error))
                tell(tried + 1, MOST_BROKEN)
            else:
                tell(len(changes), len(changes))
                return

    def _command(self, changes: Sequence[Change]) -> AdoptRoster:
        kept = [_spec(one.thing) for one in self.known]
        fresh = [
            DutySpec(
                shift_id=self.shifts[change.values["shift"]].id,
                person_id=self.people[change.values["person"]].id,
                day=change.values["day"],
            )
            for change in changes
        ]
        return AdoptRoster(
            site_id=self.target.site.id,
            first=self.first,
            last=self.last,
            duties=(*kept, *fresh),
        )

    def _broken(self, changes: Sequence[Change], error: RosterBroken) -> list[Change]:
        """The person's row nearest to the day of the broken rule."""
        day = date.fromisoformat(error.facts["day"])
        theirs = [
            one for one in changes if self.people[one.values["person"]].name == error.facts["name"]
        ]
        nearest = sorted(theirs or changes, key=lambda one: abs(one.values["day"] - day))
        return nearest[:1]


def _spec(one: OnDuty) -> DutySpec:
    turn = one.roster_day
    return DutySpec(shift_id=turn.shift_id, person_id=turn.person_id, day=turn.day)


TURNS = Kind(
    "turns",
    Permission.ROSTER_READ,
    TurnBook,
    writes=Permission.ROSTER_WRITE,
    example={"day": date(2026, 3, 1)},
)
