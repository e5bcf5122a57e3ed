"""What a page asks of the house: read with care, done in one go, refused in words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

import reflex as rx

from propapp.core.access import Actor
from propapp.core.errors import NotFound, PropappError
from propapp.core.text import refusal
from propapp.core.unit_of_work import UnitOfWork, unit_of_work

ResultT = TypeVar("ResultT")

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)


def day_of(text: str) -> date | None:
    """The day that is asked for; what is no day, or far from any of ours, is not."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST < day < _LATEST else None


def in_one(actor: Actor, act: Callable[[UnitOfWork], ResultT]) -> ResultT:
    """Do it in one transaction of the actor's own."""
    with unit_of_work(actor) as uow:
        return act(uow)


def attempted(actor: Actor, act: Callable[[UnitOfWork], object], known: Collection[str]) -> str:
    """Do it; the code of the refusal as far as the page has a sentence for it, or nothing.

    A form whose values are none of ours names nothing that could be found.
    """
    try:
        in_one(actor, act)
    except ValueError:
        return NotFound.code
    except PropappError as error:
        return error.code_among(known)
    return ""


class Refusable(rx.State, mixin=True):
    """A page that says the refusal itself, in the words of either language."""

    problem: str = ""
    problem_en: str = ""

    def _say(self, error: PropappError | None) -> None:
        self.problem = refusal(error.code, "zh-CN", error.facts) if error else ""
        self.problem_en = refusal(error.code, "en", error.facts) if error else ""
