"""The mother: run as a program she imports, and then forks a child for each line of her input."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from importlib import import_module
from typing import Any

from tests.forked import imports

Order = dict[str, Any]


def main() -> None:
    """Bear children as long as there are orders; in a child, live."""
    imports.all_of_a_server()
    # Nobody waits for the children here: the system itself buries them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    order = _order_of_this_child()
    if order is None:
        return
    _leave_home(order)
    getattr(import_module(order["module"]), order["name"])(**order["given"])


def _order_of_this_child() -> Order | None:
    """The order, in each child; nothing in the mother, when the orders have ended."""
    while line := sys.stdin.readline():
        if os.fork() == 0:
            return json.loads(line)
    return None


def _leave_home(order: Order) -> None:
    """Be as if started by itself: a session, an environment and open files of its own."""
    os.setsid()
    print(os.getpid(), flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    for standard, file in enumerate((os.open(os.devnull, os.O_RDONLY), log, log)):
        os.dup2(file, standard)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()


if __name__ == "__main__":
    main()
