"""A report is made once, whole, and by whoever is alive; what kills its maker is given up."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import delete

from propapp.core.db.engine import write_session
from propapp.core.errors import InvalidInput, NotAllowed, NotFound
from propapp.core.ids import uuid7
from propapp.core.making.models import ExportStatus
from propapp.core.making.workshop import KEPT
from propapp.core.settings import settings
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.features.people.models import RoleAssignment
from propapp.features.plans.models import PlanStatus
from propapp.features.reports import jobs, reading
from propapp.features.reports.jobs import REPORTS
from propapp.features.reports.models import Report
from tests.counting import count_queries
from tests.features.reports.conftest import Month
from tests.plans import a_plan
from tests.world import World, found, rows


def state(report: Report) -> Report:
    return found(Report, report.id)


def test_it_is_asked_for_made_and_told_of(month: Month) -> None:
    report = month.asked(form="pdf")
    assert REPORTS.make_waiting(month.world.clock) == 1
    made = state(report)
    assert made.status is ExportStatus.READY
    assert made.done == made.total > 0
    assert REPORTS.file_of(made).stat().st_size == made.size
    (event,) = rows(TimelineEvent, verb="report.asked")
    assert (event.thing_kind, event.thing_id) == ("site", month.world.site.id)
    assert "履约报告" in made.title


def test_a_maker_that_was_killed_leaves_nothing_half_and_another_takes_it_up(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = month.asked()

    class Killed(BaseException):
        """As a signal ends a process: nothing of ours catches it."""

    def die(*_given: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("propapp.features.reports.sheets.write", die)
        with pytest.raises(Killed):
            REPORTS.make_waiting(month.world.clock)
    assert state(report).status is ExportStatus.WAITING
    assert not REPORTS.file_of(report).exists()
    assert REPORTS.keep(month.world.clock) == 1
    assert state(report).status is ExportStatus.READY
    assert state(report).tries == 2


def test_what_kills_its_maker_each_time_is_given_up(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = month.asked()

    def die(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("propapp.features.reports.sheets.write", die)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            REPORTS.make_waiting(month.world.clock)
    REPORTS.make_waiting(month.world.clock)
    assert state(report).status is ExportStatus.FAILED


def test_what_a_killed_maker_left_on_the_disk_is_swept(month: Month) -> None:
    folder = settings().data / "reports"
    folder.mkdir()
    old, new = folder / "a.1.part", folder / "a.2.part"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    REPORTS.keep(month.world.clock)
    assert not old.exists()
    assert new.exists()


def test_one_that_cannot_be_made_says_so_and_holds_up_no_other(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = month.asked(form="pdf"), month.asked(form="xlsx")

    def breaks(*_given: object) -> bytes:
        raise OSError("no room")

    monkeypatch.setattr("propapp.features.reports.papers.printed", breaks)
    assert REPORTS.make_waiting(month.world.clock) == 2
    assert state(bad).status is ExportStatus.FAILED
    assert state(good).status is ExportStatus.READY


def test_who_may_not_have_it_any_more_gets_nothing_made(month: Month) -> None:
    report = month.asked(who="supervisor")
    with write_session() as session, session.begin():
        person = month.world.actor("supervisor").person_id
        session.execute(delete(RoleAssignment).where(RoleAssignment.person_id == person))  # type: ignore[arg-type]
    REPORTS.make_waiting(month.world.clock)
    assert state(report).status is ExportStatus.FAILED


def test_many_makers_at_once_make_each_one_once(month: Month) -> None:
    asked = [month.asked() for _ in range(3)]
    with ThreadPoolExecutor(4) as makers:
        made = [one.result() for one in [makers.submit(REPORTS.make_waiting) for _ in range(4)]]
    assert sum(made) == len(asked)
    names = {file.name for file in (settings().data / "reports").iterdir()}
    assert names == {f"{one.id}.xlsx" for one in asked}


def test_one_of_long_ago_is_let_go(month: Month) -> None:
    file = month.made()
    month.world.clock.move(KEPT + timedelta(days=1))
    REPORTS.keep(month.world.clock)
    assert not file.exists()
    assert not rows(Report)


def test_the_bar_moves_while_it_is_made(month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    report, heard = month.asked(), list[int]()
    monkeypatch.setattr("propapp.features.reports.contents._STEP", 2)
    real = jobs.document_of

    def watched(*given: object) -> object:
        document = real(*given)  # type: ignore[arg-type]
        heard.append(state(report).done)
        return document

    monkeypatch.setattr(jobs, "document_of", watched)
    REPORTS.make_waiting(month.world.clock)
    assert heard[0] > 0
    assert state(report).total == 8


def test_what_cannot_be_asked_for_is_refused(month: Month, elsewhere: World) -> None:
    with pytest.raises(InvalidInput):
        month.asked(month="2026-04")
    with pytest.raises(NotAllowed):
        month.asked(who="guard")
    with pytest.raises(NotFound):
        elsewhere_asks(elsewhere, month)
    draft = a_plan(month.world, PlanStatus.DRAFT)
    with pytest.raises(NotFound):
        month.world.do(
            "manager", "report.plan", report_id=uuid7(), plan_id=draft.id, form="pdf"
        )  # fmt: skip
    assert not rows(Report)


def elsewhere_asks(world: World, month: Month) -> None:
    asked = {"report_id": uuid7(), "kind": "plan", "month": "2026-03", "form": "pdf"}
    world.do("manager", "report.month", site_id=month.world.site.id, **asked)


def test_a_plan_is_reported_from_its_first_day_to_its_last(month: Month) -> None:
    report = month.world.do(
        "manager", "report.plan", report_id=uuid7(), plan_id=month.plan.id, form="pdf", locale="en"
    )
    REPORTS.make_waiting(month.world.clock)
    assert state(report).status is ExportStatus.READY
    assert (report.starts, report.ends) == (month.plan.starts, month.plan.ends)
    assert Path(REPORTS.file_of(report)).read_bytes().startswith(b"%PDF")


def test_the_page_asks_as_often_whatever_was_made(month: Month, elsewhere: World) -> None:
    def seen() -> tuple[int, int]:
        with looking(month.world.actor("manager"), clock=month.world.clock) as uow:
            with count_queries() as sent:
                desk = reading.desk(uow, month.world.site, None)
            return len(sent), len(desk.made)

    month.asked()
    first, _ = seen()
    for who in ("manager", "supervisor", "administrator"):
        month.asked(who=who)
    assert seen() == (first, 4)
    with looking(elsewhere.actor("manager")) as uow:
        assert not reading.made_at(uow, month.world.site.id)
