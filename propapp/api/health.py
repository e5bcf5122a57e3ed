"""Whether the parts that everything stands on answer."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from sqlalchemy import text
from starlette.responses import JSONResponse

from propapp.api.problems import NO_STORE
from propapp.core.db.engine import read_session
from propapp.core.stores import photo_store

log = logging.getLogger(__name__)
router = APIRouter()


@router.get("/health")
def get_health() -> JSONResponse:
    """Each part with yes or no; 503 when one does not answer."""
    parts = {"database": _database_answers(), "photos": _photos_answer()}
    status = 200 if all(parts.values()) else 503
    return JSONResponse(parts, status_code=status, headers=NO_STORE)


def _database_answers() -> bool:
    try:
        with read_session() as session:
            session.execute(text("SELECT 1"))
    except Exception:  # whatever it is, it does not answer
        log.exception("the database does not answer")
        return False
    return True


def _photos_answer() -> bool:
    try:
        photo_store().ping()
    except OSError:
        log.exception("the photo store does not answer")
        return False
    return True
