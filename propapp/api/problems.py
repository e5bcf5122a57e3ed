"""Every refusal in one shape: a code, a sentence in the person's language, and facts."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, RedirectResponse, Response

from propapp.core.errors import (
    Busy,
    InvalidInput,
    MethodNotAllowed,
    NoSpace,
    NotFound,
    PropappError,
)
from propapp.core.text import known_locale, refusal

log = logging.getLogger(__name__)

NO_STORE = {"Cache-Control": "no-store"}


def locale_of(request: Request) -> str:
    """The page's language, else the browser's last one, else the person's own."""
    return known_locale(
        request.headers.get("x-propapp-locale"),
        request.cookies.get("locale"),
        getattr(request.state, "locale", None),
    )


def shape(error: PropappError, locale: str) -> dict[str, Any]:
    """The error as the protocol writes it."""
    message = refusal(error.code, locale, error.facts)
    return {"code": error.code, "message": message, "facts": error.facts}


def answer(request: Request, error: PropappError, **more: Any) -> JSONResponse:
    """The response that says no."""
    content = {"error": shape(error, locale_of(request)), **more}
    return JSONResponse(content, status_code=error.status, headers=NO_STORE)


def install(app: FastAPI) -> None:
    """Let nothing leave in another shape."""
    app.exception_handler(PropappError)(_refused)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(OperationalError)(_database)
    app.exception_handler(ClientDisconnect)(_gone)
    app.exception_handler(Exception)(_unexpected)


def _refused(request: Request, error: PropappError) -> Response:
    return answer(request, error)


def _http(request: Request, error: HTTPException) -> Response:
    known: dict[int, PropappError] = {404: NotFound(), 405: MethodNotAllowed()}
    made = answer(request, known.get(error.status_code, InvalidInput(field="request")))
    made.headers.update(error.headers or {})
    return made


def _invalid(request: Request, error: RequestValidationError) -> Response:
    places = [part for part in error.errors()[0].get("loc", ()) if isinstance(part, str)]
    return answer(request, InvalidInput(field=".".join(places[1:]) or "request"))


def see_other(address: str, **asked: str) -> RedirectResponse:
    """Go there with a GET, and with these words in the address."""
    place = f"{address}?{urlencode(asked)}" if asked else address
    return RedirectResponse(place, status_code=303, headers=NO_STORE)


def code_of(error: PropappError | OperationalError, known: Collection[str]) -> str:
    """What a page is told that was asked by a form: a code that it has a sentence for."""
    meant = _meant(error) if isinstance(error, OperationalError) else error
    return meant.code_among(known)


def _meant(error: OperationalError) -> PropappError:
    log.error("the database refused: %s", error.orig)
    full = "disk is full" in str(error.orig).lower()
    return NoSpace() if full else Busy()


def _database(request: Request, error: OperationalError) -> Response:
    made = answer(request, _meant(error))
    made.headers["Retry-After"] = "5"
    return made


def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)


def _unexpected(request: Request, _error: Exception) -> Response:
    # Starlette logs the error itself after this answer.
    made = answer(request, PropappError())
    made.status_code = 500
    return made
