"""The buildings of a site and the dwellings in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from propapp.core.access import Permission
from propapp.core.ids import uuid7
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.sheets.forms import WHOLE
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known
from propapp.features.sites import repository as sites
from propapp.features.sites.commands import KeepBuilding, KeepUnit

_SAID = ("name", "name_en", "floors")


class BuildingBook(Book):
    """The buildings by name."""

    columns = (
        Column("id", width=16),
        Column("name", required=True, width=20),
        Column("name_en", width=20),
        Column("floors", WHOLE, required=True),
    )
    shown_at: Mapping[str, str] = {"name_taken": "name"}

    def read(self) -> Iterator[Known]:
        """By name."""
        for building in sites.buildings_at(self.uow.session, self.target.site.id):
            row = {name: getattr(building, name) for name in _SAID}
            yield Known(row | {"id": str(building.id)}, building)

    def command(self, change: Change) -> tuple[str, Command]:
        """The building as its row says it."""
        asked = {name: change.values[name] for name in _SAID} | {
            "building_id": change.known.thing.id if change.known else uuid7(),
            "site_id": self.target.site.id,
        }
        return "building.keep", KeepBuilding.model_validate(asked)


class UnitBook(Book):
    """The dwellings by building and number; whose they are is nobody's business in a file."""

    columns = (
        Column("id", width=16),
        Column("building", required=True, width=20),
        Column("unit", required=True, width=16),
    )
    natural = ("building", "unit")
    shown_at: Mapping[str, str] = {"name_taken": "unit", "number": "unit", "building": "building"}

    def read(self) -> Iterator[Known]:
        """By building and number."""
        session, site_id = self.uow.session, self.target.site.id
        self.buildings = {one.name: one for one in sites.buildings_at(session, site_id)}
        for unit, building in sites.units_at(session, site_id):
            row = {"id": str(unit.id), "building": building.name, "unit": unit.number}
            yield Known(row, unit)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The buildings of the site."""
        return {"building": list(self.buildings)}

    def command(self, change: Change) -> tuple[str, Command]:
        """The unit as its row says it."""
        building = self.buildings.get(change.values["building"])
        if building is None:
            value = change.values["building"][:60]
            raise Trouble("nobody_called", "building", value=value)
        asked = {
            "unit_id": change.known.thing.id if change.known else uuid7(),
            "site_id": self.target.site.id,
            "building_id": building.id,
            "number": change.values["unit"],
        }
        return "unit.keep", KeepUnit.model_validate(asked)


BUILDINGS = Kind(
    "buildings",
    Permission.SITE_WRITE,
    BuildingBook,
    writes=Permission.SITE_WRITE,
    example={"floors": 18},
)
UNITS = Kind("units", Permission.SITE_WRITE, UnitBook, writes=Permission.SITE_WRITE)
