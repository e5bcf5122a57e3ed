"""A phone says hello and sends its operations."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from propapp.api.handsets import handset_of, know_again
from propapp.api.left import tell_of
from propapp.api.problems import NO_STORE, locale_of
from propapp.api.reading import parse, read, shaped
from propapp.api.who import Sending, same_device
from propapp.core import strict_json
from propapp.core.clock import SystemClock
from propapp.core.errors import RequestTooLarge
from propapp.core.parcels.key import house_key
from propapp.core.stores import photo_store
from propapp.core.sync.apply import apply_batch
from propapp.core.sync.batch import Batch
from propapp.core.sync.devices import Greeting, Hello, greet
from propapp.core.sync.envelope import MAX_BYTES, MAX_OPERATIONS
from propapp.core.sync.losses import LossKind
from propapp.core.sync.settle import Answer
from propapp.core.text import refusal
from propapp.features.people.push import Sender, give
from propapp.features.phones.service import report
from propapp.features.photos import limits
from propapp.features.photos.deliveries import delivered
from propapp.features.photos.register import intake_of

router = APIRouter()

PROTOCOL = 1
SERVER = "propapp"
MAX_HELLO = 4 * 1024

LIMITS = {
    "operations": MAX_OPERATIONS,
    "bytes": MAX_BYTES,
    "chunk": limits.CHUNK,
    "photo_bytes": limits.PHOTO_BYTES,
    "photo_pixels": limits.PHOTO_PIXELS,
}


@router.post("/hello")
async def post_hello(request: Request, sender: Sending) -> JSONResponse:
    """Take note of the device and tell it the server's time, epoch and limits."""
    hello = parse(Hello, await read(request, limit=MAX_HELLO))
    same_device(sender, hello.device_id)
    clock = SystemClock()
    handset = handset_of(request, sender)
    greeting = await run_in_threadpool(
        greet, sender.actor, hello, clock, handset=handset, on_loss=report
    )
    push = await run_in_threadpool(_push, sender, hello)
    made = said(
        protocol=PROTOCOL,
        epoch=str(greeting.epoch),
        server_time=clock.now().isoformat(),
        last_seq=greeting.device.last_seq,
        receipt=greeting.receipt and greeting.receipt.isoformat(),
        limits=LIMITS,
        person_id=str(sender.actor.person_id),
        unsent_key=(await run_in_threadpool(house_key)).told(),
        **_cleared(sender, greeting),
        **push,
    )
    know_again(made, request, handset)
    return made


@router.post("/operations")
async def post_operations(request: Request, sender: Sending) -> JSONResponse:
    """Apply a batch in its order and answer for each operation by itself."""
    raw = await read(request, limit=MAX_BYTES)
    results = await run_in_threadpool(_apply, sender, raw, locale_of(request))
    return said(server_time=SystemClock().now().isoformat(), results=results)


def said(**content: Any) -> JSONResponse:
    """An answer that a phone can tell from a stranger's: captive portals do not sign themselves."""
    return JSONResponse({"server": SERVER, **content}, headers=NO_STORE)


def _cleared(sender: Sender, greeting: Greeting) -> dict[str, Any]:
    """What the phone itself may not know any more: that it was cleared."""
    own = [
        loss.missing
        for loss in greeting.lost
        if loss.kind is LossKind.CLEARED and loss.person_id == sender.actor.person_id
    ]
    return {"cleared": {"missing": sum(own)}} if own else {}


def _push(sender: Sender, hello: Hello) -> dict[str, Any]:
    """A token for the phone that asks; a token itself begets none, so that it ends."""
    if sender.device_id is not None or not hello.wants_push:
        return {}
    given = give(sender.actor, hello.device_id)
    return {"push": {"token": given.token, "expires_at": given.expires_at.isoformat()}}


def batch_of(raw: bytes) -> Batch:
    """The operations of a request; too many of them are told apart from wrong ones."""
    value = strict_json.loads(raw)
    listed = value.get("operations") if isinstance(value, dict) else None
    if isinstance(listed, list) and len(listed) > MAX_OPERATIONS:
        raise RequestTooLarge(limit=MAX_OPERATIONS)
    return shaped(Batch, value)


def _apply(sender: Sender, raw: bytes, locale: str) -> list[dict[str, Any]]:
    batch = batch_of(raw)
    same_device(sender, batch.device_id)
    actor = sender.actor
    answers = apply_batch(actor, batch.device_id, batch.operations, SystemClock())
    if actor.left:
        tell_of(actor, answers)
    named = {sha256 for answer in answers for sha256 in answer.photos}
    here = delivered(intake_of(photo_store(), SystemClock()), actor.person_id, named)
    return [result(answer, here, locale) for answer in answers]


def result(answer: Answer, here: frozenset[str], locale: str) -> dict[str, Any]:
    """An answer as the protocol writes it, with the photos that are still to come."""
    made: dict[str, Any] = {
        "id": str(answer.id),
        "body_sha256": answer.body_sha256,
        "status": answer.status,
        "photos_missing": [sha256 for sha256 in answer.photos if sha256 not in here],
    }
    if answer.outcome:
        made["outcome"] = answer.outcome.value
    if answer.code:
        made["code"] = answer.code
        made["message"] = refusal(answer.code, locale, answer.facts)
        made["facts"] = answer.facts
    return made
