"""Who is asking, from where, and whether the connection is safe."""

from __future__ import annotations

import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from propapp.core.access import Actor
from propapp.core.errors import WrongDevice, WrongPerson
from propapp.core.identity import SESSION_COOKIE, actor_for
from propapp.core.settings import settings
from propapp.features.people.push import Sender, sender_for

MEANT_FOR = "x-propapp-person"


def token_of(request: Request) -> str:
    """The session token of the cookie; nowhere else is it looked for."""
    return request.cookies.get(SESSION_COOKIE, "")


def session_name(token: str) -> str:
    """A name that tells one session from the next and gives nothing of its token away."""
    return hashlib.sha256(f"name:{token}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


async def signed_in(request: Request) -> Actor:
    """The actor of this request, looked up anew each time."""
    actor = await run_in_threadpool(actor_for, token_of(request))
    request.state.locale = actor.locale
    # Somebody else may have signed in on a shared phone while it was sending one person's work.
    if request.headers.get(MEANT_FOR, str(actor.person_id)) != str(actor.person_id):
        raise WrongPerson
    return actor


async def sender(request: Request) -> Sender:
    """Whose work comes in: by the phone's push token where it shows one, else by the session."""
    said = request.headers.get("authorization", "")
    if not said:
        return Sender(await signed_in(request))
    found = await run_in_threadpool(sender_for, said.removeprefix("Bearer "))
    request.state.locale = found.actor.locale
    if request.headers.get(MEANT_FOR, str(found.actor.person_id)) != str(found.actor.person_id):
        raise WrongPerson
    return found


def same_device(sender: Sender, device_id: UUID) -> None:
    """Refuse what a token does not speak for."""
    if sender.device_id not in {None, device_id}:
        raise WrongDevice


Sending = Annotated[Sender, Depends(sender)]
SignedIn = Annotated[Actor, Depends(signed_in)]


def address_of(request: Request) -> str:
    """The caller's address; a proxy's word counts only when the proxy is ours."""
    direct = request.client.host if request.client else ""
    if direct not in settings().trusted_proxies:
        return direct
    # The last entry was written by our own proxy, whatever the caller claimed before it.
    return request.headers.get("x-forwarded-for", direct).split(",")[-1].strip()


def is_https(request: Request) -> bool:
    """Whether the browser came over https, to us or to our proxy."""
    if request.url.scheme == "https":
        return True
    direct = request.client.host if request.client else ""
    said = request.headers.get("x-forwarded-proto", "").split(",")[-1].strip()
    return direct in settings().trusted_proxies and said == "https"
