"""What the page of workbooks shows: a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from propapp.core.access import Permission
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people import repository as people
from propapp.features.planning.repository import Narrowed, SitePlans
from propapp.features.sheets import jobs
from propapp.features.sheets.kinds.every import GROUPS
from propapp.features.sheets.models import SheetImport
from propapp.features.sheets.repository import UNDER_WAY, SheetRepository
from propapp.features.sheets.tables import Kind
from propapp.features.sheets.views import (
    KindChoice,
    KindGroup,
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

    groups: list[KindGroup]
    kind: KindChoice
    plans: list[PlanChoice]
    plan: PlanChoice
    sheets: list[SheetCard]
    shown: SheetCard
    problems: list[ProblemLine] = field(default_factory=list[ProblemLine])
    notices: list[NoticeLine] = field(default_factory=list[NoticeLine])


def look(uow: UnitOfWork, site: Site, asked: Asked) -> Shown:
    """The kinds that the actor may take out here, and what was brought to the site."""
    groups = list(_groups(uow, site))
    kinds = [kind for group in groups for kind in group.kinds] or [KindChoice()]
    kind = next((one for one in kinds if one.code == asked.kind), kinds[0])
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
    return Shown(groups, kind, plans, plan, cards, shown, problems, notices)


def _progress(sheet: SheetImport) -> tuple[int, int]:
    return jobs.progress_of(sheet.id) if sheet.status in UNDER_WAY else (0, 0)


def _groups(uow: UnitOfWork, site: Site) -> Iterator[KindGroup]:
    for code, kinds in GROUPS.items():
        mine = [_choice(uow, kind, site) for kind in kinds if uow.actor.may(kind.reads, site.id)]
        if mine:
            yield KindGroup(code, mine)


def _choice(uow: UnitOfWork, kind: Kind, site: Site) -> KindChoice:
    actor = uow.actor
    may = (
        kind.writes is not None
        and actor.may(Permission.SHEET_BRING, site.id)
        and actor.may(kind.writes, site.id)
    )
    return KindChoice(kind.code, kind.writes is not None, may, kind.of_plan)
