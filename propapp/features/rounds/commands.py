"""What a person on a round asks."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from propapp.core.fields import Accuracy, Digest, Instant, Latitude, Longitude, Note
from propapp.core.use_case import Command
from propapp.features.photos.commands import Shots
from propapp.features.rounds.models import Verdict, VisitMethod

Choice = Annotated[str, Field(max_length=80)]


class StartRound(Command):
    """I begin this round; the run's id is made on the phone."""

    run_id: UUID
    occurrence_id: UUID


class GivenAnswer(Command):
    """An answer as it was given, not yet judged."""

    item_id: UUID
    verdict: Verdict | None = None
    number: float | None = None
    choices: Annotated[tuple[Choice, ...], Field(max_length=50)] = ()
    text: Note = ""
    note: Note = ""
    photos: Shots = ()


class GivenChallenge(Command):
    """What was drawn here, from the seed with this commitment, and what I answer or show.

    Neither a choice nor a photo is a challenge that was passed over; the visit counts all the same.
    """

    challenge_id: UUID
    commitment: Digest
    # The place of the chosen answer among those that were offered.
    choice: Annotated[int, Field(ge=0, le=4)] | None = None
    photos: Shots = ()


class VisitPoint(Command):
    """I was at this point, and this is how I found it."""

    visit_id: UUID
    run_id: UUID
    point_id: UUID
    # The version of the checklist that the phone showed; without it the point's present one.
    template_id: UUID | None = None
    method: VisitMethod
    code: Annotated[str, Field(max_length=200)] = ""
    hand_reason: Annotated[str, Field(max_length=200)] = ""
    arrived_at: Instant
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    accuracy: Accuracy | None = None
    mocked: bool = False
    corrects: UUID | None = None
    answers: Annotated[tuple[GivenAnswer, ...], Field(max_length=200)]
    challenge: GivenChallenge | None = None


class FinishRound(Command):
    """I am done; the note says why points were left out."""

    run_id: UUID
    note: Note = ""


class JudgeVisit(Command):
    """I have looked at this visit once more; or I ask the person who made it."""

    visit_id: UUID
    step: Literal["ask", "believe", "doubt"]
    note: Note = ""
