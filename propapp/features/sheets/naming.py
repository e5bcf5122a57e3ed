"""Names under which rows speak of other things, each of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.sheets.wording import in_workbook
from propapp.core.text import LOCALES
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.sheets.forms import choices_of
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Checkpoint
from propapp.features.standards import clauses
from propapp.features.standards.clauses import ClauseRow, Wish
from propapp.features.standards.models import ChecklistTemplate

ThingT = TypeVar("ThingT")

# So many of several are called by their names.
_MOST_CALLED = 5
# The library has some hundreds of clauses.
MOST_CLAUSES = 5000


def named_clauses(uow: UnitOfWork) -> dict[str, ClauseRow]:
    """The clauses that hold today, by number; with the paper's code where two share one."""
    found, _count = clauses.search(uow.session, Wish(), uow.now.date(), limit=MOST_CLAUSES)
    numbers = Counter(row.clause.number for row in found)
    return {
        row.clause.number
        if numbers[row.clause.number] == 1
        else f"{row.standard.code} {row.clause.number}": row
        for row in found
    }


def clause_names(
    uow: UnitOfWork, version_ids: Collection[UUID | None], known: Mapping[str, ClauseRow]
) -> dict[UUID, str]:
    """What each of these versions is called; one that holds no more goes by its number."""
    names = {row.version.id: name for name, row in known.items()}
    missing = {one for one in version_ids if one is not None and one not in names}
    if missing:
        old = clauses.named(uow.session, missing)
        names |= {version_id: clause.number for version_id, (clause, _) in old.items()}
    return names


def staff_names(uow: UnitOfWork, site_id: UUID, permission: Permission) -> dict[str, Person]:
    """Who holds the permission at the site, by name; who shares a name has a number behind it."""
    held = people.holders_at(uow.session, site_id, (permission,))
    return by_name({person.id: person for person, _post in held}.values())


def by_name(persons: Iterable[Person]) -> dict[str, Person]:
    """People by a name that is theirs alone here."""
    return apart(persons, lambda one: one.name, tail=lambda one: one.phone[-4:] or str(one.id)[-4:])


def points_at(uow: UnitOfWork, site_id: UUID) -> dict[str, Checkpoint]:
    """The checkpoints of the site by a name that is theirs alone there."""
    found = [point for point, *_ in sites.checkpoints_at(uow.session, site_id)]
    return apart(found, lambda one: one.name, tail=lambda one: str(one.id)[-4:])


def by_newest(templates: Iterable[ChecklistTemplate]) -> dict[str, ChecklistTemplate]:
    """The newest version of each checklist by its name; of each the newest comes last."""
    newest = {template.code: template for template in templates}
    return apart(newest.values(), lambda one: one.name, tail=lambda one: one.code)


def apart(
    things: Iterable[ThingT], name: Callable[[ThingT], str], *, tail: Callable[[ThingT], str]
) -> dict[str, ThingT]:
    """Things by name, with a tail behind a name that several share."""
    found = list(things)
    shared = Counter(name(one) for one in found)
    return {
        name(one) if shared[name(one)] == 1 else f"{name(one)} {tail(one)}": one for one in found
    }


def uneven(said: str, other: str) -> bool:
    """Whether a cell of words in the other language says more or fewer than there are choices."""
    return bool(choices_of(other)) and len(choices_of(other)) != len(choices_of(said))


def joined(fact: str, words: Sequence[str]) -> dict[str, str]:
    """Several words as the fact of a sentence, joined as each language joins them."""
    return {
        f"{fact}{suffix}": in_workbook("repeat.between", locale).join(words)
        for suffix, locale in zip(("", "_en"), LOCALES, strict=True)
    }


def called(names: Sequence[str]) -> dict[str, str]:
    """The first of these names as the fact ``called`` of a sentence."""
    more = ["…"] if len(names) > _MOST_CALLED else []
    return joined("called", [*names[:_MOST_CALLED], *more])
