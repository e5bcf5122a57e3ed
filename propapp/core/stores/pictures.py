"""Looking into pictures from outside, in a process apart that may not take much and may die."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from propapp.core.errors import (
    NoSpace,
    PhotoFormat,
    PhotoTooLarge,
    PhotoUnreadable,
    PropappError,
)
from propapp.core.stores.likeness import Likeness
from propapp.core.stores.port import Form, Picture

PATIENCE = 20.0
# A fresh process now and then, so that nothing a picture did to it lasts.
PICTURES_PER_PROCESS = 200
WORKERS = 2

_ROOT = Path(__file__).resolve().parents[3]
_REFUSALS: dict[str, type[PropappError]] = {
    error.code: error for error in (PhotoUnreadable, PhotoFormat, PhotoTooLarge, NoSpace)
}


class Workshop:
    """One process that opens pictures, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._done = 0

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer, or that the picture cannot be read when the process does not survive it."""
        process = self._ready()
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            answer = _exchange(process, question)
        finally:
            alarm.cancel()
        if not answer:
            self.close()
            raise PhotoUnreadable
        self._done += 1
        return json.loads(answer)

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process, self._done = None, 0

    def _ready(self) -> subprocess.Popen[str]:
        if self._done >= PICTURES_PER_PROCESS:
            self.close()
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "propapp.core.stores.picture_worker"],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._process


_free = [Workshop() for _ in range(WORKERS)]
_change = threading.Condition()


def examine(original: Path) -> Picture:
    """What the file is, after every pixel of it was read."""
    return derive(original, {})


def derive(original: Path, copies: dict[Form, Path]) -> Picture:
    """Read every pixel and write the copies beside; refuse what is no picture of ours."""
    for copy in copies.values():
        copy.parent.mkdir(parents=True, exist_ok=True)
    named = {form.value: str(copy.resolve()) for form, copy in copies.items()}
    answer = _ask({"path": str(original.resolve()), "copies": named})
    if "error" in answer:
        raise _REFUSALS.get(answer["error"], PhotoUnreadable)
    return Picture(
        answer["format"], answer["width"], answer["height"], likeness_from(answer["likeness"])
    )


def likeness_from(said: tuple[int, int, str] | None) -> Likeness | None:
    """The likeness as the process apart writes it."""
    if said is None:
        return None
    coarse, fine, patches = said
    return Likeness(coarse, fine, bytes.fromhex(patches))


def _ask(question: dict[str, Any]) -> dict[str, Any]:
    with _change:
        while not _free:
            _change.wait()
        workshop = _free.pop()
    try:
        return workshop.ask(question)
    finally:
        with _change:
            _free.append(workshop)
            _change.notify()


def _exchange(process: subprocess.Popen[str], question: dict[str, Any]) -> str:
    if process.stdin is None or process.stdout is None:
        return ""
    return _line(process.stdin, process.stdout, json.dumps(question))


def _line(stdin: IO[str], stdout: IO[str], question: str) -> str:
    with suppress(OSError):
        stdin.write(question + "\n")
        stdin.flush()
        return stdout.readline()
    return ""
