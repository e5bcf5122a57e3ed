"""An accident is registered once, told to who judges it, judged with a reason, never deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from propapp.core.errors import AlreadyThere, InvalidInput, NoteRequired, NotFound, WrongStep
from propapp.core.timeline import TimelineEvent
from propapp.core.unit_of_work import looking
from propapp.features.accidents import forms, reading
from propapp.features.accidents.commands import FindAccident, WithdrawAccident
from propapp.features.accidents.models import Accident, AccidentStatus
from propapp.features.messages.models import Message
from tests.accidents import an_accident, an_accident_asked
from tests.counting import count_queries
from tests.world import NOON, World, found, rows


def judge(world: World, accident: Accident, **values: object) -> Accident:
    asked: dict[str, Any] = {"accident_id": accident.id, "liable": True}
    asked |= {"reason": "Wet and not marked"} | values
    return world.do("manager", "accident.find", **asked)


def test_it_is_registered_and_whoever_judges_is_told(garden: World) -> None:
    made = garden.do("supervisor", "accident.record", **an_accident_asked(garden))
    assert found(Accident, made.id).status is AccidentStatus.OPEN
    names = {actor.person_id: name for name, actor in garden.people.items()}
    assert {names[one.person_id] for one in rows(Message, kind="accident.recorded")} == {
        "manager",
        "administrator",
    }
    assert [event.verb for event in rows(TimelineEvent, thing_id=made.id)] == ["accident.recorded"]


def test_the_same_accident_twice_is_one(garden: World) -> None:
    asked = an_accident_asked(garden)
    garden.do("supervisor", "accident.record", **asked)
    with pytest.raises(AlreadyThere):
        garden.do("supervisor", "accident.record", **asked)


def test_what_lies_ahead_or_has_no_words_is_refused(garden: World) -> None:
    ahead = an_accident_asked(garden, occurred_at=NOON + timedelta(hours=1))
    with pytest.raises(InvalidInput) as refused:
        garden.do("supervisor", "accident.record", **ahead)
    assert refused.value.facts["field"] == "occurred_at"
    for field in ("place", "text"):
        with pytest.raises(NoteRequired) as missing:
            garden.do("supervisor", "accident.record", **an_accident_asked(garden, **{field: " "}))
        assert missing.value.facts["field"] == field
    assert rows(Accident) == []


def test_it_is_judged_with_a_reason_and_may_be_judged_anew(garden: World) -> None:
    accident = an_accident(garden)
    with pytest.raises(NoteRequired):
        judge(garden, accident, reason=" ")
    assert judge(garden, accident).status is AccidentStatus.LIABLE
    with pytest.raises(WrongStep):
        judge(garden, accident)
    judged = judge(garden, accident, liable=False, reason="He had run")
    assert (judged.status, judged.reason) == (AccidentStatus.NOT_LIABLE, "He had run")
    events = [event.facts["text"] for event in rows(TimelineEvent, thing_id=accident.id)]
    assert events == ["Wet and not marked", "He had run"]


def test_what_was_withdrawn_stays_to_be_read(garden: World) -> None:
    accident = an_accident(garden)
    asked = {"accident_id": accident.id, "reason": "Registered twice"}
    garden.do("manager", "accident.withdraw", **asked)
    with pytest.raises(WrongStep):
        judge(garden, accident)
    with looking(garden.actor("manager")) as uow:
        (card,) = reading.of_year(uow, garden.site, NOON.year)
    assert (card.status, card.reason, card.finds) == ("withdrawn", "Registered twice", False)


def test_a_year_is_the_site_s_own_and_asks_one_question(garden: World) -> None:
    """Seventeen hours UTC on the last of December is the first of January in Shanghai."""
    an_accident(garden, occurred_at=NOON.replace(year=2025, month=12, day=31, hour=15))
    an_accident(garden, occurred_at=NOON.replace(year=2025, month=12, day=31, hour=17))
    with looking(garden.actor("supervisor")) as uow, count_queries() as sent:
        (card,) = reading.of_year(uow, garden.site, 2026)
    assert card.at.startswith("2025-12-31T17")
    assert not card.finds
    assert len(sent) == 1


def test_another_site_s_accident_does_not_exist(garden: World, elsewhere: World) -> None:
    accident = an_accident(elsewhere)
    with pytest.raises(NotFound):
        judge(garden, accident)
    with looking(garden.actor("manager")) as uow:
        assert reading.of_year(uow, elsewhere.site, NOON.year) == []


def test_the_form_is_read_by_the_clock_of_the_site(garden: World) -> None:
    site = garden.site
    form = {"kind": "lift", "occurred_at": "2026-03-01T08:30", "place": "Lift 3", "text": "Stuck"}
    asked = forms.recording(form, an_accident_asked(garden)["accident_id"], site.id, site.zone)
    assert asked.occurred_at.isoformat() == "2026-03-01T00:30:00+00:00"
    assert asked.injured == 0
    for field, value in (("occurred_at", "soon"), ("injured", "-1"), ("kind", "luck")):
        with pytest.raises(InvalidInput) as refused:
            forms.recording(form | {field: value}, site.id, site.id, site.zone)
        assert refused.value.facts["field"] == field


def test_the_form_of_a_finding_says_which_it_is(garden: World) -> None:
    about = {"accident_id": str(garden.site.id), "reason": "So"}
    assert isinstance(forms.finding(about | {"found": "withdraw"}), WithdrawAccident)
    liable = forms.finding(about | {"found": "liable"})
    assert isinstance(liable, FindAccident)
    assert liable.liable
    with pytest.raises(InvalidInput):
        forms.finding(about | {"found": "maybe"})
