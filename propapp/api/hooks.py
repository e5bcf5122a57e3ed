"""What other services may tell the house: the weather, with a token that speaks for one site."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from propapp.api.problems import NO_STORE
from propapp.api.reading import parse, read
from propapp.core.access import house
from propapp.core.clock import SystemClock
from propapp.core.fields import Instant, Reason
from propapp.core.unit_of_work import unit_of_work
from propapp.features.schedules import service
from propapp.features.schedules.commands import AnnounceWeather
from propapp.features.schedules.models import Trigger

router = APIRouter()
_LIMIT = 8 * 1024


class WeatherReport(BaseModel):
    """One thing that happens, under the sender's own key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(min_length=1, max_length=80)]
    weather: Annotated[str, Field(pattern="^(rain|storm|typhoon|heat|frost|snow)$")]
    at: Instant | None = None
    text: Reason = ""


@router.post("/hooks/weather")
async def post_weather(request: Request) -> JSONResponse:
    """Begin the rounds that this weather asks for; the same key again begins nothing again."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    said = parse(WeatherReport, await read(request, limit=_LIMIT))
    answer = await run_in_threadpool(_announce, token, said)
    return JSONResponse(answer, headers=NO_STORE)


def _announce(token: str, said: WeatherReport) -> dict[str, object]:
    with unit_of_work(house(), clock=SystemClock()) as uow:
        event = service.announce_by_hook(
            uow,
            token,
            AnnounceWeather(
                site_id=service.site_of_hook(uow, token),
                key=said.key,
                weather=Trigger(f"weather:{said.weather}"),
                happened_at=said.at,
                text=said.text,
            ),
        )
        return {"server": "propapp", "event_id": str(event.id), "rounds": event.rounds}
