"""Prints of codes: signed, one after the other, ended, and brought back by their mark."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import delete

from propapp.core.db.engine import write_session
from propapp.core.errors import ForeignCode, NotAllowed, NoteRequired, NotFound, WrongStep
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.rounds.jobs import score_sealed, seal_complete
from propapp.features.rounds.models import Visit
from propapp.features.sites.models import CheckpointCode
from propapp.features.sites.rules import number_of, signed_text
from tests.world import World, a_run, a_visit, an_occurrence, found, rows

KEY = b"k" * 32
# Each run has a window of its own.
WINDOWS = count()


def printed(world: World, *stops: int) -> list[CheckpointCode]:
    """New prints for these stops of the route, as a supervisor asks for them."""
    points = [world.checkpoints[stop - 1].id for stop in stops]
    return world.do("supervisor", "checkpoint.print", site_id=world.site.id, checkpoint_ids=points)


def sealed(world: World, code: str) -> dict[str, int]:
    """The reasons of a visit to the first point by this code, once its run is scored."""
    world.clock.move(timedelta(minutes=5))
    run_id = a_run(world, "guard", an_occurrence(world, opens_in=-30 - next(WINDOWS)))
    visit = a_visit(world, run_id, code=code)
    world.do("guard", "round.finish", run_id=run_id, note="Called away")
    seal_complete(world.clock)
    score_sealed(world.clock)
    return dict(found(Visit, visit.id).reasons)  # type: ignore[arg-type]


def test_a_print_is_signed_for_its_checkpoint_and_number() -> None:
    point = uuid7()
    text = signed_text(KEY, point, 7)
    assert number_of(KEY, point, text) == 7
    assert len(text) <= 64
    assert number_of(b"x" * 32, point, text) is None
    assert number_of(KEY, uuid7(), text) is None
    for at in range(len(text)):
        other = "A" if text[at] != "A" else "B"
        assert number_of(KEY, point, text[:at] + other + text[at + 1 :]) is None
    for strange in (
        "",
        text.lower(),
        text + " ",
        signed_text(KEY, point, 0),
        "PA1-" * 12,
        "\u0663",
    ):
        assert number_of(KEY, point, strange) is None


def test_the_old_print_holds_until_the_new_one_is_scanned(garden: World) -> None:
    old = garden.code(1)
    (new,) = printed(garden, 1)
    assert (new.number, new.printed_by) == (2, garden.actor("supervisor").person_id)
    assert sealed(garden, old)["code_valid"] == 20
    assert found(CheckpointCode, new.id).revoked_at is None
    assert sealed(garden, new.text)["code_valid"] == 20
    (first, second) = sorted(rows(CheckpointCode, checkpoint_id=new.checkpoint_id), key=_number)
    assert first.revoked_at is not None
    assert first.revoked_by is None
    assert second.first_scanned_at is not None
    assert sealed(garden, old)["code_revoked"] == 0


def test_a_visit_before_a_print_ended_stays_what_it_was(garden: World) -> None:
    run_id = a_run(garden)
    arrived = garden.clock.now()
    garden.clock.move(timedelta(hours=1))
    (code,) = rows(CheckpointCode, text=garden.code(1))
    garden.do("supervisor", "checkpoint.revoke", code_id=code.id, why="Seen in a chat group")
    visit = a_visit(garden, run_id, arrived_at=arrived)
    garden.do("guard", "round.finish", run_id=run_id, note="Called away")
    seal_complete(garden.clock)
    score_sealed(garden.clock)
    assert ["code_valid", 20] in found(Visit, visit.id).reasons
    (event,) = rows(TimelineEvent, verb="site.code_revoked")
    assert event.facts["text"] == "Seen in a chat group"


def test_a_print_from_before_signing_counts_less(garden: World) -> None:
    (code,) = rows(CheckpointCode, text=garden.code(1))
    with garden.work("supervisor") as uow:
        uow.session.get_one(CheckpointCode, code.id).number = 0
    assert sealed(garden, garden.code(1))["code_legacy"] == 15


def test_a_print_that_a_restored_database_forgot_is_known_by_its_mark(garden: World) -> None:
    (new,) = printed(garden, 1)
    with write_session() as session, session.begin():
        session.exec(delete(CheckpointCode).where(CheckpointCode.id == new.id))  # type: ignore[arg-type]
    assert sealed(garden, new.text)["code_valid"] == 20
    assert found(CheckpointCode, new.id).text == new.text
    with pytest.raises(ForeignCode):
        a_visit(garden, a_run(garden), 2, code=new.text)


def test_who_may_print_and_end_codes(garden: World, elsewhere: World) -> None:
    (code,) = printed(garden, 1)
    ends = {"code_id": code.id, "why": "Photographed"}
    with pytest.raises(NotAllowed):
        garden.do("guard", "checkpoint.revoke", **ends)
    with pytest.raises(NotFound):
        elsewhere.do("supervisor", "checkpoint.revoke", **ends)
    points = [elsewhere.checkpoints[0].id]
    with pytest.raises(NotFound):
        garden.do("supervisor", "checkpoint.print", site_id=garden.site.id, checkpoint_ids=points)
    with pytest.raises(NoteRequired):
        garden.do("supervisor", "checkpoint.revoke", code_id=code.id, why=" ")
    garden.do("supervisor", "checkpoint.revoke", **ends)
    with pytest.raises(WrongStep):
        garden.do("supervisor", "checkpoint.revoke", **ends)


def _number(code: CheckpointCode) -> int:
    return code.number
