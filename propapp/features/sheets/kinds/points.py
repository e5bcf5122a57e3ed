"""The checkpoints of a site and the public places they hang in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.ids import derived_id
from propapp.core.sheets.cells import Trouble
from propapp.core.use_case import Command
from propapp.features.sheets.forms import NUMBER, choice
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Values
from propapp.features.sites import repository as sites
from propapp.features.sites.commands import KeepCheckpoint, KeepPlace
from propapp.features.sites.models import Building, Place, PlaceKind

# What is said of the place and not of the point: all its rows say the same.
_OF_PLACE = ("place_en", "place_kind")


class PointBook(Book):
    """The checkpoints in the order in which they are printed; their codes never stand in a file."""

    columns = (
        Column("id", width=16),
        Column("point", required=True, width=24),
        Column("point_en", width=24),
        Column("building", width=14),
        Column("place", required=True, width=24),
        Column("place_en", width=24),
        Column("place_kind", choice("workbook.place", tuple(PlaceKind)), width=12),
        Column("where", width=36),
        Column("where_en", width=36),
        Column("latitude", NUMBER),
        Column("longitude", NUMBER),
    )
    natural = ("point",)
    shown_at: Mapping[str, str] = {
        "name": "point",
        "name_en": "point_en",
        "name_taken": "point",
        "hint": "where",
        "hint_en": "where_en",
        "latitude": "latitude",
        "longitude": "longitude",
        "building": "building",
        "place": "place",
    }

    def read(self) -> Iterator[Known]:
        """By name."""
        session, site_id = self.uow.session, self.target.site.id
        self.buildings = {one.name: one for one in sites.buildings_at(session, site_id)}
        self.places: dict[tuple[str, str], Place] = {}
        for place, building in sites.places_at(session, site_id):
            self.places.setdefault((_named(building), place.name), place)
        self.said: dict[tuple[Any, Any, str], str] = {}
        for point, place, building in sites.checkpoints_at(session, site_id):
            row = {
                "id": str(point.id),
                "point": point.name,
                "point_en": point.name_en,
                "building": _named(building),
                "place": place.name,
                "place_en": place.name_en,
                "place_kind": place.kind.value,
                "where": point.hint,
                "where_en": point.hint_en,
                "latitude": point.latitude,
                "longitude": point.longitude,
            }
            yield Known(row, (point, place))

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The buildings of the site; a place that is not there yet is made."""
        return {"building": list(self.buildings)}

    def prepare(self, rows: Sequence[Values]) -> None:
        """What the file says of each place, by the first row that says it."""
        for row in rows:
            for name in filter(row.get, _OF_PLACE):
                self.said.setdefault((row.get("building"), row.get("place"), name), row[name])

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A building that is here, and a place as the other rows of the file say it too."""
        building, name = values["building"], values["place"]
        if building and building not in self.buildings:
            raise Trouble("nobody_called", "building", value=building[:60])
        place = self.places.get((building, name))
        usual = {"place_en": "", "place_kind": PlaceKind.OTHER.value}
        if place is not None:
            usual = {"place_en": place.name_en, "place_kind": place.kind.value}
        for column in _OF_PLACE:
            # A file without a column of buildings names the place alone.
            found = (self.said.get((one, name, column)) for one in (building, None))
            first = next(filter(None, found), "")
            if first and values[column] and values[column] != first:
                raise Trouble("place_twice", column, value=name[:60])
            values[column] = first or usual[column]
        return values

    def commands(self, change: Change) -> Iterable[tuple[str, Command]]:
        """The place where it is new or other, and the point."""
        values = change.values
        place, place_id = self._place(change)
        words = (values["place_en"], values["place_kind"])
        if place is None or (place.name_en, place.kind.value) != words:
            yield "place.keep", self._kept_place(values, place_id)
        asked = {
            "checkpoint_id": self._id(change),
            "site_id": self.target.site.id,
            "place_id": place_id,
            "name": values["point"],
            "name_en": values["point_en"],
            "hint": values["where"],
            "hint_en": values["where_en"],
            "latitude": values["latitude"],
            "longitude": values["longitude"],
        }
        yield "checkpoint.keep", KeepCheckpoint.model_validate(asked)

    def _id(self, change: Change) -> UUID:
        if change.known is not None:
            return change.known.thing[0].id
        return self.new_id("checkpoint", *self.key_of(change.values))

    def _place(self, change: Change) -> tuple[Place | None, UUID]:
        """The place of the row; its own where the row names no other, though two share a name."""
        key = (change.values["building"], change.values["place"])
        if change.known is not None and not change.touched & {"building", "place"}:
            place: Place | None = change.known.thing[1]
        else:
            place = self.places.get(key)
        return place, place.id if place else derived_id("place", self.target.site.id, *key)

    def _kept_place(self, values: Values, place_id: UUID) -> KeepPlace:
        building = self.buildings.get(values["building"])
        return KeepPlace.model_validate({
            "place_id": place_id,
            "site_id": self.target.site.id,
            "building_id": building.id if building else None,
            "kind": values["place_kind"],
            "name": values["place"],
            "name_en": values["place_en"],
        })  # fmt: skip


def _named(building: Building | None) -> str:
    return building.name if building else ""


POINTS = Kind(
    "points",
    Permission.CODE_PRINT,
    PointBook,
    writes=Permission.SITE_WRITE,
    example={"place_kind": "lobby"},
)
