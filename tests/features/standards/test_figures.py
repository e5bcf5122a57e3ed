"""How often and how much: what is read is written alike, and nothing may ask less than the law."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propapp.core.errors import InvalidInput, LoosensStatute
from propapp.features.standards import figures, rules
from propapp.features.standards.figures import Demand, Frequency, Limit, Unit
from propapp.features.standards.rules import Statute

CITIES = ["anyang", "shangqiu", "zhengzhou"]

frequencies = st.builds(Frequency, st.integers(1, 99), st.integers(1, 60), st.sampled_from(Unit))
limits = st.builds(
    Limit,
    st.sampled_from(["answer", "arrival", "kept"]),
    st.booleans(),
    st.integers(1, 5000).map(Fraction),
    st.sampled_from(["min", "h", "day", "month", "%"]),
)
demands = st.builds(
    Demand,
    st.none() | frequencies,
    st.lists(limits, max_size=3, unique_by=lambda one: one.kind).map(tuple),
)
statutes = st.builds(
    Statute,
    st.just("L01"),
    demands,
    st.just(frozenset[str]()) | st.sampled_from(CITIES).map(lambda one: frozenset([one])),
)


def is_refused(wanted: Demand, floors: list[Statute]) -> bool:
    try:
        rules.refuse_loosening(wanted, floors)
    except LoosensStatute:
        return True
    return False


@given(demands)
def test_a_demand_is_read_as_it_is_written(demand: Demand) -> None:
    often = str(demand.often) if demand.often else ""
    assert figures.read(often, map(str, demand.limits)) == demand


@pytest.mark.parametrize(
    ("often", "limits_"),
    [("twice a day", []), ("0/day", []), ("1/0 day", []), ("1/fortnight", []), ("", ["soon"]),
     ("", ["answer < 3 day"]), ("", ["answer <= 1 h", "answer <= 2 day"])],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(often: str, limits_: list[str]) -> None:
    with pytest.raises(InvalidInput):
        figures.read(often, limits_)


@given(demands, st.lists(statutes, max_size=4), st.sampled_from(["", "elsewhere", *CITIES]))
def test_no_level_brings_the_law_down(wanted: Demand, law: list[Statute], city: str) -> None:
    binding = rules.binding_in(law, city)
    asked = rules.at_least(wanted, binding)
    assert not is_refused(asked, binding)
    assert not figures.loosened(wanted, asked)


@given(demands, st.lists(statutes, min_size=1, max_size=4))
def test_whatever_asks_less_than_one_statute_is_refused(wanted: Demand, law: list[Statute]) -> None:
    looser = [one for one in law if figures.loosened(one.demand, wanted)]
    assert is_refused(wanted, law) is bool(looser)


@given(demands, demands, demands)
def test_stricter_than_the_stricter_is_stricter(a: Demand, b: Demand, c: Demand) -> None:
    if not figures.loosened(a, b) and not figures.loosened(b, c):
        assert not figures.loosened(a, c)


def law(number: str, often: str, *cities: str) -> Statute:
    return Statute(number, figures.read(often), frozenset(cities))


WATER = [
    law("AY", "1/quarter", "anyang"),
    law("ZZ", "1/month", "zhengzhou"),
    law("SQ", "1/half_year", "shangqiu"),
]


@pytest.mark.parametrize(
    ("city", "often"),
    [("", "1/month"), ("hangzhou", "1/month"), ("anyang", "1/quarter"),
     ("shangqiu", "1/half_year")],
)  # fmt: skip
def test_the_strictest_is_the_default_and_a_city_has_its_own(city: str, often: str) -> None:
    binding = rules.binding_in(WATER, city)
    assert rules.at_least(Demand(), binding) == figures.read(often)


def test_what_holds_everywhere_binds_beside_a_citys_own() -> None:
    everywhere = [*WATER, law("CN", "1/quarter")]
    assert rules.at_least(Demand(), rules.binding_in(everywhere, "shangqiu")) == figures.read(
        "1/quarter"
    )


@pytest.mark.parametrize(
    ("floor", "wanted", "field"),
    [
        (("1/15 day", []), ("2/month", []), "often"),
        (("1/15 day", []), ("1/2 week", []), ""),
        (("1/day", []), ("", []), "often"),
        (("", ["answer <= 10 day"]), ("", ["answer <= 24 h"]), ""),
        (("", ["answer <= 10 day"]), ("", ["answer <= 11 day"]), "limits"),
        (("", ["kept >= 30 day"]), ("", ["kept >= 1 month"]), ""),
        (("", ["kept >= 30 day"]), ("2/day", []), "limits"),
        (("", []), ("", []), ""),
    ],
)
def test_what_is_less(
    floor: tuple[str, list[str]], wanted: tuple[str, list[str]], field: str
) -> None:
    assert figures.loosened(figures.read(*floor), figures.read(*wanted)) == field
