"""Letters the actor may see, and the parts that somebody has to sign."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from propapp.core.access import Actor, Permission
from propapp.core.repository import VisibleRows
from propapp.features.goals.models import Goal, Letter, LetterPart, LetterStatus
from propapp.features.people.models import Person


class LetterRepository(VisibleRows[Letter]):
    """Letters of the sites whose goals the actor may read."""

    model, kind, read = Letter, "letter", Permission.GOAL_READ

    def of_goal(self, goal_id: UUID) -> Sequence[Letter]:
        """All versions, the newest first."""
        letters = self._visible.where(Letter.goal_id == goal_id)
        return self._session.exec(letters.order_by(col(Letter.version).desc())).all()


class PartRepository(VisibleRows[LetterPart]):
    """Parts at the sites where the actor may sign."""

    model, kind, read = LetterPart, "letter", Permission.LETTER_SIGN


class MyPart(NamedTuple):
    """A part of one's own in a letter that holds, and who has issued it."""

    part: LetterPart
    letter: Letter
    goal: Goal
    issuer: Person


def parts_of(session: Session, letter_ids: Collection[UUID]) -> Sequence[LetterPart]:
    """The parts of these letters in their order."""
    wanted = select(LetterPart).where(col(LetterPart.letter_id).in_(letter_ids))
    return session.exec(wanted.order_by(col(LetterPart.position))).all()


def forget_parts(session: Session, letter_id: UUID) -> None:
    """Take out all parts of a draft."""
    session.exec(delete(LetterPart).where(col(LetterPart.letter_id) == letter_id))


def last_version(session: Session, goal_id: UUID) -> int:
    """The number of the newest version of a goal's letter; none is 0."""
    newest = select(func.max(Letter.version)).where(Letter.goal_id == goal_id)
    return session.exec(newest).one() or 0


def standing(session: Session, goal_id: UUID, status: LetterStatus) -> Letter | None:
    """The draft, or the version that holds."""
    wanted = select(Letter).where(Letter.goal_id == goal_id, Letter.status == status)
    return session.exec(wanted).first()


def current_of(session: Session, goal_ids: Collection[UUID]) -> dict[UUID, Letter]:
    """By goal, the draft that is being written, else the version that holds."""
    wanted = select(Letter).where(
        col(Letter.goal_id).in_(goal_ids),
        col(Letter.status).in_([LetterStatus.DRAFT, LetterStatus.ISSUED]),
    )
    # A draft has the higher number.
    found = session.exec(wanted.order_by(col(Letter.version))).all()
    return {letter.goal_id: letter for letter in found}


def mine(session: Session, actor: Actor) -> tuple[list[MyPart], dict[UUID, LetterPart]]:
    """The actor's own parts of letters that hold, the newest first; by goal, the part before."""
    wanted = (
        select(LetterPart, Letter, Goal, Person)
        .join(Letter, col(Letter.id) == LetterPart.letter_id)
        .join(Goal, col(Goal.id) == Letter.goal_id)
        .join(Person, col(Person.id) == Letter.issued_by)
        .where(
            LetterPart.person_id == actor.person_id,
            col(Letter.status).in_([LetterStatus.ISSUED, LetterStatus.REPLACED]),
            col(LetterPart.site_id).in_(actor.sites_where(Permission.LETTER_SIGN)),
        )
        .order_by(col(Letter.issued_at).desc(), col(Letter.id))
    )
    found = [MyPart(*row) for row in session.exec(wanted)]
    replaced = [one for one in found if one.letter.status is LetterStatus.REPLACED]
    before = {one.goal.id: one.part for one in sorted(replaced, key=lambda one: one.letter.version)}
    return [one for one in found if one.letter.status is LetterStatus.ISSUED], before


def signatures(session: Session, goal_ids: Collection[UUID]) -> dict[UUID, tuple[int, int, int]]:
    """By goal: the version that holds, how many have signed it, how many are to."""
    wanted = (
        select(Letter.goal_id, Letter.version, func.count(col(LetterPart.signed_at)), func.count())
        .join(LetterPart, col(LetterPart.letter_id) == Letter.id)
        .where(col(Letter.goal_id).in_(goal_ids), Letter.status == LetterStatus.ISSUED)
        .group_by(col(Letter.goal_id), col(Letter.version))
    )
    return {goal: (version, signed, asked) for goal, version, signed, asked in session.exec(wanted)}
