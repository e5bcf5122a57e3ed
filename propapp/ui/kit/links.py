"""Links between pages: from phone page to phone page without loading the app again."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from propapp.core.places import OFFICE

_FRESH = (*OFFICE, "/api")


def link(*children: Any, href: Any, fresh: Any = False, **props: Any) -> rx.Component:
    """A link; a browser without our script follows it as well.

    ``fresh`` leaves it to the browser, for what is no page of ours: a file, say.
    """
    office = isinstance(href, str) and href.startswith(_FRESH)
    return ReactRouterLink.create(*children, to=href, reload_document=office or fresh, **props)
