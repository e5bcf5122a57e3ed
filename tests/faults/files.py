"""A file system that fails at its n-th call, at that one alone or from there on."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Call = tuple[Any, str]

# A disk that cannot read or write, and one without room: for a moment, or from then on.
WAYS = pytest.mark.parametrize(
    ("code", "lasting"),
    [(code, lasting) for code in (errno.EIO, errno.ENOSPC) for lasting in (False, True)],
    ids=["broken once", "broken for ever", "full once", "full for ever"],
)


def below(folder: Path) -> Callable[[tuple[Any, ...]], bool]:
    """Whether a call names something in there; a bare number is a file that is open."""

    def touches(given: tuple[Any, ...]) -> bool:
        return isinstance(given[0], int) or any(str(folder) in str(one) for one in given)

    return touches


class FileFaults:
    """Counts the calls that touch a place and lets one of them, or all from there on, fail.

    ``calls`` are named by what they are called on (a module, a class) and by their name;
    ``touches`` says of a call's arguments whether they concern the place.
    """

    def __init__(
        self,
        at: int,
        code: int,
        *,
        lasting: bool,
        calls: Iterable[Call],
        touches: Callable[[tuple[Any, ...]], bool],
    ) -> None:
        self.at, self.code, self.lasting, self.count = at, code, lasting, 0
        self.calls, self.touches = tuple(calls), touches

    @property
    def out_of_reach(self) -> bool:
        """There were fewer calls than that: nothing failed."""
        return self.count < self.at

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The file system is bad for as long as this lasts."""
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in self.calls:
                patch.setattr(owner, name, self._wrap(getattr(owner, name)))
            yield

    def _wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if self.touches(given):
                self.count += 1
                if self.count == self.at or (self.lasting and self.count > self.at):
                    raise OSError(self.code, os.strerror(self.code))
            return function(*given, **named)

        return call
