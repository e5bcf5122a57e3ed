"""A site begins: asked by whoever runs the server, before anybody can sign in."""

from __future__ import annotations

from propapp.core.errors import NameTaken
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import internal
from propapp.features.sites import repository
from propapp.features.sites.commands import FoundSite
from propapp.features.sites.models import Site


@internal
def found_site(uow: UnitOfWork, command: FoundSite) -> Site:
    """A site with nothing on it yet; its code stands once in the house."""
    if repository.site_coded(uow.session, command.code) is not None:
        raise NameTaken(name=command.code)
    site = Site(**command.model_dump())
    uow.session.add(site)
    uow.session.flush()
    record(
        uow,
        "site.founded",
        site_id=site.id,
        thing_kind="site",
        thing_id=site.id,
        name=site.name,
        name_en=site.name_en,
    )
    return site
