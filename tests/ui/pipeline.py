"""Reflex's own event pipeline without a browser: middleware, coercion, deltas and redirects."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event.processor.base_state_processor import BaseStateEventProcessor
from reflex_base.utils.format import format_event_handler

from propapp.core.identity import SESSION_COOKIE
from tests import loops


@dataclass
class Sent:
    """What went back to the browser."""

    deltas: list[dict[str, Any]] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)

    def redirects(self) -> list[str]:
        """Where the browser was told to go."""
        return [
            str(event.payload["path"]).strip('"')
            for event in self.events
            if event.name == "_redirect"
        ]

    def values(self, name: str) -> list[Any]:
        """The values of a var that were sent."""
        return [
            value
            for delta in self.deltas
            for state in delta.values()
            for key, value in state.items()
            if key.removesuffix(FIELD_MARKER) == name
        ]


class Tab:
    """One browser tab: a client token, and the cookie that its socket came with."""

    def __init__(self, app: rx.App, manager: StateManagerMemory, *, token: str = "tab") -> None:  # noqa: S107 - a tab's name
        self.app, self.manager, self.token = app, manager, token

    def send(
        self,
        handler: Any,
        *,
        session: str = "",
        path: str = "/board",
        **payload: Any,
    ) -> Sent:
        """Send one event, by its handler or by its bare name, and wait for all that follows."""
        name = handler if isinstance(handler, str) else format_event_handler(handler)
        event = Event(
            name=name,
            payload=payload,
            router_data={
                "pathname": path,
                "asPath": path,
                "headers": {"cookie": f"{SESSION_COOKIE}={session}" if session else ""},
                "ip": "1.2.3.4",
            },
        )
        return loops.run(self._run(event))

    async def _run(self, event: Event) -> Sent:
        sent = Sent()

        async def delta(_token: str, delta: dict[str, Any]) -> None:
            sent.deltas.append(delta)

        async def events(_token: str, *events: Any) -> None:
            sent.events.extend(events)

        processor = BaseStateEventProcessor(middleware=self.app, backend_exception_handler=None)
        processor.configure(state_manager=self.manager)
        # Private, and so used in this one place: there is no public way to listen to the answers.
        root = processor._root_context  # noqa: SLF001
        assert root is not None
        processor._root_context = dataclasses.replace(  # noqa: SLF001
            root,
            emit_delta_impl=delta,
            emit_event_impl=events,
        )
        with self.app.set_contexts():
            async with processor:
                await (await processor.enqueue(self.token, event))
        return sent
