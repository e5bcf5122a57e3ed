"""What the page of codes shows of a site."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from propapp.core.unit_of_work import UnitOfWork
from propapp.features.sites import repository
from propapp.features.sites.models import Building, Challenge, Checkpoint, CheckpointCode, Place
from propapp.features.sites.views import ChallengeCard, CodeCard, PointCard


def points(uow: UnitOfWork, site_id: UUID) -> list[PointCard]:
    """The site's checkpoints with prints and challenges; who waits for somebody is first."""
    prints = repository.prints_at(uow.session, site_id)
    found = repository.checkpoints_at(uow.session, site_id)
    prepared = repository.challenges_at(uow.session, [site_id])
    cards = [_card(*one, prints[one[0].id], prepared) for one in found]
    return sorted(cards, key=lambda card: _ORDER.index(card.state))


# What has no code, what is printed but not yet put up, and what is as it should be.
_ORDER = ("none", "legacy", "printed", "up")


def _card(
    checkpoint: Checkpoint,
    place: Place,
    building: Building | None,
    prints: Sequence[CheckpointCode],
    prepared: Sequence[Challenge],
) -> PointCard:
    counting = [code for code in prints if code.revoked_at is None]
    return PointCard(
        id=str(checkpoint.id),
        name=checkpoint.name,
        name_en=checkpoint.name_en or checkpoint.name,
        where=_where(checkpoint, place, building),
        state=_state(counting),
        codes=[CodeCard.of(code) for code in reversed(counting)],
        ended=len(prints) - len(counting),
        challenges=[
            ChallengeCard.of(one) for one in prepared if one.checkpoint_id == checkpoint.id
        ],
    )


def _where(checkpoint: Checkpoint, place: Place, building: Building | None) -> str:
    """Where exactly it hangs; the place itself only where the name does not say it already."""
    place_name = " ".join(part for part in (building.name if building else "", place.name) if part)
    parts = [checkpoint.hint, "" if place_name == checkpoint.name else place_name]
    return " · ".join(part for part in parts if part)


def _state(counting: Sequence[CheckpointCode]) -> str:
    if not counting:
        return "none"
    if counting[-1].first_scanned_at is None and len(counting) > 1:
        return "printed"
    if not counting[-1].is_signed:
        return "legacy"
    return "up" if counting[-1].first_scanned_at else "printed"
