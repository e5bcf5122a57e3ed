"""The composition root: gathers the pages and makes the app."""

import reflex as rx

from propapp.api.app import create_api
from propapp.api.gate import Gate
from propapp.api.headers import Delivery
from propapp.api.house import keep_house
from propapp.features.accidents.pages import accidents
from propapp.features.boards.pages import (
    board,
    clause,
    evidence,
    looks,
    parcels,
    people,
    phones,
    rounds,
    sites,
)
from propapp.features.boards.pages import run as run_record
from propapp.features.goals.pages import goal, goals, letters
from propapp.features.messages.pages import messages
from propapp.features.orders.pages import orders, report
from propapp.features.people.pages import me, outbox, sign_in
from propapp.features.planning.pages import (
    gantt,
    load,
    month,
    plan,
    plans,
    story,
    task,
    week,
    year,
)
from propapp.features.reports.pages import reports
from propapp.features.residents.pages import matter, my
from propapp.features.rosters.pages import duty, roster, shifts
from propapp.features.rounds.pages import run, today
from propapp.features.schedules.pages import schedules
from propapp.features.schedules.pages import year as calendar_year
from propapp.features.sheets.pages import sheets
from propapp.features.sites.pages import codes
from propapp.features.standards.pages import own, standards
from propapp.offline import home
from propapp.ui import guard
from propapp.ui.mishap import error_boundary, lost_page
from propapp.ui.theme import first_paint

HEAD = [
    first_paint(),
    rx.el.link(rel="icon", href="/icons/favicon.svg", type="image/svg+xml"),
    rx.el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon-180.png"),
    rx.el.link(rel="manifest", href="/manifest.webmanifest"),
    rx.el.meta(name="theme-color", content="#0a5c5e"),
    rx.el.meta(name="mobile-web-app-capable", content="yes"),
    rx.el.script(src="/offline/worker.js", type="module"),
]

PAGES = (
    home,
    sign_in,
    today,
    week,
    duty,
    letters,
    run,
    orders,
    report,
    my,
    matter,
    messages,
    me,
    outbox,
)
OFFICE_PAGES = (
    board,
    rounds,
    sites,
    run_record,
    evidence,
    looks,
    parcels,
    codes,
    phones,
    people,
    schedules,
    calendar_year,
    roster,
    shifts,
    standards,
    own,
    clause,
    goals,
    goal,
    accidents,
    plans,
    plan,
    task,
    month,
    gantt,
    load,
    story,
    year,
    sheets,
    reports,
)

app = rx.App(
    html_lang="zh-CN",
    toaster=None,
    stylesheets=["/styles/propapp.css"],
    head_components=HEAD,
    # The last is the outermost: headers around the gate, the gate around everything else.
    api_transformer=[create_api(), Gate, Delivery],
)
# Reflex's own overlay shows raw addresses; the sync light speaks for us.
app.app_wraps[5, "Overlay"] = lambda _stateful: None
app.app_wraps[55, "ErrorBoundary"] = lambda stateful: error_boundary(stateful=stateful)
app.add_page(lost_page, route="404", title="PropApp")
guard.install(app)
app.register_lifespan_task(keep_house)
