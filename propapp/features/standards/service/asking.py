"""What a checklist asks: each change is a new version, and what was answered keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NameTaken
from propapp.core.ids import derived_id
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.standards import repository
from propapp.features.standards.commands import ItemSpec, KeepChecklist
from propapp.features.standards.models import ChecklistItem, ChecklistTemplate

_AS_ASKED = (
    "kind", "label", "label_en", "required", "photo_required", "unit",
    "low", "high", "least", "most", "category", "priority",
)  # fmt: skip


@use_case("checklist.keep", Permission.STANDARD_WRITE)
def keep_checklist(uow: UnitOfWork, command: KeepChecklist) -> ChecklistTemplate:
    """Write the next version of a checklist, or its first; the same once more is no version.

    It belongs to all sites, as clauses do.
    """
    # The shape of the command cannot say it: of a tuple whose items are wrong it says so as well.
    if not command.items:
        raise InvalidInput(field="items")
    newest = repository.newest_checklists(uow.session)
    before = newest.pop(command.code, None)
    renamed = before is None or before.name != command.name
    if renamed and any(one.name == command.name for one in newest.values()):
        raise NameTaken(name=command.name)
    items = repository.items_of(uow.session, before.id) if before else ()
    asked = [_asked(question, items) for question in command.items]
    if before is not None and _says(before, items) == (command.name, command.name_en, asked):
        return before
    version = before.version + 1 if before else 1
    made = ChecklistTemplate(
        id=derived_id("checklist", command.code, version),
        code=command.code,
        version=version,
        name=command.name,
        name_en=command.name_en,
        published_at=uow.now,
    )
    uow.session.add(made)
    uow.session.flush()
    uow.session.add_all(
        ChecklistItem(template_id=made.id, position=at, **values)
        for at, values in enumerate(asked, 1)
    )
    uow.session.flush()
    return made


def _asked(question: ItemSpec, before: Sequence[ChecklistItem]) -> dict[str, Any]:
    """The question as it is kept. A choice keeps the value that it had under its words."""
    had = {
        one["label"]: str(one["value"])
        for item in before
        if item.label == question.label
        for one in item.choices
    }
    free = (name for name in map("c{}".format, range(1, 100)) if name not in had.values())
    choices = [
        {
            "value": had.get(one.label) or next(free),
            "label": one.label,
            "label_en": one.label_en,
            "fail": one.fail,
        }
        for one in question.choices
    ]
    return {name: getattr(question, name) for name in _AS_ASKED} | {"choices": choices}


def _says(
    template: ChecklistTemplate, items: Sequence[ChecklistItem]
) -> tuple[str, str, list[dict[str, Any]]]:
    asked = [{name: getattr(item, name) for name in (*_AS_ASKED, "choices")} for item in items]
    return template.name, template.name_en, asked
