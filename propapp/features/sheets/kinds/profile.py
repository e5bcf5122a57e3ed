"""What a site has and what its hours cost: a row for each figure; what has no row stays."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from propapp.core.access import Permission
from propapp.core.sheets import cells
from propapp.core.sheets.cells import Trouble
from propapp.core.sheets.reading import Cell
from propapp.core.text import DEFAULT, words
from propapp.features.sheets.forms import WHOLE, Form, choice, named
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.tables import Column, Kind, Known, Values
from propapp.features.sheets.together import Together
from propapp.features.sites import repository as sites
from propapp.features.sites.commands import DEAREST, DescribeSite, PriceSite, ProfileCommand
from propapp.features.sites.models import COUNTED, SiteProfile
from propapp.features.sites.service import describe, price
from propapp.features.standards import clauses

_FEN = 100


def _read_yuan(cell: Cell) -> int | None:
    """Yuan in a cell as whole fen."""
    yuan = cells.number_of(cell)
    if yuan is None:
        return None
    # What was computed in a workbook may be a trifle away from its decimals.
    fen = round(yuan * _FEN, 4)
    if not fen.is_integer():
        raise Trouble("not_money", value=cells.text_of(cell)[:40])
    if not 0 <= fen <= DEAREST:
        raise Trouble(
            "too_small" if fen < 0 else "too_great", most=0 if fen < 0 else DEAREST // _FEN
        )
    return int(fen)


def _say_yuan(fen: Any, _locale: str) -> float | None:
    return None if fen is None else fen / _FEN


YUAN = Form(_read_yuan, _say_yuan, empty=None)


CITY = named("office.city", tuple(words("office.city", DEFAULT)))


class ProfileBook(Together):
    """Rows of one site: ``natural`` is what is counted, ``figure`` how much of it there is."""

    figure: str
    whole = False

    @abstractmethod
    def figures(self) -> Mapping[str, int]:
        """What was said of the site, by code."""

    @abstractmethod
    def asked(self, rows: Sequence[Values]) -> ProfileCommand:
        """All that was said of the site, with these rows on top of it."""

    def thing_of(self, values: Values) -> Any:  # noqa: ARG002 - all rows are of one
        """All rows are of the site that the file was brought to."""
        return self.target.site.name

    def read(self) -> Iterator[Known]:
        """In the order in which pages have them."""
        self.profile: SiteProfile = sites.profile_of(self.uow.session, self.target.site.id)
        self.before = {name: getattr(self.profile, name) for name in self.of_whole}
        for code, figure in self.figures().items():
            yield Known({self.natural[0]: code, self.figure: figure} | self.before)

    def prepare(self, rows: Sequence[Values]) -> None:
        """What the file does not say of the site stays."""
        super().prepare(rows)
        for name, value in self.before.items():
            self.said.setdefault((self.target.site.name, name), value)

    def check(self, values: Values) -> None:
        """A figure that can be; all of them are said at once, and each error is its row's."""
        try:
            self.asked([values])
        except ValidationError as error:
            raise self.troubles(error)[0] from error

    def merged(self, rows: Sequence[Values]) -> dict[str, int]:
        """All figures by code."""
        return {**self.figures(), **{row[self.natural[0]]: row[self.figure] for row in rows}}


class ThingBook(ProfileBook):
    """How much of each thing the site has, and the city that it lies in."""

    columns = (
        Column("thing", choice("plan.year.has", tuple(COUNTED)), required=True, width=20),
        Column("count", WHOLE, required=True),
        Column("city", CITY, width=16),
    )
    natural, figure, of_whole = ("thing",), "count", ("city",)
    shown_at: Mapping[str, str] = dict.fromkeys(COUNTED, "count")

    def figures(self) -> Mapping[str, int]:
        """As many as were counted, none of them too."""
        has = self.profile.has
        return {one.value: has[one.value] for one in COUNTED if one.value in has}

    @cached_property
    def cities(self) -> list[str]:
        """Those of the library."""
        return clauses.cities(self.uow.session)

    def check(self, values: Values) -> None:
        """A city that some paper of the library names, or that was said before."""
        city = values["city"]
        if city != self.profile.city and city not in self.cities:
            raise Trouble("plan.year.wrong.city", "city")
        super().check(values)

    def asked(self, rows: Sequence[Values]) -> DescribeSite:
        """The whole description."""
        return DescribeSite.model_validate({
            "site_id": self.target.site.id,
            "version": self.profile.version,
            "city": rows[0]["city"],
            "has": self.merged(rows),
        })  # fmt: skip

    def keep(self, rows: Sequence[Values]) -> None:
        """Say it all once more."""
        describe(self.uow, self.asked(rows))


class HourBook(ProfileBook):
    """What an hour of each post costs, and how many hours a person has in a year."""

    columns = (
        Column("post", choice("role", STAFF), required=True, width=16),
        Column("hourly", YUAN, required=True, width=18),
        Column("person_hours", WHOLE, width=18),
    )
    natural, figure, of_whole = ("post",), "hourly", ("person_hours",)
    shown_at: Mapping[str, str] = {"person_hours": "person_hours"}

    def figures(self) -> Mapping[str, int]:
        """Fen by post."""
        hourly = self.profile.hourly
        return {post: hourly[post] for post in STAFF if post in hourly}

    def asked(self, rows: Sequence[Values]) -> PriceSite:
        """All prices."""
        return PriceSite.model_validate({
            "site_id": self.target.site.id,
            "version": self.profile.version,
            "hourly": self.merged(rows),
            "person_hours": rows[0]["person_hours"],
        })  # fmt: skip

    def keep(self, rows: Sequence[Values]) -> None:
        """Say it all once more."""
        price(self.uow, self.asked(rows))


PROFILE = Kind(
    "profile",
    Permission.PLAN_READ,
    ThingBook,
    writes=Permission.SITE_WRITE,
    example={"thing": "lift", "count": 12, "city": "zhengzhou"},
)
HOURLY = Kind(
    "hourly",
    Permission.COST_WRITE,
    HourBook,
    writes=Permission.COST_WRITE,
    example={"post": "guard", "hourly": 2650, "person_hours": 2000},
)
