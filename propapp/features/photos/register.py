"""The house's own register of deliveries, in its database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select

from propapp.core.access import Actor
from propapp.core.clock import Clock
from propapp.core.db.engine import read_session
from propapp.core.db.insert import insert_missing
from propapp.core.stores import PhotoStore, Picture
from propapp.core.unit_of_work import unit_of_work
from propapp.features.photos.deliveries import Intake
from propapp.features.photos.evidence import chain_photos
from propapp.features.photos.models import Photo, PhotoPart, PhotoUse, likeness_columns


def intake_of(store: PhotoStore, clock: Clock) -> Intake:
    """Where the house takes photos."""
    return Intake(SqlRegister(clock), store)


@dataclass(frozen=True)
class SqlRegister:
    """Rows of ``photo_part`` while a photo is on its way, of ``photo`` once it is here."""

    clock: Clock

    def parts(self, person_id: UUID, digests: Collection[str]) -> Mapping[str, PhotoPart]:
        """The person's own deliveries of these photos, by digest."""
        with read_session() as session:
            statement = select(PhotoPart).where(
                PhotoPart.person_id == person_id, col(PhotoPart.sha256).in_(digests)
            )
            return {part.sha256: part for part in session.exec(statement)}

    def unfinished(self, person_id: UUID) -> tuple[int, int]:
        """How many of the person's deliveries are under way, and how many bytes they will have."""
        with read_session() as session:
            statement = select(func.count(), func.coalesce(func.sum(PhotoPart.size), 0)).where(
                PhotoPart.person_id == person_id,
                col(PhotoPart.stored_at).is_(None),
                PhotoPart.refused == "",
            )
            return session.exec(statement).one()

    def open(self, person_id: UUID, sha256: str, size: int) -> None:
        """Write down that the delivery has begun; one that is open stays as it is."""
        with unit_of_work(Actor(person_id, ""), clock=self.clock) as uow:
            row = PhotoPart(sha256=sha256, person_id=person_id, size=size, updated_at=uow.now)
            insert_missing(uow.session, [row])

    def stored(self, person_id: UUID, sha256: str, picture: Picture) -> None:
        """From this commit on the photo is here; boards that show it look again."""
        with unit_of_work(Actor(person_id, ""), clock=self.clock) as uow:
            part = uow.session.get_one(PhotoPart, (sha256, person_id))
            part.stored_at = part.updated_at = uow.now
            photo = Photo(
                sha256=sha256,
                size=part.size,
                format=picture.format,
                width=picture.width,
                height=picture.height,
                stored_at=uow.now,
                **likeness_columns(picture.likeness),
            )
            insert_missing(uow.session, [photo])
            uses = select(PhotoUse.site_id, PhotoUse.person_id).where(PhotoUse.sha256 == sha256)
            named = set(uow.session.exec(uses))
            for site_id in {site_id for site_id, _ in named}:
                uow.ring(site_id)
            # By whom others named it does not make it theirs: only who brings it chains it.
            for site_id in sorted(site_id for site_id, who in named if who == person_id):
                chain_photos(uow, site_id, [sha256])

    def refused(self, person_id: UUID, sha256: str, code: str) -> None:
        """Write down why the finished bytes were refused."""
        with unit_of_work(Actor(person_id, ""), clock=self.clock) as uow:
            part = uow.session.get_one(PhotoPart, (sha256, person_id))
            part.refused, part.updated_at = code, uow.now
