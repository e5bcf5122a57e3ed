"""From questions to what is shown: the only place where the board's rows meet its views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.errors import NotFound
from propapp.core.making.cards import MadeCard, made_card
from propapp.core.unit_of_work import UnitOfWork
from propapp.features.boards import (
    lanes,
    look_views,
    parcel_views,
    rules,
    run_views,
    runs,
    twin_views,
    views,
)
from propapp.features.boards.figures import Figures, figures
from propapp.features.boards.repository import (
    BoardRepository,
    look_rows,
    photos_of_visits,
    shown_photo,
    sites_of,
)
from propapp.features.evidence.exports import ExportRepository, names_of
from propapp.features.goals import chain
from propapp.features.parcels.repository import ParcelRepository
from propapp.features.rounds.challenging import named_in
from propapp.features.rounds.repository import SecondLookRepository, stops_of, visits_of
from propapp.features.rounds.twins import twins
from propapp.features.schedules.rules import local_day
from propapp.features.sites.models import Site
from propapp.features.sites.repository import challenges_by_id
from propapp.features.sites.views import SiteChoice


def choices(uow: UnitOfWork) -> list[Site]:
    """The sites to choose from; refused when there is none."""
    found = list(sites_of(uow))
    if not found:
        raise NotFound(kind="site")
    return found


def board(uow: UnitOfWork, site: Site) -> views.Board:
    """The board of a site as of now."""
    found, now = BoardRepository(uow, site.id), uow.now
    day = local_day(now, site.zone)
    first, tomorrow = _bounds(day, site)
    rounds = found.rounds_touching(first, tomorrow)
    walks = found.runs_of([one.occurrence.id for one in rounds])
    routes = lanes.by_route(rounds, walks, now, day=day)
    counts = found.order_counts(tomorrow)
    all_needs = views.needs(found.pressing_orders(limit=views.ROWS), routes, now)
    defects = found.defects(limit=views.ROWS)
    today = lanes.today(routes)
    return views.Board(
        pressing=sum(one.pressing for one in counts) + today.late + today.missed,
        open_orders=sum(one.count for one in counts),
        needs=all_needs[: views.ROWS],
        coming=views.coming(found.coming_orders(limit=views.ROWS)),
        defects=views.defect_cards(defects, found.photos_of([one.id for one in defects])),
        lanes=lanes.shown(routes),
        today=today,
        buckets=views.buckets(counts),
    )


def charts(uow: UnitOfWork, site: Site, days: int) -> Figures:
    """How quick and how regular the last so many days were."""
    found = BoardRepository(uow, site.id)
    day = local_day(uow.now, site.zone) - timedelta(days=days - 1)
    first = rules.midnight(day, site.zone)
    return figures(found.spans_since(first), found.days_since(first))


def _bounds(day: date, site: Site) -> tuple[datetime, datetime]:
    return rules.midnight(day, site.zone), rules.midnight(day + timedelta(days=1), site.zone)


@dataclass(frozen=True)
class RunRecord:
    """A run with everything that was done on it."""

    site: SiteChoice
    head: run_views.RunHead
    steps: list[run_views.Step]
    exports: bool = False


def run(uow: UnitOfWork, run_id: UUID) -> RunRecord:
    """The run, whole."""
    row = runs.run_row(uow, run_id)
    photos = BoardRepository(uow, row.run.site_id).photos_of([run_id])
    running = rules.is_running(row.run)
    visits = visits_of(uow.session, run_id)
    return RunRecord(
        site=SiteChoice.of(row.site),
        head=run_views.head(row, photos, uow.now),
        steps=run_views.steps(
            stops_of(uow.session, row.run),
            visits,
            runs.answers_of(uow, run_id),
            photos,
            challenges_by_id(uow.session, named_in(visits)),
            twins=twins(uow.session, visits, seen_by=uow.actor),
            over=not running,
        ),
        exports=uow.actor.may(Permission.EVIDENCE_EXPORT, row.run.site_id),
    )


def rounds_on(uow: UnitOfWork, site: Site, day: date) -> list[lanes.Lane]:
    """Every round of a day, by route."""
    found = BoardRepository(uow, site.id)
    rounds = found.rounds_touching(*_bounds(day, site))
    walks = found.runs_of([one.occurrence.id for one in rounds])
    return lanes.by_route(rounds, walks, uow.now, day=day)


def photo(uow: UnitOfWork, sha256: str, thing_id: UUID | None = None) -> views.PhotoFacts:
    """The photo of this run or order, else as it came first: how it was taken, what it serves."""
    shown = shown_photo(uow, sha256, thing_id)
    # What was found on a round serves what the round does.
    run_id = shown.order.run_id if shown.order else shown.use.parent_id
    return views.photo_facts(shown, chain.up(uow, run_id) if run_id else [])


def bundles(uow: UnitOfWork) -> list[MadeCard]:
    """The last bundles of evidence, newest first."""
    found = ExportRepository(uow).latest()
    people = names_of(uow.session, {export.person_id for export in found})
    return [
        made_card(export, people[export.person_id].name, people[export.person_id].name_en)
        for export in found
    ]


def parcels(
    uow: UnitOfWork, wish: str
) -> tuple[list[parcel_views.ParcelCard], list[parcel_views.ParcelLine]]:
    """The last parcels, newest first, and what was in the one asked for, else in the newest."""
    repository = ParcelRepository(uow)
    found = repository.latest()
    people = names_of(uow.session, {one for row in found for one in (row.author_id, row.person_id)})
    counts = repository.counts([row.id for row in found])
    shown = next((row for row in found if str(row.id) == wish), found[0] if found else None)
    items = repository.items(shown.id) if shown else []
    return (
        [parcel_views.parcel_card(row, people, counts.get(row.id, {})) for row in found],
        [parcel_views.parcel_line(item) for item in items],
    )


LOOKS = 30


def second_looks(uow: UnitOfWork) -> list[look_views.LookCard]:
    """The visits that wait for a second look, the latest first."""
    looks = SecondLookRepository(uow).open(limit=LOOKS)
    ids = [look.id for look in looks]
    found, photos = look_rows(uow, ids), photos_of_visits(uow, ids)
    people = names_of(uow.session, {row.run.person_id for row in found.values()})
    again = twin_views.twin_lines(
        twins(uow.session, [row.visit for row in found.values()], seen_by=uow.actor)
    )
    return [
        look_views.look_card(
            look,
            found[look.id],
            people[found[look.id].run.person_id],
            photos=photos.get(look.id, []),
            twins=again.get(look.id, []),
        )
        for look in looks
    ]
