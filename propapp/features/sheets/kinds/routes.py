"""The routes of a site, a row for each stop; the rows of a route are together what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from propapp.core.access import Permission
from propapp.core.errors import PropappError
from propapp.core.ids import derived_id
from propapp.core.sheets.cells import Trouble
from propapp.features.schedules.commands import KeepRoute
from propapp.features.schedules.models import Route
from propapp.features.schedules.repository import points_of_routes, routes_at
from propapp.features.schedules.service import keep_route
from propapp.features.sheets.forms import WHOLE, choice
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.naming import apart
from propapp.features.sheets.tables import Book, Change, Column, Kind, Known, Tell, Values
from propapp.features.sites import repository as sites
from propapp.features.standards import repository as standards
from propapp.features.standards.models import ChecklistTemplate

# What is said of the route and not of a stop: all its rows say the same.
_OF_ROUTE = ("route_en", "role")


class RouteBook(Book):
    """The routes of the site that are walked, stop by stop."""

    columns = (
        Column("route", required=True, width=24),
        Column("route_en", width=24),
        Column("role", choice("role", STAFF), required=True),
        Column("stop", WHOLE, required=True),
        Column("point", required=True, width=24),
        Column("checklist", required=True, width=24),
        Column("not_before", WHOLE, usual=0),
    )
    natural = ("route", "stop")
    shown_at: Mapping[str, str] = {
        "name": "route",
        "name_en": "route_en",
        "name_taken": "route",
        "stops": "stop",
        "checkpoint": "point",
        "checklist": "checklist",
        "not_before": "not_before",
    }

    def read(self) -> Iterator[Known]:
        """By route and stop."""
        session, site_id = self.uow.session, self.target.site.id
        self.routes = {route.name: route for route in routes_at(self.uow, site_id)}
        found = [point for point, *_ in sites.checkpoints_at(session, site_id)]
        self.points = apart(found, lambda one: one.name, tail=lambda one: str(one.id)[-4:])
        points = {point.id: name for name, point in self.points.items()}
        templates = standards.checklists(session)
        self.codes = {one.id: one.code for one in templates}
        self.lists = _newest(templates)
        lists = {template.code: name for name, template in self.lists.items()}
        stops = points_of_routes(session, [route.id for route in self.routes.values()])
        mine = defaultdict[UUID, list[Any]](list)
        for stop in stops:
            mine[stop.route_id].append(stop)
        self.file: dict[str, list[Values]] = defaultdict(list)
        for route in self.routes.values():
            for stop in mine[route.id]:
                row = {
                    "route": route.name,
                    "route_en": route.name_en,
                    "role": route.role.value,
                    "stop": stop.position,
                    "point": points[stop.checkpoint_id],
                    "checklist": lists[self.codes[stop.template_id]],
                    "not_before": stop.not_before,
                    # No column: a route of which a file has fewer rows is another one.
                    "stops": len(mine[route.id]),
                }
                yield Known(row, stop)

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The points of the site, and the checklists there are."""
        return {"point": list(self.points), "checklist": list(self.lists)}

    def prepare(self, rows: Sequence[Values]) -> None:
        """Which stops the file has of each route, and what it says of the route first."""
        self.stops: dict[Any, set[Any]] = defaultdict(set)
        self.said: dict[tuple[Any, str], Any] = {}
        for row in rows:
            self.stops[row.get("route")].add(row.get("stop"))
            for name in filter(row.get, _OF_ROUTE):
                self.said.setdefault((row.get("route"), name), row[name])

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A stop whose point and checklist are known, after the one before it."""
        name, stop = values["route"], values["stop"]
        for column in _OF_ROUTE:
            first = self.said.get((name, column), values[column])
            if values[column] and values[column] != first:
                raise Trouble("route_twice", column, value=name[:60])
            values[column] = first
        for column, known in (("point", self.points), ("checklist", self.lists)):
            if values[column] not in known:
                raise Trouble("nobody_called", column, value=values[column][:60])
        if stop < 1:
            raise Trouble("too_small", "stop", most=1)
        if stop > 1 and stop - 1 not in self.stops[name]:
            raise Trouble("stop_missing", "stop", stop=stop - 1)
        values["stops"] = len(self.stops[name])
        self.file[name].append(values)
        return values

    def write(self, changes: Sequence[Change], tell: Tell) -> Iterator[tuple[Change, Trouble]]:
        """One route after the other, of which something is new or other."""
        by_route: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_route[change.values["route"]].append(change)
        for done, (name, mine) in enumerate(by_route.items(), 1):
            rows = sorted(self.file[name], key=lambda row: row["stop"])
            try:
                with self.uow.session.begin_nested():
                    keep_route(self.uow, self._command(name, rows))
            except ValidationError as error:
                yield from self._misshapen(error, rows, mine)
            except PropappError as error:
                yield from ((one, trouble) for one in mine for trouble in self.troubles(error))
            tell(done, len(by_route))

    def _misshapen(
        self, error: ValidationError, rows: Sequence[Values], mine: Sequence[Change]
    ) -> Iterator[tuple[Change, Trouble]]:
        """What the shape of the command forbids, at the row of the stop where it is a stop's."""
        for one, trouble in zip(error.errors(), self.troubles(error), strict=True):
            at = next((part for part in one["loc"] if isinstance(part, int)), None)
            row = None if at is None else rows[at]
            yield from ((each, trouble) for each in mine if row is None or each.values is row)

    def _command(self, name: str, rows: Sequence[Values]) -> KeepRoute:
        route: Route | None = self.routes.get(name)
        stops = [
            {
                "checkpoint_id": self.points[row["point"]].id,
                "template_id": self._checklist(row),
                "not_before": row["not_before"],
            }
            for row in rows
        ]
        asked = {
            "route_id": route.id if route else derived_id("route", self.target.site.id, name),
            "site_id": self.target.site.id,
            "name": name,
            "name_en": rows[0]["route_en"],
            "role": rows[0]["role"],
            "stops": stops,
        }
        return KeepRoute.model_validate(asked)

    def _checklist(self, row: Values) -> UUID:
        """The version that the stop has, where it has one of this checklist; else the newest."""
        newest = self.lists[row["checklist"]]
        known = self.by_key.get(self.key_of(row), [])
        before: UUID | None = known[0].thing.template_id if known else None
        if before is not None and self.codes[before] == newest.code:
            return before
        return newest.id


def _newest(templates: Sequence[ChecklistTemplate]) -> dict[str, ChecklistTemplate]:
    """The newest version of each checklist by its name; the newest of each comes last."""
    newest = {template.code: template for template in templates}
    return apart(newest.values(), lambda one: one.name, tail=lambda one: one.code)


ROUTES = Kind(
    "routes",
    Permission.SCHEDULE_READ,
    RouteBook,
    writes=Permission.SCHEDULE_WRITE,
    example={"role": "guard", "stop": 1, "not_before": 0},
)
