"""When something is done, as columns: the same for tasks of a plan and for schedules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from propapp.core.dates.chance import DAY
from propapp.core.dates.timetable import Chanced, Trigger
from propapp.core.dates.workdays import DayRule
from propapp.core.sheets.cells import Trouble
from propapp.features.sheets.forms import SEASON, WHOLE, WINDOWS, choice, said_windows, windows_of
from propapp.features.sheets.repeats import REPEAT
from propapp.features.sheets.tables import Column, Values

GRACE = 10
COLUMNS = (
    Column("repeat", REPEAT, width=20, strict=False),
    Column("day_rule", choice("workbook.day_rule", tuple(DayRule)), usual="every"),
    Column("windows", WINDOWS, width=24),
    Column("grace", WHOLE, usual=GRACE),
    Column("season", SEASON, width=16),
    Column("trigger", choice("workbook.trigger", tuple(Trigger)), usual="calendar"),
    # Of random rounds: each point once in so many minutes, by rounds of so many.
    Column("reach", WHOLE),
    Column("walk", WHOLE),
)
_CHANCE = ("reach", "walk")
_TIMES = frozenset({"repeat", "day_rule", "windows", "grace", "trigger", *_CHANCE})
# No round of chance is planned over more minutes.
_MOST = 2 * DAY
# By what a refusal is about, the column that it is shown at.
SHOWN_AT: Mapping[str, str] = {
    "rrule": "repeat",
    "coverage": "reach",
    "rule_unreadable": "repeat",
    "rule_never_ends": "ends",
    "rule_never_happens": "repeat",
    "window_impossible": "windows",
    "coverage_impossible": "reach",
    "opens": "windows",
    "first": "season",
    "last": "season",
}


def row_of(thing: Chanced) -> dict[str, Any]:
    """What stands in the columns; the window of what falls by chance is the time it falls in."""
    season, chance = thing.season, thing.random
    windows = [_stretch(chance)] if chance else thing.windows
    return {
        "repeat": thing.rrule,
        "day_rule": thing.day_rule.value,
        "windows": said_windows(windows),
        "grace": windows[0]["grace"] if windows else GRACE,
        "season": f"{season['from']}~{season['to']}" if season else "",
        "trigger": thing.trigger.value,
        "reach": chance["every"] if chance else None,
        "walk": chance["minutes"] if chance else None,
    }


def _stretch(chance: Mapping[str, int]) -> dict[str, int]:
    begins, ends = chance["begins"], chance["ends"]
    return {"opens": begins, "minutes": ends - begins, "grace": chance["grace"]}


def asked_of(thing: Chanced) -> dict[str, Any]:
    """What is there already, in the words of a use case."""
    season = thing.season
    return {
        "trigger": thing.trigger,
        "rrule": thing.rrule,
        "windows": [] if thing.random else thing.windows,
        "day_rule": thing.day_rule,
        "season": {"first": season["from"], "last": season["to"]} if season else None,
        "coverage": thing.random,
    }


def asked(values: Values, touched: frozenset[str], thing: Chanced | None) -> dict[str, Any]:
    """What a row says of its times, on top of what is there already."""
    made = asked_of(thing) if thing is not None else {}
    if "season" in touched:
        first, _, last = values["season"].partition("~")
        made["season"] = {"first": first, "last": last} if first else None
    if not touched & _TIMES:
        return made
    made |= {"trigger": values["trigger"], "day_rule": values["day_rule"], "coverage": None}
    if "repeat" in touched:
        made["rrule"] = values["repeat"]
    if values["trigger"] != Trigger.CALENDAR and not made["rrule"] and values["windows"]:
        # Chance and the weather need days on which they may begin it.
        raise Trouble("no_days", "repeat")
    if values["trigger"] == Trigger.RANDOM:
        return made | {"windows": [], "coverage": _coverage(values)}
    for name in _CHANCE:
        if values[name] is not None:
            raise Trouble("not_random", name)
    if touched & {"windows", "grace", "trigger"}:
        text = values["windows"]
        made["windows"] = windows_of(text, values["grace"]) if text else []
    return made


def _coverage(values: Values) -> dict[str, int]:
    """Random rounds fall within one stretch of time."""
    for name in _CHANCE:
        if values[name] is None:
            raise Trouble("missing", name)
        if not 0 < values[name] <= _MOST:
            raise Trouble("too_great" if values[name] > 0 else "too_small", name, most=_MOST)
    windows = windows_of(values["windows"], values["grace"]) if values["windows"] else []
    if len(windows) != 1:
        raise Trouble("one_stretch", "windows")
    begins = windows[0]["opens"]
    return {
        "every": values["reach"],
        "minutes": values["walk"],
        "begins": begins,
        "ends": begins + windows[0]["minutes"],
        "grace": values["grace"],
    }
