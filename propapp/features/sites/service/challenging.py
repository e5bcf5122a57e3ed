"""Challenges at checkpoints: prepared and dropped; who is asked which is drawn elsewhere."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, WrongStep
from propapp.core.guards import needs_new
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.sites import repository
from propapp.features.sites.commands import DropChallenge, KeepChallenge, OfferedChoice
from propapp.features.sites.models import Challenge, ChallengeKind
from propapp.features.sites.repository import ChallengeRepository, CheckpointRepository

# More at one point nobody prepares with care, and phones carry all of them.
MOST = 12


@use_case("challenge.keep", Permission.CHALLENGE_KEEP)
def keep_challenge(uow: UnitOfWork, command: KeepChallenge) -> Challenge:
    """Prepare a challenge; it is drawn from the first day on that is not committed to yet.

    The same once more is the one that stands there: asked twice it would only be drawn twice.
    """
    point = CheckpointRepository(uow).get(command.checkpoint_id)
    needs_new(uow.session, Challenge, command.challenge_id, "challenge")
    choices, right = _choices(command)
    kept = repository.challenges_of(uow.session, [point.id])
    said = (command.kind, command.text, command.text_en, choices, right)
    for one in kept:
        if (one.kind, one.text, one.text_en, one.choices, one.right) == said:
            return one
    if len(kept) >= MOST:
        raise InvalidInput(field="checkpoint_id")
    made = Challenge(
        id=command.challenge_id,
        site_id=point.site_id,
        checkpoint_id=point.id,
        kind=command.kind,
        text=command.text,
        text_en=command.text_en,
        choices=choices,
        right=right,
        kept_at=uow.now,
        kept_by=uow.actor.person_id,
    )
    uow.session.add(made)
    _tell(uow, made, "kept")
    return made


@use_case("challenge.drop", Permission.CHALLENGE_KEEP)
def drop_challenge(uow: UnitOfWork, command: DropChallenge) -> Challenge:
    """Ask it no more, at once; who had drawn it for a visit from now on is held to nothing."""
    one = ChallengeRepository(uow).get(command.challenge_id)
    if one.dropped_at is not None:
        raise WrongStep(step="drop", status="dropped")
    one.dropped_at, one.dropped_by = uow.now, uow.actor.person_id
    _tell(uow, one, "dropped")
    return one


def _choices(command: KeepChallenge) -> tuple[list[dict[str, str]], int | None]:
    """The answers in the order of their texts, which tells nobody the right one, and its place."""
    if command.kind is ChallengeKind.DETAIL:
        if command.right or command.others:
            raise InvalidInput(field="others")
        return [], None
    if command.right is None or not command.others:
        raise InvalidInput(field="others")
    offered = sorted(map(_plain, (command.right, *command.others)), key=lambda one: one["text"])
    texts = [one["text"] for one in offered]
    if len(set(texts)) != len(texts):
        raise InvalidInput(field="others")
    return offered, texts.index(command.right.text)


def _plain(choice: OfferedChoice) -> dict[str, str]:
    return {"text": choice.text, "text_en": choice.text_en}


def _tell(uow: UnitOfWork, challenge: Challenge, past: str) -> None:
    # Without its words: whoever walks the round may read what happened to a point.
    record(
        uow,
        f"challenge.{past}",
        site_id=challenge.site_id,
        thing_kind="checkpoint",
        thing_id=challenge.checkpoint_id,
        challenge=str(challenge.id),
        kind=challenge.kind.value,
    )
