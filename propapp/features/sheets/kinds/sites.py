"""The sites that the actor administers: what they are called; a new row begins one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from propapp.core.access import Permission
from propapp.core.ids import uuid7
from propapp.core.sheets import cells
from propapp.core.sheets.cells import Trouble
from propapp.core.sheets.reading import Cell
from propapp.core.use_case import Command
from propapp.features.sheets.forms import Form, as_it_is
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known
from propapp.features.sites import repository as sites
from propapp.features.sites.commands import KeepSite
from propapp.features.sites.rules import FIXED

_SAID = ("code", "name", "name_en", "zone")


def _read_code(cell: Cell) -> str:
    return cells.plain(cell).upper()


class SiteBook(Book):
    """Sites by their code, whichever of them the file was brought to."""

    columns = (
        Column("id", width=16),
        Column("code", Form(_read_code, as_it_is), required=True, width=14),
        Column("name", required=True, width=28),
        Column("name_en", width=28),
        Column("zone", width=18),
    )
    natural = ("code",)
    shown_at: Mapping[str, str] = {"name_taken": "code", "site": "id"}

    def read(self) -> Iterator[Known]:
        """By code."""
        found = sites.sites_where(self.uow.session, self.uow.actor, Permission.SITE_FOUND)
        for site in found:
            row = {name: getattr(site, name) for name in _SAID}
            yield Known(row | {"id": str(site.id)}, site)

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a site is from its first day on stays."""
        known = self.match(values)
        if known is None:
            return values
        for name in FIXED:
            values[name] = values[name] or known.values[name]
            if values[name] != known.values[name]:
                raise Trouble("site_stays", name, value=known.values[name])
        return values

    def command(self, change: Change) -> tuple[str, Command]:
        """The site as its row says it."""
        asked = {name: change.values[name] for name in _SAID if change.values[name]}
        asked["site_id"] = change.known.thing.id if change.known else uuid7()
        return "site.keep", KeepSite.model_validate(asked)


SITES = Kind(
    "sites",
    Permission.SITE_FOUND,
    SiteBook,
    writes=Permission.SITE_FOUND,
    example={"code": "LAKE", "zone": "Asia/Shanghai"},
)
