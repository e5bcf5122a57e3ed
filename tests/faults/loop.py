"""Each call of a step fails in turn, in the house as it was before that step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

from tests.faults.checks import nothing_is_half_there
from tests.faults.database import Faults, go_back, keep
from tests.faults.day import Hand


class Story(Protocol):
    """People who do something step by step, and keep what they were answered."""

    @property
    def hands(self) -> Sequence[Hand]:
        """The phones that take part."""
        ...

    def copied(self) -> Self:
        """The same people, for another try from here on."""
        ...

    def act(self, step: str) -> bool:
        """Do this step; whether it has been answered now."""
        ...

    def answers(self) -> list[Any]:
        """What was answered since this was asked last."""
        ...


StoryT = TypeVar("StoryT", bound=Story)


def is_honest(day: Story) -> None:
    """Each answer is a success or says by a code and a sentence that it is none."""
    for answer in day.answers():
        if answer.status_code >= 400:
            said = answer.json()["error"]
            # A bundle that is not there is all that a page may be told besides.
            expected = (503, "busy") if said["facts"] == {} else (404, "not_found")
            assert (answer.status_code, said["code"]) == expected, answer.text
            assert said["message"]


@dataclass
class Loop(Generic[StoryT]):
    """Lets each call of a step fail in turn, in the house as it was before that step."""

    data: Path
    copy: Path
    mode: str
    faults: int = 0

    def each_call(self, day: StoryT, step: str) -> Iterator[StoryT]:
        """The day after each fault; when no call is left to fail the day itself has gone on."""
        keep(self.data, self.copy)
        before = day.copied()
        for number in count(1):
            go_back(self.data, self.copy)
            tried = before.copied()
            faults = Faults(number, lasting=self.mode == "for ever", unheard=self.mode == "unheard")
            with faults.at_work():
                tried.act(step)
                if faults.struck and faults.lasting:
                    assert not tried.act(step)
            if not faults.struck:
                vars(day).update(vars(tried))
                return
            self.faults += 1
            is_honest(tried)
            nothing_is_half_there(*tried.hands)
            yield tried
