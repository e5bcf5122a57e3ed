"""Very many schedules in pieces: each that was run is noted, so a soak that was stopped goes on.

``python -m tests.sync.simulator.soak --minutes 60`` runs pieces until the time is over. The notes
stand in ``build/soak`` under a fingerprint of all that decides what comes of a schedule; where any
of that has changed, nothing counts as run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.reliability import ROOT
from tests.sync.simulator.run import simulate

GOAL = 1_000_000
# Of several phones there is one for twenty of one phone.
CROWDED = 20
PIECE = 1000
HERE = Path(__file__).parent
NOTES = ROOT / "build" / "soak"
# The server's rules are whatever is loaded to run them; asked of a process that runs nothing else.
LOADED = """
import sys, tests.sync.simulator.server
ours = [module for name, module in sys.modules.items() if name.split(".")[0] == "propapp"]
print("\\n".join(module.__file__ for module in ours if module.__file__))
"""
Piece = tuple[int, int]


def deciding() -> list[Path]:
    """The client's core, the server's rules, the simulator, and the list of what they stand on."""
    command = [sys.executable, "-c", LOADED]
    asked = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    files = [Path(line) for line in asked.stdout.decode().splitlines()]
    files += (ROOT / "assets/offline/core").rglob("*.js")
    files += (file for file in HERE.iterdir() if file.suffix in {".py", ".mjs"})
    return [*files, HERE.parent / "node.py", ROOT / "requirements/base.txt"]


def fingerprint(files: Iterable[Path]) -> str:
    """One word for the names and contents of these files."""
    hashed = hashlib.sha256()
    for name in sorted(os.path.relpath(file, ROOT) for file in files):
        content = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        hashed.update(f"{name}\n{content}\n".encode())
    return hashed.hexdigest()[:16]


@dataclass(frozen=True)
class Soak:
    """The pieces of some seeds; those that broke no promise stand in the notes of these rules."""

    notes: Path
    rules: Sequence[Path]
    first: int = 1
    count: int = GOAL
    piece: int = PIECE
    run_piece: Callable[..., dict[str, Any]] = simulate

    def noted(self) -> list[dict[str, Any]]:
        """What was run of it, whenever that was: ``first``, ``count`` and ``seconds``."""
        folder = self.folder
        notes = [_note(folder, piece) for piece in self._pieces()]
        return [json.loads(note.read_text(encoding="utf-8")) for note in notes if note.is_file()]

    def missing(self) -> list[Piece]:
        """What was not, in the order of its seeds."""
        folder = self.folder
        return [piece for piece in self._pieces() if not _note(folder, piece).is_file()]

    def go_on(self, *, until: float, workers: int = 1, nice: int = 0) -> dict[str, Any] | None:
        """Run pieces until it is that time of the monotonic clock; the first problem ends it."""
        waiting, running = iter(self.missing()), dict[Future[dict[str, Any]], tuple[Piece, float]]()
        context, folder = multiprocessing.get_context("spawn"), self.folder
        with ProcessPoolExecutor(workers, context, os.nice, (nice,)) as pool:
            while True:
                while len(running) < workers and time.monotonic() < until:
                    if (piece := next(waiting, None)) is None:
                        break
                    job = pool.submit(self.run_piece, first=piece[0], count=piece[1])
                    running[job] = piece, time.monotonic()
                if not running:
                    return None
                for job in wait(running, return_when=FIRST_COMPLETED).done:
                    found, (piece, began) = job.result(), running.pop(job)
                    if found != {"problem": None, "schedules": piece[1]}:
                        return found
                    if self.folder != folder:
                        raise RuntimeError(
                            "The rules were changed while the soak ran: begin it anew."
                        )
                    self._write(piece, time.monotonic() - began)

    @property
    def folder(self) -> Path:
        """Where the notes of these rules stand, as they are now."""
        return self.notes / fingerprint(self.rules)

    def _pieces(self) -> list[Piece]:
        end = self.first + self.count
        return [(at, min(self.piece, end - at)) for at in range(self.first, end, self.piece)]

    def _write(self, piece: Piece, seconds: float) -> None:
        said = {"first": piece[0], "count": piece[1], "seconds": round(seconds, 1)}
        note = _note(self.folder, piece)
        note.parent.mkdir(parents=True, exist_ok=True)
        new = note.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(said), encoding="utf-8")
        new.replace(note)


def soak_of(first: int, count: int, *, crowd: bool) -> Soak:
    """Schedules of one phone, or of several, under the rules as they are now."""
    notes = NOTES / "crowd" if crowd else NOTES
    return Soak(notes, deciding(), first, count, run_piece=partial(simulate, crowd=crowd))


def _note(folder: Path, piece: Piece) -> Path:
    return folder / f"{piece[0]}-{piece[1]}.json"


def main() -> None:
    """Go on for a while, and say how far it has come."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in {"minutes": 60.0, "niceness": 19, "workers": 1}.items():
        parser.add_argument(f"--{name}", type=type(usual), default=usual)
    parser.add_argument("--crowd", action="store_true", help="schedules of several phones")
    asked = parser.parse_args()
    goal = GOAL // CROWDED if asked.crowd else GOAL
    soak = soak_of(1, goal, crowd=asked.crowd)
    until = time.monotonic() + asked.minutes * 60
    found = soak.go_on(until=until, workers=asked.workers, nice=asked.niceness)
    ran = sum(piece["count"] for piece in soak.noted())
    print(f"{ran:,} of {goal:,} schedules broke no promise")
    if found:
        sys.exit(f"seed {found['seed']}: {found['problem']}")


if __name__ == "__main__":
    main()
