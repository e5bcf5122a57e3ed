"""Who may do what: the only file that knows roles.

A permission counts at the site of the thing, not somewhere: a person may be
technician at one site and owner at another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from propapp.core.errors import NotAllowed


class Role(StrEnum):
    """The posts of a property company, and the owner."""

    GUARD = "guard"
    CLEANER = "cleaner"
    TECHNICIAN = "technician"
    SERVICE_DESK = "service_desk"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OWNER = "owner"


# What somebody is for the company; an owner is its customer.
POSTS = tuple(role for role in Role if role is not Role.OWNER)


class Permission(StrEnum):
    """One noun and verb each."""

    SITE_READ = "site:read"
    CODE_PRINT = "code:print"
    CHALLENGE_KEEP = "challenge:keep"
    STAFF_READ = "staff:read"
    STAFF_WRITE = "staff:write"
    ADMINISTRATOR_NAME = "administrator:name"
    SITE_FOUND = "site:found"
    ROUND_READ = "round:read"
    ROUND_WALK = "round:walk"
    ROUND_JUDGE = "round:judge"
    ORDER_READ = "order:read"
    ORDER_READ_OWN = "order:read_own"
    ORDER_REPORT = "order:report"
    ORDER_CLAIM = "order:claim"
    ORDER_WORK = "order:work"
    ORDER_NOTE = "order:note"
    ORDER_ASSIGN = "order:assign"
    ORDER_JUDGE = "order:judge"
    BOARD_READ = "board:read"
    SCHEDULE_READ = "schedule:read"
    SCHEDULE_WRITE = "schedule:write"
    CALENDAR_WRITE = "calendar:write"
    STANDARD_READ = "standard:read"
    STANDARD_WRITE = "standard:write"
    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    PLAN_REVIEW = "plan:review"
    PLAN_APPROVE = "plan:approve"
    GOAL_READ = "goal:read"
    GOAL_WRITE = "goal:write"
    LETTER_SIGN = "letter:sign"
    SITE_WRITE = "site:write"
    COST_WRITE = "cost:write"
    ROSTER_READ = "roster:read"
    ROSTER_ASK = "roster:ask"
    ROSTER_WRITE = "roster:write"
    EVIDENCE_EXPORT = "evidence:export"
    REPORT_MAKE = "report:make"
    PHONE_CARE = "phone:care"
    ACCIDENT_READ = "accident:read"
    ACCIDENT_RECORD = "accident:record"
    ACCIDENT_FIND = "accident:find"
    SHEET_BRING = "sheet:bring"
    MESSAGE_READ = "message:read"
    ACCOUNT_OWN = "account:own"


_EVERYBODY = {Permission.SITE_READ, Permission.MESSAGE_READ, Permission.ACCOUNT_OWN}
_FIELD = _EVERYBODY | {
    Permission.STAFF_READ,
    Permission.ORDER_READ,
    Permission.ORDER_REPORT,
    Permission.ORDER_CLAIM,
    Permission.ORDER_WORK,
    Permission.ORDER_NOTE,
    Permission.ROSTER_READ,
    Permission.ROSTER_ASK,
    Permission.LETTER_SIGN,
}
_LEAD = _FIELD | {
    Permission.ROUND_READ,
    Permission.ROUND_JUDGE,
    Permission.BOARD_READ,
    Permission.ORDER_ASSIGN,
    Permission.SCHEDULE_READ,
    Permission.SCHEDULE_WRITE,
    Permission.CALENDAR_WRITE,
    Permission.ROSTER_WRITE,
    Permission.STANDARD_READ,
    Permission.PLAN_READ,
    Permission.GOAL_READ,
    Permission.REPORT_MAKE,
    Permission.PLAN_WRITE,
    Permission.PLAN_REVIEW,
    Permission.CODE_PRINT,
    Permission.SITE_WRITE,
    Permission.CHALLENGE_KEEP,
    Permission.SHEET_BRING,
    Permission.ACCIDENT_READ,
    Permission.ACCIDENT_RECORD,
}
_WATCH = _EVERYBODY | {
    Permission.STAFF_READ,
    Permission.ROUND_READ,
    Permission.ORDER_READ,
    Permission.BOARD_READ,
    Permission.SCHEDULE_READ,
    Permission.ROSTER_READ,
    Permission.STANDARD_READ,
    Permission.PLAN_READ,
    Permission.GOAL_READ,
    Permission.REPORT_MAKE,
    Permission.ACCIDENT_READ,
}
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.GUARD: frozenset(_FIELD | {Permission.ROUND_READ, Permission.ROUND_WALK}),
    Role.CLEANER: frozenset(_FIELD | {Permission.ROUND_READ, Permission.ROUND_WALK}),
    Role.TECHNICIAN: frozenset(_FIELD | {Permission.ROUND_READ, Permission.ROUND_WALK}),
    Role.SERVICE_DESK: frozenset(
        _WATCH
        | {
            # Its calls, registers and answers are single jobs; no route is laid for its post.
            Permission.ROUND_WALK,
            Permission.ROSTER_ASK,
            Permission.ORDER_REPORT,
            Permission.ORDER_NOTE,
            Permission.ORDER_ASSIGN,
            Permission.PHONE_CARE,
            Permission.ACCIDENT_RECORD,
            Permission.LETTER_SIGN,
        }
    ),
    Role.SUPERVISOR: frozenset(
        _LEAD | {Permission.ROUND_WALK, Permission.EVIDENCE_EXPORT, Permission.PHONE_CARE}
    ),
    Role.MANAGER: frozenset(
        _LEAD
        | {
            Permission.PLAN_APPROVE,
            Permission.GOAL_WRITE,
            Permission.STANDARD_WRITE,
            Permission.COST_WRITE,
            Permission.EVIDENCE_EXPORT,
            Permission.PHONE_CARE,
            Permission.ACCIDENT_FIND,
            Permission.STAFF_WRITE,
        }
    ),
    Role.FINANCE: frozenset(_EVERYBODY | {Permission.STAFF_READ, Permission.BOARD_READ}),
    Role.AUDITOR: frozenset(_WATCH | {Permission.EVIDENCE_EXPORT}),
    # The company's word where the manager of a site has written the plan.
    Role.ADMINISTRATOR: frozenset(
        _WATCH
        | {
            Permission.PLAN_REVIEW,
            Permission.PLAN_APPROVE,
            Permission.GOAL_WRITE,
            Permission.STANDARD_WRITE,
            Permission.SITE_WRITE,
            Permission.COST_WRITE,
            Permission.EVIDENCE_EXPORT,
            Permission.PHONE_CARE,
            Permission.CODE_PRINT,
            Permission.CHALLENGE_KEEP,
            Permission.SHEET_BRING,
            Permission.ACCIDENT_FIND,
            Permission.STAFF_WRITE,
            Permission.ADMINISTRATOR_NAME,
            Permission.SITE_FOUND,
        }
    ),
    Role.OWNER: frozenset(
        _EVERYBODY | {Permission.ORDER_READ_OWN, Permission.ORDER_REPORT, Permission.ORDER_JUDGE}
    ),
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """The posts that hold it."""
    return frozenset(role for role, held in ROLE_PERMISSIONS.items() if permission in held)


@dataclass(frozen=True)
class Actor:
    """The person behind a request, with the roles that count at each site."""

    person_id: UUID
    name: str
    locale: str = "zh-CN"
    name_en: str = ""
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=dict[UUID, frozenset[Role]])
    device_id: UUID | None = None
    # Gone from the company: what they did before still comes in, and waits to be judged.
    left: bool = False

    def sites_where(self, permission: Permission) -> frozenset[UUID]:
        """The sites at which the actor has this permission."""
        return frozenset(
            site
            for site, roles in self.roles.items()
            if any(permission in ROLE_PERMISSIONS[role] for role in roles)
        )

    def may(self, permission: Permission, site_id: UUID | None = None) -> bool:
        """Whether the permission is held at the site, or anywhere when none is named."""
        sites = self.sites_where(permission)
        return bool(sites) if site_id is None else site_id in sites

    def require(self, permission: Permission) -> None:
        """Refuse when the permission is held nowhere."""
        if not self.may(permission):
            raise NotAllowed(permission=permission.value)

    @property
    def is_house(self) -> bool:
        """Whether no person stands behind this."""
        return self.person_id == _NOBODY

    def has_role(self, *roles: Role) -> bool:
        """Whether one of these roles is held at any site; for greetings, never for guarding."""
        return any(role in held for held in self.roles.values() for role in roles)


# Nobody's id: what a sweep does is written into the timeline without a person.
_NOBODY = UUID(int=0)


def house() -> Actor:
    """The house itself, when a sweep acts and no person asked; holds no role anywhere."""
    return Actor(person_id=_NOBODY, name="")
