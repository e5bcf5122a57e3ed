"""A photo that speaks against its visit, beside the earlier one that it is again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from propapp.core.access import Actor
from propapp.features.orders.models import WorkOrder
from propapp.features.photos.models import Photo, PhotoUse
from propapp.features.photos.repository import opening, visible_uses
from propapp.features.rounds.findings import copied
from propapp.features.rounds.models import Answer, Visit
from propapp.features.rounds.scoring import visits_by_thing
from propapp.features.sites.models import Checkpoint

AGAIN = frozenset({"photo_like_before", "photo_seen_before"})


@dataclass(frozen=True)
class Twin:
    """Two photos that look the same: the visit's own, and one that the site had before."""

    run_id: UUID
    visit_id: UUID
    sha256: str
    earlier: str
    taken_at: datetime
    received_at: datetime
    where: str
    where_en: str
    # Of the order that the earlier one belongs to; "" where it was taken on a round.
    order: str


def is_again(visit: Visit) -> bool:
    """Whether the visit's score says that a photo of it was used before, as it is or saved anew."""
    return any(code in AGAIN for code, _ in visit.reasons)


def twins(session: Session, scored: Iterable[Visit], *, seen_by: Actor | None) -> list[Twin]:
    """What these visits' scores mean by a photo that was used before.

    An earlier one that ``seen_by`` may not see is left out; without anybody it is for the house.
    Eight questions for however many visits, and none where no score says so.
    """
    doubted = {visit.id: visit.run_id for visit in scored if is_again(visit)}
    if not doubted:
        return []
    runs = set(doubted.values())
    visits = session.exec(select(Visit).where(col(Visit.run_id).in_(runs))).all()
    answers = session.exec(select(Answer).where(col(Answer.run_id).in_(runs))).all()
    uses = session.exec(select(PhotoUse).where(col(PhotoUse.parent_id).in_(runs))).all()
    visit_of = visits_by_thing(visits, answers)
    own = {use.id: use for use in uses}
    again = {**copied(session, visits, answers, uses), **_same_bytes(session, runs)}
    pairs = {
        use_id: earlier_id
        for use_id, earlier_id in again.items()
        if visit_of.get(own[use_id].thing_id) in doubted
    }
    before = {row[0].id: row for row in _earlier(session, list(pairs.values()), seen_by)}
    found: list[Twin] = []
    for use_id, earlier_id in pairs.items():
        if earlier_id in before:
            use, order, point = before[earlier_id]
            found.append(_twin(visit_of[own[use_id].thing_id], own[use_id], use, order, point))
    return sorted(found, key=lambda one: (one.received_at, one.sha256))


def _same_bytes(session: Session, runs: Collection[UUID]) -> dict[UUID, UUID]:
    """The uses of these runs whose very bytes the site had before, each with the first of them."""
    earlier = aliased(PhotoUse)
    statement = (
        select(PhotoUse.id, earlier.id)
        .join(earlier, col(earlier.sha256) == PhotoUse.sha256)
        .where(
            col(PhotoUse.parent_id).in_(runs),
            col(earlier.site_id) == PhotoUse.site_id,
            col(earlier.thing_id) != PhotoUse.thing_id,
            col(earlier.received_at) < PhotoUse.received_at,
        )
        .order_by(col(earlier.received_at).desc())
    )
    # The later of two words for the same use counts, and the first use of all comes last.
    return dict(session.exec(statement).all())


def _twin(
    visit_id: UUID,
    own: PhotoUse,
    use: PhotoUse,
    order: WorkOrder | None,
    point: Checkpoint | None,
) -> Twin:
    place, place_en = (point.name, point.name_en) if point else ("", "")
    if order is not None:
        place, place_en = order.place_text, order.place_text_en
    return Twin(
        run_id=own.parent_id,
        visit_id=visit_id,
        sha256=own.sha256,
        earlier=use.sha256,
        taken_at=use.taken_at,
        received_at=use.received_at,
        where=place,
        where_en=place_en or place,
        order=(order.number or "") if order else "",
    )


def _earlier(
    session: Session, use_ids: Sequence[UUID], seen_by: Actor | None
) -> Sequence[tuple[PhotoUse, WorkOrder | None, Checkpoint | None]]:
    """The uses with the order or the point that they belong to, if their photo is here."""
    by_answer, shown = aliased(Visit), aliased(Visit)
    point_id = func.coalesce(by_answer.checkpoint_id, shown.checkpoint_id)
    may_see: ColumnElement[bool] = visible_uses(seen_by) if seen_by else true()
    statement = (
        select(PhotoUse, WorkOrder, Checkpoint)
        .join(Photo, col(Photo.sha256) == PhotoUse.sha256)
        .join(WorkOrder, col(WorkOrder.id) == PhotoUse.parent_id, isouter=True)
        .join(Answer, col(Answer.id) == PhotoUse.thing_id, isouter=True)
        .join(by_answer, col(by_answer.id) == Answer.visit_id, isouter=True)
        # A detail that was asked for by lot belongs to the visit itself.
        .join(shown, col(shown.id) == PhotoUse.thing_id, isouter=True)
        .join(Checkpoint, col(Checkpoint.id) == point_id, isouter=True)
        .where(col(PhotoUse.id).in_(use_ids), may_see, opening())
    )
    return session.exec(statement).all()  # type: ignore[return-value]
