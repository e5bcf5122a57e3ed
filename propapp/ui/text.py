"""Words and times on a page, in the person's language, switched in the browser alone.

Nothing here asks the server: a page drawn with these follows a switch of language with no network.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

_STORE = "$/public/i18n/store.js"
# Catalogues that only some pages load, by the prefixes of their keys: name, hook and module.
_PHONE = ("text_", "useText", _STORE)
_OFFICE = ("office_", "useOfficeText", "$/public/i18n/office.js")
_PLANS = ("plans_", "usePlanText", "$/public/i18n/plans.js")
_GOALS = ("goals_", "useGoalText", "$/public/i18n/goals.js")
_DUTY = ("duty_", "useDutyText", "$/public/i18n/duty.js")
_SHEETS = ("sheets_", "useSheetText", "$/public/i18n/sheets.js")
_REPORTS = ("reports_", "useReportText", "$/public/i18n/reports.js")
_CLAUSES = ("clauses_", "useClauseText", "$/public/i18n/clauses.js")
_STAFF = ("staff_", "useStaffText", "$/public/i18n/staff.js")
_DOOR = ("door_", "useDoorText", "$/public/i18n/door.js")
_CARE = ("care_", "useCareText", "$/public/i18n/care.js")
_RUNS = ("runs_", "useRunText", "$/public/i18n/runs.js")
_SCHEDULES = ("schedules_", "useScheduleText", "$/public/i18n/schedules.js")
_ROSTERS = ("rosters_", "useRosterText", "$/public/i18n/rosters.js")
_STANDARDS = ("standards_", "useStandardText", "$/public/i18n/standards.js")
_CHAIN = ("chain_", "useChainText", "$/public/i18n/chain.js")
_FILES = ("files_", "useFileText", "$/public/i18n/files.js")
_YEARS = ("years_", "useYearText", "$/public/i18n/years.js")
_WALK = ("walk_", "useWalkText", "$/public/i18n/walk.js")
_OUTBOX = ("outbox_", "useOutboxText", "$/public/i18n/outbox.js")
_TOLD = ("told_", "useMessageText", "$/public/i18n/messages.js")
_BY_PREFIX = {
    # What other pages say too.
    "run.photo": _PHONE,
    "run.hand": _PHONE,
    "run.steps": _PHONE,
    "week.title": _PHONE,
    "run.": _WALK,
    "sign_in.error": _DOOR,
    "password.": _DOOR,
    "staff.": _STAFF,
    "scanner.": _WALK,
    "outbox.": _OUTBOX,
    "kind.": _OUTBOX,
    "message.": _TOLD,
    "duty.": _DUTY,
    "week.": _DUTY,
    "board.run.": _RUNS,
    "board.step.": _RUNS,
    "board.flag.": _RUNS,
    "board.verdict.": _RUNS,
    "office.proof.": _RUNS,
    "office.twin.": _RUNS,
    "office.evidence.": _FILES,
    "office.made.": _FILES,
    "office.parcels.": _CARE,
    "office.phone.": _CARE,
    "office.held.": _CARE,
    "office.look.": _CARE,
    "office.codes.": _CARE,
    "office.challenges.": _CARE,
    "office.schedule.": _SCHEDULES,
    "office.year.": _SCHEDULES,
    "office.seed.": _SCHEDULES,
    "office.weather.": _SCHEDULES,
    "office.hook.": _SCHEDULES,
    "office.roster.": _ROSTERS,
    "office.ask.": _ROSTERS,
    "office.shift.": _ROSTERS,
    "office.ladder.": _ROSTERS,
    "office.rules.": _ROSTERS,
    "office.duty.": _ROSTERS,
    "office.clause.": _STANDARDS,
    "office.standards.": _STANDARDS,
    "office.kept.": _STANDARDS,
    "office.level.": _STANDARDS,
    "office.area.": _STANDARDS,
    "office.standard_kind.": _STANDARDS,
    "office.mark.": _STANDARDS,
    "office.proves.": _STANDARDS,
    "office.city.": _STANDARDS,
    # What several of the office's pages say; its own prefixes stand above.
    "board.": _OFFICE,
    "office.": _OFFICE,
    "plan.year.": _YEARS,
    "plan.": _PLANS,
    "goal.": _GOALS,
    "accident.": _GOALS,
    "chain.": _CHAIN,
    "letter.": _GOALS,
    "sheet.": _SHEETS,
    "reports.": _REPORTS,
    "own.": _CLAUSES,
}

_Catalogue = tuple[str, str, str]


def _of(prefix: str) -> _Catalogue:
    return next((one for known, one in _BY_PREFIX.items() if prefix.startswith(known)), _PHONE)


def _words(catalogue: _Catalogue = _PHONE) -> VarData:
    name, hook, module = catalogue
    return VarData(
        imports={module: [ImportVar(tag=hook)]}, hooks={f"const {name} = {hook}()": None}
    )


_NOW = VarData(imports={_STORE: [ImportVar(tag="useNow")]}, hooks={"const now_ = useNow()": None})


def _call(
    function: str, *args: Any, also: VarData | None = None, words: _Catalogue = _PHONE
) -> rx.Var:
    values = [rx.Var.create(value) for value in args]
    data = VarData.merge(_words(words), also, *(value._get_all_var_data() for value in values))
    code = f"{words[0]}.{function}({', '.join(value._js_expr for value in values)})"
    return rx.Var(code, _var_data=data).to(str)


def t(key: str, **facts: Any) -> rx.Var:
    """The sentence under a literal key, its blanks filled with facts."""
    words = _of(key)
    return _call("t", key, facts, words=words) if facts else _call("t", key, words=words)


def word(prefix: str, code: Any) -> rx.Var:
    """The word for a code known only at run time; the catalogues hold every code of the prefix."""
    return _call("t", _joined(prefix, code), words=_of(f"{prefix}."))


def sentence(prefix: str, code: Any, facts: Any) -> rx.Var:
    """As ``word``, with facts that come as one object from the data."""
    return _call("t", _joined(prefix, code), facts, words=_of(f"{prefix}."))


def local(chinese: Any, english: Any) -> rx.Var:
    """The data's own name in the person's language, Chinese where there is no other."""
    return _call("pick", chinese, english)


def name_of(one: Any) -> rx.Var:
    """The name of something that has one in both languages."""
    return local(one.name, one.name_en)


def _joined(prefix: str, code: Any) -> rx.Var:
    code = rx.Var.create(code)
    return rx.Var(f'("{prefix}." + {code._js_expr})', _var_data=code._get_all_var_data()).to(str)


def clock(at: Any) -> rx.Var:
    """Hours and minutes at the site."""
    return _call("clock", at)


def day(at: Any) -> rx.Var:
    """Today, yesterday or the date."""
    return _call("day", at)


def date(at: Any) -> rx.Var:
    """The month and the day."""
    return _call("date", at)


def slot(opens: Any, closes: Any) -> rx.Var:
    """From when until when; the day is named only where it is not today."""
    return _call("slot", opens, closes)


def date_time(at: Any) -> rx.Var:
    """The day and the time."""
    return _call("dateTime", at)


def ago(at: Any) -> rx.Var:
    """How long ago, kept true while it is looked at."""
    return _ticking("ago", at)


def until(at: Any) -> rx.Var:
    """How long is left or how long it is over, kept true while it is looked at."""
    return _ticking("until", at)


def duration(minutes: Any) -> rx.Var:
    """A span of minutes in words."""
    return _call("duration", minutes)


def number(value: Any) -> rx.Var:
    """A number with the language's separators."""
    return _call("number", value)


def locale() -> rx.Var:
    """The language of the moment, ``zh-CN`` or ``en``."""
    return rx.Var("text_.locale", _var_data=_words()).to(str)


def _ticking(function: str, at: Any) -> rx.Var:
    return _call(function, at, rx.Var("now_", _var_data=_NOW))
