"""Checkpoints and routes come in by workbook, as whoever sets up a site writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from propapp.core.timeline import TimelineEvent
from propapp.features.sheets.models import SheetStatus
from propapp.features.sites.models import (
    Building,
    Checkpoint,
    CheckpointCode,
    Place,
    PlaceKind,
    Unit,
)
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, found, rows, save

POINTS = heads("point", "building", "place", "place_kind", "where", "latitude", "longitude")


def test_buildings_are_made_and_the_units_in_them(garden: World, tmp_path: Path) -> None:
    towers = workbook([heads("name", "floors"), ["1号楼", 18], ["2号楼", "３"], ["B1", 11]])
    sheet = bring(garden, "administrator", "buildings", towers)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 1, 0), [])
    take_in(garden, "administrator", sheet)
    first, second = (rows(Building, name=name)[0] for name in ("1号楼", "2号楼"))
    assert (first.floors, second.floors, second.site_id) == (18, 3, garden.site.id)
    homes = workbook([heads("building", "unit"), ["1号楼", "0302"], ["2号楼", "0302"]])
    take_in(garden, "supervisor", bring(garden, "supervisor", "units", homes))
    assert {one.building_id for one in rows(Unit, number="0302")} == {
        first.id, second.id, garden.building.id,
    }  # fmt: skip
    assert counts(bring(garden, "supervisor", "units", homes)) == (0, 0, 2, 0)

    def rename(table: list[list[Any]]) -> None:
        at = table[0].index(heads("name")[0])
        next(line for line in table if line[at] == "B1")[at] = "3号楼"

    renamed = changed(exported(garden, "manager", "buildings"), tmp_path, rename)
    sheet = take_in(garden, "manager", bring(garden, "manager", "buildings", renamed))
    assert counts(sheet) == (0, 1, 2, 0)
    assert found(Building, garden.building.id).name == "3号楼"
    assert [one.verb for one in rows(TimelineEvent, thing_id=garden.building.id)] == [
        "building.changed"
    ]


def test_each_building_and_unit_hears_its_own_error(garden: World, elsewhere: World) -> None:
    theirs = str(elsewhere.building.id)
    towers = workbook([
        heads("id", "name", "floors"),
        ["", "甲", 0],
        ["", "乙", 999],
        ["", "", 3],
        ["", "丙", None],
        ["", "长" * 41, 3],
        [theirs, "丁", 3],
        ["", "戊", 3],
        ["", "戊", 4],
        [str(garden.building.id), "戊", 11],
    ])  # fmt: skip
    assert problems(bring(garden, "supervisor", "buildings", towers)) == [
        (2, "floors", "too_small"),
        (3, "floors", "too_great"),
        (4, "name", "missing"),
        (5, "floors", "missing"),
        (6, "name", "too_long"),
        (7, "id", "unknown_id"),
        (9, "", "twice"),
        (10, "name", "name_taken"),
    ]
    units = workbook([
        heads("id", "building", "unit"),
        ["", "B9", "0101"],
        ["", "B1", "1" * 17],
        [str(elsewhere.unit.id), "B1", "0102"],
        ["", "B1", "0501"],
        [str(garden.unit.id), "B1", "0501"],
    ])  # fmt: skip
    assert problems(bring(garden, "supervisor", "units", units)) == [
        (2, "building", "nobody_called"),
        (3, "unit", "too_long"),
        (4, "id", "unknown_id"),
        (6, "unit", "name_taken"),
    ]


def some_points() -> bytes:
    return workbook([
        POINTS,
        ["1号楼地库", "B1", "地库", "车库", "柱 A3", 31.23, 121.47],
        ["1号楼泵房", "B1", "地库", "", "", None, None],
        ["南门", "", "南门", "出入口", "", None, None],
        ["一层", "B1", "Hall", "", "", None, None],
    ])  # fmt: skip


def test_points_are_made_with_the_places_they_hang_in(garden: World) -> None:
    sheet = bring(garden, "supervisor", "points", some_points())
    assert (counts(sheet), problems(sheet)) == ((4, 0, 0, 0), [])
    assert (len(rows(Checkpoint)), len(rows(Place))) == (3, 1), "looking through writes nothing"
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    cellar, gate = rows(Place, name="地库")[0], rows(Place, name="南门")[0]
    assert (cellar.kind, cellar.building_id) == (PlaceKind.GARAGE, garden.building.id)
    assert (gate.kind, gate.building_id) == (PlaceKind.GATE, None)
    made = {one.name: one for one in rows(Checkpoint)}
    first = made["1号楼地库"]
    assert (first.place_id, first.hint) == (cellar.id, "柱 A3")
    assert (first.latitude, first.longitude) == (31.23, 121.47)
    assert made["1号楼泵房"].place_id == cellar.id
    assert made["一层"].place_id == garden.lobby.id
    assert not rows(CheckpointCode, checkpoint_id=first.id), "codes are printed, not brought"
    assert counts(bring(garden, "supervisor", "points", some_points())) == (0, 0, 4, 0)
    assert len(rows(TimelineEvent, verb="checkpoint.made")) == 4
    assert len(rows(TimelineEvent, verb="place.made")) == 2


def test_a_point_is_renamed_by_its_id_and_its_code_stays(garden: World, tmp_path: Path) -> None:
    before = len(rows(CheckpointCode))

    def mend(table: list[list[Any]]) -> None:
        table[1][table[0].index(heads("point")[0])] = "新名"
        table[1][table[0].index(heads("place_kind")[0])] = "走廊"
        for line in table[2:]:
            line[table[0].index(heads("place_kind")[0])] = ""

    content = changed(exported(garden, "supervisor", "points"), tmp_path, mend)
    sheet = bring(garden, "supervisor", "points", content)
    assert (counts(sheet), problems(sheet)) == ((0, 3, 0, 0), [])
    take_in(garden, "supervisor", sheet)
    assert found(Checkpoint, garden.checkpoints[0].id).name == "新名"
    assert found(Place, garden.lobby.id).kind is PlaceKind.CORRIDOR
    assert (len(rows(Checkpoint)), len(rows(CheckpointCode))) == (3, before)


def test_each_point_hears_its_own_error(garden: World, elsewhere: World) -> None:
    theirs = str(elsewhere.checkpoints[0].id)
    content = workbook([
        [*heads("id"), *POINTS],
        ["", "甲", "B9", "大堂", "", "", None, None],
        ["", "乙", "B1", "大堂", "大堂", "", 31.2, None],
        ["", "丙", "B1", "大堂", "车库", "", None, None],
        ["", "丁", "B1", "", "", "", 95, 200],
        ["", "戊", "B1", "大堂", "", "", 95, 121],
        [theirs, "己", "B1", "大堂", "", "", None, None],
        [str(garden.checkpoints[0].id), "P2", "B1", "Hall", "", "", None, None],
        ["", "庚", "B1", "大堂", "", "", None, None],
        ["", "庚", "B1", "大堂", "", "", None, None],
        ["", "辛", "B1", "大堂", "", "长" * 161, None, None],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "points", content)
    assert problems(sheet) == [
        (2, "building", "nobody_called"),
        (3, "longitude", "impossible"),
        (4, "place_kind", "place_twice"),
        (5, "place", "missing"),
        (6, "latitude", "too_great"),
        (7, "id", "unknown_id"),
        (8, "point", "name_taken"),
        (10, "", "twice"),
        (11, "where", "too_long"),
    ]
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.CHECKED
    assert len(rows(Checkpoint, site_id=garden.site.id)) == 3


def test_a_point_moves_to_another_place(garden: World) -> None:
    roof = Place(site_id=garden.site.id, kind=PlaceKind.ROOF, name="Roof", name_en="Top")
    save(roof)
    moved = workbook([heads("point", "building", "place"), ["P1", "", "Roof"]])
    sheet = bring(garden, "supervisor", "points", moved)
    assert (counts(sheet), problems(sheet)) == ((0, 1, 0, 0), [])
    take_in(garden, "supervisor", sheet)
    assert found(Checkpoint, garden.checkpoints[0].id).place_id == roof.id
    after = found(Place, roof.id)
    assert (after.kind, after.name_en) == (PlaceKind.ROOF, "Top")
    assert found(Checkpoint, garden.checkpoints[0].id).name_en == "Point 1"


def test_the_old_name_of_a_renamed_point_is_free_for_another(garden: World) -> None:
    first = workbook([heads("point", "place"), ["East gate", "Hall"]])
    take_in(garden, "supervisor", bring(garden, "supervisor", "points", first))
    (old,) = rows(Checkpoint, name="East gate")
    renamed = workbook([heads("id", "point", "place"), [str(old.id), "West gate", "Hall"]])
    take_in(garden, "supervisor", bring(garden, "supervisor", "points", renamed))
    take_in(garden, "supervisor", bring(garden, "supervisor", "points", first))
    (new,) = rows(Checkpoint, name="East gate")
    assert (new.id != old.id, found(Checkpoint, old.id).name) == (True, "West gate")
