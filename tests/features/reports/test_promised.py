"""What a level promises beside its tasks stands in the report, with its figure where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from propapp.core.text import LOCALES, words
from propapp.features.orders.models import OrderStatus, Priority
from propapp.features.reports import papers, promised
from propapp.features.reports.jobs import document_of
from propapp.features.reports.promised import PromisedLine
from propapp.features.standards import figures
from propapp.features.standards.models import (
    Clause,
    ClauseLevel,
    ClauseVersion,
    Standard,
    StandardKind,
)
from tests.counting import count_queries
from tests.features.reports.conftest import DAY, HOUR, Month, in_force_since, nothing
from tests.features.reports.test_files import column
from tests.plans import a_draft, a_task
from tests.standards import a_clause, a_standard
from tests.world import NOON, World, an_order_row, rows, save

LEVELS = [{"code": str(n), "name": f"L{n}", "name_en": f"L{n}"} for n in (1, 2)]
HALF = timedelta(minutes=30)


def a_demand(
    paper: Standard, number: str, subject: str, *limits: str, demanded: bool = True
) -> Clause:
    """A clause that asks the same at the first level, and nothing in figures at the second."""
    clause = a_clause(paper, "", number=number, subject=subject)
    (version,) = rows(ClauseVersion, clause_id=clause.id)
    (level,) = rows(ClauseLevel, version_id=version.id)
    level.level, level.limits, level.demanded = "1", list(limits), demanded
    second = ClauseLevel(version_id=version.id, level="2", text="As agreed", mark=level.mark)
    save(level, second)
    return clause


@pytest.fixture
def promises(month: Month) -> Month:
    """A plan of the first level, with a task for one clause of it only."""
    paper = a_standard(StandardKind.STANDARD, code="levels", levels=LEVELS)
    a_demand(paper, "S01", "service.hotline", "open >= 24 h")
    a_demand(paper, "S02", "service.urgent_repair", "arrival <= 30 min")
    a_demand(paper, "S03", "service.survey", "content >= 80 %")
    kept = a_demand(paper, "S04", "building.patrol")
    a_demand(paper, "S05", "building.patrol")
    a_demand(paper, "S06", "lift.running", demanded=False)
    (version,) = rows(ClauseVersion, clause_id=kept.id)
    task = a_task("doors", route_id=month.world.route.id, clause_id=version.id)
    draft = a_draft(month.world, task, level="levels:1")
    in_force_since(month.world, draft, NOON - 60 * DAY)
    return month


def urgent(world: World, begun: timedelta | None, reported: datetime = NOON - 5 * DAY) -> None:
    started = None if begun is None else reported + begun
    an_order_row(world, priority=Priority.URGENT, reported_at=reported, started_at=started)


def some_orders(world: World) -> None:
    """Urgent ones begun in time, too late, never and not yet; owners content and not."""
    for begun in (HALF / 2, HALF, HALF, 2 * HOUR, None):
        urgent(world, begun)
    urgent(world, None, NOON - HALF / 2)
    urgent(world, HALF, NOON - 40 * DAY)
    for stars in (5, 5, 4, 4, 2):
        closed = NOON - DAY
        an_order_row(world, OrderStatus.CLOSED, stars=stars, closed_at=closed)


def told(found: Sequence[PromisedLine]) -> dict[str, tuple[str, int, int, bool | None]]:
    return {
        one.card.number: (one.by, one.cases.part, one.cases.whole, one.is_kept) for one in found
    }


def test_what_no_task_of_its_own_keeps_is_told_with_its_figure(promises: Month) -> None:
    some_orders(promises.world)
    assert told(promises.performance().promised) == {
        "S01": ("", 0, 0, None),
        "S02": ("", 3, 5, False),
        # Of five, four were content: that is the share that was promised.
        "S03": ("", 4, 5, True),
        # Another clause's task on the same subject keeps it too.
        "S05": ("S04", 0, 0, None),
    }


def test_few_cases_are_not_judged(promises: Month) -> None:
    urgent(promises.world, HALF)
    assert told(promises.performance().promised)["S02"] == ("", 1, 1, None)


def test_without_a_level_nothing_more_was_promised(month: Month) -> None:
    assert month.performance().promised == []


def test_what_limits_something_else_is_not_measured_by_it() -> None:
    gauge = promised.GAUGES["service.urgent_repair", "arrival"]
    shares = promised.GAUGES["service.survey", "content"]
    limits = [figures.read_limit(one) for one in ("arrival <= 1 h", "arrival >= 90 %")]
    assert [gauge.measures(one) for one in limits] == [True, False]
    assert [shares.measures(one) for one in limits] == [False, True]
    assert limits[0].amount == Fraction(60)


@pytest.mark.parametrize("locale", LOCALES)
def test_workbook_and_paper_say_it_in_both_languages(promises: Month, locale: str) -> None:
    some_orders(promises.world)
    said = words("paper.report", locale)
    sheet = promises.sheets(locale=locale)[said["promised"]]
    assert column(sheet, said["number"]) == ["S01", "S02", "S03", "S05"]
    assert column(sheet, said["cases"]) == [None, "3 / 5", "4 / 5", None]
    assert column(sheet, said["share"]) == [None, 0.6, 0.8, None]
    no_task = said["no_task"]
    kept_by = [no_task, no_task, no_task, said["task_of"].replace("{number}", "S04")]
    assert column(sheet, said["kept_by"]) == kept_by
    measures = column(sheet, said["measure"])
    assert measures[0] == said["not_measured"]
    assert said["gauge.urgent_begun"] in measures[1]
    assert {"zh-CN": "30 分钟", "en": "30 min"}[locale] in column(sheet, said["formula"])[1]
    report = promises.asked(form="pdf", locale=locale)
    printed = papers.sheet_of(document_of(report, nothing, promises.world.clock))
    (part,) = [one for one in printed["parts"] if one["title"] == said["promised"]]
    assert [row["cells"][0] for row in part["rows"]] == ["S01", "S02", "S03", "S05"]
    assert [row["tone"] for row in part["rows"]] == ["", "danger", "good", ""]
    assert promises.made(form="pdf", locale=locale).read_bytes().startswith(b"%PDF")


def test_the_number_of_questions_is_fixed(promises: Month) -> None:
    def asked() -> int:
        with count_queries() as sent:
            promises.performance()
        return len(sent)

    first = asked()
    some_orders(promises.world)
    (paper,) = rows(Standard, code="levels")
    for number in range(8):
        a_demand(paper, f"T{number}", f"service.more{number}")
    assert asked() == first


def test_every_gauge_has_its_words_in_both_languages() -> None:
    for gauge in promised.GAUGES.values():
        place = "goal" if gauge.is_goal_s else "paper.report"
        name = "measure" if gauge.is_goal_s else "gauge"
        for locale in LOCALES:
            said = words(place, locale)
            assert said[f"{name}.{gauge.code}"]
            assert said[f"formula.{gauge.code}_{gauge.version}"]
