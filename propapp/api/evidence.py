"""Bundles of evidence: asked for by an ordinary form, fetched by whoever may have them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import FileResponse, RedirectResponse

from propapp.api.making import asked, fetched
from propapp.api.reading import shaped
from propapp.api.who import SignedIn
from propapp.core.access import Actor
from propapp.core.errors import InvalidInput
from propapp.core.ids import uuid7
from propapp.core.unit_of_work import looking, unit_of_work
from propapp.core.use_case import load_use_cases
from propapp.features.evidence.exports import ExportRepository
from propapp.features.evidence.jobs import BUNDLES

router = APIRouter()

PAGE = "/board/evidence"
# What the page has a sentence for; anything else is said to have failed.
SAID = frozenset({"not_found", "not_allowed", "invalid_input"})
SUBJECTS = frozenset({"run", "day", "order"})


@router.post("/evidence/exports")
async def post_export(request: Request, actor: SignedIn) -> RedirectResponse:
    """Ask for a bundle and go where it is to be had, or where it says why not."""
    return await asked(request, partial(_ask, actor), BUNDLES, PAGE, SAID)


@router.get("/evidence/exports/{export_id}")
def get_bundle(export_id: Annotated[UUID, Path()], actor: SignedIn) -> FileResponse:
    """The bundle, to whoever may have the evidence of its site."""
    with looking(actor) as uow:
        export = ExportRepository(uow).get(export_id)
    return fetched(BUNDLES, export, f"propapp-{export.subject.value}-{export.ref}")


def _ask(actor: Actor, fields: Mapping[str, str]) -> UUID:
    subject = fields.get("subject", "")
    if subject not in SUBJECTS:
        raise InvalidInput(field="subject")
    case = load_use_cases()[f"evidence.export_{subject}"]
    said = {name: value for name, value in fields.items() if name != "subject"}
    command: BaseModel = shaped(case.command_type, {**said, "export_id": str(uuid7())})
    with unit_of_work(actor) as uow:
        return case.run(uow, command).id
