"""Routes come in by workbook, a row for each stop: made, changed, renamed and given up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from propapp.core.timeline import TimelineEvent
from propapp.features.rounds.models import Run
from propapp.features.schedules.models import Route, RoutePoint
from propapp.features.sheets.models import SheetImport, SheetStatus
from propapp.features.sheets.views import notice_lines
from propapp.features.sites.models import Checkpoint
from tests.workbooks import bring, changed, counts, exported, heads, problems, take_in, workbook
from tests.world import World, a_run, a_schedule, found, rows, save

ROUTES = heads("route", "role", "stop", "point", "checklist", "not_before")


def said(sheet: SheetImport) -> list[str]:
    """What goes with the workbook though no row of it says so."""
    return [line.text_en for line in notice_lines(sheet)]


def a_new_route(*stops: list[Any]) -> bytes:
    return workbook([ROUTES, *(["晨巡", "保洁员", *stop] for stop in stops)])


def test_a_route_is_made_of_its_rows_once(garden: World) -> None:
    content = a_new_route([2, "P1", "Patrol", 15], [1, "P3", "Patrol", 0])
    sheet = bring(garden, "supervisor", "routes", content)
    assert (counts(sheet), problems(sheet)) == ((2, 0, 0, 0), [])
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.TAKEN
    (route,) = rows(Route, name="晨巡")
    stops = sorted(rows(RoutePoint, route_id=route.id), key=lambda stop: stop.position)
    wanted = [(garden.checkpoints[2].id, 0), (garden.checkpoints[0].id, 15)]
    assert [(stop.checkpoint_id, stop.not_before) for stop in stops] == wanted
    assert (route.role.value, route.site_id) == ("cleaner", garden.site.id)
    assert counts(bring(garden, "supervisor", "routes", content)) == (0, 0, 2, 0)


def test_a_route_without_one_of_its_rows_is_walked_without_that_stop(garden: World) -> None:
    fewer = workbook([
        ROUTES, *(["Night", "秩序员", n, f"P{n}", "Patrol", 0] for n in (1, 2))
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "routes", fewer)
    assert (counts(sheet), problems(sheet)) == ((0, 2, 0, 0), [])
    take_in(garden, "supervisor", sheet)
    stops = rows(RoutePoint, route_id=garden.route.id)
    assert [stop.position for stop in stops if stop.replaced_at] == [3]
    assert len(stops) == 3
    assert found(Route, garden.route.id).name_en == "Night round"
    assert counts(bring(garden, "supervisor", "routes", fewer)) == (0, 0, 2, 0)


def test_each_stop_hears_its_own_error(garden: World, elsewhere: World) -> None:
    save(Checkpoint(site_id=elsewhere.site.id, place_id=elsewhere.lobby.id, name="远"))
    content = workbook([
        ROUTES,
        ["晨巡", "保洁员", 1, "远", "Patrol patrol-CH", 0],
        ["晨巡", "秩序员", 2, "P1", "Patrol patrol-CH", 0],
        ["晨巡", "保洁员", 4, "P1", "Patrol patrol-CH", 0],
        ["晚巡", "保洁员", 1, "P1", "没有的表", 0],
        ["晚巡", "保洁员", 2, "P1", "Patrol patrol-CH", 2000],
        ["晚巡", "保洁员", 0, "P1", "Patrol patrol-CH", 0],
        ["夜巡", "保洁员", 1, "P1", "Patrol patrol-CH", 0],
        ["夜巡", "保洁员", 1, "P2", "Patrol patrol-CH", 0],
        ["午巡", "保洁员", 1, "P1", "", 0],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "routes", content)
    assert problems(sheet) == [
        (2, "point", "nobody_called"),
        (3, "role", "route_twice"),
        (4, "stop", "stop_missing"),
        (5, "checklist", "nobody_called"),
        (6, "not_before", "too_great"),
        (7, "stop", "too_small"),
        (9, "", "twice"),
        (10, "checklist", "missing"),
    ]
    assert take_in(garden, "supervisor", sheet).status is SheetStatus.CHECKED
    assert len(rows(Route, site_id=garden.site.id)) == 1


def test_what_a_short_file_leaves_out_is_said_before_it_is_taken_in(garden: World) -> None:
    fewer = workbook([ROUTES, ["Night", "秩序员", 1, "P1", "Patrol", 0]])
    sheet = bring(garden, "supervisor", "routes", fewer)
    assert sheet.status is SheetStatus.CHECKED
    assert said(sheet) == ["“Night”, walked no more: stop 2–3 (P2, P3)."]
    assert [line.text for line in notice_lines(sheet)] == ["“Night”不再走第 2–3 站：P2、P3。"]
    taken = take_in(garden, "supervisor", sheet)
    assert said(bring(garden, "supervisor", "routes", fewer)) == []
    assert taken.status is SheetStatus.TAKEN


def test_a_stop_in_the_middle_is_called_by_its_own_name_and_number(garden: World) -> None:
    without_the_first = workbook([
        ROUTES, *(["Night", "秩序员", n, f"P{n + 1}", "Patrol", 0] for n in (1, 2))
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "routes", without_the_first)
    assert said(sheet) == ["“Night”, walked no more: stop 1 (P1)."]


def test_stops_in_another_order_are_all_walked(garden: World) -> None:
    turned = workbook([
        ROUTES, *(["Night", "秩序员", n, f"P{4 - n}", "Patrol", 0] for n in (1, 2, 3))
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "routes", turned)
    assert (counts(sheet), said(sheet)) == ((0, 2, 1, 0), [])


def test_nothing_is_said_of_stops_while_rows_are_wrong(garden: World) -> None:
    wrong = workbook([
        ROUTES,
        ["Night", "秩序员", 1, "P1", "Patrol", 0],
        ["Night", "秩序员", 2, "P2", "没有的表", 0],
    ])  # fmt: skip
    sheet = bring(garden, "supervisor", "routes", wrong)
    assert (problems(sheet), said(sheet)) == ([(3, "checklist", "nobody_called")], [])


def put(table: list[list[Any]], column: str, value: Any, *, only: int | None = None) -> None:
    """Write this in a column, in all rows or in the n-th."""
    at = table[0].index(heads(column)[0])
    for number, row in enumerate(table[1:], 1):
        if only in {None, number}:
            row[at] = value


def test_a_route_is_renamed_by_its_id(garden: World, tmp_path: Path) -> None:
    out = exported(garden, "supervisor", "routes")
    renamed = changed(out, tmp_path, lambda table: put(table, "route", "East walk"))
    sheet = bring(garden, "supervisor", "routes", renamed)
    assert (counts(sheet), problems(sheet), said(sheet)) == ((0, 3, 0, 0), [], [])
    take_in(garden, "supervisor", sheet)
    assert found(Route, garden.route.id).name == "East walk"
    stops = rows(RoutePoint, route_id=garden.route.id)
    assert [stop.replaced_at for stop in stops] == [None] * 3
    assert counts(bring(garden, "supervisor", "routes", renamed)) == (0, 0, 3, 0)


def test_the_id_of_one_row_counts_for_all_rows_of_its_name(garden: World, tmp_path: Path) -> None:
    def mend(table: list[list[Any]]) -> None:
        put(table, "route", "East walk")
        for number in (2, 3):
            put(table, "id", "", only=number)

    sheet = bring(
        garden,
        "supervisor",
        "routes",
        changed(exported(garden, "supervisor", "routes"), tmp_path, mend),
    )
    assert (counts(sheet), problems(sheet)) == ((0, 3, 0, 0), [])
    take_in(garden, "supervisor", sheet)
    assert [one.name for one in rows(Route, site_id=garden.site.id)] == ["East walk"]


def test_two_names_under_one_id_are_refused(garden: World, tmp_path: Path) -> None:
    out = exported(garden, "supervisor", "routes")
    two = changed(out, tmp_path, lambda table: put(table, "route", "East walk", only=3))
    sheet = bring(garden, "supervisor", "routes", two)
    assert (4, "route", "route_twice") in problems(sheet)


def test_an_id_that_nothing_has_is_refused(garden: World, tmp_path: Path) -> None:
    out = exported(garden, "supervisor", "routes")
    strange = changed(out, tmp_path, lambda table: put(table, "id", "no-such-route"))
    sheet = bring(garden, "supervisor", "routes", strange)
    assert problems(sheet) == [(n, "id", "unknown_id") for n in (2, 3, 4)]


def test_the_old_name_of_a_renamed_route_is_free_for_another(garden: World, tmp_path: Path) -> None:
    first = a_new_route([1, "P1", "Patrol", 0])
    take_in(garden, "supervisor", bring(garden, "supervisor", "routes", first))
    (old,) = rows(Route, name="晨巡")

    def mend(table: list[list[Any]]) -> None:
        table[1:] = [row for row in table[1:] if row[0] == str(old.id)]
        put(table, "route", "Dawn")

    dawn = changed(exported(garden, "supervisor", "routes"), tmp_path, mend)
    take_in(garden, "supervisor", bring(garden, "supervisor", "routes", dawn))
    take_in(garden, "supervisor", bring(garden, "supervisor", "routes", first))
    (new,) = rows(Route, name="晨巡")
    assert (new.id != old.id, found(Route, old.id).name) == (True, "Dawn")


def given_up(world: World, folder: Path) -> bytes:
    """The routes as they are taken out, with one word that ends theirs."""
    out = exported(world, "supervisor", "routes")
    return changed(out, folder, lambda table: put(table, "active", "否"))


def test_a_route_is_given_up_once_its_schedules_are_stopped(garden: World, tmp_path: Path) -> None:
    schedule = a_schedule(garden, (480, 60))
    file = given_up(garden, tmp_path)
    sheet = bring(garden, "supervisor", "routes", file)
    assert problems(sheet) == [(n, "active", "route_scheduled") for n in (2, 3, 4)]
    garden.do("supervisor", "schedule.stop", schedule_id=schedule.id)
    sheet = bring(garden, "supervisor", "routes", file)
    assert (counts(sheet), said(sheet)) == (
        (0, 3, 0, 0), ["“Night” is given up and walked no more."]
    )  # fmt: skip
    take_in(garden, "supervisor", sheet)
    assert not found(Route, garden.route.id).active
    (event,) = rows(TimelineEvent, verb="route.given_up")
    assert event.facts["name"] == "Night"
    assert exported(garden, "supervisor", "routes") != file
    assert (
        counts(bring(garden, "supervisor", "routes", a_new_route([1, "P1", "Patrol", 0])))[0] == 1
    )


def test_a_route_that_was_given_up_is_taken_up_by_its_old_file(
    garden: World, tmp_path: Path
) -> None:
    before = exported(garden, "supervisor", "routes")
    file = given_up(garden, tmp_path)
    take_in(garden, "supervisor", bring(garden, "supervisor", "routes", file))
    again = bring(garden, "supervisor", "routes", file)
    assert problems(again) == [(n, "active", "not_walked") for n in (2, 3, 4)]
    take_in(garden, "supervisor", bring(garden, "supervisor", "routes", before))
    assert found(Route, garden.route.id).active
    assert counts(bring(garden, "supervisor", "routes", before)) == (0, 0, 3, 0)


def test_rows_may_not_say_both_that_a_route_is_walked_and_that_it_is_not(
    garden: World, tmp_path: Path
) -> None:
    out = exported(garden, "supervisor", "routes")
    both = changed(out, tmp_path, lambda table: put(table, "active", "否", only=2))
    sheet = bring(garden, "supervisor", "routes", both)
    assert problems(sheet) == [(3, "active", "route_twice")]


def test_a_round_under_way_keeps_the_stops_of_a_route_that_is_given_up(
    garden: World, tmp_path: Path
) -> None:
    run = a_run(garden)
    take_in(garden, "supervisor", bring(garden, "supervisor", "routes", given_up(garden, tmp_path)))
    stops = rows(RoutePoint, route_id=garden.route.id)
    assert [stop.replaced_at for stop in stops] == [None] * 3
    done = garden.do("guard", "round.finish", run_id=run, note="All of it seen")
    assert found(Run, run).status == done.status
