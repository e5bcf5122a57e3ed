"""What `propapp verify` shows while it works: a bar that goes from link to link to the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.progress import Progress
from sqlmodel import func, select

from propapp import proofs
from propapp.cli import main
from propapp.core.db.engine import read_session, write_session
from propapp.core.evidence.models import EvidenceEntry
from tests.api.pictures import a_picture
from tests.features.evidence.conftest import walk
from tests.world import a_world


class Watched(Progress):
    """A bar that remembers each of its steps, and what it was when it was taken away."""

    bars: list[Watched]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.steps: list[float] = []
        Watched.bars.append(self)

    def advance(self, task_id: Any, advance: float = 1) -> None:
        """Step by step."""
        self.steps.append(advance)
        super().advance(task_id, advance)


@pytest.fixture
def bars(database: Path, monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    """The bars that are shown over a house of two sites, in each of which a round was walked."""
    for code in ("CH", "LX"):
        walk(a_world(code), [a_picture(60, 40), a_picture(40, 60)])
    monkeypatch.setattr(proofs, "Progress", Watched)
    Watched.bars = []
    return Watched.bars


def test_the_bar_counts_every_link_of_every_site(bars: list[Watched]) -> None:
    with read_session() as session:
        links = session.exec(select(func.count()).select_from(EvidenceEntry)).one()
    said = CliRunner().invoke(main, ["verify"])
    assert (said.exit_code, said.output.splitlines()[-1]) == (0, f"{links} links hold.")
    (bar,) = bars
    (task,) = bar.tasks
    assert (task.completed, task.total, task.finished) == (links, links, True)
    assert len(bar.steps) > 1
    assert f"{links}/{links}" in said.output


def test_the_bar_stops_at_the_link_that_is_broken(bars: list[Watched]) -> None:
    with write_session() as session, session.begin():
        second = session.exec(select(EvidenceEntry).where(EvidenceEntry.n == 2)).first()
        assert second
        second.hash = "0" * 64
    said = CliRunner().invoke(main, ["verify"])
    assert said.exit_code == 1
    assert "BROKEN: link 2 of " in said.output
    (task,) = bars[0].tasks
    assert task.completed < (task.total or 0)
    assert not task.finished
