"""A goal shared out: a hundred exactly, issued, signed for these very words, replaced."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propapp.core.access import Role
from propapp.core.errors import (
    InvalidInput,
    LetterChanged,
    LetterOpen,
    LetterReplaced,
    NotAllowed,
    NoteRequired,
    NotFound,
    NotYours,
    WeightsNotHundred,
    WrongStep,
)
from propapp.core.evidence.models import EvidenceEntry, EvidenceKind
from propapp.core.sync.apply import apply
from propapp.core.sync.evidence import operation_digest
from propapp.core.sync.models import Operation
from propapp.core.text import refusal
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.features.goals import letter_views, rules
from propapp.features.goals.letter_views import GoalLetters
from propapp.features.goals.models import Goal, Letter, LetterPart, LetterStatus
from propapp.features.goals.signing import MyLetter, letters_of
from propapp.features.messages.models import Message
from tests.counting import count_queries
from tests.goals import a_goal, a_letter, a_part, a_waiting_part, issued
from tests.sync.phones import Phone
from tests.world import NOON, World, found, rows

HOUR = timedelta(hours=1)


def part_of(letter: Letter, world: World, who: str = "guard") -> LetterPart:
    (part,) = rows(LetterPart, letter_id=letter.id, person_id=world.actor(who).person_id)
    return part


def signed(world: World, part: LetterPart, who: str = "guard", **values: Any) -> LetterPart:
    asked = {"part_id": part.id, "words_sha256": part.words_sha256, "name": who}
    at = values.pop("at", None)
    return world.do(who, "letter.sign", at=at, **asked | values)


def of(world: World, goal_id: object, who: str = "manager") -> GoalLetters:
    with looking(world.actor(who), clock=world.clock) as uow:
        return letter_views.letters_of_goal(uow, goal_id)  # type: ignore[arg-type]


def mine(world: World, who: str = "guard") -> list[MyLetter]:
    with looking(world.actor(who), clock=world.clock) as uow:
        return letters_of(uow)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_shares_are_a_hundred_or_refused_with_their_sum(weights: list[int]) -> None:
    if sum(weights) == 100:
        rules.refuse_weights(weights)
        return
    with pytest.raises(WeightsNotHundred) as refused:
        rules.refuse_weights(weights)
    assert str(sum(weights)) in refusal("weights_not_hundred", "en", refused.value.facts)


@given(
    st.lists(st.integers(1, 99), min_size=1, max_size=19, unique=True).filter(
        lambda x: sum(x) < 100
    )
)
def test_whatever_is_left_of_a_hundred_makes_it_whole(weights: list[int]) -> None:
    rules.refuse_weights([*weights, 100 - sum(weights)])


def test_nothing_is_written_of_a_letter_that_is_no_hundred(garden: World) -> None:
    halves = [a_part(garden, weight=50), a_part(garden, "supervisor", weight=49)]
    with pytest.raises(WeightsNotHundred):
        a_letter(garden, *halves)
    assert rows(Letter) == []
    assert rows(LetterPart) == []


def test_everybody_once_and_by_a_post_of_theirs(garden: World, elsewhere: World) -> None:
    with pytest.raises(InvalidInput):
        a_letter(garden, a_part(garden, weight=50), a_part(garden, weight=50))
    with pytest.raises(NotFound):
        a_letter(garden, a_part(garden, post="cleaner"))
    with pytest.raises(NotFound):
        a_letter(garden, a_part(elsewhere))
    with pytest.raises(NotFound):
        a_letter(garden, a_part(garden, "owner"))


def test_the_words_hold_goal_formula_target_post_and_share(garden: World) -> None:
    letter = issued(garden, a_part(garden, weight=60), a_part(garden, "supervisor", weight=40))
    part = part_of(letter, garden)
    for said in ("Rounds complete", "At least 90 %", "Post: Guard", "60 / 100", "version 1"):
        assert said in part.words_en, part.words_en
    assert "Walks every round" in part.words
    both = f"{part.words}\n\n{part.words_en}".encode()
    assert part.words_sha256 == hashlib.sha256(both).hexdigest()


def test_who_is_asked_is_told_and_the_issuer_learns_of_the_signature(garden: World) -> None:
    part = part_of(issued(garden), garden)
    guard = garden.actor("guard").person_id
    assert [one.person_id for one in rows(Message, kind="letter.issued")] == [guard]
    signed(garden, part, signature="M1 2 L3 4")
    (told,) = rows(Message, kind="letter.signed")
    assert told.person_id == garden.actor("manager").person_id
    (event,) = rows(TimelineEvent, verb="letter.signed")
    assert event.facts["words_sha256"] == part.words_sha256
    assert event.facts["signature_sha256"] == hashlib.sha256(b"M1 2 L3 4").hexdigest()


def test_only_the_person_signs_and_only_these_words(garden: World) -> None:
    part = part_of(issued(garden), garden)
    with pytest.raises(NotYours):
        signed(garden, part, "supervisor")
    with pytest.raises(LetterChanged):
        signed(garden, part, words_sha256="0" * 64)
    assert found(LetterPart, part.id).signed_at is None


def test_signed_once_it_stays_signed(garden: World) -> None:
    part = part_of(issued(garden), garden)
    first = signed(garden, part).signed_at
    garden.clock.move(HOUR)
    assert signed(garden, part).signed_at == first
    assert len(rows(TimelineEvent, verb="letter.signed")) == 1


def test_a_letter_says_that_its_goal_was_changed_after_it_was_issued(garden: World) -> None:
    goal = a_goal(garden, target=85)
    a_goal(garden, goal_id=goal.id, target=90)
    garden.clock.move(HOUR)
    letter = issued(garden, goal=goal)
    signed(garden, part_of(letter, garden))

    def said() -> tuple[list[str], str, str]:
        (card,) = [one for one in of(garden, goal.id).standing if one.status == "issued"]
        return card.outdated, card.old_aim, card.aim

    assert said() == ([], "", "")
    garden.clock.move(HOUR)
    # What the letter does not speak of may change.
    a_goal(garden, goal_id=goal.id, weight=30)
    assert said() == ([], "", "")
    a_goal(garden, goal_id=goal.id, target=92, ends="2026-11-30")
    garden.clock.move(HOUR)
    a_goal(garden, goal_id=goal.id, target=95, ends="2026-11-30")
    assert said() == (["target", "ends"], "≥ 90 %", "≥ 95 %")
    # Back where it was, the letter is right again; what was signed was never touched.
    a_goal(garden, goal_id=goal.id)
    assert said() == ([], "", "")
    assert part_of(letter, garden).signed_at is not None
    a_goal(garden, goal_id=goal.id, target=95)
    garden.clock.move(HOUR)
    issued(garden, goal=goal, reason="A new target")
    assert said() == ([], "", "")
    assert [one.outdated for one in of(garden, goal.id).earlier] == [[]]


def test_changes_that_did_not_say_what_was_before_count_as_changes(garden: World) -> None:
    goal = a_goal(garden)
    found = rules.overtaken([{"fields": ["target", "weight"]}], goal)
    assert found == rules.Overtaken(("target",), "")


def test_a_draft_cannot_be_signed(garden: World) -> None:
    part = part_of(a_letter(garden), garden)
    with pytest.raises(WrongStep):
        signed(garden, part, words_sha256="0" * 64)


def test_a_new_version_says_why_and_asks_anew(garden: World) -> None:
    goal = a_goal(garden)
    old = issued(garden, a_part(garden, weight=50), a_part(garden, "cleaner", weight=50), goal=goal)
    signed(garden, part_of(old, garden))
    with pytest.raises(NoteRequired):
        a_letter(garden, goal=goal)
    new = issued(
        garden,
        a_part(garden, weight=70),
        a_part(garden, "supervisor", weight=30),
        goal=goal,
        reason="The cleaner left",
    )
    assert (new.version, found(Letter, old.id).status) == (2, LetterStatus.REPLACED)
    assert part_of(new, garden).signed_at is None
    card = of(garden, goal.id).standing[0]
    said = {(one.who.name, one.kind, one.old_weight, one.new_weight) for one in card.changes}
    assert said == {
        ("guard", "changed", 50, 70),
        ("supervisor", "added", 0, 0),
        ("cleaner", "removed", 0, 0),
    }
    (letter,) = mine(garden)
    assert (letter.version, letter.old_weight, letter.reason) == (2, 50, "The cleaner left")
    assert letter.signed_at is None
    (gone,) = rows(Message, kind="letter.withdrawn")
    assert gone.person_id == garden.actor("cleaner").person_id
    assert of(garden, goal.id).earlier[0].parts[0].signed_at != ""


def test_one_draft_at_a_time(garden: World) -> None:
    goal = a_goal(garden)
    draft = a_letter(garden, goal=goal)
    with pytest.raises(LetterOpen):
        a_letter(garden, goal=goal)
    a_letter(garden, a_part(garden, "cleaner"), goal=goal, letter_id=draft.id)
    assert [one.post for one in rows(LetterPart)] == [Role.CLEANER]
    garden.do("manager", "letter.issue", letter_id=draft.id)
    with pytest.raises(WrongStep):
        a_letter(garden, goal=goal, letter_id=draft.id, reason="Again")


def test_signed_without_a_network_before_it_was_replaced_counts_for_that_version(
    garden: World,
) -> None:
    goal = a_goal(garden)
    old = issued(garden, goal=goal)
    garden.clock.move(2 * HOUR)
    issued(garden, goal=goal, reason="A new target")
    garden.clock.move(HOUR)
    part = part_of(old, garden)
    with pytest.raises(LetterReplaced):
        signed(garden, part, at=garden.clock.now())
    assert signed(garden, part, at=NOON + HOUR).signed_at == NOON + HOUR


def test_a_withdrawn_letter_is_gone_from_the_phone(garden: World) -> None:
    letter = issued(garden)
    part = part_of(letter, garden)
    garden.do("manager", "letter.withdraw", letter_id=letter.id, reason="Wrong goal")
    assert mine(garden) == []
    with pytest.raises(WrongStep):
        signed(garden, part, at=garden.clock.now())


def test_a_supervisor_reads_and_does_not_issue(garden: World) -> None:
    goal = a_goal(garden)
    draft = a_letter(garden, goal=goal)
    with pytest.raises(NotAllowed):
        garden.do("supervisor", "letter.issue", letter_id=draft.id)
    shown = of(garden, goal.id, "supervisor")
    assert (shown.has_draft, shown.may_write) == (True, False)


def test_letters_of_another_site_are_not_there(garden: World, elsewhere: World) -> None:
    part = a_waiting_part(garden, elsewhere.actor("guard").person_id)
    garden.people["stranger"] = elsewhere.actor("guard")
    assert mine(garden, "stranger") == []
    with pytest.raises(NotFound):
        signed(garden, part, "stranger")


def test_pages_ask_as_often_for_many_letters(garden: World) -> None:
    goal = a_goal(garden)

    def asked() -> tuple[int, int]:
        with count_queries() as page:
            of(garden, goal.id)
        with count_queries() as phone:
            mine(garden)
        return len(page), len(phone)

    issued(garden, goal=goal)
    first = asked()
    for number in range(4):
        issued(garden, goal=goal, reason=f"Again {number}")
        issued(garden)
    assert asked() == first
    assert first[1] <= 2


def test_nobody_signs_what_the_office_only_reads(garden: World) -> None:
    with looking(garden.actor("owner"), clock=garden.clock) as uow, count_queries() as sent_:
        assert letters_of(uow) == []
    assert sent_ == []
    assert rows(Goal) == []


def test_an_issued_letter_holds_alone(garden: World) -> None:
    goal = a_goal(garden)
    for number in range(3):
        issued(garden, goal=goal, reason=f"Again {number}")
    standing = [one.status for one in rows(Letter)]
    assert standing.count(LetterStatus.ISSUED) == 1
    assert [one.version for one in rows(Letter)] == [1, 2, 3]


def test_the_digest_that_was_signed_is_in_the_chain_of_evidence(garden: World) -> None:
    part = part_of(issued(garden), garden)
    phone, guard = Phone(), garden.actor("guard")
    signing = phone.does(
        "letter.sign",
        thread=part.id,
        part_id=str(part.id),
        words_sha256=part.words_sha256,
        name="Guard",
    )
    assert apply(guard, phone.id, signing, garden.clock).status == "applied"
    (link,) = rows(EvidenceEntry, kind=EvidenceKind.OPERATION.value)
    assert link.ref_id == str(signing.id)
    operation = found(Operation, signing.id)
    assert part.words_sha256 in operation.body
    assert link.digest == operation_digest(operation)
    assert found(LetterPart, part.id).operation_id == signing.id
