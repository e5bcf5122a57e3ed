"""Letters: a goal shared out among posts, issued, signed, replaced by its next version."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import (
    InvalidInput,
    LetterChanged,
    LetterOpen,
    LetterReplaced,
    NotFound,
    NotYours,
    WrongStep,
)
from propapp.core.guards import needs_words
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.goals import letters, rules
from propapp.features.goals.commands import (
    IssueLetter,
    KeepLetter,
    PartSpec,
    SignLetter,
    WithdrawLetter,
)
from propapp.features.goals.flow import GOAL_FLOW, LETTER_FLOW
from propapp.features.goals.letters import LetterRepository, PartRepository
from propapp.features.goals.models import Goal, Letter, LetterPart, LetterStatus
from propapp.features.goals.repository import GoalRepository
from propapp.features.goals.wording import Words, write_words
from propapp.features.messages.service import About, tell
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.sites.models import Site

LETTER = "letter"


@use_case("letter.keep", Permission.GOAL_WRITE)
def keep_letter(uow: UnitOfWork, command: KeepLetter) -> Letter:
    """Share a goal out in a new draft, or write on in one; weights are a hundred together."""
    goal = GoalRepository(uow).get(command.goal_id)
    GOAL_FLOW.next_status("keep", goal.status)
    rules.refuse_weights(part.weight for part in command.parts)
    _refuse_strangers(uow, goal.site_id, command.parts)
    letter = uow.session.get(Letter, command.letter_id)
    letter = _begun(uow, goal, command) if letter is None else _written(uow, goal, command)
    letter.reason = command.reason
    uow.session.add(letter)
    uow.session.flush()
    letters.forget_parts(uow.session, letter.id)
    uow.session.add_all(
        LetterPart(letter_id=letter.id, site_id=goal.site_id, position=position, **vars(part))
        for position, part in enumerate(command.parts)
    )
    return _changed(uow, letter, goal, "written", parts=len(command.parts))


def _begun(uow: UnitOfWork, goal: Goal, command: KeepLetter) -> Letter:
    draft = letters.standing(uow.session, goal.id, LetterStatus.DRAFT)
    if draft is not None:
        raise LetterOpen(version=draft.version)
    if letters.standing(uow.session, goal.id, LetterStatus.ISSUED) is not None:
        needs_words(command.reason, field="reason")
    return Letter(
        id=command.letter_id,
        goal_id=goal.id,
        site_id=goal.site_id,
        version=letters.last_version(uow.session, goal.id) + 1,
        made_by=uow.actor.person_id,
        made_at=uow.now,
        changed_at=uow.now,
    )


def _written(uow: UnitOfWork, goal: Goal, command: KeepLetter) -> Letter:
    letter = _letter_for(uow, "keep", command.letter_id)
    if letter.goal_id != goal.id:
        raise InvalidInput(field="goal_id")
    if letters.standing(uow.session, goal.id, LetterStatus.ISSUED) is not None:
        needs_words(command.reason, field="reason")
    return letter


def _refuse_strangers(uow: UnitOfWork, site_id: UUID, parts: Sequence[PartSpec]) -> None:
    """Everybody once, and by a post that they hold at the site."""
    if len({part.person_id for part in parts}) < len(parts):
        raise InvalidInput(field="parts")
    held = people.holders_at(uow.session, site_id, (Permission.LETTER_SIGN,))
    posts = {(person.id, assigned.role) for person, assigned in held}
    if any((part.person_id, part.post) not in posts for part in parts):
        raise NotFound(kind="person")


@use_case("letter.issue", Permission.GOAL_WRITE)
def issue_letter(uow: UnitOfWork, command: IssueLetter) -> Letter:
    """Fix the words, let it hold in place of the version before, and ask everybody to sign."""
    letter = _letter_for(uow, "issue", command.letter_id)
    goal = GoalRepository(uow).get(letter.goal_id)
    parts = letters.parts_of(uow.session, [letter.id])
    rules.refuse_weights(part.weight for part in parts)
    left = _overtake(uow, goal, letter)
    persons = people.by_ids(uow.session, {part.person_id for part in parts})
    site = uow.session.get_one(Site, goal.site_id)
    issuer = uow.session.get_one(Person, uow.actor.person_id)
    for part in parts:
        write_words(part, Words(site, goal, letter, persons[part.person_id], issuer))
        uow.session.add(part)
    letter.status = LETTER_FLOW.next_status("issue", letter.status)
    letter.issued_by, letter.issued_at = uow.actor.person_id, uow.now
    digests = {str(part.person_id): part.words_sha256 for part in parts}
    _changed(uow, letter, goal, "issued", text=letter.reason, words=digests)
    asked = {part.person_id for part in parts}
    _tell(uow, letter, goal, asked, "issued")
    _tell(uow, letter, goal, left - asked, "withdrawn")
    return letter


def _overtake(uow: UnitOfWork, goal: Goal, letter: Letter) -> set[UUID]:
    """End the version that holds; who was in it."""
    held = letters.standing(uow.session, goal.id, LetterStatus.ISSUED)
    if held is None:
        return set()
    held.status = LETTER_FLOW.next_status("overtake", held.status)
    held.ended_at = uow.now
    _changed(uow, held, goal, "replaced", by_version=letter.version)
    return {part.person_id for part in letters.parts_of(uow.session, [held.id])}


@use_case("letter.withdraw", Permission.GOAL_WRITE)
def withdraw_letter(uow: UnitOfWork, command: WithdrawLetter) -> Letter:
    """Let it hold no more, or give up a draft, and say why; signatures stay to be read."""
    letter = _letter_for(uow, "withdraw", command.letter_id)
    needs_words(command.reason, field="reason")
    goal = GoalRepository(uow).get(letter.goal_id)
    issued = letter.status is LetterStatus.ISSUED
    letter.status = LETTER_FLOW.next_status("withdraw", letter.status)
    letter.ended_at = uow.now
    _changed(uow, letter, goal, "withdrawn", text=command.reason)
    if issued:
        parts = letters.parts_of(uow.session, [letter.id])
        _tell(uow, letter, goal, {part.person_id for part in parts}, "withdrawn")
    return letter


@use_case("letter.sign", Permission.LETTER_SIGN)
def sign(uow: UnitOfWork, command: SignLetter) -> LetterPart:
    """Sign exactly the words that were read; signed once, it stays signed.

    Whoever signed an old version before it was replaced, without a network, has signed that one.
    """
    part = PartRepository(uow).get(command.part_id)
    letter = uow.session.get_one(Letter, part.letter_id)
    goal = uow.session.get_one(Goal, letter.goal_id)
    if part.person_id != uow.actor.person_id:
        name, name_en = people.name_of(uow.session, part.person_id)
        raise NotYours(name=name, name_en=name_en)
    if part.signed_at is not None:
        return part
    _refuse_ended(uow, letter)
    if command.words_sha256 != part.words_sha256:
        raise LetterChanged
    part.signed_at, part.received_at = uow.occurred_at, uow.now
    part.signed_name, part.signature = command.name, command.signature
    part.operation_id = uow.origin.operation_id
    uow.session.add(part)
    _changed(
        uow,
        letter,
        goal,
        "signed",
        person=uow.actor.name,
        person_en=uow.actor.name_en,
        weight=part.weight,
        words_sha256=part.words_sha256,
        signature_sha256=sha256(command.signature.encode()).hexdigest(),
    )
    _tell(uow, letter, goal, {letter.issued_by} if letter.issued_by else set(), "signed")
    return part


def _refuse_ended(uow: UnitOfWork, letter: Letter) -> None:
    if letter.ended_at is not None and letter.ended_at <= uow.occurred_at:
        if letter.status is LetterStatus.REPLACED:
            raise LetterReplaced
        raise WrongStep(verb="sign", status=letter.status.value)
    if letter.issued_at is None:
        LETTER_FLOW.next_status("sign", letter.status)


def _letter_for(uow: UnitOfWork, verb: str, letter_id: UUID) -> Letter:
    letter = LetterRepository(uow).get(letter_id)
    LETTER_FLOW.next_status(verb, letter.status)
    return letter


def _changed(uow: UnitOfWork, letter: Letter, goal: Goal, past: str, **facts: Any) -> Letter:
    letter.changed_at = uow.now
    keep_and_record(
        uow,
        letter,
        LETTER,
        past,
        goal=goal.name,
        goal_en=goal.name_en,
        version=letter.version,
        **facts,
    )
    return letter


def _tell(uow: UnitOfWork, letter: Letter, goal: Goal, whom: set[UUID], past: str) -> None:
    about = About(letter.site_id, LETTER, letter.id)
    named = {"goal": goal.name, "goal_en": goal.name_en, "version": letter.version}
    tell(uow, whom, f"letter.{past}", about=about, **named)
