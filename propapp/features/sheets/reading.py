"""What the page of workbooks shows: a fixed number of questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.planning.repository import Narrowed, SitePlans
from propapp.features.sheets import jobs
from propapp.features.sheets.kinds.every import EVERY
from propapp.features.sheets.models import SheetImport
from propapp.features.sheets.repository import UNDER_WAY, SheetRepository
from propapp.features.sheets.tables import Kind
from propapp.features.sheets.views import (
    KindChip,
    NoticeLine,
    PlanChoice,
    ProblemLine,
    SheetCard,
    notice_lines,
    problem_lines,
    sheet_card,
)
from propapp.features.sites.models import Site


class Asked(NamedTuple):
    """What somebody wants to see."""

    kind: str = ""
    plan: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Shown:
    """What there is of it."""

    kinds: list[KindChip]
    kind: KindChip
    plans: list[PlanChoice]
    plan: PlanChoice
    sheets: list[SheetCard]
    shown: SheetCard
    problems: list[ProblemLine] = field(default_factory=list[ProblemLine])
    notices: list[NoticeLine] = field(default_factory=list[NoticeLine])


def look(uow: UnitOfWork, site: Site, asked: Asked) -> Shown:
    """The kinds that the actor may take out here, and what was brought to the site."""
    kinds = [
        _chip(uow, kind, site) for kind in EVERY.values() if uow.actor.may(kind.reads, site.id)
    ]
    kind = next((one for one in kinds if one.code == asked.kind), (kinds or [KindChip()])[0])
    plans: list[PlanChoice] = []
    if kind.of_plan:
        plans = [PlanChoice.of(plan) for plan in SitePlans(uow).at(site.id, Narrowed())]
        plans.sort(key=lambda one: not one.draft)
    plan = next((one for one in plans if one.id == asked.plan), (plans or [PlanChoice()])[0])
    found = SheetRepository(uow).latest(site.id)
    persons = people.by_ids(uow.session, {one.person_id for one in found})
    cards = [sheet_card(one, persons, _progress(one)) for one in found]
    wanted = next((one for one in found if str(one.id) == asked.sheet), None)
    shown = next((card for card in cards if wanted and card.id == str(wanted.id)), SheetCard())
    problems = problem_lines(wanted) if wanted else []
    notices = notice_lines(wanted) if wanted else []
    return Shown(kinds, kind, plans, plan, cards, shown, problems, notices)


def _progress(sheet: SheetImport) -> tuple[int, int]:
    return jobs.progress_of(sheet.id) if sheet.status in UNDER_WAY else (0, 0)


def _chip(uow: UnitOfWork, kind: Kind, site: Site) -> KindChip:
    actor = uow.actor
    may = (
        kind.writes is not None
        and actor.may(Permission.SHEET_BRING, site.id)
        and actor.may(kind.writes, site.id)
    )
    return KindChip(kind.code, kind.writes is not None, may, kind.of_plan)
