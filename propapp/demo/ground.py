"""The site, its buildings, units, places and equipment, and the people who belong there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from propapp.demo.cast import SITE_ID, Member, demo_id, members
from propapp.demo.era import Era
from propapp.demo.rows import Row, Rows
from propapp.demo.sheets import sheet
from propapp.features.people.models import Account, Person, RoleAssignment
from propapp.features.sites.models import (
    Building,
    Equipment,
    Place,
    PlaceKind,
    Site,
    Unit,
    UnitOwner,
)


@dataclass
class Ground:
    """What stands there, by the names of the sheets."""

    buildings: dict[int, Row] = field(default_factory=dict)
    units: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)

    def building_of(self, thing: Row) -> Row | None:
        """The building that a place or unit is in."""
        return next((b for b in self.buildings.values() if b["id"] == thing["building_id"]), None)

    def full_name(self, place: Row) -> tuple[str, str]:
        """A place's name with its building's, as people say it, and in English."""
        building = self.building_of(place)
        if building is None:
            return place["name"], place["name_en"]
        return (
            f"{building['name']} {place['name']}",
            f"{building['name_en']} {place['name_en']}",
        )


def lay_out(rows: Rows) -> Ground:
    """Put up the site and everything on it."""
    said, ground = sheet("site"), Ground()
    rows.add(
        Site,
        id=SITE_ID,
        code=said["code"],
        name=said["name"],
        name_en=said["name_en"],
        zone=said["zone"],
    )
    for number, floors, per_floor, _ in said["buildings"]:
        _put_up(rows, ground, number, floors, per_floor)
    for key, kind, number, name, name_en in _places(said):
        ground.places[key] = _place(rows, ground, key, kind, number, name, name_en)
    _install(rows, ground, said)
    return ground


def _put_up(rows: Rows, ground: Ground, number: int, floors: int, per_floor: int) -> None:
    said = sheet("site")
    building = ground.buildings[number] = rows.add(
        Building,
        id=demo_id("building", number),
        site_id=SITE_ID,
        name=said["building_name"].format(number),
        name_en=said["building_name_en"].format(number),
        floors=floors,
    )
    for floor in range(1, floors + 1):
        for door in range(1, per_floor + 1):
            name = f"{floor:02}{door:02}"
            ground.units[f"{number}-{name}"] = rows.add(
                Unit,
                id=demo_id("unit", number, name),
                site_id=SITE_ID,
                building_id=building["id"],
                number=name,
            )


def _places(said: dict[str, Any]) -> Iterator[tuple[str, str, int, str, str]]:
    for number, *_ in said["buildings"]:
        for key, kind, name, name_en in said["in_buildings"]:
            yield f"{key}{number}", kind, number, name, name_en
    yield from (tuple(place) for place in said["places"])


def _place(  # noqa: PLR0913, PLR0917 - the columns of the sheet
    rows: Rows, ground: Ground, key: str, kind: str, number: int, name: str, name_en: str
) -> Row:
    return rows.add(
        Place,
        id=demo_id("place", key),
        site_id=SITE_ID,
        building_id=ground.buildings[number]["id"] if number else None,
        kind=PlaceKind(kind),
        name=name,
        name_en=name_en,
    )


def _install(rows: Rows, ground: Ground, said: dict[str, Any]) -> None:
    lifts = [
        ("lift", f"lift{number}", *(said[key].format(number, lift) for key in _LIFT_NAMES))
        for number, _, _, count in said["buildings"]
        for lift in range(1, count + 1)
    ]
    for kind, place, name, name_en in [*lifts, *said["equipment"]]:
        rows.add(
            Equipment,
            id=demo_id("equipment", name_en),
            site_id=SITE_ID,
            place_id=ground.places[place]["id"],
            kind=kind,
            name=name,
            name_en=name_en,
        )


_LIFT_NAMES = ("lift_name", "lift_name_en")


def move_in(rows: Rows, ground: Ground, era: Era, password_hash: str) -> None:
    """Everybody with their account, their role and what they own."""
    for number, person in enumerate(members().values(), start=1):
        _person(rows, era, person, number, password_hash)
        for unit in person.units:
            rows.add(UnitOwner, unit_id=ground.units[unit]["id"], person_id=person.id)


def _person(rows: Rows, era: Era, person: Member, number: int, password_hash: str) -> None:
    rows.add(
        Person,
        id=person.id,
        name=person.name,
        name_en=person.name_en,
        # Eleven digits as a phone shows them, in a made-up row.
        phone=f"19900000{number:03}",
        locale=person.locale,
        created_at=era.opening,
    )
    rows.add(Account, person_id=person.id, username=person.username, password_hash=password_hash)
    rows.add(
        RoleAssignment,
        id=demo_id("role", person.key),
        person_id=person.id,
        site_id=SITE_ID,
        role=person.role,
    )


def unit_id(name: str) -> UUID:
    """The id of a unit by building and number, as in ``3-1202``."""
    return demo_id("unit", *name.split("-"))
