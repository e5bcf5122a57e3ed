"""The demo world's cast by name, for tests, screenshots and the README.

``li`` is a guard, ``wang`` a cleaner of 58, ``chen`` and ``wu`` technicians, ``zheng`` the
supervisor, ``zhou`` the manager, ``lin`` and ``huang`` owners; ``garden`` is the site. All ids are
the same in every demo database.
"""

from __future__ import annotations

from uuid import UUID

from propapp.demo import ACCOUNTS, PASSWORD, SITE_ID, member
from propapp.demo.cast import demo_id
from propapp.demo.ground import unit_id

__all__ = ["ACCOUNTS", "PASSWORD"]

garden = SITE_ID
patrol, cleaning, plant = (demo_id("route", key) for key in ("patrol", "cleaning", "plant"))
lins_home = unit_id("3-1202")

li, liu = member("li"), member("liu")
wang, zhao = member("wang"), member("zhao")
chen, wu = member("chen"), member("wu")
xu, zheng, zhou = member("xu"), member("zheng"), member("zhou")
feng, jiang, cao = member("feng"), member("jiang"), member("cao")
lin, huang = member("lin"), member("huang")


def place(key: str) -> UUID:
    """A public place by its key in propapp/demo/data/site.toml."""
    return demo_id("place", key)


def checkpoint(key: str) -> UUID:
    """The checkpoint that hangs at a place."""
    return demo_id("checkpoint", key)
