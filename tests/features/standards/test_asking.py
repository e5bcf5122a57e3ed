"""What a checklist asks: a change is a new version, and stops ask the newest."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from propapp.core.errors import InvalidInput, NameTaken
from propapp.features.orders.models import Category, Priority
from propapp.features.schedules import jobs
from propapp.features.schedules.models import Route, RoutePoint
from propapp.features.standards.commands import FaultCategory, FaultPriority, ItemSpec
from propapp.features.standards.models import ChecklistItem, ChecklistTemplate
from tests.counting import count_queries
from tests.world import World, found, rows, save

DOOR = {"kind": "pass_fail", "label": "Door shut", "category": "door"}
LAMP = {"kind": "single", "label": "Lamp", "choices": [{"label": "Green"}, {"label": "Red"}]}


def keep(world: World, *asked: dict[str, Any], **values: Any) -> ChecklistTemplate:
    """The checklist of the site's stops, asking this."""
    usual: dict[str, Any] = {"code": world.template.code, "name": "Patrol", "name_en": "Patrol"}
    return world.do("manager", "checklist.keep", items=list(asked), **usual | values)


def items(template: ChecklistTemplate) -> list[ChecklistItem]:
    """Its questions in their order."""
    found = rows(ChecklistItem, template_id=template.id)
    return sorted(found, key=lambda one: one.position)


def test_a_change_is_a_new_version_and_the_old_one_stays(garden: World) -> None:
    before = [one.label for one in items(garden.template)]
    made = keep(garden, DOOR, LAMP)
    assert (made.version, made.code) == (garden.template.version + 1, garden.template.code)
    assert [one.label for one in items(made)] == ["Door shut", "Lamp"]
    assert [one.label for one in items(garden.template)] == before
    assert keep(garden, DOOR, LAMP).id == made.id
    assert len(rows(ChecklistTemplate, code=made.code)) == made.version


def test_a_choice_keeps_its_value_under_its_words(garden: World) -> None:
    first = items(keep(garden, LAMP))[0].choices
    more = LAMP | {"choices": [{"label": "Off", "fail": True}, {"label": "Red"}]}
    after = {one["label"]: one["value"] for one in items(keep(garden, more))[0].choices}
    had = {one["label"]: one["value"] for one in first}
    assert after["Red"] == had["Red"]
    assert after["Off"] not in had.values()


def test_a_checklist_that_asks_nothing_is_refused(garden: World) -> None:
    with pytest.raises(InvalidInput):
        keep(garden)


def test_a_name_is_that_of_one_checklist(garden: World) -> None:
    with pytest.raises(NameTaken):
        keep(garden, DOOR, code="another")


def test_stops_ask_the_newest_version_and_another_sweep_changes_nothing(garden: World) -> None:
    made = keep(garden, DOOR)
    assert jobs.follow_checklists(garden.clock) == len(rows(RoutePoint))
    assert {stop.template_id for stop in rows(RoutePoint)} == {made.id}
    assert jobs.follow_checklists(garden.clock) == 0


def test_a_stop_that_is_walked_no_more_and_one_of_a_job_keep_their_version(garden: World) -> None:
    last = rows(RoutePoint, position=3)[0]
    last.replaced_at = garden.clock.now()
    job = ChecklistTemplate(code="job.a", name="Job", published_at=garden.clock.now())
    save(last, job)
    first = rows(RoutePoint, position=1)[0]
    first.template_id = job.id
    save(first)
    made = keep(garden, DOOR)
    assert jobs.follow_checklists(garden.clock) == 1
    assert found(RoutePoint, first.id).template_id == job.id
    assert found(RoutePoint, last.id).template_id == garden.template.id
    assert rows(RoutePoint, position=2)[0].template_id == made.id
    assert found(Route, garden.route.id).plan_id is None


def test_a_sweep_asks_as_often_for_many_checklists(garden: World) -> None:
    with count_queries() as few:
        jobs.follow_checklists(garden.clock)
    for at in range(5):
        keep(garden, DOOR, code=f"more-{at}", name=f"More {at}")
    with count_queries() as many:
        jobs.follow_checklists(garden.clock)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("wrong", "field", "kind"),
    [
        ({"kind": "pass_fail", "unit": "MPa"}, "unit", "limits_foreign"),
        ({"kind": "text", "most": 3}, "most", "limits_foreign"),
        ({"kind": "number", "low": 3, "high": 2}, "high", "limits_crossed"),
        ({"kind": "number", "least": 3, "low": 2}, "low", "limits_crossed"),
        ({"kind": "number", "least": 3, "most": 2}, "most", "limits_crossed"),
        ({"kind": "photo", "choices": LAMP["choices"]}, "choices", "choices_foreign"),
        ({"kind": "multiple", "choices": [{"label": "Green"}]}, "choices", "choices_few"),
        ({"kind": "single", "choices": [{"label": "Red"}] * 2}, "choices", "choices_few"),
        ({"kind": "text", "category": "roof"}, "category", "literal_error"),
    ],
)
def test_a_question_that_cannot_be_says_so_at_its_field(
    wrong: dict[str, Any], field: str, kind: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        ItemSpec.model_validate({"label": "Pressure"} | wrong)
    assert [(one["loc"], one["type"]) for one in refused.value.errors()] == [((field,), kind)]


def test_a_single_choice_without_any_is_refused() -> None:
    with pytest.raises(ValidationError):
        ItemSpec.model_validate({"kind": "single", "label": "Lamp"})


def test_a_fail_asks_for_an_order_that_there_can_be() -> None:
    # Nobody's complaint is found by a checklist.
    assert set(get_args(FaultCategory)) == set(Category) - {Category.COMPLAINT}
    assert set(get_args(FaultPriority)) == set(Priority)
