"""Setting a goal, saying which clauses serve it, and giving it up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NotFound
from propapp.core.guards import needs_words
from propapp.core.timeline import keep_and_record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.goals import repository, rules
from propapp.features.goals.commands import DropGoal, KeepGoal, ServeGoal
from propapp.features.goals.flow import GOAL_FLOW
from propapp.features.goals.measures import MEASURES, NEWEST, Measure
from propapp.features.goals.models import Goal, GoalClause
from propapp.features.goals.repository import GoalRepository
from propapp.features.people import repository as people

GOAL = "goal"
_WORDS = tuple(name for name in rules.TOLD if name != "measure")


@use_case("goal.keep", Permission.GOAL_WRITE)
def keep(uow: UnitOfWork, command: KeepGoal) -> Goal:
    """Set a new goal under the id that it was given, or write on in one."""
    uow.allow_in(command.site_id)
    measure = _measure(uow, command)
    rules.refuse_impossible(
        starts=command.starts, ends=command.ends, target=command.target, measure=measure
    )
    if uow.session.get(Goal, command.goal_id) is None:
        return _set(uow, command, measure.version)
    goal = _goal_for(uow, "keep", command.goal_id)
    if goal.site_id != command.site_id:
        raise InvalidInput(field="site_id")
    before, old_aim = rules.told(goal), rules.aim_of(goal)
    _write(uow, goal, command, measure.version)
    after, aim = rules.told(goal), rules.aim_of(goal)
    fields = [name for name in before if before[name] != after[name]]
    return _changed(
        uow,
        goal,
        "changed",
        fields=fields,
        before={name: before[name] for name in fields},
        after={name: after[name] for name in fields},
        **({"old_aim": old_aim, "aim": aim} if aim != old_aim else {}),
    )


def _measure(uow: UnitOfWork, command: KeepGoal) -> Measure:
    """The formula in the version that the goal was set under, the newest where that is another."""
    known = uow.session.get(Goal, command.goal_id)
    if known is not None and known.measure == command.measure:
        return MEASURES[known.measure, known.measure_version]
    newest = NEWEST.get(command.measure)
    if newest is None:
        raise InvalidInput(field="measure")
    return newest


def _set(uow: UnitOfWork, command: KeepGoal, version: int) -> Goal:
    goal = Goal(
        id=command.goal_id,
        site_id=command.site_id,
        made_by=uow.actor.person_id,
        made_at=uow.now,
        changed_at=uow.now,
        **_values(uow, command, version),
    )
    return _changed(uow, goal, "set", target=command.target, measure=command.measure)


def _write(uow: UnitOfWork, goal: Goal, command: KeepGoal, version: int) -> None:
    for name, value in _values(uow, command, version).items():
        setattr(goal, name, value)


def _values(uow: UnitOfWork, command: KeepGoal, version: int) -> dict[str, Any]:
    _refuse_strangers(uow, command.site_id, command.responsible_id)
    named = {name: getattr(command, name) for name in _WORDS}
    return named | {
        "measure": command.measure,
        "measure_version": version,
        "responsible_id": command.responsible_id,
    }


def _refuse_strangers(uow: UnitOfWork, site_id: UUID, person_id: UUID) -> None:
    if people.holder_at(uow.session, site_id, person_id, Permission.STAFF_READ) is None:
        raise NotFound(kind="person")


@use_case("goal.serve", Permission.GOAL_WRITE)
def serve(uow: UnitOfWork, command: ServeGoal) -> Goal:
    """Say which clauses serve the goal; those before are forgotten."""
    goal = _goal_for(uow, "serve", command.goal_id)
    wanted = list(dict.fromkeys(command.clause_ids))
    if set(wanted) - repository.known_clauses(uow.session, wanted):
        raise NotFound(kind="clause")
    repository.forget_clauses(uow.session, goal.id)
    uow.session.add_all(
        GoalClause(goal_id=goal.id, clause_id=clause_id, position=position)
        for position, clause_id in enumerate(wanted)
    )
    return _changed(uow, goal, "served", clauses=len(wanted))


@use_case("goal.drop", Permission.GOAL_WRITE)
def drop(uow: UnitOfWork, command: DropGoal) -> Goal:
    """Let it count no more, and say why; what was reached stays to be read."""
    goal = _goal_for(uow, "drop", command.goal_id)
    needs_words(command.reason, field="reason")
    goal.status = GOAL_FLOW.next_status("drop", goal.status)
    goal.drop_reason = command.reason
    return _changed(uow, goal, "dropped", text=command.reason)


def _goal_for(uow: UnitOfWork, verb: str, goal_id: UUID) -> Goal:
    goal = GoalRepository(uow).get(goal_id)
    GOAL_FLOW.next_status(verb, goal.status)
    return goal


def _changed(uow: UnitOfWork, goal: Goal, past: str, **facts: Any) -> Goal:
    goal.changed_at = uow.now
    keep_and_record(
        uow,
        goal,
        GOAL,
        past,
        name=goal.name,
        name_en=goal.name_en,
        **facts,
    )
    return goal
