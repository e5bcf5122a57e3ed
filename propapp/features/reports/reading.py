"""From questions to what the page of reports shows: a fixed number of them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.ids import id_or_nothing
from propapp.core.making.cards import MadeCard, made_card
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.people.views import Named
from propapp.features.plans.models import Plan
from propapp.features.plans.repository import PlanRepository
from propapp.features.reports.repository import HeldPlans, ReportRepository
from propapp.features.reports.views import Desk
from propapp.features.schedules.rules import local_day
from propapp.features.sites import repository as sites
from propapp.features.sites.models import Site
from propapp.features.sites.views import chosen

MONTHS = 24


def sites_of(uow: UnitOfWork) -> list[Site]:
    """The sites of which the actor has reports made."""
    return list(sites.sites_where(uow.session, uow.actor, Permission.REPORT_MAKE))


def desk(uow: UnitOfWork, site: Site, plan: Plan | None) -> Desk:
    """The page of a site; ``plan`` is the one that somebody came from."""
    held = HeldPlans(uow).at(site.id)
    return Desk(
        months=_months(local_day(uow.now, site.zone)),
        plans=[_named(one) for one in held],
        plan=next((str(one.id) for one in held if plan and one.root_id == plan.root_id), ""),
        made=made_at(uow, site.id),
    )


def where(found: list[Site], wish: str, plan: Plan | None) -> Site:
    """The site of the plan that is asked about, else that which is wished for, else the first."""
    return chosen(found, str(plan.site_id) if plan else wish)


def plan_asked(uow: UnitOfWork, wish: str) -> Plan | None:
    """The plan in the address, if it is one that the actor may see."""
    plan_id = id_or_nothing(wish)
    try:
        return PlanRepository(uow).get(plan_id) if wish else None
    except NotFound:
        return None


def made_at(uow: UnitOfWork, site_id: UUID) -> list[MadeCard]:
    """What was asked for lately, the newest first."""
    found = ReportRepository(uow).latest(site_id)
    persons = people.by_ids(uow.session, {one.person_id for one in found})
    return [
        made_card(
            one,
            persons[one.person_id].name,
            persons[one.person_id].name_en,
            form=one.form.value,
        )
        for one in found
    ]


def _months(today: date) -> list[str]:
    """This month and those before it, the newest first."""
    found, day = list[str](), today.replace(day=1)
    for _ in range(MONTHS):
        found.append(f"{day:%Y-%m}")
        day = (day - timedelta(days=1)).replace(day=1)
    return found


def _named(plan: Plan) -> Named:
    span = f"{plan.starts:%Y-%m-%d} – {plan.ends:%Y-%m-%d}"
    name_en = plan.name_en or plan.name
    return Named(str(plan.id), f"{plan.name} · {span}", f"{name_en} · {span}")
