"""What a child of the mother may be: the command line, in this interpreter or in a fresh one."""

from __future__ import annotations

import os
import runpy
import sys

from tests.forked import twin

MODULE = "propapp.cli"


def command_line(options: list[str]) -> None:
    """Do what ``python -m propapp.cli`` does; the process it spawns is forked as well."""
    twin.stand_by()
    sys.argv = [MODULE, *options]
    runpy.run_module(MODULE, run_name="__main__", alter_sys=True)


def fresh_command_line(options: list[str]) -> None:
    """The same in an interpreter that has imported nothing."""
    os.execv(sys.executable, [sys.executable, "-m", MODULE, *options])  # noqa: S606 - no shell
