"""Open boards look again soon after a commit, seldom in a burst, and leave nothing behind."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from propapp.core import bell
from propapp.core.ids import uuid7
from propapp.features.boards.live import OpenBoards, Watcher
from tests import loops
from tests.world import World, a_report

HERE, THERE = uuid7(), uuid7()


class Tab:
    """A page that counts its looks until it is closed."""

    def __init__(self, site: UUID = HERE) -> None:
        self.looks = 0
        self.is_open = True
        self.watcher = Watcher(site, self.look)

    async def look(self) -> bool:
        self.looks += self.is_open
        return self.is_open


def run(story: Callable[[OpenBoards], Awaitable[None]], *, tick: float = 60) -> OpenBoards:
    boards = OpenBoards(pause=0.01, tick=tick)
    loops.run(_told(boards, story))
    return boards


async def _told(boards: OpenBoards, story: Callable[[OpenBoards], Awaitable[None]]) -> None:
    await story(boards)


async def until(is_true: Callable[[], bool]) -> None:
    """Let the others run until this is so."""
    while not is_true():  # noqa: ASYNC110 - what is waited for tells nobody
        await asyncio.sleep(0.005)


async def settled(boards: OpenBoards) -> None:
    """Until nobody looks any more."""
    await asyncio.sleep(0)
    await until(lambda: not boards.is_looking())


def test_every_open_board_of_the_site_looks_again() -> None:
    one, two, elsewhere = Tab(), Tab(), Tab(THERE)

    async def story(boards: OpenBoards) -> None:
        for name, tab in {"1": one, "2": two, "3": elsewhere}.items():
            boards.watch(name, tab.watcher)
        boards.rung(frozenset({HERE}))
        await settled(boards)

    run(story)
    assert (one.looks, two.looks, elsewhere.looks) == (1, 1, 0)


def test_a_burst_of_commits_is_a_handful_of_looks() -> None:
    tab = Tab()

    async def story(boards: OpenBoards) -> None:
        boards.watch("1", tab.watcher)
        for _ in range(50):
            boards.rung(frozenset({HERE}))
            await asyncio.sleep(0)
        await settled(boards)

    run(story)
    assert 1 <= tab.looks <= 5


def test_a_change_during_a_look_is_looked_at_as_well() -> None:
    tab, seen = Tab(), []

    async def story(boards: OpenBoards) -> None:
        async def slow() -> bool:
            seen.append(1)
            if len(seen) == 1:
                boards.rung(frozenset({HERE}))
                await asyncio.sleep(0.01)
            return True

        boards.watch("1", Watcher(HERE, slow))
        boards.rung(frozenset({HERE}))
        await settled(boards)

    run(story)
    assert len(seen) == 2
    assert tab.looks == 0


def test_a_board_that_is_closed_leaves_nothing_behind() -> None:
    tab = Tab()

    async def story(boards: OpenBoards) -> None:
        boards.watch("1", tab.watcher)
        boards.rung(frozenset({HERE}))
        await settled(boards)
        assert not boards.is_idle()
        tab.is_open = False
        await until(boards.is_idle)

    run(story, tick=0.02)
    assert tab.looks >= 1


def test_time_itself_makes_a_board_look_again() -> None:
    tab = Tab()

    async def story(boards: OpenBoards) -> None:
        boards.watch("1", tab.watcher)
        await until(lambda: tab.looks > 1)

    run(story, tick=0.02)


def test_a_board_that_fails_does_not_keep_the_others_from_looking() -> None:
    tab = Tab()

    async def broken() -> bool:
        raise ValueError

    async def story(boards: OpenBoards) -> None:
        boards.watch("0", Watcher(HERE, broken))
        boards.watch("1", tab.watcher)
        boards.rung(frozenset({HERE}))
        await settled(boards)
        boards.rung(frozenset({HERE}))
        await settled(boards)

    run(story)
    assert tab.looks == 2


def test_a_tab_that_shows_another_page_looks_with_that_one_only() -> None:
    first, second = Tab(), Tab()

    async def story(boards: OpenBoards) -> None:
        boards.watch("1", first.watcher)
        boards.watch("1", second.watcher)
        boards.rung(frozenset({HERE}))
        await settled(boards)

    run(story)
    assert (first.looks, second.looks) == (0, 1)


def test_a_bell_with_nobody_listening_does_nothing() -> None:
    boards = OpenBoards()
    boards.rung(frozenset({HERE}))
    assert boards.is_idle()


@pytest.mark.parametrize("commits", [1, 50])
def test_commits_in_other_threads_wake_the_board(garden: World, commits: int) -> None:
    tab = Tab(garden.site.id)

    async def story(boards: OpenBoards) -> None:
        bell.listen(boards.rung)
        boards.watch("1", tab.watcher)

        def work() -> None:
            for _ in range(commits):
                a_report(garden)

        writer = threading.Thread(target=work)
        writer.start()
        await until(lambda: not writer.is_alive() and tab.looks > 0)
        await settled(boards)

    run(story)
    assert 1 <= tab.looks <= commits
