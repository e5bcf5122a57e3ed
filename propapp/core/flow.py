"""Status is a table with a verb per step; an illegal step is one named error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from propapp.core.errors import WrongStep

Status = TypeVar("Status", bound=StrEnum)


@dataclass(frozen=True)
class Step(Generic[Status]):
    """From any of the sources, the verb leads to the target."""

    sources: frozenset[Status]
    target: Status


class Flow(Generic[Status]):
    """The legal steps of one kind of thing."""

    def __init__(self, name: str, steps: Mapping[str, Step[Status]]) -> None:
        self.name = name
        self.steps = dict(steps)

    def next_status(self, verb: str, status: Status) -> Status:
        """Where the verb leads from here; ``WrongStep`` where it leads nowhere."""
        step = self.steps[verb]
        if status not in step.sources:
            raise WrongStep(verb=verb, status=status.value)
        return step.target

    def verbs_from(self, status: Status) -> frozenset[str]:
        """What may be done with a thing in this status."""
        return frozenset(verb for verb, step in self.steps.items() if status in step.sources)
