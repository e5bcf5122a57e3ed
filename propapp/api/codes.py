"""Codes on paper: new ones asked for by an ordinary form, and the sheet to put up."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from propapp.api.problems import NO_STORE, code_of, see_other
from propapp.api.reading import read, shaped
from propapp.api.who import SignedIn
from propapp.core.access import Actor, Permission
from propapp.core.errors import InvalidInput, NotFound, PropappError
from propapp.core.unit_of_work import looking, unit_of_work
from propapp.features.sites import repository
from propapp.features.sites.commands import MOST_CODES, PrintCodes
from propapp.features.sites.qr_sheet import qr_sheet
from propapp.features.sites.service import print_codes
from propapp.features.sites.state import SAID

router = APIRouter()

# A box for each checkpoint, with its name and some room.
MAX_FORM = 64 * MOST_CODES + 1024
PAGE, SHEET = "/board/codes", "/api/v1/codes/sheet"


@router.post("/codes/print")
async def post_print(request: Request, actor: SignedIn) -> RedirectResponse:
    """Print new codes and go to their sheet, or back to where it says why not."""
    try:
        fields = _fields(await read(request, limit=MAX_FORM))
        site_id = await run_in_threadpool(_print, actor, fields)
    except (PropappError, OperationalError) as error:
        return see_other(PAGE, error=code_of(error, SAID))
    return see_other(SHEET, site=str(site_id))


@router.get("/codes/sheet")
def get_sheet(site: Annotated[UUID, Query()], actor: SignedIn) -> HTMLResponse:
    """The site's codes that count and were not scanned yet, so that they can be put up."""
    with looking(actor) as uow:
        found = repository.sites_where(uow.session, actor, Permission.CODE_PRINT)
        chosen = next((one for one in found if one.id == site), None)
        if chosen is None:
            raise NotFound(kind="site")
        cards = repository.cards_of(uow.session, chosen.id)
        waiting = [card for card in cards if card[3].first_scanned_at is None]
        return HTMLResponse(qr_sheet(chosen, waiting), headers=NO_STORE)


def _fields(raw: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(raw.decode("ascii"), max_num_fields=MOST_CODES + 1, errors="strict")
    except ValueError as error:
        raise InvalidInput(field="form") from error


def _print(actor: Actor, fields: dict[str, list[str]]) -> UUID:
    command = shaped(
        PrintCodes,
        {
            "site_id": fields.get("site_id", [""])[0],
            "checkpoint_ids": fields.get("checkpoint_ids", []),
        },
    )
    with unit_of_work(actor) as uow:
        print_codes(uow, command)
    return command.site_id
