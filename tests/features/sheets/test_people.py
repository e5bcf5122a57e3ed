"""People come in by workbook, each row with its own error, and a password never."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from propapp.core.access import Role
from propapp.features.people.models import Account, Person, RoleAssignment
from propapp.features.sheets.models import SheetStatus
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, found, rows

PEOPLE = heads("name", "phone", "username", "posts", "left")


def some_people() -> bytes:
    return workbook([
        PEOPLE,
        ["王五", "13800000001", "Wang.Wu", "保洁员、秩序员", ""],
        ["王五", "", "wang2", "Cleaner, Guard", ""],
        ["赵六", "", "", "维修工", ""],
    ])  # fmt: skip


def test_people_are_registered_once(garden: World) -> None:
    sheet = bring(garden, "manager", "people", some_people())
    assert (counts(sheet), problems(sheet)) == ((3, 0, 0, 0), [])
    assert not rows(Account), "looking through writes nothing"
    assert take_in(garden, "manager", sheet).status is SheetStatus.TAKEN
    first, second = (rows(Account, username=username)[0] for username in ("wang.wu", "wang2"))
    assert (first.password_hash, second.password_hash) == ("", "")
    assert {one.role for one in rows(RoleAssignment, person_id=first.person_id)} == {
        Role.CLEANER, Role.GUARD,
    }  # fmt: skip
    assert counts(bring(garden, "manager", "people", some_people())) == (0, 0, 3, 0)


def test_somebody_is_renamed_and_another_has_left(garden: World, tmp_path: Path) -> None:
    take_in(garden, "manager", bring(garden, "manager", "people", some_people()))

    def mend(table: list[list[Any]]) -> None:
        at = {name: table[0].index(heads(name)[0]) for name in ("name", "username", "left")}
        for line in table[1:]:
            if line[at["username"]] == "wang.wu":
                line[at["name"]] = "王武"
            if line[at["name"]] == "赵六":
                line[at["left"]] = "是"

    content = changed(exported(garden, "manager", "people"), tmp_path, mend)
    sheet = take_in(garden, "manager", bring(garden, "manager", "people", content))
    assert (counts(sheet)[:2], problems(sheet)) == ((0, 2), [])
    account = rows(Account, username="wang.wu")[0]
    assert found(Person, account.person_id).name == "王武"
    assert [one.active for one in rows(Person, name="赵六")] == [False]


def test_each_person_hears_their_own_error(garden: World, elsewhere: World) -> None:
    elsewhere.do(
        "manager",
        "person.keep",
        person_id=(theirs := elsewhere.actor("cleaner").person_id),
        site_id=elsewhere.site.id,
        name="cleaner",
        name_en="Cleaner",
        username="taken",
        roles=["cleaner"],
    )
    boss = str(garden.actor("administrator").person_id)
    content = workbook([
        heads("id", "name", "username", "posts"),
        ["", "甲", "taken", "保洁员"],
        ["", "乙", "有空 格", "保洁员"],
        ["", "丙", "", "业主"],
        ["", "丁", "", ""],
        ["", "戊", "", "管理员"],
        [str(theirs), "cleaner", "taken", "保洁员"],
        [boss, "administrator", "", "保洁员"],
        ["", "己", "ji", "保洁员"],
        ["", "己", "JI", "保洁员"],
    ])  # fmt: skip
    sheet = bring(garden, "manager", "people", content)
    assert problems(sheet) == [
        (2, "username", "username_taken"),
        (3, "username", "impossible"),
        (4, "posts", "not_offered"),
        (5, "posts", "missing"),
        (6, "posts", "not_allowed"),
        (7, "id", "unknown_id"),
        (8, "posts", "not_allowed"),
        (10, "", "twice"),
    ]
    assert take_in(garden, "manager", sheet).status is SheetStatus.CHECKED
