"""The register of accidents goes out and comes in: recorded, found, withdrawn, never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from propapp.core.access import Role
from propapp.features.accidents.models import Accident, AccidentKind, AccidentStatus
from propapp.features.messages.models import Message
from propapp.features.sheets.models import SheetStatus
from tests.accidents import an_accident
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import NOON, World, found, rows

# By the clock on the wall of the site, as a workbook has it.
EVENING = datetime(2026, 2, 2, 23, 5)  # noqa: DTZ001
NAMES = ("happened_at", "accident", "place", "what", "injured", "status", "reason")
HEADS = heads(*NAMES)
AT = {name: at for at, name in enumerate(("id", *NAMES))}


def mended(world: World, folder: Path, mend: Callable[[list[Any]], None]) -> bytes:
    """The register with its one row changed."""
    return changed(exported(world, "manager", "accidents"), folder, lambda table: mend(table[1]))


def test_a_register_of_before_comes_in_with_what_was_found(garden: World) -> None:
    content = workbook([
        HEADS,
        ["2026-02-01 08:30", "摔伤、坠落", "3号楼大堂", "业主滑倒", 1, "", ""],
        [EVENING, "Fire", "车库", "电动车起火", 0, "责任事故", "充电桩失修"],
        ["2026-02-03", "其他", "南门", "误报", "", "已撤销", "不是事故"],
    ])  # fmt: skip
    sheet = bring(garden, "manager", "accidents", content)
    assert (counts(sheet), problems(sheet)) == ((3, 0, 0, 0), [])
    assert (rows(Accident), rows(Message)) == ([], []), "looking through writes nothing"
    assert take_in(garden, "manager", sheet).status is SheetStatus.TAKEN
    fall, fire, none = sorted(rows(Accident), key=lambda one: one.occurred_at)
    assert fall.occurred_at == datetime(2026, 2, 1, 0, 30, tzinfo=UTC)
    assert (fall.kind, fall.injured, fall.status) == (AccidentKind.FALL, 1, AccidentStatus.OPEN)
    assert (fire.occurred_at.minute, fire.status) == (5, AccidentStatus.LIABLE)
    assert (fire.reason, fire.found_by) == ("充电桩失修", garden.actor("manager").person_id)
    assert none.status is AccidentStatus.WITHDRAWN
    assert len(rows(Message, kind="accident.recorded")) == 3, "the administrator is told"
    assert counts(bring(garden, "manager", "accidents", content)) == (0, 0, 3, 0)


def test_an_accident_is_withdrawn_by_its_status_with_a_reason(
    garden: World, tmp_path: Path
) -> None:
    one = an_accident(garden)

    def withdraw(row: list[Any]) -> None:
        row[AT["status"]], row[AT["reason"]] = "已撤销", "重复登记"

    content = mended(garden, tmp_path, withdraw)
    sheet = bring(garden, "manager", "accidents", content)
    assert (counts(sheet), problems(sheet)) == ((0, 1, 0, 0), [])
    take_in(garden, "manager", sheet)
    after = found(Accident, one.id)
    assert (after.status, after.reason) == (AccidentStatus.WITHDRAWN, "重复登记")
    assert counts(bring(garden, "manager", "accidents", content)) == (0, 0, 1, 0)
    assert problems(bring(garden, "supervisor", "accidents", content)) == []


def test_what_was_registered_stays_and_is_registered_anew(garden: World, tmp_path: Path) -> None:
    one = an_accident(garden)

    def other_words(row: list[Any]) -> None:
        row[AT["what"]], row[AT["injured"]] = "Nobody fell", 0

    sheet = bring(garden, "manager", "accidents", mended(garden, tmp_path, other_words))
    assert problems(sheet) == [(2, "what", "accident_stays")]

    def anew(table: list[list[Any]]) -> None:
        table.append(list(table[1]))
        table[1][AT["status"]], table[1][AT["reason"]] = "已撤销", "写错了人数"
        table[2][AT["id"]], table[2][AT["injured"]] = "", 2

    content = changed(exported(garden, "manager", "accidents"), tmp_path, anew)
    sheet = take_in(garden, "manager", bring(garden, "manager", "accidents", content))
    assert (counts(sheet), problems(sheet)) == ((1, 1, 0, 0), [])
    assert found(Accident, one.id).status is AccidentStatus.WITHDRAWN
    assert [two.injured for two in rows(Accident) if two.id != one.id] == [2]


def test_each_accident_hears_its_own_error(garden: World, elsewhere: World) -> None:
    theirs = str(an_accident(elsewhere).id)
    local = (NOON + timedelta(hours=8, minutes=6)).strftime("%Y-%m-%d %H:%M")
    day = "2026-02-01 08:30"
    content = workbook([
        [*heads("id"), *HEADS],
        ["", "昨天", "其他", "甲", "一", 0, "", ""],
        ["", local, "其他", "乙", "一", 0, "", ""],
        ["", day, "地震", "丙", "一", 0, "", ""],
        ["", day, "其他", "", "一", 0, "", ""],
        ["", day, "其他", "戊", "长" * 801, 0, "", ""],
        ["", day, "其他", "己", "一", 1000, "", ""],
        ["", day, "其他", "庚", "一", 0, "责任事故", ""],
        ["", day, "其他", "辛", "一", 0, "", "没有状态"],
        [theirs, day, "其他", "壬", "一", 0, "", ""],
        ["", day, "其他", "癸", "一", 0, "", ""],
        ["", day, "其他", "癸", "一", 0, "", ""],
    ])  # fmt: skip
    sheet = bring(garden, "manager", "accidents", content)
    assert problems(sheet) == [
        (2, "happened_at", "not_moment"),
        (3, "happened_at", "occurred_at"),
        (4, "accident", "not_offered"),
        (5, "place", "missing"),
        (6, "what", "too_long"),
        (7, "injured", "too_great"),
        (8, "reason", "reason_new"),
        (9, "reason", "reason_alone"),
        (10, "id", "unknown_id"),
        (12, "", "twice"),
    ]
    assert take_in(garden, "manager", sheet).status is SheetStatus.CHECKED
    assert not rows(Accident, site_id=garden.site.id)


def test_whoever_registers_does_not_find_and_what_was_found_is_not_open_again(
    garden: World, tmp_path: Path
) -> None:
    one = an_accident(garden)

    def find(row: list[Any]) -> None:
        row[AT["status"]], row[AT["reason"]] = "责任事故", "地面没有警示"

    content = mended(garden, tmp_path, find)
    assert problems(bring(garden, "supervisor", "accidents", content)) == [
        (2, "status", "not_allowed")
    ]
    take_in(garden, "manager", bring(garden, "manager", "accidents", content))
    assert found(Accident, one.id).status is AccidentStatus.LIABLE

    def reopen(row: list[Any]) -> None:
        row[AT["status"]] = "待认定"

    again = mended(garden, tmp_path, reopen)
    assert problems(bring(garden, "manager", "accidents", again)) == [
        (2, "status", "found_already")
    ]
    withdrawn = {"accident_id": one.id, "reason": "Twice"}
    garden.do("manager", "accident.withdraw", **withdrawn)
    assert problems(bring(garden, "manager", "accidents", content)) == [(2, "status", "wrong_step")]
    assert found(Accident, one.id).status is AccidentStatus.WITHDRAWN


def test_two_of_the_same_words_are_told_apart_by_their_id(garden: World) -> None:
    an_accident(garden)
    an_accident(garden)
    assert counts(bring(garden, "manager", "accidents", exported(garden, "manager", "accidents")))[
        2:
    ] == (2, 0)
    garden.person("both", Role.MANAGER)
    nameless = workbook([
        HEADS,
        ["2026-03-10 11:00", "摔伤、坠落", "Hall of building 2",
         "An owner slipped on the wet floor", 1, "", ""],
    ])  # fmt: skip
    assert problems(bring(garden, "both", "accidents", nameless)) == [
        (2, "happened_at", "ambiguous")
    ]
