"""How many visits wait for a second look, for those who may judge them."""

from __future__ import annotations

from dataclasses import replace

from propapp.core.unit_of_work import looking
from propapp.features.rounds.models import Look, SecondLook
from propapp.features.rounds.repository import SecondLookRepository
from tests.world import NOON, World, a_run, a_visit, an_occurrence, save


def waiting(world: World, who: str) -> int:
    """As the board of this person counts them."""
    with looking(world.actor(who), clock=world.clock) as uow:
        return SecondLookRepository(uow).open_count(world.site.id)


def drawn(world: World, look: Look, minute: int) -> None:
    """A visit that stands on the list like this."""
    window = an_occurrence(world, opens_in=-30 - minute)
    visit = a_visit(world, a_run(world, "guard", window))
    save(SecondLook(id=visit.id, site_id=world.site.id, drawn_at=NOON, look=look))


def test_what_waits_or_was_asked_is_counted_and_what_is_settled_is_not(garden: World) -> None:
    assert waiting(garden, "supervisor") == 0
    for minute, look in enumerate(Look):
        drawn(garden, look, minute)
    assert waiting(garden, "supervisor") == 2


def test_another_sites_and_who_may_not_judge_count_nothing(garden: World, elsewhere: World) -> None:
    drawn(elsewhere, Look.WAITING, 0)
    assert waiting(garden, "supervisor") == 0
    drawn(garden, Look.WAITING, 1)
    assert waiting(garden, "supervisor") == 1
    assert waiting(garden, "guard") == 0


def test_who_judges_at_two_sites_is_told_of_each_by_itself(garden: World, elsewhere: World) -> None:
    here, there = garden.actor("supervisor"), elsewhere.actor("supervisor")
    garden.people["both"] = replace(here, roles={**here.roles, **there.roles})
    drawn(elsewhere, Look.WAITING, 0)
    drawn(garden, Look.WAITING, 1)
    drawn(garden, Look.ASKED, 2)
    assert waiting(garden, "both") == 2
