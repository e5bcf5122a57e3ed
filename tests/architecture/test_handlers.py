"""Every event handler that a socket can reach says who may call it."""

from __future__ import annotations

from reflex_base.registry import RegistrationContext

import propapp.propapp as composed
from propapp.ui import guard


def test_every_registered_handler_is_guarded() -> None:
    # A test module's own States may be registered too, and leave handlers open on purpose.
    open_to_all = [
        name
        for name, registered in RegistrationContext.get().event_handlers.items()
        if registered.handler.fn.__module__.startswith("propapp.")
        and guard.permission_of(registered.handler.fn) is None
    ]
    assert open_to_all == [], "put @handler(Permission.X) under @rx.event"


def test_the_guard_stands_before_all_other_middleware() -> None:
    first = composed.app._middlewares[0]  # noqa: SLF001 - Reflex has no public list of them
    assert isinstance(first, guard.Guard)
