"""A browser is known again by a cookie that no script reads and a cleared database leaves alone."""

from __future__ import annotations

from uuid import UUID, uuid4

from fastapi import Request
from starlette.responses import Response

from propapp.api.who import is_https
from propapp.core.ids import id_of
from propapp.core.sync.losses import Handset
from propapp.features.people.push import Sender

PHONE_COOKIE = "propapp_phone"
# As long as browsers keep any cookie; each greeting begins the time anew.
LIFETIME = 400 * 86400

# What people call it. The first word that fits counts: an iPad also says Macintosh, an Edge Chrome.
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "Huawei"),
    ("MiuiBrowser", "Xiaomi"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def handset_of(request: Request, sender: Sender) -> Handset:
    """The browser behind the request; a push token travels without cookies and tells of none."""
    if sender.device_id is not None:
        return Handset()
    said = id_of(request.cookies.get(PHONE_COOKIE, ""))
    phone_id = said or uuid4()
    return Handset(
        phone_id, said is not None, label(request.headers.get("user-agent", ""), phone_id)
    )


def know_again(made: Response, request: Request, handset: Handset) -> None:
    """Give the browser its name, or let it keep it for longer."""
    if handset.id is None:
        return
    made.set_cookie(
        PHONE_COOKIE,
        str(handset.id),
        max_age=LIFETIME,
        path="/api/v1/hello",
        httponly=True,
        samesite="lax",
        secure=is_https(request),
    )


def label(agent: str, phone_id: UUID) -> str:
    """How people tell this phone from others: its system, its browser, four signs of its own."""
    words = [_first(_SYSTEMS, agent), _first(_BROWSERS, agent), phone_id.hex[-4:].upper()]
    return " · ".join(word for word in words if word)


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in names if sign in agent), "")
