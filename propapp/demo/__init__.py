"""The demo world, Jade Lake Garden: its cast, its ninety days, its pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from propapp.demo.cast import PASSWORD, SITE_ID, DemoAccount, Member, accounts, member, members

if TYPE_CHECKING:
    from propapp.core.stores import PhotoStore

__all__ = ["ACCOUNTS", "PASSWORD", "SITE_ID", "DemoAccount", "Member", "fill", "member", "members"]

# Username -> whose it is and what awaits there, for the terminal and the sign-in page.
ACCOUNTS = {one.username: one for one in accounts()}


def fill(
    progress: Callable[[str, int, int], None] | None = None,
    *,
    now: datetime | None = None,
    pictures: str = "all",
    store: PhotoStore | None = None,
) -> bool:
    """Make the demo world, unless there is a site already; whether it was made."""
    # The sign-in page asks for the accounts only and must not load the painters for them.
    from propapp.demo.filling import fill as fill_now

    return fill_now(progress, now=now, pictures=pictures, store=store)
