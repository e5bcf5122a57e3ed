"""Serves while its sources are edited: builds anew and restarts after each change."""

import signal
import subprocess
import sys
from collections.abc import Callable

from watchfiles import DefaultFilter, watch

from propapp import build

WATCHED = ("propapp", "assets", "rxconfig.py")
COMMAND = (sys.executable, "-m", "propapp.cli", "serve", "--demo")

Say = Callable[[str], None]


def serve_while_editing(say: Say) -> None:
    """Serve until Ctrl-C; a change that does not build leaves the last server running."""
    server = subprocess.Popen(COMMAND, cwd=build.ROOT)
    try:
        places = [build.ROOT / place for place in WATCHED]
        for _changes in watch(*places, watch_filter=DefaultFilter(), raise_interrupt=True):
            if _builds(say):
                _end(server)
                server = subprocess.Popen(COMMAND, cwd=build.ROOT)
    except KeyboardInterrupt:
        pass
    finally:
        _end(server)


def _builds(say: Say) -> bool:
    try:
        build.ensure_frontend(say)
    except build.BuildFailed as failure:
        say(str(failure))
        return False
    return True


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    server.wait()
