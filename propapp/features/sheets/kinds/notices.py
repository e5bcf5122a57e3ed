"""Notices on a year's holidays that were entered by hand, a row for each day; of all sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from propapp.core.access import Permission
from propapp.core.dates.workdays import DayKind, Festival
from propapp.core.sheets.cells import Trouble
from propapp.features.schedules import rules
from propapp.features.schedules.commands import EnterYear
from propapp.features.schedules.models import CalendarDay
from propapp.features.schedules.repository import entered_days
from propapp.features.schedules.service import enter_year
from propapp.features.sheets.forms import DAY, choice, named
from propapp.features.sheets.naming import called
from propapp.features.sheets.tables import Column, Kind, Known, Notice, Values
from propapp.features.sheets.together import Together


class NoticeBook(Together):
    """All notices that were entered; what the software knows by itself stands in no file."""

    columns = (
        Column("day", DAY, required=True),
        Column("day_kind", choice("office.day", tuple(DayKind)), required=True),
        Column("festival", named("office.year.festival", tuple(Festival)), strict=False),
        Column("notice", width=40),
    )
    natural, of_whole = ("day",), ("notice",)
    shown_at: Mapping[str, str] = {"source": "notice", "name": "festival", "kind": "day_kind"}

    def thing_of(self, values: Values) -> int:
        """The year of the day."""
        return values["day"].year

    def read(self) -> Iterator[Known]:
        """By day."""
        self.sources: dict[int, str] = {}
        years: dict[int, list[tuple[dict[str, Any], CalendarDay]]] = defaultdict(list)
        for one in entered_days(self.uow.session):
            row = {"day": one.day, "day_kind": one.kind.value, "festival": one.name}
            years[one.day.year].append((row | {"notice": one.source}, one))
            self.sources[one.day.year] = one.source
        for parts in years.values():
            yield from self.rows_of(parts)

    def prepare(self, rows: Sequence[Values]) -> None:
        """A notice that was entered keeps its name where the file has none."""
        super().prepare(rows)
        for year, notice in self.sources.items():
            self.said.setdefault((year, "notice"), notice)

    def check(self, values: Values) -> None:
        """A day that can be, of a notice that has a name."""
        if not rules.can_be(values["day"], DayKind(values["day_kind"])):
            raise Trouble("not_weekend", "day")
        if not values["notice"]:
            raise Trouble("missing", "notice")

    def notices(self) -> Iterator[Notice]:
        """Of each year in the file the days that are like others from now on."""
        for year, rows in self.file.items():
            kept = {row["day"] for row in rows.values()}
            days = [one.values["day"] for one in self.known if self.thing_of(one.values) == year]
            gone = [f"{day:%m-%d}" for day in days if day not in kept]
            if gone:
                yield Notice("workbook.notice.day_left_out", {"name": str(year)} | called(gone))

    def keep(self, rows: Sequence[Values]) -> None:
        """The whole notice of the year."""
        year = rows[0]["day"].year
        days = [
            {"day": row["day"], "kind": row["day_kind"], "name": row["festival"]} for row in rows
        ]
        asked = {"year": year, "source": rows[0]["notice"], "days": days}
        enter_year(self.uow, EnterYear.model_validate(asked))


NOTICES = Kind(
    "notices",
    Permission.SCHEDULE_READ,
    NoticeBook,
    writes=Permission.CALENDAR_WRITE,
    example={"day": date(2027, 10, 1), "day_kind": "holiday", "festival": "national"},
)
