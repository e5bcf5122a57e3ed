"""A site begins with whoever begins it as its administrator, and keeps its code and its days."""

from __future__ import annotations

from typing import Any

import pytest

from propapp.core.access import Role
from propapp.core.errors import InvalidInput, NameTaken, NotAllowed, NotFound
from propapp.core.ids import uuid7
from propapp.core.timeline import TimelineEvent
from propapp.features.people.models import RoleAssignment
from propapp.features.sites.models import Site
from tests.world import World, found, rows


def keep(world: World, who: str = "administrator", **values: Any) -> Site:
    asked = {"site_id": world.site.id, "code": world.site.code, "name": world.site.name}
    return world.do(who, "site.keep", **asked | values)


def told(site: Site) -> list[str]:
    return [one.verb for one in rows(TimelineEvent, site_id=site.id)]


def test_whoever_begins_a_site_administers_it(garden: World) -> None:
    lake = keep(garden, site_id=uuid7(), code="LAKE", name="Lake", zone="Asia/Urumqi")
    assert (lake.code, lake.zone) == ("LAKE", "Asia/Urumqi")
    (post,) = rows(RoleAssignment, site_id=lake.id)
    assert (post.person_id, post.role) == (
        garden.actor("administrator").person_id, Role.ADMINISTRATOR,
    )  # fmt: skip
    assert told(lake) == ["site.founded", "person.changed"]


def test_a_site_is_called_otherwise_once(garden: World) -> None:
    for _ in range(2):
        keep(garden, name="Lake", name_en="The lake")
    after = found(Site, garden.site.id)
    assert (after.name, after.name_en) == ("Lake", "The lake")
    assert told(after) == ["site.changed"]


def test_its_code_and_its_days_stay(garden: World) -> None:
    for other in ({"code": "LAKE"}, {"zone": "Asia/Urumqi"}):
        with pytest.raises(InvalidInput):
            keep(garden, **other)
    assert found(Site, garden.site.id).code == "CH"


def test_a_code_stands_once_and_other_sites_do_not_exist(garden: World, elsewhere: World) -> None:
    with pytest.raises(NameTaken):
        keep(garden, site_id=uuid7(), code=elsewhere.site.code)
    with pytest.raises(NotFound):
        keep(garden, site_id=elsewhere.site.id, code=elsewhere.site.code)
    with pytest.raises(NotAllowed):
        keep(garden, "manager", site_id=uuid7(), code="LAKE")
    assert len(rows(Site)) == 2
