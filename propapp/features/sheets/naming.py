"""Names under which rows speak of other things, each of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.models import Person
from propapp.features.standards import clauses
from propapp.features.standards.clauses import ClauseRow, Wish

# The library has some hundreds of clauses.
_MOST = 5000


def named_clauses(uow: UnitOfWork) -> dict[str, ClauseRow]:
    """The clauses that hold today, by number; with the paper's code where two share one."""
    found, _count = clauses.search(uow.session, Wish(), uow.now.date(), limit=_MOST)
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
    found = list(persons)
    shared = Counter(person.name for person in found)
    named: dict[str, Person] = {}
    for person in found:
        tail = person.phone[-4:] or str(person.id)[-4:]
        named[person.name if shared[person.name] == 1 else f"{person.name} {tail}"] = person
    return named
