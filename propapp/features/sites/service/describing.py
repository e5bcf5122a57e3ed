"""What a site has and what an hour of work costs there."""

from __future__ import annotations

from propapp.core.access import Permission
from propapp.core.errors import ChangedMeanwhile
from propapp.core.timeline import record
from propapp.core.unit_of_work import UnitOfWork
from propapp.core.use_case import use_case
from propapp.features.sites import repository
from propapp.features.sites.commands import DescribeSite, PriceSite, ProfileCommand
from propapp.features.sites.models import Has, SiteProfile


@use_case("site.describe", Permission.SITE_WRITE)
def describe(uow: UnitOfWork, command: DescribeSite) -> SiteProfile:
    """Say what the site has; what is not named is not there."""
    profile = _profile(uow, command)
    has = {thing.value: count for thing, count in command.has.items() if thing is not Has.SITE}
    if profile.version and (profile.city, profile.has) == (command.city, has):
        return profile
    profile.city, profile.has = command.city, has
    return _changed(uow, profile, "described", city=profile.city, has=profile.has)


@use_case("site.price", Permission.COST_WRITE)
def price(uow: UnitOfWork, command: PriceSite) -> SiteProfile:
    """Say what an hour of each post costs there, and how many a person has in a year."""
    profile = _profile(uow, command)
    hourly = {role.value: fen for role, fen in command.hourly.items()}
    if profile.version and (profile.hourly, profile.person_hours) == (hourly, command.person_hours):
        return profile
    profile.hourly, profile.person_hours = hourly, command.person_hours
    said = {"hourly": profile.hourly, "person_hours": profile.person_hours}
    return _changed(uow, profile, "priced", **said)


def _profile(uow: UnitOfWork, command: ProfileCommand) -> SiteProfile:
    uow.allow_in(command.site_id)
    repository.hold(uow.session, command.site_id)
    profile = repository.profile_of(uow.session, command.site_id)
    if command.version not in {None, profile.version}:
        raise ChangedMeanwhile
    return profile


def _changed(uow: UnitOfWork, profile: SiteProfile, past: str, **facts: object) -> SiteProfile:
    """The next version, written down whole."""
    profile.version += 1
    profile.changed_at = uow.now
    uow.session.add(profile)
    uow.session.flush()
    record(
        uow,
        f"site.{past}",
        site_id=profile.site_id,
        thing_kind="site",
        thing_id=profile.site_id,
        version=profile.version,
        **facts,
    )
    return profile
