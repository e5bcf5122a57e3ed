"""The modules of a server, imported before there is a server to import them."""

from __future__ import annotations

import ast
import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from propapp.build import ROOT
from propapp.core.db.engine import engine_for
from propapp.core.settings import settings

# What the command line imports in its functions.
INSIDE = (
    "granian.server",
    "propapp.core.db.migrate",
    "propapp.core.parcels.key",
    "propapp.demo.terminal",
    "propapp.features.standards.jobs",
)


class Watched(type(os.environ)):
    """An environment that knows which of its names were asked for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)


def all_of_a_server() -> None:
    """Import it; nothing is begun by that, and no setting is read."""
    plain = type(os.environ)
    os.environ.__class__ = Watched
    for module in INSIDE:
        import_module(module)
    _imports_of(ROOT / "propapp" / "propapp.py")
    os.environ.__class__ = plain
    # It is to be the program itself, which is no module of this name.
    sys.modules.pop("propapp.cli", None)
    _check_that_nothing_began()
    # No child looks through all this for garbage, or copies its pages by counting.
    gc.collect()
    gc.freeze()


def _imports_of(file: Path) -> None:
    """The imports at the head of a module, without what it makes of them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    tree.body = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
    exec(compile(tree, file, "exec"), {})  # noqa: S102 - our own file


def _check_that_nothing_began() -> None:
    assert len(os.listdir("/proc/self/task")) == 1, "a thread does not survive a fork"  # noqa: PTH208
    assert not settings.cache_info().currsize, "the settings would be those of the mother"
    assert not engine_for.cache_info().currsize, "a connection must not be shared"


_BEFORE = dict(os.environ)


def check_that_nothing_differs() -> None:
    """Refuse an environment in which something would have been imported otherwise."""
    differ = [name for name in Watched.asked if os.environ.get(name) != _BEFORE.get(name)]
    if differ:
        raise RuntimeError(f"Imported under another environment; it differs in {differ}.")
