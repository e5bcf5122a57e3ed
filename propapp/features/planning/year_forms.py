"""From what is typed on the page of a year to commands; each odd value names its own field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from propapp.core.access import Role
from propapp.core.errors import InvalidInput
from propapp.core.forms import Form, text_in
from propapp.core.ids import id_of
from propapp.features.sites.commands import DEAREST, MOST_OF_A_THING, DescribeSite, PriceSite
from propapp.features.sites.models import COUNTED, Has
from propapp.features.standards.figures import Frequency, Unit

_YUAN = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?")
_WHOLE = re.compile(r"[0-9]{1,4}")
_LEAST_HOURS, _MOST_HOURS = 100, 4000


def description(form: Form, site_id: UUID, version: int, cities: Sequence[str]) -> DescribeSite:
    """What the site has. ``InvalidInput`` names ``city`` or ``has.<thing>``."""
    city = text_in(form, "city")
    if city and city not in cities:
        raise InvalidInput(field="city")
    has = {thing: _count(form, thing) for thing in COUNTED}
    return DescribeSite(site_id=site_id, version=version, city=city, has=has)


def _count(form: Form, thing: Has) -> int:
    field = f"has.{thing.value}"
    found = _whole(form, field, empty=0)
    if found > MOST_OF_A_THING:
        raise InvalidInput(field=field)
    return found


def prices(form: Form, site_id: UUID, version: int, roles: Sequence[Role]) -> PriceSite:
    """What hours cost. ``InvalidInput`` names ``hourly.<post>`` or ``person_hours``."""
    hourly = {role: fen for role in roles if (fen := _fen(form, role)) is not None}
    hours = _whole(form, "person_hours", empty=0) or None
    if hours is not None and not _LEAST_HOURS <= hours <= _MOST_HOURS:
        raise InvalidInput(field="person_hours")
    return PriceSite(site_id=site_id, version=version, hourly=hourly, person_hours=hours)


def _fen(form: Form, role: Role) -> int | None:
    """Yuan with at most two decimals as whole fen; none where nothing was typed."""
    field = f"hourly.{role.value}"
    said = text_in(form, field)
    if not said:
        return None
    fen = int(Decimal(said) * 100) if _YUAN.fullmatch(said) else -1
    if not 0 <= fen <= DEAREST:
        raise InvalidInput(field=field)
    return fen


def frequency(form: Form) -> tuple[str, str]:
    """A subject and how often it is to be tried. ``InvalidInput`` names what is odd."""
    subject = text_in(form, "subject")
    if not subject:
        raise InvalidInput(field="subject")
    times, span = _whole(form, "times", empty=0), _whole(form, "span", empty=1)
    unit = next((one for one in Unit if one.value == text_in(form, "unit")), None)
    if unit is None or not 1 <= times <= 999 or not 1 <= span <= 999:  # noqa: PLR2004 - three digits
        raise InvalidInput(field="often")
    return subject, str(Frequency(times, span, unit))


def walks(form: Form, offered: Mapping[str, Sequence[str]]) -> dict[str, UUID]:
    """The routes that tasks walk, by key; ``offered`` are those of each task's post.

    ``InvalidInput`` names ``route`` where another one is asked for.
    """
    found: dict[str, UUID] = {}
    for key, routes in offered.items():
        wish = text_in(form, f"route.{key}")
        if not wish:
            continue
        route_id = id_of(wish)
        if wish not in routes or route_id is None:
            raise InvalidInput(field="route")
        found[key] = route_id
    return found


def judges(form: Form, me: UUID) -> tuple[str, UUID, UUID]:
    """What the plan is called, who reviews and who approves it; each has to be said.

    Whoever writes a plan does not judge it: ``InvalidInput`` names ``own_judge``.
    """
    name = text_in(form, "title")[:80]
    if not name:
        raise InvalidInput(field="title")
    reviewer, approver = _person(form, "reviewer"), _person(form, "approver")
    if me in {reviewer, approver}:
        raise InvalidInput(field="own_judge")
    return name, reviewer, approver


def _person(form: Form, who: str) -> UUID:
    found = id_of(text_in(form, who))
    if found is None:
        raise InvalidInput(field=who)
    return found


def _whole(form: Form, field: str, *, empty: int) -> int:
    said = text_in(form, field)
    if not said:
        return empty
    if not _WHOLE.fullmatch(said):
        raise InvalidInput(field=field if "." in field or field == "person_hours" else "often")
    return int(said)
