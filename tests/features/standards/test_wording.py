"""The form of a clause: what it begins with goes back as it came, and each odd value is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import select

from propapp.core.db.engine import read_session
from propapp.core.errors import InvalidInput, NotAllowed, NotFound
from propapp.core.ids import uuid7
from propapp.core.text import CATALOGUES
from propapp.core.unit_of_work import looking
from propapp.features.standards import clauses, jobs, library, own, wording
from propapp.features.standards.commands import KeepClause
from propapp.features.standards.figures import read_limit
from propapp.features.standards.models import ClauseLevel, StandardKind
from propapp.features.standards.wording import Wording
from tests.standards import a_clause, a_standard
from tests.world import NOON, World

TODAY = NOON.date()


def typed(begun: Wording, **values: str) -> dict[str, Any]:
    """The form as a browser sends it when nothing is touched, but for these fields."""
    form: dict[str, Any] = {
        "starts": begun.starts,
        "heading": begun.title or "Gate watched",
        "heading_en": begun.title_en,
        "source": begun.source or "Contract, article 12",
        "photos": begun.photos,
        "reason": "The owners asked for it",
        "number": "Q01",
        "area": "order",
        "subject": "",
    }
    form |= {name: "on" for name in ("scan", "document") if getattr(begun, name)}
    for level in begun.levels:
        at = level.number
        form |= {f"text.{at}": level.text, f"text_en.{at}": level.text_en}
        form |= {f"times.{at}": level.times, f"span.{at}": level.span, f"unit.{at}": level.unit}
        form |= {f"demanded.{at}": "on"} if level.demanded else {}
        for limit in level.limits:
            where = f"{at}.{limit.number}"
            form[f"measure.{where}"] = limit.measure
            form[f"sign.{where}"] = "most" if limit.most else "least"
            form |= {f"value.{where}": limit.value, f"limit_unit.{where}": limit.unit}
    return form | {name.replace("__", "."): value for name, value in values.items()}


def command(form: dict[str, Any], begun: Wording) -> KeepClause:
    return wording.command(form, begun, uuid7(), uuid7())


def test_what_is_not_touched_comes_back_as_the_packs_have_it(garden: World) -> None:
    jobs.load_library(library.PACKS)
    tried = 0
    with looking(garden.actor("manager")) as uow:
        found, _total = clauses.search(uow.session, clauses.Wish(), TODAY, limit=1000)
        for row in found:
            begun = own.begun(uow, row.clause.id, TODAY)
            made = command(typed(begun), begun)
            held = {level.level: level for level in row.levels}
            assert {spec.level for spec in made.levels} == set(held)
            for spec in made.levels:
                level = held[spec.level]
                assert (spec.text, spec.often, spec.demanded) == (
                    level.text,
                    level.often,
                    level.demanded,
                )
                assert [read_limit(one) for one in spec.limits] == list(
                    map(read_limit, level.limits)
                )
            tried += 1
    assert tried > 100


def test_every_measure_and_unit_of_the_packs_can_be_chosen_and_has_a_word(garden: World) -> None:
    jobs.load_library(library.PACKS)
    with read_session() as session:
        limits = {
            read_limit(one) for level in session.exec(select(ClauseLevel)) for one in level.limits
        }
    assert {one.measure for one in limits} <= set(wording.MEASURES)
    assert {one.unit for one in limits} <= set(wording.UNITS)
    for locale in ("zh-CN", "en"):
        said = json.loads((CATALOGUES / f"clauses.{locale}.json").read_text(encoding="utf-8"))
        assert {f"own.measure.{one}" for one in wording.MEASURES} <= set(said)
        assert {f"own.unit.{one}" for one in wording.UNITS if one != wording.PERCENT} <= set(said)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("number", {"number": "q-1"}),
        ("number", {"number": ""}),
        ("area", {"area": "sky"}),
        ("starts", {"starts": "1.6.2026"}),
        ("title", {"heading": " "}),
        ("source", {"source": ""}),
        ("photos", {"photos": "21"}),
        ("photos", {"photos": "many"}),
        ("text.0", {"text__0": ""}),
        ("often.0", {"times__0": "two"}),
        ("often.0", {"times__0": "1000"}),
        ("often.0", {"times__0": "2", "unit__0": "moon"}),
        ("limits.0", {"measure__0__0": "arrival", "value__0__0": "", "limit_unit__0__0": "h"}),
        ("limits.0", {"measure__0__0": "arrival", "value__0__0": "x", "limit_unit__0__0": "min"}),
        ("limits.0", {"measure__0__0": "luck", "value__0__0": "1", "limit_unit__0__0": "min"}),
        ("limits.0", {"measure__0__0": "arrival", "value__0__0": "1"}),
        (
            "limits.0",
            {
                "measure__0__0": "arrival", "value__0__0": "30", "limit_unit__0__0": "min",
                "measure__0__1": "arrival", "value__0__1": "1", "limit_unit__0__1": "h",
            },
        ),
    ],
)  # fmt: skip
def test_each_odd_value_names_its_field(field: str, values: dict[str, str]) -> None:
    begun = wording.blank(TODAY)
    with pytest.raises(InvalidInput) as refused:
        command(typed(begun, **{"text__0": "Watched at night"} | values), begun)
    assert refused.value.facts["field"] == field


def test_a_clause_of_ones_own_is_what_was_typed() -> None:
    begun = wording.blank(TODAY)
    made = command(
        typed(
            begun, text__0="Watched at night", times__0="2", span__0="3", unit__0="day",
            measure__0__0="arrival", sign__0__0="most", value__0__0="30", limit_unit__0__0="min",
            photos="2", scan="on",
        ),
        begun,
    )  # fmt: skip
    (level,) = made.levels
    assert (level.often, level.limits) == ("2/3 day", ("arrival <= 30 min",))
    assert (made.evidence.photos, made.evidence.scan, made.evidence.document) == (2, True, False)
    assert (made.number, made.starts) == ("Q01", TODAY)


def test_what_the_law_asks_is_shown_before_it_is_written(garden: World) -> None:
    law = a_clause(a_standard(StandardKind.STATUTE), "2/day")
    with looking(garden.actor("manager")) as uow:
        (floor,) = own.floors(uow, law.subject, TODAY)
        (subject,) = own.subjects(uow, TODAY)
        begun = own.begun(uow, law.id, TODAY)
    assert (floor.number, floor.often_en) == (law.number, "2 × per day")
    assert subject.code == law.subject
    assert begun.levels[0].times == "2"


def test_only_who_may_write_begins_and_only_what_is_there(garden: World) -> None:
    clause = a_clause()
    with looking(garden.actor("guard")) as uow, pytest.raises(NotAllowed):
        own.begun(uow, clause.id, TODAY)
    with looking(garden.actor("manager")) as uow, pytest.raises(NotFound):
        own.begun(uow, uuid7(), TODAY)
