"""Packs are read strictly, loaded as often as one likes, and claim no more than was checked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from propapp.core.clock import FixedClock
from propapp.core.errors import PackInvalid
from propapp.features.standards import clauses, jobs, library, rules
from propapp.features.standards.clauses import Wish
from propapp.features.standards.models import (
    Clause,
    ClauseLevel,
    ClauseVersion,
    Direction,
    Mark,
    ServiceArea,
    Standard,
)
from tests.counting import count_queries
from tests.world import NOON, looking, rows

PACK = """
code = "garden"
kind = "standard"
name = "Garden"
name_en = "Garden"
edition = 2026-01-01
direction = "first_best"
levels = [{ code = "1", name = "One", name_en = "One" }, { code = "2", name = "Two", name_en = "Two" }]

[[clause]]
number = "G01"
area = "fire"
subject = "fire.patrol"
title = "Patrol"
title_en = "Patrol"
source = "A page"
mark = "page"
[clause.at]
1 = { text = "Twice", often = "2/day" }
2 = { text = "Once", often = "1/day" }
"""  # noqa: E501 - a pack is written so
LAW = """
code = "law"
kind = "statute"
name = "Law"
name_en = "Law"
edition = 2026-01-01
[[clause]]
number = "L01"
area = "fire"
subject = "fire.patrol"
title = "Patrol"
title_en = "Patrol"
often = "1/day"
source = "Fire law"
mark = "law"
verified = true
"""


def load(folder: Path, **files: str) -> jobs.Loaded:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return jobs.load_library(folder, FixedClock(NOON))


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder


def test_our_own_packs_are_loaded_once_and_then_stay(database: Path) -> None:
    first = jobs.load_library(clock=FixedClock(NOON))
    with count_queries() as sent:
        again = jobs.load_library(clock=FixedClock(NOON))
    assert (first.packs, first.versions) == (12, 155)
    assert (again.packs, again.versions) == (0, 0)
    assert not [one for one in sent if not one.startswith("SELECT")]
    assert len(rows(Clause)) == len(rows(ClauseVersion)) == 155


def test_nothing_is_verified_but_what_was_read_in_the_law(database: Path) -> None:
    jobs.load_library(clock=FixedClock(NOON))
    for row in [*rows(ClauseVersion), *rows(ClauseLevel)]:
        assert row.verified is (row.mark is Mark.LAW)
    assert all(version.source for version in rows(ClauseVersion))


def test_levels_point_in_the_direction_of_their_paper(database: Path) -> None:
    jobs.load_library(clock=FixedClock(NOON))
    best = {
        one.code: rules.best_level(one.direction, [level["code"] for level in one.levels])
        for one in rows(Standard)
    }
    assert best["cpmi-2004"] == "1"
    assert best["cleaning-5"] == best["beijing-751"] == "5"
    assert best["national"] == ""
    assert rules.best_level(Direction.NONE, ["1", "2"]) == ""


def test_every_city_area_mark_and_kind_has_its_word() -> None:
    words = json.loads((library.PACKS.parents[3] / "assets/i18n/standards.en.json").read_text())
    volumes = library.read_all()
    cities = {city for one in volumes for entry in one.pack.clause for city in entry.cities}
    assert not {city for city in cities if f"office.city.{city}" not in words}
    assert not {area for area in ServiceArea if f"office.area.{area.value}" not in words}
    assert not {mark for mark in Mark if f"office.mark.{mark.value}" not in words}


@pytest.mark.parametrize(
    ("old", "new", "clause", "field"),
    [
        ('area = "fire"', 'area = "moon"', "G01", "area"),
        ('source = "A page"\n', "", "G01", "source"),
        ('number = "G01"\n', "", "#1", "number"),
        ('often = "2/day"', 'often = "often"', "G01", "at.1.often"),
        ('often = "2/day"', 'limits = ["soon"]', "G01", "at.1.limits"),
        ("1 = { text", "9 = { text", "G01", "at.9"),
        ('mark = "page"', 'mark = "page"\nverified = true', "G01", "verified"),
        ('mark = "page"', 'mark = "law"', "G01", "mark"),
        ('mark = "page"', 'mark = "page"\noften = "1/day"', "G01", "at"),
        ("edition = 2026-01-01", 'edition = "soon"', "-", "edition"),
        ('text = "Once", often', 'text = "Once", verified = true, often', "G01", "at.2.verified"),
        ('mark = "page"', 'mark = "page"\ncolour = "red"', "G01", "colour"),
        ('code = "garden"', "code = ", "-", "-"),
    ],
)  # fmt: skip
def test_a_pack_that_is_wrong_is_named_by_file_clause_and_field(
    shelf: Path, old: str, new: str, clause: str, field: str
) -> None:
    assert old in PACK
    with pytest.raises(PackInvalid) as refused:
        library.read("garden.toml", PACK.replace(old, new).encode())
    told = refused.value.facts
    assert (told["file"], told["clause"], told["field"]) == ("garden.toml", clause, field)
    assert told["problem"]


def test_a_number_stands_in_a_pack_once() -> None:
    twice = PACK + PACK[PACK.index("[[clause]]") :]
    with pytest.raises(PackInvalid) as refused:
        library.read("garden.toml", twice.encode())
    assert refused.value.facts["field"] == "number"


def test_no_level_of_a_pack_loosens_the_law(shelf: Path, database: Path) -> None:
    looser = PACK.replace('"1/day"', '"1/week"')
    with pytest.raises(PackInvalid) as refused:
        load(shelf, garden=looser, law=LAW)
    assert refused.value.facts["field"] == "at.2.often"
    assert "L01" in refused.value.facts["problem"]
    assert not rows(Standard)
    assert load(shelf, garden=PACK).packs == 2


def test_a_version_that_is_out_stays_and_a_new_one_has_its_day(shelf: Path, database: Path) -> None:
    load(shelf, garden=PACK, law=LAW)
    with pytest.raises(PackInvalid) as refused:
        load(shelf, garden=PACK.replace('"2/day"', '"3/day"'))
    assert refused.value.facts["field"] == "at.1.often"
    newer = PACK.replace('"2/day"', '"3/day"').replace(
        'number = "G01"', 'number = "G01"\nstarts = 2027-01-01'
    )
    assert load(shelf, garden=newer).versions == 1
    assert [row.often for row in read("G01", date(2026, 12, 31))] == ["2/day", "1/day"]
    assert [row.often for row in read("G01", date(2027, 1, 1))] == ["3/day", "1/day"]


def test_where_it_was_read_may_be_put_right(shelf: Path, database: Path) -> None:
    load(shelf, garden=PACK)
    load(shelf, garden=PACK.replace("A page", "Another page"))
    assert [version.source for version in rows(ClauseVersion)] == ["Another page"]


def test_what_a_pack_no_longer_has_stays(shelf: Path, database: Path) -> None:
    second = PACK[PACK.index("[[clause]]") :].replace("G01", "G02")
    load(shelf, garden=PACK + second)
    load(shelf, garden=PACK)
    assert {clause.number for clause in rows(Clause)} == {"G01", "G02"}


def read(number: str, day: date) -> list[ClauseLevel]:
    with looking() as session:
        found, _ = clauses.search(session, Wish(words=number), day, limit=5)
    return found[0].levels


@pytest.mark.parametrize(
    ("wish", "numbers"),
    [
        (Wish(words="L13"), ["L13"]),
        (Wish(words="lift emergency"), ["L17", "L17"]),
        (Wish(words="100%"), ["M11", "O04", "O09", "O10"]),
        (Wish(area=ServiceArea.GREEN), ["O17-1", "O17-2", "O19-2"]),
        (Wish(words="no such word"), []),
    ],
)
def test_the_library_is_searched(database: Path, wish: Wish, numbers: list[str]) -> None:
    jobs.load_library(clock=FixedClock(NOON))
    with looking() as session, count_queries() as sent:
        found, total = clauses.search(session, wish, NOON.date(), limit=40)
    assert [row.clause.number for row in found] == numbers
    assert total == len(numbers)
    assert len(sent) == 2


def test_only_so_many_are_shown_and_all_are_counted(database: Path) -> None:
    jobs.load_library(clock=FixedClock(NOON))
    with looking() as session:
        found, total = clauses.search(session, Wish(), NOON.date(), limit=10)
        before, none = clauses.search(session, Wish(), date(2025, 12, 31), limit=10)
    assert (len(found), total) == (10, 155)
    assert (before, none) == ([], 0)


def test_a_folder_of_ones_own_is_read_beside_ours(shelf: Path, database: Path) -> None:
    shutil.copy(library.PACKS / "national.toml", shelf)
    assert load(shelf, garden=PACK).packs == 2
