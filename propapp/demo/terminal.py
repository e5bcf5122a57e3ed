"""The demo world on the terminal: a bar while it is made, and the accounts afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from propapp.demo.cast import PASSWORD, accounts
from propapp.demo.filling import Progress as Told

_WORDS = {
    "history": "Demo world: 90 days of rounds and work orders",
    "pictures": "Demo world: drawing pictures",
    "rows": "Demo world: storing",
}


@contextmanager
def bar(console: Console | None = None) -> Iterator[Told]:
    """What ``fill`` may be given as its progress."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console or Console(stderr=True)) as shown:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(_WORDS[what], total=total)
            shown.update(tasks[what], completed=done)

        yield tell


def account_lines() -> list[str]:
    """The accounts as the terminal names them."""
    lines = [f"  {one.username:<12} {one.name} {one.name_en}: {one.about_en}" for one in accounts()]
    return [f"Demo accounts, password {PASSWORD}:", *lines]
