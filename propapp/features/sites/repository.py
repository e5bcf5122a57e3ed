"""What stands on the actor's sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, or_, select

from propapp.core.access import Actor, Permission, Role
from propapp.core.errors import NotFound
from propapp.core.repository import VisibleRows
from propapp.features.sites.models import (
    Building,
    Challenge,
    Checkpoint,
    CheckpointCode,
    Equipment,
    Has,
    Place,
    PlaceKind,
    Site,
    SiteProfile,
    Unit,
    UnitOwner,
)

# A checkpoint with where it hangs, and the print that is to hang there.
Card = tuple[Checkpoint, Place, Building | None, CheckpointCode]
# By their checkpoint, the oldest first; none for one that nothing was printed for.
Prints = defaultdict[UUID, list[CheckpointCode]]


class CodeRepository(VisibleRows[CheckpointCode]):
    """Prints of codes, for whoever may print them."""

    model, kind, read = CheckpointCode, "code", Permission.CODE_PRINT


class CheckpointRepository(VisibleRows[Checkpoint]):
    """Checkpoints of the actor's sites."""

    model, kind, read = Checkpoint, "checkpoint", Permission.SITE_READ


class BuildingRepository(VisibleRows[Building]):
    """Buildings of the actor's sites."""

    model, kind, read = Building, "building", Permission.SITE_READ


class UnitRepository(VisibleRows[Unit]):
    """Dwellings, for whoever sets up the site; an owner's own are ``units_of``."""

    model, kind, read = Unit, "unit", Permission.SITE_WRITE


class PlaceRepository(VisibleRows[Place]):
    """Public places of the actor's sites."""

    model, kind, read = Place, "place", Permission.SITE_READ


class ChallengeRepository(VisibleRows[Challenge]):
    """Prepared challenges with their right answers, for whoever may prepare them."""

    model, kind, read = Challenge, "challenge", Permission.CHALLENGE_KEEP


def sites_of(session: Session, actor: Actor) -> Sequence[Site]:
    """The sites that exist for the actor."""
    statement = select(Site).where(col(Site.id).in_(actor.sites_where(Permission.SITE_READ)))
    return session.exec(statement.order_by(col(Site.name))).all()


def places_of(session: Session, actor: Actor) -> Sequence[Place]:
    """The public places of the actor's sites."""
    here = col(Place.site_id).in_(actor.sites_where(Permission.SITE_READ))
    statement = select(Place).where(here, _public())
    return session.exec(statement.order_by(col(Place.name), col(Place.id))).all()


def units_of(session: Session, actor: Actor) -> Sequence[tuple[Unit, Building]]:
    """The actor's own units; at the service desk all of the site, for there anybody may call."""
    desks = [site_id for site_id, roles in actor.roles.items() if Role.SERVICE_DESK in roles]
    owned = select(UnitOwner.unit_id).where(UnitOwner.person_id == actor.person_id)
    statement = (
        select(Unit, Building)
        .join(Building, col(Building.id) == Unit.building_id)
        .where(
            col(Unit.site_id).in_(actor.sites_where(Permission.SITE_READ)),
            or_(col(Unit.id).in_(owned), col(Unit.site_id).in_(desks)),
        )
    )
    return session.exec(statement.order_by(col(Building.name), col(Unit.number))).all()


def checkpoints_with_places(
    session: Session, checkpoint_ids: Collection[UUID]
) -> Sequence[tuple[Checkpoint, Place]]:
    """These checkpoints and where they are."""
    statement = (
        select(Checkpoint, Place)
        .join(Place, col(Place.id) == Checkpoint.place_id)
        .where(col(Checkpoint.id).in_(checkpoint_ids))
    )
    return session.exec(statement.order_by(col(Checkpoint.id))).all()


def all_sites(session: Session) -> Sequence[Site]:
    """Every site served here, whoever may see it; for the house's own papers."""
    return session.exec(select(Site).order_by(Site.code)).all()


def site_coded(session: Session, code: str) -> Site | None:
    """The site of this code."""
    return session.exec(select(Site).where(Site.code == code)).one_or_none()


def checkpoints_at(
    session: Session, site_id: UUID
) -> Sequence[tuple[Checkpoint, Place, Building | None]]:
    """The site's checkpoints for codes, with the place and building each hangs in."""
    statement = (
        select(Checkpoint, Place, Building)
        .join(Place, col(Place.id) == Checkpoint.place_id)
        .join(Building, col(Building.id) == Place.building_id, isouter=True)
        .where(Checkpoint.site_id == site_id, col(Checkpoint.coded).is_(True))
    )
    return session.exec(statement.order_by(Checkpoint.name, col(Checkpoint.id))).all()


def cards_of(session: Session, site_id: UUID) -> Sequence[Card]:
    """The newest print that still counts of each of the site's checkpoints, for a sheet."""
    prints = prints_at(session, site_id)
    return [
        (checkpoint, place, building, counting[-1])
        for checkpoint, place, building in checkpoints_at(session, site_id)
        if (counting := [code for code in prints[checkpoint.id] if code.revoked_at is None])
    ]


def prints_at(session: Session, site_id: UUID) -> Prints:
    """The prints of all of the site's codes, ended ones too."""
    return _prints(session, col(CheckpointCode.site_id) == site_id)


def prints_of(session: Session, checkpoint_ids: Collection[UUID]) -> Prints:
    """The prints of these checkpoints, ended ones too."""
    return _prints(session, col(CheckpointCode.checkpoint_id).in_(checkpoint_ids))


def _prints(session: Session, wanted: ColumnElement[bool]) -> Prints:
    found: Prints = defaultdict(list)
    statement = select(CheckpointCode).where(wanted).order_by(col(CheckpointCode.number))
    for code in session.exec(statement):
        found[code.checkpoint_id].append(code)
    return found


def checkpoints_among(
    session: Session, site_id: UUID, checkpoint_ids: Collection[UUID]
) -> Sequence[Checkpoint]:
    """Those of these checkpoints that are the site's."""
    statement = select(Checkpoint).where(
        Checkpoint.site_id == site_id,
        col(Checkpoint.id).in_(checkpoint_ids),
        col(Checkpoint.coded).is_(True),
    )
    return session.exec(statement.order_by(Checkpoint.name, col(Checkpoint.id))).all()


def checkpoint_named(session: Session, site_id: UUID, name: str) -> Checkpoint | None:
    """The site's checkpoint of this name; before names were held apart there may be several."""
    named = select(Checkpoint).where(Checkpoint.site_id == site_id, Checkpoint.name == name)
    return session.exec(named.order_by(col(Checkpoint.id))).first()


def places_at(session: Session, site_id: UUID) -> Sequence[tuple[Place, Building | None]]:
    """The site's public places with the building of each, the oldest first."""
    statement = (
        select(Place, Building)
        .join(Building, col(Building.id) == Place.building_id, isouter=True)
        .where(Place.site_id == site_id, _public())
    )
    return session.exec(statement.order_by(col(Place.id))).all()


def _public() -> ColumnElement[bool]:
    """Where single jobs are done is no place that anybody reports of."""
    spots = select(Checkpoint.place_id).where(col(Checkpoint.coded).is_(False))
    return col(Place.id).not_in(spots)


def buildings_at(session: Session, site_id: UUID) -> Sequence[Building]:
    """The site's buildings by name."""
    found = select(Building).where(Building.site_id == site_id)
    return session.exec(found.order_by(col(Building.name), col(Building.id))).all()


def building_named(session: Session, site_id: UUID, name: str) -> Building | None:
    """The site's building of this name."""
    named = select(Building).where(Building.site_id == site_id, Building.name == name)
    return session.exec(named.order_by(col(Building.id))).first()


def units_at(session: Session, site_id: UUID) -> Sequence[tuple[Unit, Building]]:
    """The site's units by building and number."""
    statement = (
        select(Unit, Building)
        .join(Building, col(Building.id) == Unit.building_id)
        .where(Unit.site_id == site_id)
    )
    return session.exec(statement.order_by(col(Building.name), col(Unit.number))).all()


def unit_numbered(session: Session, building_id: UUID, number: str) -> Unit | None:
    """The unit of this number in the building."""
    numbered = select(Unit).where(Unit.building_id == building_id, Unit.number == number)
    return session.exec(numbered).one_or_none()


def hold(session: Session, site_id: UUID) -> None:
    """Let whoever else prints for this site wait until the transaction ends."""
    session.exec(select(Site.id).where(Site.id == site_id).with_for_update()).one()


def sites_where(session: Session, actor: Actor, permission: Permission) -> Sequence[Site]:
    """The sites at which the actor may do this, by code; refused when there is none."""
    wanted = select(Site).where(col(Site.id).in_(actor.sites_where(permission)))
    found = session.exec(wanted.order_by(Site.code)).all()
    if not found:
        raise NotFound(kind="site")
    return found


# Which of the things that are counted a place or a piece of equipment stands for.
_PLACES = {
    PlaceKind.LOBBY: Has.HALL,
    PlaceKind.GARDEN: Has.GREEN,
    PlaceKind.GARAGE: Has.CAR_PARK,
}
_EQUIPMENT = {"lift": Has.LIFT, "tank": Has.TANK}
# Pumps are not counted, but the rooms in which they stand.
_PUMP = "pump"


def profile_of(session: Session, site_id: UUID) -> SiteProfile:
    """What was said of the site; a new one where nobody has said anything."""
    return session.get(SiteProfile, site_id) or SiteProfile(site_id=site_id)


def counted(session: Session, site_id: UUID) -> dict[Has, int]:
    """How much of each thing stands in the house's own lists; what it does not list is not here."""
    buildings = select(func.count()).select_from(Building).where(Building.site_id == site_id)
    found = {Has.BUILDING: session.exec(buildings).one()}
    places = select(Place.kind, func.count()).where(Place.site_id == site_id).group_by(Place.kind)
    for kind, count in session.exec(places):
        thing = _PLACES.get(PlaceKind(kind))
        if thing is not None:
            found[thing] = count
    room = case((col(Place.kind) == PlaceKind.PLANT_ROOM, col(Place.id)))
    equipment = (
        select(Equipment.kind, func.count(), func.count(room.distinct()))
        .join(Place, col(Place.id) == Equipment.place_id, isouter=True)
        .where(Equipment.site_id == site_id)
        .group_by(Equipment.kind)
    )
    for kind, count, rooms in session.exec(equipment):
        if kind in _EQUIPMENT:
            found[_EQUIPMENT[kind]] = count
        elif kind == _PUMP:
            found[Has.PUMP_ROOM] = rooms
    return found


def challenges_of(session: Session, checkpoint_ids: Collection[UUID]) -> Sequence[Challenge]:
    """What is prepared for these checkpoints and not dropped, in one order for all."""
    return _challenges(session, col(Challenge.checkpoint_id).in_(checkpoint_ids))


def challenges_at(session: Session, site_ids: Collection[UUID]) -> Sequence[Challenge]:
    """What is prepared at these sites and not dropped, in one order for all."""
    return _challenges(session, col(Challenge.site_id).in_(site_ids))


def challenges_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Challenge]:
    """These challenges, dropped ones too; for what was drawn is asked whatever became of it."""
    found = session.exec(select(Challenge).where(col(Challenge.id).in_(ids)))
    return {one.id: one for one in found}


def _challenges(session: Session, wanted: ColumnElement[bool]) -> Sequence[Challenge]:
    standing = select(Challenge).where(wanted, col(Challenge.dropped_at).is_(None))
    return session.exec(standing.order_by(col(Challenge.id))).all()


def sites_with_challenges(session: Session) -> Sequence[Site]:
    """The sites at which something is prepared; for the house's own sweep."""
    prepared = select(Challenge.site_id).where(col(Challenge.dropped_at).is_(None))
    return session.exec(select(Site).where(col(Site.id).in_(prepared)).order_by(Site.code)).all()
