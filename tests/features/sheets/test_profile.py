"""What a site has and what its hours cost come in by workbook, as far as a file names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from propapp.core.errors import NotAllowed
from propapp.core.timeline import TimelineEvent
from propapp.features.sheets.models import SheetStatus
from propapp.features.sites.models import SiteProfile
from tests.standards import a_clause
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, rows

THINGS = heads("thing", "count", "city")
HOURS = heads("post", "hourly", "person_hours")


def profile() -> SiteProfile:
    (one,) = rows(SiteProfile)
    return one


def versions() -> list[int]:
    return [one.facts["version"] for one in rows(TimelineEvent) if "version" in one.facts]


def test_things_are_counted_at_once_and_what_a_file_does_not_name_stays(garden: World) -> None:
    a_clause(cities=["zhengzhou"])
    things = workbook([THINGS, ["电梯（台）", 12, ""], ["Water tanks", 0, "郑州"]])
    sheet = bring(garden, "supervisor", "profile", things)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 0, 0), [])
    assert not rows(SiteProfile), "looking through writes nothing"
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    assert (profile().has, profile().city) == ({"lift": 12, "tank": 0}, "zhengzhou")
    assert versions() == [1], "one word of the site, however many rows say it"
    assert counts(bring(garden, "supervisor", "profile", things)) == (0, 0, 2, 0)
    more = workbook([heads("thing", "count"), ["楼栋（栋）", 3], ["电梯（台）", 12]])
    sheet = bring(garden, "supervisor", "profile", more)
    assert counts(sheet) == (1, 0, 1, 0)
    take_in(garden, "supervisor", sheet)
    assert profile().has == {"building": 3, "lift": 12, "tank": 0}
    assert profile().city == "zhengzhou"


def test_a_city_is_another_in_every_row_or_in_one(garden: World, tmp_path: Path) -> None:
    a_clause(cities=["zhengzhou", "anyang"])
    has = {"lift": 1, "tank": 2}
    garden.do("manager", "site.describe", site_id=garden.site.id, city="zhengzhou", has=has)

    def only_first(table: list[list[Any]]) -> None:
        at = table[0].index(THINGS[2])
        table[1][at], table[2][at] = "安阳", ""

    content = changed(exported(garden, "manager", "profile"), tmp_path, only_first)
    sheet = take_in(garden, "manager", bring(garden, "manager", "profile", content))
    assert (counts(sheet), problems(sheet)) == ((0, 2, 0, 0), [])
    assert (profile().city, profile().has) == ("anyang", has)


def test_each_thing_hears_its_own_error(garden: World) -> None:
    a_clause(cities=["zhengzhou"])
    things = workbook([
        THINGS,
        ["电梯（台）", 2001, "郑州"],
        ["水塔", 1, ""],
        ["大堂（个）", None, ""],
        ["绿地（片）", -1, ""],
        ["停车场（个）", 1.5, ""],
        ["楼栋（栋）", 1, "安阳"],
        ["水泵房（间）", 1, "郑州"],
        ["水泵房（间）", 2, ""],
    ])  # fmt: skip
    assert problems(bring(garden, "supervisor", "profile", things)) == [
        (2, "count", "too_great"),
        (3, "thing", "not_offered"),
        (4, "count", "missing"),
        (5, "count", "too_small"),
        (6, "count", "not_whole"),
        (7, "city", "rows_disagree"),
        (9, "", "twice"),
    ]
    nowhere = workbook([THINGS, ["电梯（台）", 1, "月球"]])
    assert problems(bring(garden, "supervisor", "profile", nowhere)) == [(2, "city", "city")]


def test_prices_are_yuan_in_the_file_and_fen_in_the_house(garden: World) -> None:
    prices = workbook([HOURS, ["秩序员", "26.50", 1984], ["Cleaner", 23, ""]])
    sheet = bring(garden, "manager", "hourly", prices)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 0, 0), [])
    take_in(garden, "manager", sheet)
    assert (profile().hourly, profile().person_hours) == ({"guard": 2650, "cleaner": 2300}, 1984)
    assert versions() == [1]
    dearer = workbook([heads("post", "hourly"), ["秩序员", 19.99]])
    sheet = take_in(garden, "manager", bring(garden, "manager", "hourly", dearer))
    assert counts(sheet) == (0, 1, 0, 0)
    assert profile().hourly == {"guard": 1999, "cleaner": 2300}
    assert profile().person_hours == 1984


def test_each_price_hears_its_own_error_and_is_nobody_elses(garden: World) -> None:
    prices = workbook([
        HOURS,
        ["秩序员", 26.505, ""],
        ["保洁员", 1000.01, ""],
        ["维修工", -1, ""],
        ["业主", 20, ""],
        ["客服", "贵", ""],
        ["主管", 40, 99],
        ["财务", 40, 100],
    ])  # fmt: skip
    assert problems(bring(garden, "manager", "hourly", prices)) == [
        (2, "hourly", "not_money"),
        (3, "hourly", "too_great"),
        (4, "hourly", "too_small"),
        (5, "post", "not_offered"),
        (6, "hourly", "not_number"),
        (7, "person_hours", "too_small"),
        (8, "person_hours", "rows_disagree"),
    ]
    with pytest.raises(NotAllowed):
        bring(garden, "supervisor", "hourly", workbook([HOURS, ["秩序员", 26, ""]]))
    assert not rows(SiteProfile)
