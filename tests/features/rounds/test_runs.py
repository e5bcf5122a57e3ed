"""Beginning, ending, sealing, missing a round, and arriving late with the truth."""

from __future__ import annotations

from datetime import timedelta

import pytest

from propapp.core.errors import AlreadyThere, NoteRequired, NotFound
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.messages.models import Message
from propapp.features.photos.repository import missing
from propapp.features.rounds import jobs
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.rounds.service import seal_ready
from propapp.features.schedules.models import Occurrence
from tests.world import (
    NOON,
    World,
    a_run,
    a_shot,
    a_visit,
    an_occurrence,
    broken,
    bytes_arrive,
    found,
    looking,
    rows,
)


def test_two_who_walk_the_same_round_are_both_kept(garden: World) -> None:
    occurrence = an_occurrence(garden)
    runs = [a_run(garden, by, occurrence) for by in ("guard", "supervisor")]
    assert [found(Run, run_id).parallel for run_id in runs] == [False, True]


def test_a_run_id_that_is_taken_overwrites_nothing(garden: World) -> None:
    occurrence = an_occurrence(garden)
    run_id = a_run(garden, "guard", occurrence)
    with pytest.raises(AlreadyThere):
        garden.do("supervisor", "round.start", run_id=run_id, occurrence_id=occurrence.id)
    assert found(Run, run_id).person_id == garden.actor("guard").person_id


def test_a_round_of_another_site_does_not_exist(garden: World, elsewhere: World) -> None:
    occurrence = an_occurrence(elsewhere)
    with pytest.raises(NotFound):
        garden.do("guard", "round.start", run_id=uuid7(), occurrence_id=occurrence.id)


def test_points_left_out_are_named_and_want_a_word(garden: World) -> None:
    run_id = a_run(garden)
    a_visit(garden, run_id, 2)
    with pytest.raises(NoteRequired) as refusal:
        garden.do("guard", "round.finish", run_id=run_id)
    assert refusal.value.facts["count"] == "2"
    garden.do("guard", "round.finish", run_id=run_id, note="Fire alarm in B3")
    (event,) = rows(TimelineEvent, thing_id=run_id, verb="run.finished")
    assert [point["name_en"] for point in event.facts["left_out"]] == ["Point 1", "Point 3"]


def test_a_whole_round_needs_no_word_and_is_sealed_at_once_without_photos(garden: World) -> None:
    run_id = a_run(garden)
    for stop in (1, 2, 3):
        a_visit(garden, run_id, stop)
    garden.do("guard", "round.finish", run_id=run_id)
    run = found(Run, run_id)
    assert (run.status, run.sealed_at) == (RunStatus.SEALED, NOON)


def test_a_run_is_sealed_by_the_last_byte_of_the_last_photo(garden: World) -> None:
    run_id, first, second = a_run(garden), a_shot("first"), a_shot("second")
    a_visit(garden, run_id, answers=[broken(garden, photos=[first, second])])
    garden.do("guard", "round.finish", run_id=run_id, note="Only this point")
    for shot, sealed in ((first, False), (second, True)):
        bytes_arrive(shot)
        with garden.work("guard") as uow:
            seal_ready(uow, sha256=shot.sha256)
        assert (found(Run, run_id).status is RunStatus.SEALED) is sealed
    with looking() as session:
        assert missing(session, run_id) == []
    assert len(rows(TimelineEvent, thing_id=run_id, verb="run.sealed")) == 1


def test_photos_that_came_first_do_not_seal_a_run_that_goes_on(garden: World) -> None:
    run_id = a_run(garden)
    bytes_arrive(a_shot("hinge"), by=garden.actor("guard"))
    a_visit(garden, run_id, answers=[broken(garden)])
    with garden.work("guard") as uow:
        assert seal_ready(uow, sha256=a_shot("hinge").sha256) == []
    garden.do("guard", "round.finish", run_id=run_id, note="Only this point")
    assert found(Run, run_id).status is RunStatus.SEALED


def test_what_is_missing_is_named_once(garden: World) -> None:
    run_id = a_run(garden)
    a_visit(garden, run_id, 1, answers=[broken(garden)])
    a_visit(garden, run_id, 2, answers=[broken(garden, photos=[a_shot("hinge"), a_shot("b")])])
    bytes_arrive(a_shot("b"))
    with looking() as session:
        assert missing(session, run_id) == [a_shot("hinge").sha256]


def test_a_round_nobody_began_is_missed_after_its_grace_and_once(garden: World) -> None:
    occurrence = an_occurrence(garden, opens_in=-60, minutes=50, grace=10)
    assert jobs.mark_missed(garden.clock) == 0
    garden.clock.move(timedelta(seconds=1))
    assert [jobs.mark_missed(garden.clock) for _ in range(2)] == [1, 0]
    assert found(Occurrence, occurrence.id).missed_at == garden.clock.now()
    (event,) = rows(TimelineEvent, thing_id=occurrence.id)
    assert (event.verb, event.person_id) == ("occurrence.missed", None)
    assert rows(Message) == []  # that is the alarm's matter


def test_a_round_that_was_begun_is_not_missed_however_long_it_takes(garden: World) -> None:
    a_run(garden)
    garden.clock.move(timedelta(days=1))
    assert jobs.mark_missed(garden.clock) == 0


def test_a_phone_that_comes_back_late_makes_it_good(garden: World) -> None:
    occurrence = an_occurrence(garden)
    garden.clock.move(timedelta(days=1))
    jobs.mark_missed(garden.clock)
    garden.do(
        "guard",
        "round.start",
        at=NOON + timedelta(minutes=5),
        run_id=uuid7(),
        occurrence_id=occurrence.id,
    )
    assert found(Occurrence, occurrence.id).missed_at is None
    verbs = [event.verb for event in rows(TimelineEvent, thing_id=occurrence.id)]
    assert verbs == ["occurrence.missed", "occurrence.made_good"]
    assert jobs.mark_missed(garden.clock) == 0


def test_walking_it_after_its_time_is_kept_but_it_stays_missed(garden: World) -> None:
    occurrence = an_occurrence(garden)
    garden.clock.move(timedelta(days=1))
    run_id = a_run(garden, "guard", occurrence)
    assert jobs.mark_missed(garden.clock) == 1
    assert found(Run, run_id).in_window is False


@pytest.mark.parametrize(
    ("minutes", "counts"), [(-11, False), (-10, True), (130, True), (131, False)]
)
def test_a_few_minutes_early_still_count(garden: World, minutes: int, *, counts: bool) -> None:
    occurrence = an_occurrence(garden, opens_in=0, minutes=120, grace=10)
    run_id = uuid7()
    garden.do(
        "guard",
        "round.start",
        at=NOON + timedelta(minutes=minutes),
        run_id=run_id,
        occurrence_id=occurrence.id,
    )
    assert found(Run, run_id).in_window is counts
