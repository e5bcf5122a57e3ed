"""The figures that a site's roster keeps, and when a silent round is told to whom; a row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from propapp.core.access import Permission
from propapp.core.errors import LadderNotRising
from propapp.core.progress import Tell
from propapp.core.sheets.cells import Trouble
from propapp.features.rosters import repository as rosters
from propapp.features.rosters.commands import SetDutyRules
from propapp.features.rosters.service import set_rules
from propapp.features.rosters.shift_forms import STEPS
from propapp.features.sheets.forms import NUMBER, choice
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known

# Rules by the words that their page has for them; those of hours are kept in minutes.
_HOURS = {f"rules.{name}": name for name in ("rest", "long_rest", "week")}
_WHOLE = {f"rules.{name}": name for name in ("days_in_row", "nights_in_row")}
_STEPS = {f"ladder.after.{step}": step for step in STEPS}
_RULES = {**_HOURS, **_WHOLE, **_STEPS}
_BY_FIGURE = {name: rule for rule, name in _RULES.items()}


class DutyRuleBook(Book):
    """All rules of a site; each is there from the beginning, so that a row only changes one."""

    columns = (
        Column("rule", choice("office", tuple(_RULES)), required=True, width=36),
        Column("figure", NUMBER, required=True),
    )
    natural = ("rule",)

    def read(self) -> Iterator[Known]:
        """In the order of the page."""
        site_id = self.target.site.id
        rules = rosters.rules_of(self.uow.session, [site_id])[site_id]
        self.figures: dict[str, int] = rules.model_dump(exclude={"site_id", "ladder"})
        self.figures |= dict(zip(STEPS, rules.ladder, strict=True))
        for rule, name in _RULES.items():
            figure = round(self.figures[name] / _per(rule), 2)
            yield Known({"rule": rule, "figure": figure})

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """Days and minutes are whole."""
        figure = values["figure"]
        if values["rule"] not in _HOURS and figure != round(figure):
            raise Trouble("not_whole", "figure", value=figure)
        return values

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """All of them at once, for the steps of the ladder lie above one another."""
        by_rule = {change.values["rule"]: change for change in changes}
        if by_rule:
            try:
                with self.uow.session.begin_nested():
                    set_rules(self.uow, self._command(by_rule))
            except ValidationError as error:
                yield from (self._misshapen(one, by_rule) for one in error.errors())
            except LadderNotRising as error:
                steps = [by_rule[rule] for rule in _STEPS if rule in by_rule]
                yield from ((step, Trouble(f"error.{error.code}", "figure")) for step in steps)
        tell(len(changes), len(changes))

    def _command(self, by_rule: Mapping[str, Change]) -> SetDutyRules:
        """What the rows say, on top of what is there."""
        figures = self.figures | {
            _RULES[rule]: round(change.values["figure"] * _per(rule))
            for rule, change in by_rule.items()
        }
        ladder = [figures.pop(step) for step in STEPS]
        asked = {"site_id": self.target.site.id, "ladder": ladder}
        return SetDutyRules.model_validate(figures | asked)

    def _misshapen(self, error: Any, by_rule: Mapping[str, Change]) -> tuple[Change, Trouble]:
        """A figure out of bounds at its row, the bounds counted as the cell is."""
        name, *step = error["loc"]
        rule = _BY_FIGURE[STEPS[step[0]] if step else name]
        bounds = {one: bound // _per(rule) for one, bound in error.get("ctx", {}).items()}
        return by_rule[rule], self.shaped(error | {"loc": ("figure",), "ctx": bounds})


def _per(rule: str) -> int:
    return 60 if rule in _HOURS else 1


DUTY_RULES = Kind(
    "duty_rules",
    Permission.ROSTER_READ,
    DutyRuleBook,
    writes=Permission.ROSTER_WRITE,
    example={"rule": "rules.rest", "figure": 11},
)
