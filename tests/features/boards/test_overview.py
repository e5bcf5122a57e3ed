"""Many sites on one page: a row each, with as many questions for many as for one."""

from __future__ import annotations

from datetime import timedelta

from propapp.core.access import Actor, Role
from propapp.core.unit_of_work import looking
from propapp.features.boards import overview
from propapp.features.rounds import jobs
from propapp.features.schedules.models import Occurrence
from tests.counting import count_queries
from tests.world import NOON, World, a_person, a_run, an_occurrence, an_order_row, write


def asked(actor: Actor, world: World) -> tuple[list[overview.SiteDay], int]:
    with looking(actor, clock=world.clock) as uow, count_queries() as sent:
        return overview.all_sites(uow), len(sent)


def test_a_site_in_figures(garden: World, elsewhere: World) -> None:
    done = a_run(garden, occurrence=an_occurrence(garden, opens_in=-40))
    garden.do("guard", "round.finish", run_id=done, note="gate was blocked")
    a_run(garden, occurrence=an_occurrence(garden, opens_in=-35))
    an_occurrence(garden, opens_in=-200, minutes=60)
    late = an_occurrence(garden, opens_in=-64, minutes=60)
    gone = an_occurrence(garden, opens_in=-20)
    an_order_row(garden, due_at=NOON - timedelta(hours=1))
    an_occurrence(elsewhere, opens_in=-200, minutes=60)
    jobs.mark_missed(garden.clock)
    with write() as session:
        session.get_one(Occurrence, gone.id).withdrawn_at = NOON
    (mine,), _ = asked(garden.actor("manager"), garden)
    assert late.missed_at is None
    assert (mine.total, mine.done, mine.running, mine.late, mine.missed) == (4, 1, 1, 1, 1)
    assert (mine.pressing, mine.offline) == (1, 0)


def test_as_many_questions_for_two_sites_as_for_one_and_what_is_wrong_first(
    garden: World, elsewhere: World
) -> None:
    an_occurrence(elsewhere, opens_in=-200, minutes=60)
    jobs.mark_missed(garden.clock)
    one, few = asked(garden.actor("manager"), garden)
    both = a_person("both", {garden.site.id: (Role.MANAGER,), elsewhere.site.id: (Role.MANAGER,)})
    two, many = asked(both, garden)
    assert many == few == 3
    assert len(one) == 1
    assert [day.id for day in two] == [str(elsewhere.site.id), str(garden.site.id)]
