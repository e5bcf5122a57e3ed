"""What two versions of a plan differ in, in words of both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from propapp.core import text
from propapp.core.dates.recurrence import Freq, parse
from propapp.core.dates.workdays import DayRule
from propapp.core.text import LOCALES
from propapp.features.plans.models import PlanTask
from propapp.features.plans.rules import FieldChange, TaskChange, Version, differences
from propapp.features.schedules.models import Route
from propapp.features.schedules.views import windows_text

# Told in words; what only a machine reads is told as having changed.
_SILENT = frozenset({"clause_id", "template_id", "random", "trigger", "season"})
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
    """What routes and tasks are called."""

    routes: Mapping[UUID, Route]
    tasks: Mapping[str, PlanTask]


def lines(old: Version, new: Version, routes: Mapping[UUID, Route]) -> list[DiffLine]:
    """The differences, task by task."""
    names = Names(routes, {task.key: task for task in (*old.tasks, *new.tasks)})
    return [_line(change, names) for change in differences(old, new)]


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
    if change.field in _SILENT:
        return FieldLine(change.field)
    say = _SAYERS.get(change.field, _plain)
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


def _rule(value: Any, locale: str, _names: Names) -> str:
    if not value:
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
