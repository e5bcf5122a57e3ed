"""The routes of a site, a row for each stop; the rows of a route are together what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from propapp.core.access import Permission
from propapp.core.sheets.cells import Trouble
from propapp.features.schedules.commands import GiveUpRoute, KeepRoute
from propapp.features.schedules.repository import (
    points_of_routes,
    routes_at,
    routes_given_up,
)
from propapp.features.schedules.service import give_up_route, keep_route
from propapp.features.sheets.forms import ANSWER, WHOLE, choice
from propapp.features.sheets.kinds.shifts import STAFF
from propapp.features.sheets.naming import by_newest, points_at
from propapp.features.sheets.tables import Column, Kind, Known, Notice, Values
from propapp.features.sheets.together import Numbered
from propapp.features.standards import repository as standards


class RouteBook(Numbered):
    """The routes of the site that are walked, stop by stop."""

    columns = (
        Column("id", width=16),
        Column("route", required=True, width=24),
        Column("route_en", width=24),
        Column("role", choice("role", STAFF), required=True),
        Column("stop", WHOLE, required=True),
        Column("point", required=True, width=24),
        Column("checklist", required=True, width=24),
        Column("not_before", WHOLE, usual=0),
        Column("active", ANSWER),
    )
    natural, of_whole = ("route", "stop"), ("id", "route_en", "role", "active")
    recognised = ("point", "checklist")
    disagree, gap = "route_twice", "stop_missing"
    left_out = "workbook.notice.stop_left_out"
    shown_at: Mapping[str, str] = {
        "name": "route",
        "name_en": "route_en",
        "name_taken": "route",
        "stops": "stop",
        "checkpoint": "point",
        "checklist": "checklist",
        "not_before": "not_before",
        "route_scheduled": "active",
    }

    def read(self) -> Iterator[Known]:
        """By route and stop."""
        session, site_id = self.uow.session, self.target.site.id
        self.routes = routes_at(self.uow, site_id)
        self.given_up = {str(one.id) for one in routes_given_up(self.uow, site_id)}
        self.things = {route.name: str(route.id) for route in self.routes}
        self.points = points_at(self.uow, site_id)
        points = {point.id: name for name, point in self.points.items()}
        templates = standards.checklists(session)
        self.codes = {one.id: one.code for one in templates}
        self.lists = by_newest(templates)
        lists = {template.code: name for name, template in self.lists.items()}
        stops = points_of_routes(session, [route.id for route in self.routes])
        mine = defaultdict[UUID, list[Any]](list)
        for stop in stops:
            mine[stop.route_id].append(stop)
        for route in self.routes:
            said = {
                "id": str(route.id),
                "route": route.name,
                "route_en": route.name_en,
                "role": route.role.value,
                "active": "yes",
            }
            yield from self.rows_of(
                [
                    (
                        said
                        | {
                            "stop": stop.position,
                            "point": points[stop.checkpoint_id],
                            "checklist": lists[self.codes[stop.template_id]],
                            "not_before": stop.not_before,
                        },
                        stop,
                    )
                    for stop in mine[route.id]
                ]
            )

    def offers(self) -> Mapping[str, Sequence[str]]:
        """The points of the site, and the checklists there are."""
        by_hand = [name for name, one in self.lists.items() if not standards.is_of_job(one)]
        return {"point": list(self.points), "checklist": by_hand}

    def knows(self, thing: str) -> bool:
        """Those given up too: whoever kept the file may take one up again."""
        return thing in self.given_up or super().knows(thing)

    def settle(self, values: dict[str, Any]) -> dict[str, Any]:
        """A stop of a route that is walked, where no row says that it is not."""
        settled = super().settle(values)
        settled["active"] = settled["active"] or "yes"
        if settled["active"] == "no" and settled["id"] not in self.things.values():
            raise Trouble("not_walked", "active")
        return settled

    def check(self, values: Values) -> None:
        """A stop whose point and checklist are known."""
        for column, known in (("point", self.points), ("checklist", self.lists)):
            if values[column] not in known:
                raise Trouble("nobody_called", column, value=values[column][:60])
        super().check(values)

    def keep(self, rows: Sequence[Values]) -> None:
        """The route with all its stops; one that is given up keeps those it has."""
        if rows[0]["active"] == "yes":
            keep_route(self.uow, self._command(rows))
        else:
            give_up_route(self.uow, GiveUpRoute(route_id=UUID(rows[0]["id"])))

    def notices_of(self, known: Sequence[Known], rows: Sequence[Values]) -> Iterator[Notice]:
        """Its stops that are left out, or that it is walked no more at all."""
        if rows[0]["active"] == "yes":
            yield from super().notices_of(known, rows)
        else:
            yield Notice("workbook.notice.route_given_up", {"name": known[0].values["route"]})

    def _command(self, rows: Sequence[Values]) -> KeepRoute:
        stops = [
            {
                "checkpoint_id": self.points[row["point"]].id,
                "template_id": self._checklist(row),
                "not_before": row["not_before"],
            }
            for row in rows
        ]
        asked = {
            "route_id": rows[0]["id"] or self.new_id("route", rows[0]["route"]),
            "site_id": self.target.site.id,
            "name": rows[0]["route"],
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


ROUTES = Kind(
    "routes",
    Permission.SCHEDULE_READ,
    RouteBook,
    writes=Permission.SCHEDULE_WRITE,
    example={"role": "guard", "stop": 1, "not_before": 0, "active": "yes"},
)
