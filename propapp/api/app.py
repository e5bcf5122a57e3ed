"""The REST side as one app, to be mounted in front of Reflex."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from starlette.routing import Match

from propapp.api import (
    about,
    codes,
    evidence,
    health,
    hooks,
    parcels,
    people,
    photos,
    problems,
    reports,
    session,
    sheets,
    snapshot,
    sync,
)
from propapp.api.gate import Gate
from propapp.core import identity
from propapp.core.errors import MethodNotAllowed, NotFound
from propapp.core.use_case import load_use_cases
from propapp.features.people.actors import actor_for_token

PREFIX = "/api/v1"
PARTS = (
    *(about, session, people, sync, photos, parcels, snapshot),
    *(evidence, reports, sheets, codes, hooks),
)
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_api() -> FastAPI:
    """Every route under ``/api``; what is not here is refused in the same shape."""
    identity.answer_with(actor_for_token)
    if not load_use_cases():
        raise RuntimeError("no use case is registered")
    app = FastAPI(title="PropApp", docs_url=None, redoc_url=None, openapi_url=None)
    app.router.redirect_slashes = False
    for part in (*PARTS, health):
        app.include_router(part.router, prefix=PREFIX)
    app.include_router(_rest())
    problems.install(app)
    # A page of another site is refused here too, so that the API is safe by itself.
    app.add_middleware(Gate)
    return app


def _rest() -> APIRouter:
    """Without this an unknown address would be answered by the single-page fallback, with 200."""
    router = APIRouter()

    @router.api_route("/api", methods=EVERY_METHOD, include_in_schema=False)
    @router.api_route("/api/{rest:path}", methods=EVERY_METHOD, include_in_schema=False)
    def unknown(request: Request) -> None:
        if any(route.matches(request.scope)[0] is Match.PARTIAL for route in request.app.routes):
            raise MethodNotAllowed
        raise NotFound(kind="address")

    return router
