"""A guard's round from the first point to the seal."""

from __future__ import annotations

from datetime import timedelta

from propapp.core.ids import uuid7
from propapp.features.orders.models import OrderStatus, WorkOrder
from propapp.features.rounds.models import Run, RunStatus
from propapp.features.rounds.service import seal_ready
from tests.world import World, a_shot, an_occurrence, bytes_arrive, found, rows


def test_from_start_to_seal_with_a_defect(garden: World) -> None:
    occurrence, run_id = an_occurrence(garden), uuid7()
    garden.do("guard", "round.start", run_id=run_id, occurrence_id=occurrence.id)
    for stop, point in enumerate(garden.points, start=1):
        garden.do(
            "guard",
            "round.visit",
            visit_id=uuid7(),
            run_id=run_id,
            point_id=point.id,
            method="scan",
            code=garden.code(stop),
            arrived_at=garden.clock.now(),
            answers=[
                {
                    "item_id": garden.items[0].id,
                    "verdict": "fail" if point.position == 2 else "pass",
                    "note": "Hinge broken" if point.position == 2 else "",
                    "photos": [a_shot("hinge")] if point.position == 2 else [],
                }
            ],
        )
        garden.clock.move(timedelta(minutes=1))
    garden.do("guard", "round.finish", run_id=run_id)
    run = found(Run, run_id)
    assert (run.status, run.points_done, run.fails) == (RunStatus.FINISHED, 3, 1)
    (order,) = rows(WorkOrder)
    assert (order.status, order.title, order.place_text_en) == (
        OrderStatus.REPORTED,
        "P2 · Door shut",
        "Bldg 1 Lobby",
    )
    bytes_arrive(a_shot("hinge"))
    with garden.work("guard") as uow:
        seal_ready(uow, sha256=a_shot("hinge").sha256)
    assert found(Run, run_id).status is RunStatus.SEALED
