"""Where the office's pages lie, for whoever has to tell them from those of a phone."""

from __future__ import annotations

# Pages that are nothing without their socket. The gate leads whoever has no session to the door
# instead, and links to them load afresh, so that the socket opens and closes with them.
OFFICE = (
    "/accidents",
    "/board",
    "/goals",
    "/people",
    "/plans",
    "/reports",
    "/roster",
    "/schedules",
    "/sheets",
    "/standards",
)
