"""Signing in and out by real form posts, so that the socket that follows carries the cookie."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from propapp.api.problems import NO_STORE, code_of, see_other
from propapp.api.reading import form, read
from propapp.api.who import SignedIn, address_of, is_https, token_of
from propapp.core.errors import PropappError
from propapp.core.identity import SESSION_COOKIE
from propapp.core.settings import settings
from propapp.features.people.sign_in import Attempt, change_password, sign_in, sign_out

router = APIRouter()

MAX_FORM = 8 * 1024
LONGEST_PATH = 512
SIGN_IN_PAGE, OWN_PAGE = "/sign-in", "/me"
# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset(
    "wrong_credentials too_many_attempts busy first_password first_password_expired "
    "password_short password_long password_common password_named password_same".split()
)


@router.post("/sign-in")
async def post_sign_in(request: Request) -> Response:
    """Begin a session and go home, or back to the form with the reason.

    A page that asks for JSON stays where it is and keeps what was typed: it hears
    ``{home}``, or ``{error: {code}}``.
    """
    after, stays = "", "application/json" in request.headers.get("accept", "")
    try:
        fields = form(await read(request, limit=MAX_FORM))
        after = own_path(fields.get("next", ""))
        attempt = Attempt(
            username=fields.get("username", ""),
            password=fields.get("password", ""),
            new_password=fields.get("new_password", ""),
            address=address_of(request),
            user_agent=request.headers.get("user-agent", ""),
        )
        begun = await run_in_threadpool(sign_in, attempt, before=token_of(request))
    except (PropappError, OperationalError) as error:
        code = code_of(error, SAID)
        if stays:
            refused = {"error": {"code": code}}
            return JSONResponse(refused, getattr(error, "status", 503), headers=NO_STORE)
        further = {"next": after} if after else {}
        return see_other(SIGN_IN_PAGE, error=code, **further)
    home = after or begun.home
    made = JSONResponse({"home": home}, headers=NO_STORE) if stays else see_other(home)
    _set_cookie(made, request, begun.token)
    return made


@router.post("/password")
async def post_password(request: Request, actor: SignedIn) -> RedirectResponse:
    """Choose another password, and go back to where it was asked for."""
    try:
        fields = form(await read(request, limit=MAX_FORM))
        attempt = Attempt(
            username="",
            password=fields.get("password", ""),
            new_password=fields.get("new_password", ""),
            address=address_of(request),
        )
        await run_in_threadpool(change_password, actor, attempt, token=token_of(request))
    except (PropappError, OperationalError) as error:
        return see_other(OWN_PAGE, error=code_of(error, SAID))
    return see_other(OWN_PAGE, saved="password")


@router.post("/sign-out")
async def post_sign_out(request: Request) -> RedirectResponse:
    """End the session, whichever state it is in."""
    await run_in_threadpool(sign_out, token_of(request))
    made = see_other(SIGN_IN_PAGE)
    made.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return made


def own_path(said: str) -> str:
    """A path of this server, or nothing: no scheme, no host, no trick with slashes."""
    plain = said.isascii() and said.isprintable() and "\\" not in said and len(said) <= LONGEST_PATH
    if not plain or not said.startswith("/") or said.startswith("//"):
        return ""
    parts = urlsplit(said)
    in_house = not parts.scheme and not parts.netloc and not parts.path.startswith("/api/")
    return said if in_house and parts.path != SIGN_IN_PAGE else ""


def _set_cookie(made: Response, request: Request, token: str) -> None:
    made.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings().session_days * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_https(request),
    )
