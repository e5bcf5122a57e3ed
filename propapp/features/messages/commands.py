"""What a person may ask of their messages."""

from __future__ import annotations

from propapp.core.fields import Instant
from propapp.core.use_case import Command


class ReadMessages(Command):
    """I have seen everything up to this instant."""

    up_to: Instant
