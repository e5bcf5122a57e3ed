"""The checklists of the company, a row for each item; what they ask is the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.ids import derived_id, uuid7
from propapp.core.sheets.cells import Trouble
from propapp.features.sheets.forms import (
    CHOICES,
    FLAG,
    NUMBER,
    WHOLE,
    choice,
    choices_of,
    choices_said,
)
from propapp.features.sheets.naming import by_newest, uneven
from propapp.features.sheets.tables import Column, Kind, Known, Values
from propapp.features.sheets.together import Numbered
from propapp.features.standards import repository as standards
from propapp.features.standards.commands import FaultCategory, FaultPriority, KeepChecklist
from propapp.features.standards.models import ChecklistItem, ItemKind
from propapp.features.standards.service import keep_checklist

# By what the use case calls it, the column that it stands in.
_SAID = {
    "kind": "answer",
    "label": "question",
    "label_en": "question_en",
    "required": "required",
    "photo_required": "photo",
    "unit": "measured_in",
    "least": "least",
    "low": "low",
    "high": "high",
    "most": "most",
    "category": "category",
    "priority": "priority",
}


class ChecklistBook(Numbered):
    """What is asked at the stops of rounds, in the newest version of each checklist."""

    columns = (
        Column("id", width=16),
        Column("checklist", required=True, width=24),
        Column("checklist_en", width=24),
        Column("item", WHOLE, required=True),
        Column("question", required=True, width=36),
        Column("question_en", width=36),
        Column("answer", choice("workbook.answer", tuple(ItemKind)), required=True),
        Column("required", FLAG),
        Column("photo", FLAG),
        Column("measured_in"),
        Column("least", NUMBER),
        Column("low", NUMBER),
        Column("high", NUMBER),
        Column("most", NUMBER),
        Column("choices", CHOICES, width=24),
        Column("choices_en", CHOICES, width=24),
        Column("fails", CHOICES, width=18),
        Column("category", choice("category", get_args(FaultCategory)), usual="public"),
        Column("priority", choice("priority", get_args(FaultPriority)), usual="normal"),
    )
    natural, of_whole = ("checklist", "item"), ("id", "checklist_en")
    recognised = ("question",)
    disagree, gap = "checklist_twice", "question_missing"
    left_out = "workbook.notice.question_left_out"
    shown_at: Mapping[str, str] = {
        **_SAID,
        "name": "checklist",
        "name_en": "checklist_en",
        "name_taken": "checklist",
        "items": "item",
        "choices": "choices",
    }

    def read(self) -> Iterator[Known]:
        """By checklist and question; those of single jobs are made from their clauses."""
        session = self.uow.session
        self.lists = by_newest(standards.newest_checklists(session).values())
        self.things = {name: one.code for name, one in self.lists.items()}
        newest = [one.id for one in self.lists.values()]
        items = defaultdict[UUID, list[ChecklistItem]](list)
        for item in standards.templates_with_items(session, newest)[1]:
            items[item.template_id].append(item)
        for name, template in self.lists.items():
            said = {
                "id": template.code,
                "checklist": name,
                "checklist_en": template.name_en,
            }
            yield from self.rows_of([(said | _row(one), one) for one in items[template.id]])

    def check(self, values: Values) -> None:
        """Whose words in the other language, and whose fails, are those of its choices."""
        choices = choices_of(values["choices"])
        if uneven(values["choices"], values["choices_en"]):
            raise Trouble("choices_uneven", "choices_en", most=len(choices))
        for one in choices_of(values["fails"]):
            if one not in choices:
                raise Trouble("nobody_called", "fails", value=one[:60])
        super().check(values)

    def keep(self, rows: Sequence[Values]) -> None:
        """The checklist with all its questions: its next version, or its first."""
        name, code = rows[0]["checklist"], rows[0]["id"]
        shown = next((one for one, known in self.things.items() if known == code), "")
        known = self.lists.get(shown)
        asked = {
            "code": code or self._new_code(name),
            # What is shown has a tail where two share a name, which is no name of theirs.
            "name": known.name if known and name == shown else name,
            "name_en": rows[0]["checklist_en"],
            "items": [_question(row) for row in rows],
        }
        keep_checklist(self.uow, KeepChecklist.model_validate(asked))

    def _new_code(self, name: str) -> str:
        code = f"own-{derived_id('checklist', name).hex[:24]}"
        # One that was called so keeps its code under its new name.
        return f"own-{uuid7().hex[:24]}" if code in self.things.values() else code


def _question(row: Values) -> dict[str, Any]:
    labels, other = choices_of(row["choices"]), choices_of(row["choices_en"])
    fails = choices_of(row["fails"])
    choices = [
        {"label": one, "label_en": other[at] if other else "", "fail": one in fails}
        for at, one in enumerate(labels)
    ]
    return {name: row[column] for name, column in _SAID.items()} | {"choices": choices}


def _row(item: ChecklistItem) -> dict[str, Any]:
    choices = item.choices
    other = [one["label_en"] for one in choices]
    return {
        **{column: getattr(item, name) for name, column in _SAID.items()},
        "answer": item.kind.value,
        "item": item.position,
        "choices": choices_said(one["label"] for one in choices),
        "choices_en": choices_said(other) if all(other) else "",
        "fails": choices_said(one["label"] for one in choices if one["fail"]),
    }


CHECKLISTS = Kind(
    "checklists",
    Permission.STANDARD_READ,
    ChecklistBook,
    writes=Permission.STANDARD_WRITE,
    example={
        "item": 1,
        "answer": "number",
        "required": True,
        "measured_in": "MPa",
        "low": 0.2,
        "high": 0.6,
        "category": "fire",
        "priority": "urgent",
    },
)
