"""From how often to which days and hours; never less often than was asked, and pure."""

from __future__ import annotations

from math import ceil

from propapp.core.dates.chance import DAY, GRAIN
from propapp.core.dates.recurrence import WEEKDAYS
from propapp.core.dates.specs import WindowSpec
from propapp.features.standards.figures import Frequency, Unit

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
_YEAR, _LAST_DAY = 12, 28
_GRACE = 30


def rhythm(often: Frequency, *, begins: int, ends: int, seed: str) -> tuple[str, list[WindowSpec]]:
    """A rule for the days and the windows of a day; ``begins`` and ``ends`` are hours.

    ``seed`` spreads what is monthly and rarer over the days and months, the same each time.
    """
    throw = sum(seed.encode())
    if often.unit is Unit.HOUR:
        hours = max(1, often.span) / often.times
        return "FREQ=DAILY", _windows(ceil(24 / hours), 0, 24)
    if often.unit is Unit.DAY:
        rule = f"FREQ=DAILY;INTERVAL={often.span}" if often.span > 1 else "FREQ=DAILY"
        return rule, _windows(often.times, begins, ends)
    if often.unit is Unit.WEEK:
        return _weekly(often, begins, ends, throw)
    return _monthly(often, throw), _windows(1, begins, ends)


def _windows(times: int, begins: int, ends: int) -> list[WindowSpec]:
    """So many windows one after the other; as many as fit, where not all do."""
    first, span = begins * 60, max(ends - begins, 1) * 60
    times = min(times, span // GRAIN)
    length = span // times // GRAIN * GRAIN
    return [
        WindowSpec(opens=(first + n * length) % DAY, minutes=length, grace=min(_GRACE, length))
        for n in range(times)
    ]


def _weekly(often: Frequency, begins: int, ends: int, throw: int) -> tuple[str, list[WindowSpec]]:
    days = min(often.times, len(WEEKDAYS))
    chosen = sorted({(throw + n * len(WEEKDAYS) // days) % len(WEEKDAYS) for n in range(days)})
    interval = f";INTERVAL={often.span}" if often.span > 1 else ""
    rule = f"FREQ=WEEKLY{interval};BYDAY={','.join(WEEKDAYS[day] for day in chosen)}"
    return rule, _windows(ceil(often.times / days), begins, ends)


def _monthly(often: Frequency, throw: int) -> str:
    months = _MONTHS[often.unit] * often.span
    each_month = ceil(often.times / months)
    if often.times >= months:
        step = _LAST_DAY // min(each_month, _LAST_DAY)
        days = sorted({1 + (throw + n * step) % _LAST_DAY for n in range(each_month)})
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}"
    every = min(months // often.times, _YEAR)
    first = 1 + throw % every
    # An interval that does not divide the year begins with it, or the year would be short of one.
    first = first if _YEAR % every == 0 else 1
    chosen = ",".join(map(str, range(first, _YEAR + 1, every)))
    return f"FREQ=YEARLY;BYMONTH={chosen};BYMONTHDAY={1 + throw % _LAST_DAY}"
