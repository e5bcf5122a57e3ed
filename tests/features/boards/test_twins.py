"""An earlier photo stands beside the one that is it again, for those who may see it."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta

from propapp.core.access import ROLE_PERMISSIONS, Permission
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking
from propapp.features.boards import reading
from propapp.features.boards.rules import stamp
from propapp.features.boards.twin_views import TwinLine
from propapp.features.evidence.jobs import BUNDLES
from propapp.features.evidence.papers import said_on_paper
from propapp.features.rounds.jobs import score_sealed
from propapp.features.rounds.models import Visit
from propapp.features.rounds.twins import twins
from tests.api.pictures import digest
from tests.counting import count_queries
from tests.features.rounds.test_copies import copy, pump_room, saved, walk
from tests.photographs import bring, shot_of
from tests.world import World, a_report, found


def on_the_run(world: World, visit: Visit, who: str = "supervisor") -> list[TwinLine]:
    """As the run's page shows it."""
    with looking(world.actor(who), clock=world.clock) as uow:
        steps = reading.run(uow, visit.run_id).steps
    return next(step for step in steps if step.arrived_at == stamp(visit.arrived_at)).twins


def copied(world: World) -> tuple[Visit, Visit]:
    """A photo of the guard's first point, and the cleaner's at their second that is made of it."""
    first = walk(world, "guard", (1, saved(pump_room(), 92)))[0]
    second = walk(world, "cleaner", (2, copy()))[0]
    score_sealed(world.clock)
    return first, second


def test_a_copy_stands_beside_the_earlier_one_with_when_and_where(garden: World) -> None:
    first, second = copied(garden)
    [twin] = on_the_run(garden, second)
    assert (twin.photo, twin.earlier) == (digest(copy()), digest(saved(pump_room(), 92)))
    assert (twin.where, twin.where_en, twin.order) == ("P1", "Point 1", "")
    assert twin.at
    assert on_the_run(garden, first) == []
    with looking(garden.actor("supervisor"), clock=garden.clock) as uow:
        cards = {one.id: one for one in reading.second_looks(uow)}
    assert cards[str(second.id)].twins == [twin]


def test_the_same_bytes_stand_beside_their_first_use(garden: World) -> None:
    data = saved(pump_room(), 92)
    visits = [walk(garden, "guard", (stop, data))[0] for stop in (1, 2, 3)]
    score_sealed(garden.clock)
    assert on_the_run(garden, visits[0]) == []
    for visit in visits[1:]:
        [twin] = on_the_run(garden, visit)
        assert (twin.photo, twin.earlier, twin.where) == (digest(data), digest(data), "P1")


def test_a_photo_of_an_order_is_named_by_its_number(garden: World) -> None:
    data = saved(pump_room(), 92)
    order = a_report(garden, "owner", photos=[shot_of(data)])
    bring(garden, "owner", data)
    garden.clock.move(timedelta(days=1))
    visit = walk(garden, "guard", (1, data))[0]
    score_sealed(garden.clock)
    [twin] = on_the_run(garden, visit)
    assert (twin.order, twin.where) == (order.number, order.place_text)


def test_who_may_not_see_the_earlier_one_is_not_shown_it(garden: World, elsewhere: World) -> None:
    second = found(Visit, copied(garden)[1].id)
    with looking(garden.actor("supervisor")) as uow:
        assert len(twins(uow.session, [second], seen_by=garden.actor("supervisor"))) == 1
        for stranger in (garden.actor("owner"), elsewhere.actor("supervisor")):
            assert twins(uow.session, [second], seen_by=stranger) == []


def test_nothing_is_asked_where_no_score_speaks_of_it(garden: World) -> None:
    first, second = copied(garden)
    with looking(garden.actor("supervisor")) as uow:
        visits = [uow.session.get_one(Visit, one.id) for one in (first, second)]
        with count_queries() as none:
            assert twins(uow.session, visits[:1], seen_by=None) == []
        with count_queries() as some:
            assert len(twins(uow.session, visits, seen_by=None)) == 1
    assert len(none) == 0
    assert 0 < len(some) <= 8


def test_the_printed_page_shows_both_and_the_bundle_holds_only_its_own(garden: World) -> None:
    second = copied(garden)[1]
    export = garden.do("manager", "evidence.export_run", export_id=uuid7(), run_id=second.run_id)
    BUNDLES.keep(garden.clock)
    with zipfile.ZipFile(BUNDLES.file_of(export)) as opened:
        data = json.loads(opened.read("bundle.json"))
        names = opened.namelist()
        assert opened.read("page.pdf").startswith(b"%PDF")
    [visit] = said_on_paper(data)["runs"][0]["visits"]
    [pair] = visit["again"]
    earlier = digest(saved(pump_room(), 92))
    assert (pair["file"], pair["earlier"]) == (f"{digest(copy())}.jpg", f"{earlier}.jpg")
    assert pair["where"] == "P1"
    assert not any(earlier in name for name in names)


def test_whoever_may_have_evidence_may_read_what_is_shown_beside_it() -> None:
    for permissions in ROLE_PERMISSIONS.values():
        if Permission.EVIDENCE_EXPORT in permissions:
            assert {Permission.ROUND_READ, Permission.ORDER_READ} <= permissions
