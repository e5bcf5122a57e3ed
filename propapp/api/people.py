"""First passwords: made up here, handed over once on a page that nothing keeps."""

from __future__ import annotations

from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from propapp.api.problems import NO_STORE, code_of, locale_of, see_other
from propapp.api.reading import form, read, shaped
from propapp.api.who import SignedIn, is_https
from propapp.core.access import Actor, Permission
from propapp.core.errors import PropappError
from propapp.core.settings import settings
from propapp.core.unit_of_work import unit_of_work
from propapp.features.boards.staff import SAID
from propapp.features.people import passwords
from propapp.features.people.commands import GivePassword
from propapp.features.people.models import Person
from propapp.features.people.service import give_password
from propapp.features.people.slip import Slip, slip_page
from propapp.features.sites import repository as sites
from propapp.features.sites.views import chosen

router = APIRouter()

MAX_FORM = 1024
PAGE = "/people"


@router.post("/people/password")
async def post_first_password(request: Request, actor: SignedIn) -> Response:
    """Give somebody a first password and show it, or go back to where it says why not."""
    at: dict[str, str] = {}
    try:
        fields = form(await read(request, limit=MAX_FORM))
        at = {"site": fields.get("site_id", "")}
        slip = await run_in_threadpool(
            _give, actor, fields.get("person_id", ""), at["site"], _address(request)
        )
    except (PropappError, OperationalError) as error:
        return see_other(PAGE, error=code_of(error, SAID), **at)
    page = slip_page(slip, back=f"{PAGE}?{urlencode(at)}", locale=locale_of(request))
    return HTMLResponse(page, headers=NO_STORE)


def _address(request: Request) -> str:
    """Where one signs in: as the house was told, else as it was asked just now."""
    told = settings().origins.split(",")[0].strip().rstrip("/")
    return told or f"{'https' if is_https(request) else 'http'}://{request.url.netloc}"


def _give(actor: Actor, person_id: str, site_id: str, where: str) -> Slip:
    made = passwords.made_up()
    # Before the transaction: it takes as long as a signing in, and others would wait for it.
    hashed = passwords.hash_password(made)
    command = shaped(GivePassword, {"person_id": person_id, "hashed": hashed})
    with unit_of_work(actor) as uow:
        account = give_password(uow, command)
        person = uow.session.get_one(Person, account.person_id)
        at = chosen(list(sites.sites_where(uow.session, actor, Permission.STAFF_WRITE)), site_id)
        until = account.first_until or uow.now
        return Slip(
            site=f"{at.name} {at.name_en}".strip(),
            name=f"{person.name} {person.name_en}".strip(),
            username=account.username,
            password=made,
            address=where,
            until=until.astimezone(ZoneInfo(at.zone)).date().isoformat(),
        )
