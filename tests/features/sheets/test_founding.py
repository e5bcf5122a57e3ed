"""Sites begin and are called otherwise by workbook; whoever brings one administers it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import NotAllowed
from propapp.core.ids import uuid7
from propapp.features.people.actors import actor_of_person
from propapp.features.people.models import RoleAssignment
from propapp.features.sheets.models import SheetStatus
from propapp.features.sites.models import Building, Site
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, found, looking, rows

HEADS = heads("code", "name", "name_en", "zone")


def test_sites_begin_once_and_their_founder_may_work_there(garden: World) -> None:
    content = workbook([HEADS, ["lake", "翠湖花园", "Lake Garden", ""], ["Ｐ2", "西苑", "", ""]])
    sheet = bring(garden, "administrator", "sites", content)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 0, 0), [])
    assert len(rows(Site)) == 1, "looking through writes nothing"
    assert take_in(garden, "administrator", sheet).status is SheetStatus.TAKEN
    (lake,) = rows(Site, code="LAKE")
    assert (lake.name, lake.name_en, lake.zone) == ("翠湖花园", "Lake Garden", "Asia/Shanghai")
    person_id = garden.actor("administrator").person_id
    (post,) = rows(RoleAssignment, site_id=lake.id)
    assert (post.person_id, post.role) == (person_id, Role.ADMINISTRATOR)
    with looking() as session:
        garden.people["administrator"] = actor_of_person(session, person_id)
    made = {"building_id": uuid7(), "site_id": lake.id, "name": "1号楼", "floors": 3}
    garden.do("administrator", "building.keep", **made)
    assert found(Building, made["building_id"]).site_id == lake.id
    assert counts(bring(garden, "administrator", "sites", content)) == (0, 0, 2, 0)


def test_a_site_is_called_otherwise_and_keeps_its_code(garden: World, tmp_path: Path) -> None:
    def rename(table: list[list[Any]]) -> None:
        at = {name: table[0].index(heads(name)[0]) for name in ("name", "zone")}
        table[1][at["name"]], table[1][at["zone"]] = "翠湖", ""

    content = changed(exported(garden, "administrator", "sites"), tmp_path, rename)
    sheet = take_in(garden, "administrator", bring(garden, "administrator", "sites", content))
    assert (counts(sheet), problems(sheet)) == ((0, 1, 0, 0), [])
    after = found(Site, garden.site.id)
    assert (after.name, after.code, after.zone) == ("翠湖", "CH", "Asia/Shanghai")


def test_each_site_hears_its_own_error(garden: World, elsewhere: World) -> None:
    content = workbook([
        [*heads("id"), *HEADS],
        [str(garden.site.id), "CH2", "新名", "", ""],
        ["", "CH", "新名", "", "Asia/Urumqi"],
        ["", elsewhere.site.code, "别人的", "", ""],
        [str(elsewhere.site.id), elsewhere.site.code, "别人的", "", ""],
        ["", "LA KE", "湖", "", ""],
        ["", "LAKE", "", "", ""],
        ["", "POND", "塘", "", "Asia/Nowhere"],
        ["", "SEA", "长" * 81, "", ""],
        ["", "HILL", "山", "", ""],
        ["", "hill", "山", "", ""],
    ])  # fmt: skip
    sheet = bring(garden, "administrator", "sites", content)
    assert problems(sheet) == [
        (2, "code", "site_stays"),
        (3, "zone", "site_stays"),
        (4, "code", "name_taken"),
        (5, "id", "unknown_id"),
        (6, "code", "impossible"),
        (7, "name", "missing"),
        (8, "zone", "impossible"),
        (9, "name", "too_long"),
        (11, "", "twice"),
    ]
    assert take_in(garden, "administrator", sheet).status is SheetStatus.CHECKED
    assert len(rows(Site)) == 2


@pytest.mark.parametrize("who", ["manager", "supervisor"])
def test_nobody_else_brings_sites(garden: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        bring(garden, who, "sites", workbook([HEADS, ["LAKE", "湖", "", ""]]))
