"""Random checks come in by workbook; what was asked stays what it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from propapp.features.sites.models import Challenge, ChallengeKind
from tests.challenges import a_challenge
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, found, rows

HEADS = heads("id", "point", "check", "text", "right", "others", "others_en", "dropped")


def test_checks_are_prepared_once_and_another_takes_the_place_of_one_that_changed(
    garden: World, tmp_path: Path
) -> None:
    point = garden.checkpoints[0].name
    content = workbook([
        HEADS,
        ["", point, "提问", "消火栓箱是什么颜色？", "红色", "黄色；绿色", "yellow; green", ""],
        ["", point, "拍细节", "压力表的读数", "", "", "", ""],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "challenges", content)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 0, 0), [])
    take_in(garden, "supervisor", sheet)
    (asked,) = rows(Challenge, kind=ChallengeKind.QUESTION)
    assert asked.right is not None
    assert asked.choices[asked.right]["text"] == "红色"
    assert {one["text_en"] for one in asked.choices} == {"", "green", "yellow"}
    assert counts(bring(garden, "supervisor", "challenges", content)) == (0, 0, 2, 0)

    def reword(table: list[list[Any]]) -> None:
        at = table[0].index(heads("text")[0])
        next(line for line in table if line[at] == asked.text)[at] = "消火栓箱门是什么颜色？"

    other = changed(exported(garden, "supervisor", "challenges"), tmp_path, reword)
    assert counts(bring(garden, "supervisor", "challenges", other)) == (0, 1, 1, 0)
    take_in(garden, "supervisor", bring(garden, "supervisor", "challenges", other))
    assert (found(Challenge, asked.id).text, found(Challenge, asked.id).dropped_at) == (
        asked.text,
        garden.clock.now(),
    )
    (stands,) = rows(Challenge, kind=ChallengeKind.QUESTION, dropped_at=None)
    assert (stands.text, stands.choices) == ("消火栓箱门是什么颜色？", asked.choices)


def test_an_answer_with_a_semicolon_in_it_comes_back_as_one(garden: World) -> None:
    answers = ['关；开"1"', '"半开"', "全开, 常开", '"']
    a_challenge(garden, right={"text": "没有"}, others=[{"text": one} for one in answers])
    content = exported(garden, "supervisor", "challenges")
    sheet = bring(garden, "supervisor", "challenges", content)
    assert (counts(sheet), problems(sheet)) == ((0, 0, 1, 0), [])


def test_a_check_is_dropped_by_a_word_and_not_twice(garden: World, tmp_path: Path) -> None:
    one = a_challenge(garden)

    def drop(table: list[list[Any]]) -> None:
        table[1][table[0].index(heads("dropped")[0])] = "是"

    content = changed(exported(garden, "supervisor", "challenges"), tmp_path, drop)
    sheet = take_in(garden, "supervisor", bring(garden, "supervisor", "challenges", content))
    assert counts(sheet) == (0, 1, 0, 0)
    assert found(Challenge, one.id).dropped_at == garden.clock.now()
    again = bring(garden, "supervisor", "challenges", content)
    assert (counts(again), problems(again)) == ((0, 0, 1, 0), [])


def test_each_check_hears_its_own_error(garden: World, elsewhere: World) -> None:
    point = garden.checkpoints[0].name
    theirs = str(a_challenge(elsewhere).id)
    content = workbook([
        HEADS,
        ["", "没有的点", "拍细节", "甲", "", "", "", ""],
        ["", point, "提问", "乙", "", "绿", "", ""],
        ["", point, "提问", "丙", "红", "红", "", ""],
        ["", point, "拍细节", "丁", "红", "", "", ""],
        ["", point, "提问", "戊", "红", "绿；黄", "green", ""],
        ["", point, "用心", "己", "", "", "", ""],
        [theirs, point, "拍细节", "庚", "", "", "", ""],
        ["", point, "拍细节", "辛" * 121, "", "", "", ""],
        ["", point, "提问", "壬", "红" * 41, "绿", "", ""],
    ])  # fmt: skip
    assert problems(bring(garden, "supervisor", "challenges", content)) == [
        (2, "point", "nobody_called"),
        (3, "right", "missing"),
        (4, "others", "answers_few"),
        (5, "right", "answers_foreign"),
        (6, "others_en", "choices_uneven"),
        (7, "check", "not_offered"),
        (8, "id", "unknown_id"),
        (9, "text", "too_long"),
        (10, "right", "too_long"),
    ]
    thirteen = workbook([
        HEADS, *(["", point, "拍细节", f"细节 {n}", "", "", "", ""] for n in range(13))
    ])  # fmt: skip
    assert problems(bring(garden, "supervisor", "challenges", thirteen)) == [
        (14, "point", "checks_many")
    ]
    assert not rows(Challenge, site_id=garden.site.id)
