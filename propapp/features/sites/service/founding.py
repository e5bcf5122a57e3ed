"""A site begins, and is called otherwise; before anybody can sign in, by who runs the server."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.errors import InvalidInput, NameTaken
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal, use_case
from propapp.features.people.service import administer
from propapp.features.sites import repository
from propapp.features.sites.commands import KeepSite
from propapp.features.sites.models import Site
from propapp.features.sites.rules import FIXED


@use_case("site.keep", Permission.SITE_FOUND)
def keep_site(uow: UnitOfWork, command: KeepSite) -> Site:
    """Begin to serve a site, which whoever begins it administers, or call one otherwise."""
    site = uow.session.get(Site, command.site_id)
    if site is None:
        site = found_site(uow, command)
        administer(uow, site.id)
        return site
    uow.allow_in(site.id)
    asked = command.model_dump(exclude={"site_id"})
    other = {name: said for name, said in asked.items() if getattr(site, name) != said}
    for name in FIXED:
        if name in other:
            raise InvalidInput(field=name)
    if other:
        site.sqlmodel_update(other)
        _kept(uow, site, "changed")
    return site


@internal
def found_site(uow: UnitOfWork, command: KeepSite) -> Site:
    """A site with nothing and nobody on it yet; its code stands once in the house."""
    if repository.site_coded(uow.session, command.code) is not None:
        raise NameTaken(name=command.code)
    site = Site(id=command.site_id, **command.model_dump(exclude={"site_id"}))
    _kept(uow, site, "founded")
    return site


def _kept(uow: UnitOfWork, site: Site, past: str) -> None:
    uow.session.add(site)
    uow.session.flush()
    named = {"name": site.name, "name_en": site.name_en}
    record(uow, f"site.{past}", site_id=site.id, thing_kind="site", thing_id=site.id, **named)
