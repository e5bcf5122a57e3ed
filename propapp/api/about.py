"""What the sign-in page may know before anybody has signed in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse

from propapp.api.problems import NO_STORE
from propapp.core.settings import settings
from propapp.demo import ACCOUNTS, PASSWORD

router = APIRouter()
# The people whom the demo offers at a tap; the others of its world sign in by typing.
OFFERED = (
    "guard",
    "guard2",
    "cleaner",
    "technician",
    "technician2",
    "desk",
    "supervisor",
    "manager",
    "finance",
    "auditor",
    "admin",
    "owner",
    "owner2",
)


@router.get("/about")
def get_about() -> JSONResponse:
    """Whether this is the demo, and then its people; a real installation tells nothing."""
    demo = settings().demo
    told = {
        "server": "propapp",
        "demo": demo,
        "password": PASSWORD if demo else "",
        "accounts": [_offer(username) for username in OFFERED] if demo else [],
    }
    return JSONResponse(told, headers=NO_STORE)


def _offer(username: str) -> dict[str, str]:
    account = ACCOUNTS[username]
    return {
        "username": username,
        "name": account.name,
        "name_en": account.name_en,
        "role": str(account.role),
    }
