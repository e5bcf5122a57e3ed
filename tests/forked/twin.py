"""A process that is there before it is wanted: the next one that multiprocessing spawns.

The server spawns a fresh interpreter for its own process, so that no connection and no thread is
shared. The twin shares none either, for it is forked before there are any; what is passed to a
spawned interpreter (arguments, environment, folder, open files) is handed to it instead.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
from multiprocessing import util
from typing import Any

from tests.forked import imports

SPAWNED = "--multiprocessing-fork"
MOST_FILES = 64


def stand_by() -> None:
    """Fork the twin; returns in the elder one, and in the twin never."""
    ours, theirs = socket.socketpair()
    twin = os.fork()
    if twin == 0:
        ours.close()
        _live(theirs)
    theirs.close()
    _be_spawned_next(twin, ours)


def _be_spawned_next(twin: int, to_twin: socket.socket) -> None:
    really: Any = util.spawnv_passfds

    def spawn(path: bytes, args: list[str], files: list[int]) -> int:
        # Python's own little helper is spawned the same way, and is as quick as it should be.
        if SPAWNED not in args:
            return really(path, args, files)
        util.spawnv_passfds = really
        with to_twin:
            _tell(to_twin, args, files)
        return twin

    util.spawnv_passfds = spawn


def _tell(to_twin: socket.socket, args: list[str], files: list[int]) -> None:
    code = args[args.index("-c") + 1]
    numbers = sorted(set(files))
    order = {"code": code, "files": numbers, "folder": os.getcwd(), "env": dict(os.environ)}  # noqa: PTH109
    socket.send_fds(to_twin, [b"!"], numbers)
    to_twin.sendall(json.dumps(order).encode())


def _live(orders: socket.socket) -> None:
    """Wait to be spawned, and do what the interpreter would be told on its command line."""
    with orders:
        _, given, _, _ = socket.recv_fds(orders, 1, MOST_FILES)
        if not given:
            os._exit(0)
        with orders.makefile() as told:
            order = json.load(told)
    _number(given, order["files"])
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["env"])
    imports.check_that_nothing_differs()
    sys.argv = ["-c", SPAWNED]
    exec(order["code"], {"__name__": "__main__"})  # noqa: S102 - the words of multiprocessing
    sys.exit()


def _number(given: list[int], numbers: list[int]) -> None:
    """Open files have the numbers by which the code names them."""
    above = max(*given, *numbers) + 1
    aside = [fcntl.fcntl(file, fcntl.F_DUPFD, above) for file in given]
    for file in given:
        os.close(file)
    for file, number in zip(aside, numbers, strict=True):
        os.dup2(file, number)
        os.close(file)
