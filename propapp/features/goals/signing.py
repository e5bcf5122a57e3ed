"""A person's own letters as their phone keeps them, to be read and signed without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.goals import letters
from propapp.features.goals.letters import MyPart
from propapp.features.goals.models import LetterPart


@dataclass(frozen=True)
class MyLetter:
    """A part of one's own, with its words; ``old_weight`` and ``new_duty`` where they changed."""

    id: UUID
    goal: str
    goal_en: str
    version: int
    weight: int
    words: str
    words_en: str
    issued_at: datetime | None
    issuer: str
    issuer_en: str
    reason: str
    old_weight: int | None
    new_duty: str
    signed_at: datetime | None
    signed_name: str
    signature: str


def letters_of(uow: UnitOfWork) -> list[MyLetter]:
    """The actor's parts of letters that hold: one question, none for whoever signs nothing."""
    if not uow.actor.may(Permission.LETTER_SIGN):
        return []
    found, before = letters.mine(uow.session, uow.actor)
    return [_mine(one, before.get(one.goal.id)) for one in found]


def _mine(one: MyPart, old: LetterPart | None) -> MyLetter:
    part, letter, goal, issuer = one
    return MyLetter(
        id=part.id,
        goal=goal.name,
        goal_en=goal.name_en or goal.name,
        version=letter.version,
        weight=part.weight,
        words=part.words,
        words_en=part.words_en,
        issued_at=letter.issued_at,
        issuer=issuer.name,
        issuer_en=issuer.name_en or issuer.name,
        reason=letter.reason,
        old_weight=old.weight if old and old.weight != part.weight else None,
        new_duty=part.duty if old and old.duty != part.duty else "",
        signed_at=part.signed_at,
        signed_name=part.signed_name,
        signature=part.signature,
    )
