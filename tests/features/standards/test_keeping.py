"""The company's own word about a clause: stricter, never looser; ended, not deleted while used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from propapp.core.errors import (
    AlreadyThere,
    ClauseInUse,
    ClauseOfPack,
    InvalidInput,
    LoosensStatute,
    NotFound,
)
from propapp.core.ids import uuid7
from propapp.features.plans.models import PlanTask
from propapp.features.standards import clauses, jobs
from propapp.features.standards.clauses import Wish
from propapp.features.standards.models import (
    Clause,
    ClauseLevel,
    ClauseVersion,
    Standard,
    StandardKind,
)
from tests.plans import a_draft, a_task, in_force
from tests.standards import a_clause, a_clause_asked, a_level, a_standard
from tests.world import NOON, World, looking, rows

LATER = date(2026, 6, 1)


def keep(world: World, **values: object) -> ClauseVersion:
    return world.do("manager", "clause.keep", **a_clause_asked(**values))


def of(clause: Clause, **values: object) -> dict[str, object]:
    return {"clause_id": clause.id, "number": clause.number, "subject": clause.subject} | values


def version_of(clause: Clause) -> ClauseVersion:
    (found,) = rows(ClauseVersion, clause_id=clause.id)
    return found


def law(often: str = "1/day", **values: object) -> Clause:
    return a_clause(a_standard(StandardKind.STATUTE), often, **values)


def test_a_clause_of_ones_own_stands_in_the_companys_paper(garden: World) -> None:
    version = keep(garden, number="X900")
    (standard,) = rows(Standard)
    assert (standard.code, standard.kind) == ("company", StandardKind.COMPANY)
    assert not version.verified
    assert version.author_id == garden.actor("manager").person_id
    with pytest.raises(AlreadyThere):
        keep(garden, number="X900")
    assert len(rows(Clause)) == 1


def test_the_law_may_be_bettered_and_never_loosened(garden: World) -> None:
    clause = law("1/day")
    with pytest.raises(LoosensStatute) as refused:
        keep(garden, **of(clause, starts=LATER, levels=[a_level(often="1/2 day")]))
    assert refused.value.facts["statute"] == clause.number
    with pytest.raises(LoosensStatute):
        keep(garden, **of(clause, starts=LATER, levels=[a_level(often="")]))
    keep(garden, **of(clause, starts=LATER, levels=[a_level(often="2/day")]))
    assert [level.often for level in rows(ClauseLevel)] == ["1/day", "2/day"]


@pytest.mark.parametrize("number", ["L10", "L11", "L18"])
def test_a_law_of_words_alone_is_not_reworded(garden: World, database: Path, number: str) -> None:
    jobs.load_library(clock=garden.clock)
    clause = rows(Clause, number=number)[0]
    for level in (a_level(text="Now and then", often=""), a_level()):
        with pytest.raises(InvalidInput) as refused:
            keep(garden, **of(clause, starts=LATER, levels=[level]))
        assert refused.value.facts == {"field": "law_words", "statute": number}
    assert len(rows(ClauseVersion, clause_id=clause.id)) == 1
    beside = keep(garden, subject=clause.subject, starts=LATER, levels=[a_level(often="2/day")])
    assert beside.clause_id != clause.id


def test_a_better_version_of_ones_own_lowers_nothing_for_the_next(garden: World) -> None:
    clause = law("1/day")
    keep(garden, **of(clause, starts=LATER, levels=[a_level(often="3/day")]))
    with pytest.raises(LoosensStatute):
        keep(garden, **of(clause, starts=date(2026, 7, 1), levels=[a_level(often="1/week")]))


def test_a_promise_on_a_subject_of_the_law_is_held_to_it(garden: World) -> None:
    law("1/day", subject="fire.patrol")
    with pytest.raises(LoosensStatute):
        keep(garden, subject="fire.patrol", levels=[a_level(often="1/week")])
    assert not rows(Standard, code="company")
    keep(garden, subject="cleaning.glass", levels=[a_level(often="1/week")])


def test_versions_have_their_days_and_none_is_written_into_the_past(garden: World) -> None:
    clause = a_clause()
    keep(garden, **of(clause, starts=LATER, levels=[a_level(text="Thrice", often="3/day")]))
    with pytest.raises(AlreadyThere):
        keep(garden, **of(clause, starts=LATER))
    with pytest.raises(InvalidInput):
        keep(garden, **of(clause, starts=date(2026, 3, 9)))
    with looking() as session:
        before, _ = clauses.search(session, Wish(), date(2026, 5, 31), limit=5)
        after, _ = clauses.search(session, Wish(), LATER, limit=5)
    assert before[0].levels[0].often == "2/day"
    assert after[0].levels[0].often == "3/day"


@pytest.mark.parametrize("level", ["9", ""])
def test_levels_are_those_of_the_paper(garden: World, level: str) -> None:
    clause = a_clause()
    asked = [a_level(level=level), a_level(level=level)]
    with pytest.raises(InvalidInput):
        keep(garden, **of(clause, starts=LATER, levels=asked))


def test_a_task_keeps_the_version_that_it_was_made_under(garden: World) -> None:
    clause = a_clause()
    first = version_of(clause)
    plan = a_draft(garden, a_task(clause_id=first.id, route_id=garden.route.id))
    in_force(garden, plan)
    keep(garden, **of(clause, starts=LATER))
    garden.do("supervisor", "plan.revise", plan_id=plan.id, next_id=uuid7(), reason="Lift")
    assert {task.clause_id for task in rows(PlanTask)} == {first.id}


def test_a_task_is_made_under_a_clause_that_there_is(garden: World) -> None:
    with pytest.raises(NotFound):
        a_draft(garden, a_task(clause_id=uuid7()))
    plan = a_draft(garden)
    with pytest.raises(NotFound):
        garden.do("supervisor", "plan.keep_task", plan_id=plan.id, task=a_task(clause_id=uuid7()))
    assert len(rows(PlanTask)) == 1


def test_a_clause_in_use_is_ended_and_never_deleted(garden: World) -> None:
    clause = a_clause()
    a_draft(garden, a_task(clause_id=version_of(clause).id))
    with pytest.raises(ClauseInUse):
        garden.do("manager", "clause.drop", clause_id=clause.id)
    assert rows(ClauseLevel)
    garden.do(
        "manager", "clause.end", clause_id=clause.id, last_day=LATER, reason="The contract ends"
    )
    with looking() as session:
        assert clauses.search(session, Wish(), LATER, limit=5)[1] == 1
        assert clauses.search(session, Wish(), date(2026, 6, 2), limit=5)[1] == 0


def test_a_clause_that_nobody_uses_goes_with_all_its_versions(garden: World) -> None:
    clause = a_clause()
    keep(garden, **of(clause, starts=LATER))
    garden.do("manager", "clause.drop", clause_id=clause.id)
    assert not rows(Clause)
    assert not rows(ClauseVersion)
    assert not rows(ClauseLevel)


def test_what_came_with_the_library_stays_and_the_law_does_not_end(
    garden: World, database: Path
) -> None:
    jobs.load_library(clock=garden.clock)
    (statute,) = rows(Clause, number="L13")
    (promise,) = rows(Clause, number="S14")
    ending = {"last_day": NOON.date(), "reason": "No more"}
    with pytest.raises(ClauseOfPack):
        garden.do("manager", "clause.drop", clause_id=promise.id)
    with pytest.raises(LoosensStatute):
        garden.do("manager", "clause.end", clause_id=statute.id, **ending)
    garden.do("manager", "clause.end", clause_id=promise.id, **ending)
    with pytest.raises(InvalidInput):
        garden.do("manager", "clause.end", clause_id=promise.id, last_day="2026-03-09", reason="x")
    with pytest.raises(NotFound):
        garden.do("manager", "clause.drop", clause_id=uuid7())
