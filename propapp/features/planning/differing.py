"""What two versions of a plan differ in, itself and task by task, in words of both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from propapp.core import text
from propapp.core.dates.recurrence import Freq, parse
from propapp.core.dates.timetable import Trigger
from propapp.core.dates.workdays import DayRule
from propapp.core.text import LOCALES
from propapp.features.people.models import Person
from propapp.features.people.views import named
from propapp.features.planning.once import ONCE
from propapp.features.plans.models import Plan, PlanTask
from propapp.features.plans.rules import FieldChange, TaskChange, Version, differences
from propapp.features.schedules.models import Route
from propapp.features.schedules.views import windows_text
from propapp.features.standards.models import (
    ChecklistTemplate,
    Clause,
    ClauseVersion,
    Standard,
)

_RULE_WORDS = {
    Freq.DAILY: "plan.rule.daily",
    Freq.HOURLY: "plan.rule.hourly",
    Freq.YEARLY: "plan.rule.yearly",
}
_DAY_WORDS = {
    DayRule.EVERY: "plan.day_rule.every",
    DayRule.WORKDAYS: "plan.day_rule.workdays",
    DayRule.REST_DAYS: "plan.day_rule.rest_days",
}
_PROOF_WORDS = {"scan": "plan.proof.scan", "document": "plan.proof.document"}


@dataclass(frozen=True)
class FieldLine:
    """One thing about a task, before and after."""

    field: str = ""
    old: str = ""
    old_en: str = ""
    new: str = ""
    new_en: str = ""


@dataclass(frozen=True)
class DiffLine:
    """A task that is not as it was; ``kind`` is added, removed or changed."""

    key: str = ""
    kind: str = ""
    name: str = ""
    name_en: str = ""
    roles: list[str] = field(default_factory=list[str])
    fields: list[FieldLine] = field(default_factory=list[FieldLine])


@dataclass(frozen=True)
class Names:
    """What all that two versions speak of is called; clauses and checklists by version."""

    routes: Mapping[UUID, Route]
    tasks: Mapping[str, PlanTask]
    clauses: Mapping[UUID, tuple[Clause, ClauseVersion]] = field(
        default_factory=dict[UUID, tuple[Clause, ClauseVersion]]
    )
    checklists: Mapping[UUID, ChecklistTemplate] = field(
        default_factory=dict[UUID, ChecklistTemplate]
    )
    parents: Mapping[UUID, Plan] = field(default_factory=dict[UUID, Plan])
    persons: Mapping[UUID, Person] = field(default_factory=dict[UUID, Person])
    standards: Mapping[str, Standard] = field(default_factory=dict[str, Standard])


# What of a plan itself is told, in its order.
HEAD = (
    "name",
    "name_en",
    "kind",
    "department",
    "starts",
    "ends",
    "parent_id",
    "level",
    "reviewer_id",
    "approver_id",
)


def lines(old: Version, new: Version, names: Names) -> list[DiffLine]:
    """The differences, task by task."""
    return [_line(change, names) for change in differences(old, new)]


def head_lines(old: Plan, new: Plan, names: Names) -> list[FieldLine]:
    """What is not the same of the plans themselves."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in HEAD)
    return [_field(FieldChange(*pair), names) for pair in pairs if pair[1] != pair[2]]


def _line(change: TaskChange, names: Names) -> DiffLine:
    return DiffLine(
        key=change.key,
        kind=change.kind.value,
        name=change.name,
        name_en=change.name_en or change.name,
        roles=[role.value for role in change.roles],
        fields=[_field(one, names) for one in change.fields],
    )


def _field(change: FieldChange, names: Names) -> FieldLine:
    say = _SAYERS.get(change.field, _plain)
    if change.field == "windows" and _windows(change.old, "", names) == _windows(
        change.new, "", names
    ):
        say = _grace
    chinese, english = LOCALES
    return FieldLine(
        change.field,
        old=say(change.old, chinese, names),
        old_en=say(change.old, english, names),
        new=say(change.new, chinese, names),
        new_en=say(change.new, english, names),
    )


def _plain(value: Any, _locale: str, _names: Names) -> str:
    return str(value) if value not in (None, "") else "–"


def _role(value: Any, locale: str, _names: Names) -> str:
    return text.sentence(f"role.{value.value}", locale)


def _yes_or_no(value: Any, locale: str, _names: Names) -> str:
    return text.sentence("plan.yes" if value else "plan.no", locale)


def _route(value: Any, locale: str, names: Names) -> str:
    route = names.routes.get(value) if value else None
    if route is None:
        return "–"
    return route.name if locale == LOCALES[0] else route.name_en or route.name


def _after(value: Any, locale: str, names: Names) -> str:
    tasks = [names.tasks[key] for key in value if key in names.tasks]
    chinese = locale == LOCALES[0]
    return " · ".join(one.name if chinese else one.name_en or one.name for one in tasks) or "–"


def _clause(value: Any, locale: str, names: Names) -> str:
    """By number and title, and since when it reads so: another version is another demand."""
    if value not in names.clauses:
        return "–"
    clause, version = names.clauses[value]
    title = version.title if locale == LOCALES[0] else version.title_en or version.title
    return f"{clause.number} {title} ({version.starts})"


def _checklist(value: Any, locale: str, names: Names) -> str:
    if value not in names.checklists:
        return "–"
    one = names.checklists[value]
    name = one.name if locale == LOCALES[0] else one.name_en or one.name
    return f"{name} · {text.sentence('plan.version', locale, {'count': one.version})}"


def _trigger(value: Any, locale: str, _names: Names) -> str:
    if value.is_weather:
        weather = value.value.removeprefix("weather:")
        return text.sentence(f"office.weather.when.{weather}", locale)
    is_random = value is Trigger.RANDOM
    return text.sentence(
        "office.schedule.repeat.random" if is_random else "plan.trigger.calendar", locale
    )


def _chance(value: Any, locale: str, names: Names) -> str:
    if not value:
        return "–"
    begins = value["begins"]
    stretch = {"opens": begins, "minutes": value["ends"] - begins}
    facts = value | {"span": _windows([stretch], locale, names)}
    return text.sentence("plan.rule.random", locale, facts)


def _season(value: Any, locale: str, _names: Names) -> str:
    if not value:
        return text.sentence("plan.all_year", locale)
    return f"{value['from']} – {value['to']}"


def _kind(value: Any, locale: str, _names: Names) -> str:
    return text.sentence(f"plan.kind.{value.value}", locale)


def _department(value: Any, locale: str, names: Names) -> str:
    return _role(value, locale, names) if value else text.sentence("plan.whole_site", locale)


def _parent(value: Any, locale: str, names: Names) -> str:
    plan = names.parents.get(value)
    if plan is None:
        return "–"
    return plan.name if locale == LOCALES[0] else plan.name_en or plan.name


def _person(value: Any, locale: str, names: Names) -> str:
    one = named(value, names.persons)
    return (one.name if locale == LOCALES[0] else one.name_en) or "–"


def _level(value: Any, locale: str, names: Names) -> str:
    """The paper and its level by their names."""
    code, _, level = value.partition(":")
    standard = names.standards.get(code)
    if standard is None:
        return value or "–"
    suffix = "" if locale == LOCALES[0] else "_en"
    paper = getattr(standard, f"name{suffix}") or standard.name
    held = next((one for one in standard.levels if one["code"] == level), {})
    return f"{paper} {held.get(f'name{suffix}') or held.get('name', level)}".strip()


def _grace(value: Any, locale: str, names: Names) -> str:
    """The windows with how long after each still counts."""
    grace = value[0]["grace"] if value else 0
    after = text.sentence("office.schedule.grace", locale, {"count": grace})
    return _windows(value, locale, names) + after


def _rule(value: Any, locale: str, _names: Names) -> str:
    if value in {"", ONCE}:
        return text.sentence("plan.rule.once", locale)
    rule = parse(value)
    every = rule.interval
    if rule.freq is Freq.WEEKLY:
        days = "/".join(
            text.sentence(f"office.weekday.{one.weekday}", locale) for one in rule.by_day
        )
        return text.sentence("plan.rule.weekly", locale, {"count": every, "days": days})
    if rule.freq is Freq.MONTHLY and not rule.by_day:
        days = ", ".join(map(str, rule.by_month_day))
        return text.sentence("plan.rule.monthly", locale, {"count": every, "days": days})
    if rule.freq in _RULE_WORDS and not (rule.by_day or rule.by_set_pos or rule.by_month_day):
        return text.sentence(_RULE_WORDS[rule.freq], locale, {"count": every})
    return str(value)


def _windows(value: Any, _locale: str, _names: Names) -> str:
    return windows_text(_Windows(value)) or "–"


@dataclass
class _Windows:
    """Windows alone, for those who say them."""

    windows: list[dict[str, int]]


def _day_rule(value: Any, locale: str, _names: Names) -> str:
    return text.sentence(_DAY_WORDS[value], locale)


def _evidence(value: Any, locale: str, _names: Names) -> str:
    said = [text.sentence(word, locale) for part, word in _PROOF_WORDS.items() if value.get(part)]
    if photos := value.get("photos"):
        said.insert(0, text.sentence("plan.proof.photos", locale, {"count": photos}))
    return " · ".join(said) or "–"


_SAYERS: dict[str, Callable[[Any, str, Names], str]] = {
    "clause_id": _clause,
    "template_id": _checklist,
    "trigger": _trigger,
    "random": _chance,
    "season": _season,
    "kind": _kind,
    "department": _department,
    "parent_id": _parent,
    "reviewer_id": _person,
    "approver_id": _person,
    "level": _level,
    "role": _role,
    "milestone": _yes_or_no,
    "work": _yes_or_no,
    "route_id": _route,
    "after": _after,
    "rrule": _rule,
    "windows": _windows,
    "day_rule": _day_rule,
    "evidence": _evidence,
}
