"""What the field client shows: the exact shapes of assets/offline's views, field by field.

Instants are ISO 8601 strings, "" where there is none; codes are words of a fixed list, named
beside each; a picture's ``url`` works without a network when the picture is still on the phone.
``send_state`` is one of none · saved · sending · sent · attention.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MeView:
    """The person on this phone."""

    ready: bool
    id: str
    name: str
    name_en: str
    site: str
    site_en: str
    roles: list[str]
    tabs: list[str]  # of board · today · orders · my · messages · me, at most four
    permissions: list[str]
    unread: int
    home: str


@dataclass(frozen=True)
class SyncView:
    """Where the work is: offline · saved · sending · sent · attention · sign_in · cleared · none.

    ``blocked`` is an update that waits for another tab.
    """

    word: str
    sign: str  # which of these words its sign and colour are of: "cleared" looks like "attention"
    count: int  # of operations that the word speaks of; 0 for sent, none
    unsent: int  # whatever the server does not have whole, waiting or in trouble
    online: bool  # the server answered last time
    other_people: int  # things of other people on this phone that wait or need attention
    unkept: bool  # the browser promises to keep nothing, and nothing is here yet


@dataclass(frozen=True)
class UnsavedView:
    """Whether the last tap could not be kept on this phone."""

    said: bool


@dataclass(frozen=True)
class RoundCard:
    """One occurrence of a route, today."""

    id: str
    route: str
    route_en: str
    opens_at: str
    closes_at: str
    job: bool  # one stop at which nothing hangs
    phase: str  # upcoming · open · running · late · done · missed · elsewhere
    mine: bool  # a run of mine is open on this phone
    done: int
    total: int
    run_id: str
    walker: str
    walker_en: str
    send_state: str


@dataclass(frozen=True)
class TodayView:
    """Rounds of today by what can be done with them."""

    ready: bool
    stale: bool  # the last contact failed: the plan is as of fetched_at
    fetched_at: str
    name: str
    name_en: str
    rounds: list[RoundCard]
    current: list[RoundCard]  # open, running, late and not done, mine first
    later: list[RoundCard]
    past: list[RoundCard]
    next_round: str
    all_done: bool


@dataclass(frozen=True)
class WeekTurn:
    """A shift of one's own."""

    name: str
    name_en: str
    begins: int
    minutes: int
    hours: str


@dataclass(frozen=True)
class WeekRounds:
    """How often a route is walked on a day, from when until when."""

    id: str
    route: str
    route_en: str
    count: int
    first: str
    last: str


@dataclass(frozen=True)
class WeekTask:
    """A task of a plan in force for one's post."""

    name: str
    name_en: str
    ends: str
    milestone: bool


@dataclass(frozen=True)
class WeekDay:
    """A day and what is on it."""

    at: str
    weekday: str
    weekday_en: str
    turns: list[WeekTurn]
    rounds: list[WeekRounds]
    tasks: list[WeekTask]
    free: bool


@dataclass(frozen=True)
class WeekView:
    """My week."""

    ready: bool
    days: list[WeekDay]


@dataclass(frozen=True)
class RunStep:
    """A stop on the route."""

    id: str
    position: int
    name: str
    name_en: str
    state: str  # done · fault · here · next


@dataclass(frozen=True)
class PhotoView:
    """A photo of an answer or an order."""

    sha256: str
    url: str  # thumbnail
    large: str
    state: str  # saved · sending · sent · attention
    purpose: str  # evidence · before · after · note
    taken_at: str


@dataclass(frozen=True)
class ChoiceView:
    """An answer that is offered."""

    value: str
    label: str
    label_en: str
    chosen: bool
    fail: bool


@dataclass(frozen=True)
class RowView:
    """A question of the checklist and its answer so far."""

    id: str
    kind: str  # pass_fail · number · single · multiple · text · photo
    label: str
    label_en: str
    required: bool
    verdict: str  # "" · pass · fail · not_applicable
    unit: str
    low: str
    high: str
    number: str  # as typed
    text: str
    note: str
    choices: list[ChoiceView]
    needs_note: bool
    needs_photo: bool
    photos: list[PhotoView]
    problem: str  # "" or a code under problem.*, shown after the first try to complete


@dataclass(frozen=True)
class PointView:
    """The point in hand."""

    id: str
    name: str
    name_en: str
    hint: str
    hint_en: str
    place_kind: str
    position: int
    arrived_at: str
    method: str  # "" · scan · hand
    coded: bool  # something hangs there to be scanned
    wait_until: str  # "" when it may be checked now
    rows: list[RowView]
    challenge: RowView  # drawn for this visit; without an id where nothing was
    can_pass_all: bool  # some pass_fail rows are unanswered


@dataclass(frozen=True)
class FaultView:
    """A fault found on this run."""

    id: str
    point: str
    point_en: str
    label: str
    label_en: str
    note: str
    photos: list[PhotoView]


@dataclass(frozen=True)
class VisitLine:
    """A point already checked, or one left out, for the summary."""

    id: str
    position: int
    name: str
    name_en: str
    state: str  # done · fault · next


@dataclass(frozen=True)
class ScannerView:
    """The code scanner: closed · starting · looking · wrong · denied · unavailable."""

    state: str
    torch: bool
    can_torch: bool


@dataclass(frozen=True)
class RunView:
    """A run, whole; ``stage`` is loading · absent · point · arrived · summary · finished."""

    stage: str
    run_id: str
    route: str
    route_en: str
    position: int
    total: int
    done: int
    stops: list[RunStep]
    point: PointView
    ready_to_complete: bool
    missing_count: int
    faults: list[FaultView]
    visits: list[VisitLine]
    count_pass: int
    count_fail: int
    count_na: int
    count_photos: int
    minutes: int
    unvisited: int
    note: str  # of the summary, as typed
    problem: str
    scanner: ScannerView
    hand_open: bool  # the sheet that asks why it cannot be scanned
    hand_reason: str
    send_state: str


@dataclass(frozen=True)
class EventView:
    """One entry of an order's timeline; ``text`` is what its person wrote."""

    id: str
    verb: str
    person: str
    person_en: str
    mine: bool
    at: str
    text: str
    to_person: str
    to_person_en: str
    photos: list[PhotoView]
    send_state: str


@dataclass(frozen=True)
class OrderCard:
    """An order in a list."""

    id: str
    number: str
    title: str
    title_en: str
    category: str
    priority: str
    status: str
    source: str
    place: str
    place_en: str
    reported_at: str
    due_at: str
    overdue: bool
    assignee: str
    assignee_en: str
    mine: bool
    asked: str  # "" · claim …: asked offline, not yours yet
    photo_url: str
    photo_count: int
    stars: int
    send_state: str
    problem: str  # code of an operation that was refused
    problem_text: str  # the server's sentence for it


@dataclass(frozen=True)
class OrdersView:
    """Open work by what it means to me."""

    ready: bool
    stale: bool
    fetched_at: str
    filter: str  # mine · open · done
    shown: list[OrderCard]  # those of the filter, by priority and deadline
    mine_count: int
    open_count: int
    done_count: int
    may_report: bool


@dataclass(frozen=True)
class StaffView:
    """Somebody to whom an order can be given."""

    id: str
    name: str
    name_en: str
    roles: list[str]


@dataclass(frozen=True)
class OrderDraft:
    """What is being done to the order, kept per keystroke; ``verb`` is "" when nothing is."""

    verb: str
    text: str
    person_id: str
    stars: int
    photos: list[PhotoView]
    problem: str


@dataclass(frozen=True)
class OrderView:
    """One order, whole; ``stage`` is none (asked for none) · loading · absent · ready."""

    stage: str
    card: OrderCard
    description: str
    reporter: str
    reporter_en: str
    respond_by: str
    completed_at: str
    hold_reason: str
    result_note: str
    before: list[PhotoView]
    after: list[PhotoView]
    timeline: list[EventView]
    verbs: list[str]
    primary: str  # the one next step among the verbs, or ""
    others: list[str]
    draft: OrderDraft
    staff: list[StaffView]


@dataclass(frozen=True)
class StepView:
    """A step of an owner's matter: received · assigned · in_progress · completed · confirmed."""

    code: str
    state: str  # done · here · next
    at: str
    promised: str


@dataclass(frozen=True)
class RequestCard:
    """An owner's matter with its steps."""

    card: OrderCard
    steps: list[StepView]
    before: list[PhotoView]
    after: list[PhotoView]
    verbs: list[str]


@dataclass(frozen=True)
class MyView:
    """The owner's matters."""

    ready: bool
    stale: bool
    name: str
    name_en: str
    home_name: str  # 3 栋 1202
    home_name_en: str
    open: list[RequestCard]
    closed: list[RequestCard]


@dataclass(frozen=True)
class PlaceView:
    """Where it can be: an own unit or a public place."""

    id: str
    kind: str  # unit or a kind of place
    name: str
    name_en: str


@dataclass(frozen=True)
class ReportView:
    """A report being written, kept per keystroke; ``stage`` is writing · saved."""

    ready: bool
    stage: str
    own: bool  # an owner writes: own units come first
    units: list[PlaceView]
    places: list[PlaceView]
    category: str
    place_id: str
    text: str
    photos: list[PhotoView]
    problem: str
    order_id: str
    number: str  # this and the promised times: "" until the server has answered
    respond_by: str
    due_at: str
    send_state: str


@dataclass(frozen=True)
class OutboxLine:
    """One thing done on this phone and how far it has come."""

    id: str
    kind: str
    title: str
    title_en: str
    state: str  # saved · sending · sent · attention · told
    code: str
    reason: str  # a word for the code where the server gave no sentence; "" without trouble
    advice: str  # again · redo · photo_lost · office · ended; "" without trouble
    message: str
    photos_total: int
    photos_sent: int
    at: str


@dataclass(frozen=True)
class OutboxView:
    """Everything that waits, what went lately, and how much room there is."""

    ready: bool
    waiting: list[OutboxLine]
    recent: list[OutboxLine]
    done: int
    total: int
    busy: bool
    last_contact: str
    persisted: bool
    used_mb: int
    free_mb: int
    other_people: int
    cleared: bool  # the phone lost what was on it, and its person has not said "I see"
    cleared_unsent: int
    cleared_told: bool  # the server has answered to it: the supervisors know
    sure: bool  # the phone knows whose it is and lost nothing: nothing waiting means all arrived


@dataclass(frozen=True)
class LeftLine:
    """Somebody else whose work is on this phone, as counts; no name where the phone knows none."""

    id: str
    name: str
    name_en: str
    waiting: int
    attention: int


@dataclass(frozen=True)
class NoticesView:
    """What the outbox says beside its items."""

    told: list[OutboxLine]  # what the server judged and its person has read of
    level: str  # of the room on the phone: ok · amber · red, too little for photos
    clock: str  # "" · fast · slow
    minutes: int  # by which it is wrong
    people: list[LeftLine]


@dataclass(frozen=True)
class ParcelView:
    """The file for the office, as it is being made."""

    state: str  # none · packing · ready · failed
    done: int  # operations and photos that are in it, or were left out
    total: int
    operations: int
    photos: int
    left_out: int  # could no longer be read
    size: str  # megabytes
    name: str
    can_share: bool
    problem: str  # no_key · nothing · no_room · failed


@dataclass(frozen=True)
class MessageLine:
    """One message; its sentence is message.<kind> with the facts."""

    id: str
    kind: str
    facts: dict[str, str]
    href: str
    created_at: str
    unread: bool


@dataclass(frozen=True)
class MessagesView:
    """Messages, newest first."""

    ready: bool
    lines: list[MessageLine]
    unread: int


@dataclass(frozen=True)
class AccountLine:
    """A demo account to sign in with."""

    username: str
    name: str
    name_en: str
    role: str


@dataclass(frozen=True)
class DoorView:
    """The sign-in page: whether this is the demo, and whose phone it was last."""

    demo: bool
    password: str
    accounts: list[AccountLine]
    error: str  # code, from ?error=
    next: str
    online: bool
    last_person: str
    leaving: bool  # asked to go while something is unsent
    first: bool  # the password is a first one: another is wanted with it
    shown: bool  # the new password is shown as it is typed
    saved: str  # what was kept, from ?saved=


@dataclass(frozen=True)
class AppView:
    """The app itself: a new version waiting, and whether it can be put on the home screen."""

    update_ready: bool
    can_install: bool
    ios: bool
    installed: bool


@dataclass(frozen=True)
class LetterLine:
    """A letter that I am to sign or have signed; ``words`` are what is signed.

    ``old_weight`` and ``new_duty`` say what this version changes for me; 0 and "" where nothing.
    """

    id: str
    goal: str
    goal_en: str
    version: int
    weight: int
    words: str
    words_en: str
    issued_at: str
    issuer: str
    issuer_en: str
    reason: str
    old_weight: int
    new_duty: str
    state: str  # waiting · signed
    signed_at: str
    signed_name: str
    signature: str
    send_state: str
    problem: str


@dataclass(frozen=True)
class LettersView:
    """My letters, the newest first; ``ink`` is what has been drawn and not signed with."""

    ready: bool
    letters: list[LetterLine]
    me: str
    me_en: str
    ink: str
    waiting: int


@dataclass(frozen=True)
class DutyLine:
    """A turn, a day or a colleague; ``id`` of a turn is shift and day with a ~ between."""

    id: str
    href: str
    at: str
    weekday: str
    weekday_en: str
    name: str
    name_en: str
    hours: str
    note: str  # of a colleague: free · works; of a last day: how many days it makes
    day: str  # its date; "" of a colleague


@dataclass(frozen=True)
class AskLine:
    """Leave or a swap that one asked for or is asked about, and what has become of it."""

    id: str
    kind: str  # leave · swap
    status: str
    say: str  # whose view of which status: leave_asked, swap_accepted, of_me_asked …
    tone: str  # waiting · yes · no · gone
    open: bool
    asked_at: str
    given: DutyLine
    taken: DutyLine
    other: str
    other_en: str
    first: str
    last: str
    days: int
    reason: str
    answer: str  # what whoever decided it wrote
    verbs: list[str]  # of accept · decline · withdraw
    send_state: str
    problem: str


@dataclass(frozen=True)
class DutyView:
    """My shifts, or one question of those that lead to a request; ``step`` says which.

    home · first · last · why (leave), turn · who · give · sure (a swap).
    """

    ready: bool
    step: str
    back: str
    turns: list[DutyLine]
    of_me: list[AskLine]
    mine: list[AskLine]
    choices: list[DutyLine]
    given: DutyLine
    taken: DutyLine
    other: str
    other_en: str
    first: str
    last: str  # in ``give``: the address that asks for nothing in return
    days: int
    turns_then: int
    soonest: str
    reason: str
    problem: str
