"""From questions to a year by level: what may be chosen, and what two choices come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from propapp.core.access import Permission, Role
from propapp.core.progress import Tell, to_nobody
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.people.views import Named
from propapp.features.planning import costing, repository, sides
from propapp.features.planning.reading import choices_of
from propapp.features.planning.sides import Result, yuan_text
from propapp.features.planning.views import route_named
from propapp.features.plans import choosing
from propapp.features.plans.choosing import Choice
from propapp.features.plans.norms import norms
from propapp.features.plans.yearly import YearPlan
from propapp.features.rosters import repository as rosters
from propapp.features.schedules import repository as schedules
from propapp.features.schedules.rules import local_day
from propapp.features.sites import repository as sites
from propapp.features.sites.models import COUNTED, Has, Site
from propapp.features.standards import clauses
from propapp.features.standards.models import StandardKind

# Years that may be planned, from this one on; from midsummer on the next is meant.
YEARS = 3
_MIDSUMMER = 7


@dataclass(frozen=True)
class Paper:
    """A standard to choose a level of; ``levels`` are ``{code, name, name_en}``."""

    code: str = ""
    name: str = ""
    name_en: str = ""
    levels: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


@dataclass(frozen=True)
class Counted:
    """How much of a thing there is: as was said, else as stands in the house's lists."""

    thing: str = ""
    count: int = 0
    listed: int = 0


@dataclass(frozen=True)
class Rate:
    """What an hour of a post costs, in yuan; empty where nobody has said."""

    role: str = ""
    yuan: str = ""


@dataclass(frozen=True)
class RouteOffer:
    """The routes that a post walks, for the tasks of that post."""

    role: str = ""
    routes: list[Named] = field(default_factory=list[Named])


@dataclass(frozen=True)
class Offered:
    """All that the page asks for, with what is known already."""

    papers: list[Paper] = field(default_factory=list[Paper])
    cities: list[str] = field(default_factory=list[str])
    years: list[int] = field(default_factory=list[int])
    year: int = 0
    city: str = ""
    counts: list[Counted] = field(default_factory=list[Counted])
    rates: list[Rate] = field(default_factory=list[Rate])
    person_hours: str = ""
    version: int = 0
    changed_at: str = ""
    may_price: bool = False
    may_describe: bool = False
    reviewers: list[Named] = field(default_factory=list[Named])
    approvers: list[Named] = field(default_factory=list[Named])
    routes: list[RouteOffer] = field(default_factory=list[RouteOffer])
    # By subject, the route that is walked for it now.
    walked: dict[str, str] = field(default_factory=dict[str, str])


def offered(uow: UnitOfWork, site: Site) -> Offered:
    """What may be chosen for the site: a fixed number of questions."""
    session = uow.session
    profile, listed = sites.profile_of(session, site.id), sites.counted(session, site.id)
    today = local_day(uow.now, site.zone)
    people = choices_of(uow, site)
    routes = schedules.routes_at(uow, site.id)
    return Offered(
        papers=[
            Paper(one.code, one.name, one.name_en or one.name, one.levels)
            for one in clauses.standards(session)
            if one.kind is not StandardKind.STATUTE and one.levels
        ],
        cities=clauses.cities(session),
        years=[today.year + ahead for ahead in range(YEARS)],
        year=today.year + (today.month >= _MIDSUMMER),
        city=profile.city,
        counts=[
            Counted(thing, profile.has.get(thing, listed.get(thing, 0)), listed.get(thing, 0))
            for thing in COUNTED
        ],
        rates=[Rate(role.value, _yuan(profile.hourly.get(role.value))) for role in working_roles()],
        person_hours=str(profile.person_hours or ""),
        version=profile.version,
        changed_at=profile.changed_at.isoformat() if profile.changed_at else "",
        may_price=uow.actor.may(Permission.COST_WRITE, site.id),
        may_describe=uow.actor.may(Permission.SITE_WRITE, site.id),
        reviewers=people.reviewers,
        approvers=people.approvers,
        routes=[
            RouteOffer(role.value, [route_named(one) for one in routes if one.role is role])
            for role in working_roles()
        ],
        walked={
            subject: str(route_id)
            for subject, route_id in repository.walked_for(session, site.id).items()
        },
    )


def working_roles() -> list[Role]:
    """The posts whose work norms know."""
    named = {norm.role for norm in norms().values()}
    return [role for role in Role if role in named]


def compared(
    uow: UnitOfWork, site_id: UUID, one: Choice, other: Choice, tell: Tell = to_nobody
) -> tuple[Result, int]:
    """Both years side by side, and the hours that one person works in it.

    ``tell`` hears how many subjects of both are drawn up, of how many.
    """
    profile = sites.profile_of(uow.session, site_id)
    hours = profile.person_hours or usual_hours(uow, site_id, one.year)
    if other == one:
        mine = theirs = choosing.preview(uow, one, tell)
    else:
        mine, theirs = _both(uow, one, other, tell)
    costs = (
        costing.cost(mine.minutes, profile.hourly, hours),
        costing.cost(theirs.minutes, profile.hourly, hours),
    )
    return sides.result(mine, theirs, costs), hours


def _both(uow: UnitOfWork, one: Choice, other: Choice, tell: Tell) -> tuple[YearPlan, YearPlan]:
    """Each is half of the way, however many subjects it has."""
    subjects = 0

    def first(done: int, total: int) -> None:
        nonlocal subjects
        subjects = total
        tell(done, 2 * total)

    def second(done: int, total: int) -> None:
        tell(subjects + done * subjects // max(total, 1), 2 * subjects)

    return choosing.preview(uow, one, first), choosing.preview(uow, other, second)


def usual_hours(uow: UnitOfWork, site_id: UUID, year: int) -> int:
    """What the calendar and the site's rules of duty leave to one person in the year."""
    limits = rosters.rules_of(uow.session, [site_id])[site_id].limits()
    return costing.hours_of_person(schedules.calendar(uow.session), year, limits)


def has_of(counts: list[Counted]) -> dict[Has, int]:
    """The counts as a choice takes them."""
    return {Has(one.thing): one.count for one in counts}


def _yuan(fen: int | None) -> str:
    return "" if fen is None else yuan_text(fen).replace(",", "")
