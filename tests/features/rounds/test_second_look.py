"""A second look: all that is doubtful, of what is thin a few by chance; somebody settles it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from propapp.core.errors import NotAllowed, NoteRequired, NotFound, WrongStep
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.messages.models import Message
from propapp.features.rounds.models import Look, SecondLook, Visit
from propapp.features.rounds.service import draw_looks, wants_a_look
from tests.counting import count_queries
from tests.world import World, a_run, a_visit, an_occurrence, found, rows

DOUBTFUL = [["position_far", -30]]
THIN = [["code_legacy", 15]]
# Each run has a window of its own.
WINDOWS = count()


def drawn(world: World, *, reasons: list[list[object]] = DOUBTFUL, score: int = 0) -> UUID:
    """A visit with this score that was put on the list, if it was."""
    window = an_occurrence(world, opens_in=-30 - next(WINDOWS))
    visit = a_visit(world, a_run(world, "guard", window))
    with world.work("supervisor") as uow:
        row = uow.session.get_one(Visit, visit.id)
        row.score, row.reasons = score, reasons
        draw_looks(uow, [row])
        draw_looks(uow, [row])
    return visit.id


def test_a_doubtful_visit_is_drawn_once_and_a_well_shown_one_never(garden: World) -> None:
    doubtful = drawn(garden)
    drawn(garden, reasons=[["position_near", 30]], score=80)
    assert [look.id for look in rows(SecondLook)] == [doubtful]


def test_what_is_long_past_is_not_drawn(garden: World) -> None:
    visit = a_visit(garden, a_run(garden))
    garden.clock.move(timedelta(days=8))
    with garden.work("supervisor") as uow:
        row = uow.session.get_one(Visit, visit.id)
        row.score, row.reasons = 0, DOUBTFUL
        assert draw_looks(uow, [row]) == 0


def test_what_a_phone_kept_for_days_without_a_network_is_drawn_like_any_other(
    garden: World,
) -> None:
    visit = a_visit(garden, a_run(garden))
    with garden.work("supervisor") as uow:
        row = uow.session.get_one(Visit, visit.id)
        row.score, row.reasons = 0, DOUBTFUL
        row.arrived_at = row.left_at = uow.now - timedelta(days=13)
        assert draw_looks(uow, [row]) == 1


def test_of_thin_visits_one_in_fifty_is_drawn_and_nobody_without_the_secret_knows_which() -> None:
    visits = [Visit(id=uuid7(), score=31, reasons=THIN) for _ in range(5000)]  # type: ignore[call-arg]
    first = [visit.id for visit in visits if wants_a_look(visit, b"secret")]
    assert 60 <= len(first) <= 145
    assert first == [visit.id for visit in visits if wants_a_look(visit, b"secret")]
    assert first != [visit.id for visit in visits if wants_a_look(visit, b"another")]
    strong = [Visit(id=visit.id, score=70, reasons=THIN) for visit in visits]  # type: ignore[call-arg]
    assert not any(wants_a_look(visit, b"secret") for visit in strong)
    bare = [Visit(id=visit.id, score=9, reasons=[["by_hand", 0]]) for visit in visits[:50]]  # type: ignore[call-arg]
    assert all(wants_a_look(visit, b"secret") for visit in bare)


def test_the_person_is_asked_and_then_believed(garden: World) -> None:
    visit_id = drawn(garden)
    garden.do("supervisor", "visit.judge", visit_id=visit_id, step="ask", note="Where were you?")
    (message,) = rows(Message, kind="visit.asked")
    assert message.person_id == garden.actor("guard").person_id
    assert message.facts["text"] == "Where were you?"
    garden.do("manager", "visit.judge", visit_id=visit_id, step="believe")
    look = found(SecondLook, visit_id)
    assert (look.look, look.judged_by) == (Look.CREDIBLE, garden.actor("manager").person_id)
    said = [event.facts["look"] for event in rows(TimelineEvent, verb="run.looked_at")]
    assert said == ["asked", "credible"]
    with pytest.raises(WrongStep):
        garden.do("supervisor", "visit.judge", visit_id=visit_id, step="doubt", note="No")


def test_doubt_wants_words_and_the_right_person(garden: World, elsewhere: World) -> None:
    visit_id = drawn(garden)
    with pytest.raises(NoteRequired):
        garden.do("supervisor", "visit.judge", visit_id=visit_id, step="doubt", note=" ")
    with pytest.raises(NotAllowed):
        garden.do("guard", "visit.judge", visit_id=visit_id, step="believe")
    with pytest.raises(NotFound):
        elsewhere.do("supervisor", "visit.judge", visit_id=visit_id, step="believe")
    assert found(SecondLook, visit_id).look is Look.WAITING


def test_the_list_names_what_waits_with_a_fixed_number_of_questions(garden: World) -> None:
    def asked() -> int:
        with (
            looking(garden.actor("supervisor"), clock=garden.clock) as uow,
            count_queries() as sent,
        ):
            cards = reading.second_looks(uow)
        assert [card.weight for card in cards] == ["doubtful"] * len(cards)
        assert all(card.point and card.who and card.reasons for card in cards)
        return len(sent)

    drawn(garden)
    small = asked()
    for _ in range(4):
        drawn(garden)
    assert asked() == small <= 6
