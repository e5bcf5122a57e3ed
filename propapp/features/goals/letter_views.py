"""The letters of a goal as the office shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.goals import letters, repository, rules
from propapp.features.goals.letters import LetterRepository
from propapp.features.goals.models import Goal, GoalStatus, Letter, LetterPart, LetterStatus
from propapp.features.goals.repository import GoalRepository
from propapp.features.goals.rules import PartChange
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.people.views import NOBODY, Named, named


@dataclass(frozen=True)
class PartLine:
    """What one person answers for, and their signature."""

    id: str = ""
    post: str = ""
    who: Named = NOBODY
    weight: int = 0
    duty: str = ""
    signed_at: str = ""
    signed_name: str = ""
    signature: str = ""
    words_sha256: str = ""


@dataclass(frozen=True)
class ChangeLine:
    """What is other for a person than in the version before; 0 and "" where nothing is."""

    who: Named = NOBODY
    kind: str = ""
    old_weight: int = 0
    new_weight: int = 0
    duty: str = ""


@dataclass(frozen=True)
class LetterCard:
    """One version of a goal's letter."""

    id: str = ""
    version: int = 0
    status: str = ""
    reason: str = ""
    issued_at: str = ""
    issuer: Named = NOBODY
    parts: list[PartLine] = field(default_factory=list[PartLine])
    changes: list[ChangeLine] = field(default_factory=list[ChangeLine])
    signed: int = 0
    # What it says of its goal and is true no more; the target in it and the one of now.
    outdated: list[str] = field(default_factory=list[str])
    old_aim: str = ""
    aim: str = ""


@dataclass(frozen=True)
class PostChoice:
    """Somebody with a post of theirs: whom a letter may name."""

    id: str = ""
    name: str = ""
    name_en: str = ""
    post: str = ""


@dataclass(frozen=True)
class GoalLetters:
    """All versions, and what may be done: the draft, the one that holds, and those before."""

    goal_id: str = ""
    standing: list[LetterCard] = field(default_factory=list[LetterCard])
    earlier: list[LetterCard] = field(default_factory=list[LetterCard])
    has_draft: bool = False
    has_issued: bool = False
    may_write: bool = False


def letters_of_goal(uow: UnitOfWork, goal_id: UUID) -> GoalLetters:
    """A fixed number of questions, however many versions there are."""
    goal = GoalRepository(uow).get(goal_id)
    found = LetterRepository(uow).of_goal(goal.id)
    by_letter: dict[UUID, list[LetterPart]] = {letter.id: [] for letter in found}
    for part in letters.parts_of(uow.session, list(by_letter)):
        by_letter[part.letter_id].append(part)
    who = {part.person_id for parts in by_letter.values() for part in parts}
    who |= {letter.issued_by for letter in found if letter.issued_by}
    persons = people.by_ids(uow.session, who)
    cards = [
        replace(_card(letter, found, by_letter, persons), **_overtaken(uow, goal, letter))
        for letter in found
    ]
    open_ones = {LetterStatus.DRAFT.value, LetterStatus.ISSUED.value}
    return GoalLetters(
        goal_id=str(goal.id),
        standing=[card for card in cards if card.status in open_ones],
        earlier=[card for card in cards if card.status not in open_ones],
        has_draft=any(card.status == LetterStatus.DRAFT.value for card in cards),
        has_issued=any(card.status == LetterStatus.ISSUED.value for card in cards),
        may_write=_may_write(uow, goal),
    )


def _overtaken(uow: UnitOfWork, goal: Goal, letter: Letter) -> dict[str, Any]:
    """What has become of the goal since the one letter that holds was issued."""
    if letter.status is not LetterStatus.ISSUED or letter.issued_at is None:
        return {}
    changes = repository.changes_of(uow.session, goal.id, letter.issued_at)
    found = rules.overtaken([one.facts for one in changes], goal)
    aims = {"old_aim": found.old_aim, "aim": rules.aim_of(goal)} if found.old_aim else {}
    return {"outdated": list(found.fields), **aims}


def _may_write(uow: UnitOfWork, goal: Goal) -> bool:
    return goal.status is GoalStatus.SET and uow.actor.may(Permission.GOAL_WRITE, goal.site_id)


def _card(
    letter: Letter,
    found: Sequence[Letter],
    by_letter: Mapping[UUID, Sequence[LetterPart]],
    persons: Mapping[UUID, Person],
) -> LetterCard:
    parts = by_letter[letter.id]
    # Compared with the last one before it that anybody was asked to sign.
    before = next(
        (one for one in found if one.version < letter.version and one.issued_at is not None), None
    )
    changes = rules.part_changes(by_letter[before.id], parts) if before else []
    return LetterCard(
        id=str(letter.id),
        version=letter.version,
        status=letter.status.value,
        reason=letter.reason,
        issued_at=_stamp(letter.issued_at),
        issuer=named(letter.issued_by, persons),
        parts=[_part(part, persons) for part in parts],
        changes=[_change(one, persons) for one in changes],
        signed=sum(part.signed_at is not None for part in parts),
    )


def _part(part: LetterPart, persons: Mapping[UUID, Person]) -> PartLine:
    return PartLine(
        id=str(part.id),
        post=part.post.value,
        who=named(part.person_id, persons),
        weight=part.weight,
        duty=part.duty,
        signed_at=_stamp(part.signed_at),
        signed_name=part.signed_name,
        signature=part.signature,
        words_sha256=part.words_sha256,
    )


def _change(one: PartChange, persons: Mapping[UUID, Person]) -> ChangeLine:
    old, new = one.weights or (0, 0)
    return ChangeLine(
        who=named(one.person_id, persons),
        kind=one.kind,
        old_weight=old,
        new_weight=new,
        duty=one.duties[1] if one.duties else "",
    )


def posts_at(uow: UnitOfWork, goal_id: UUID) -> list[PostChoice]:
    """Whom a letter of the goal may name, by each of their posts."""
    goal = GoalRepository(uow).get(goal_id)
    held = people.holders_at(uow.session, goal.site_id, (Permission.LETTER_SIGN,))
    return [
        PostChoice(
            f"{assigned.role.value} {person.id}",
            person.name,
            person.name_en or person.name,
            assigned.role.value,
        )
        for person, assigned in held
    ]


def _stamp(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if at else ""
