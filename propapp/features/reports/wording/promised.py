"""What the level of a plan promises beside its tasks, in words."""

from __future__ import annotations

from propapp.features.reports.contents import Performance
from propapp.features.reports.documents import Column, Part, Row, Words, percent
from propapp.features.reports.promised import Gauge, PromisedLine
from propapp.features.reports.wording.promises import clause_cells, clause_columns
from propapp.features.reports.wording.tables import PERCENT
from propapp.features.standards.figures import Limit

_TONES = {True: "good", False: "danger", None: ""}


def promised(found: Performance, words: Words) -> Part:
    """Each clause of the level that no task of its own keeps, or that has a figure besides."""
    return Part(
        words("promised"),
        [
            *clause_columns(words, name=24, asked=28),
            Column(words("kept_by"), width=20),
            Column(words("measure"), width=24),
            Column(words("cases"), width=10),
            Column(words("share"), PERCENT, 9),
            Column(words("formula"), width=50, printed=False),
        ],
        [_line(one, words) for one in found.promised],
        note=words("promised_note"),
        nothing=words("no_promised"),
    )


def _line(one: PromisedLine, words: Words) -> Row:
    card, cases = one.card, one.cases
    measure, formula = _gauge(one.gauge, one.limit, words)
    return Row(
        [
            *clause_cells(card, one.limits, words),
            _kept_by(one, words),
            measure,
            f"{cases.part} / {cases.whole}" if one.gauge else "",
            percent(cases.part, cases.whole) if one.gauge else None,
            formula,
        ],
        _TONES[one.is_kept],
    )


def _kept_by(one: PromisedLine, words: Words) -> str:
    if one.has_task:
        return words("own_task")
    return words("task_of", number=one.by) if one.by else words("no_task")


def _gauge(gauge: Gauge | None, limit: Limit | None, words: Words) -> tuple[str, str]:
    """What is counted, and how; that nothing is, where the house knows nothing of it."""
    if gauge is None or limit is None:
        return words("not_measured"), ""
    measure, formula = gauge.code, f"{gauge.code}_{gauge.version}"
    if gauge.is_goal_s:
        name, said = words.of(f"goal.measure.{measure}"), words.of(f"goal.formula.{formula}")
    else:
        within = f"{float(limit.value):g} {words(f'unit.{limit.unit}')}"
        name, said = words(f"gauge.{measure}"), words(f"formula.{formula}", limit=within)
    return words("measure_said", measure=name, version=gauge.version), said
