"""A house begins by hand: its sites, who administers them, and their first passwords.

Whoever may run this on the server may do anything to its data anyway; what they do stands on the
timeline as the house's own.
"""

from __future__ import annotations

from dataclasses import replace

from propapp.core.access import Actor, Role, house
from propapp.core.db.engine import read_session
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import unit_of_work
from propapp.features.people import passwords
from propapp.features.people import service as people
from propapp.features.people.commands import KeepPerson
from propapp.features.sites import repository as sites
from propapp.features.sites.commands import KeepSite
from propapp.features.sites.models import Site
from propapp.features.sites.service import found_site


def site(code: str, name: str, *, english: str, zone: str) -> None:
    """Make the site."""
    command = KeepSite(site_id=uuid7(), code=code.upper(), name=name, name_en=english, zone=zone)
    with unit_of_work(house()) as uow:
        found_site(uow, command)


def every_site() -> list[Site]:
    """The sites there are, by code."""
    with read_session() as session:
        return list(sites.all_sites(session))


def administrator(name: str, username: str, at: list[Site]) -> str:
    """Register an administrator of these sites; the password, which is stored nowhere."""
    password = passwords.made_up()
    hashed = passwords.hash_password(password)
    person_id = uuid7()
    roles = {one.id: frozenset({Role.ADMINISTRATOR}) for one in at}
    actor: Actor = replace(house(), roles=roles)
    with unit_of_work(actor) as uow:
        for one in at:
            command = KeepPerson(
                person_id=person_id,
                site_id=one.id,
                name=name,
                username=username,
                roles=frozenset({Role.ADMINISTRATOR}),
            )
            people.keep_person(uow, command)
        people.set_password(uow, username, hashed)
    return password


def password(username: str) -> str:
    """A new password for somebody who is registered; the one they had is worth nothing."""
    made = passwords.made_up()
    hashed = passwords.hash_password(made)
    with unit_of_work(house()) as uow:
        people.set_password(uow, username, hashed)
    return made
