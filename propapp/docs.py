"""Documents made from the code itself: who may do what, and the way of each thing.

``python -m propapp.docs`` writes them; a test fails while they are stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from propapp.core.access import ROLE_PERMISSIONS, Role
from propapp.core.flow import Flow
from propapp.core.making.flow import MAKING_FLOW
from propapp.core.use_case import UseCase, load_use_cases
from propapp.features.accidents.flow import ACCIDENT_FLOW
from propapp.features.goals.flow import GOAL_FLOW, LETTER_FLOW
from propapp.features.orders.flow import WORK_ORDER_FLOW
from propapp.features.orders.rules import WHOSE
from propapp.features.parcels.flow import PARCEL_FLOW
from propapp.features.phones.flow import HELD_FLOW, LOSS_FLOW
from propapp.features.plans.flow import PLAN_FLOW
from propapp.features.plans.service.verbs import NAMED, WRITERS
from propapp.features.rounds.flow import LOOK_FLOW, RUN_FLOW
from propapp.features.sheets.flow import SHEET_FLOW

FOLDER = Path(__file__).resolve().parents[1] / "docs"
DONE, NO_SITE = "✓", "–"

# Steps of a flow that another verb takes, or the house by itself.
_TAKEN_BY = (
    {"hand_back": "hand_over", "reopen_to_list": "reopen"}
    | dict.fromkeys(("ask", "believe", "doubt"), "judge")
    | dict.fromkeys(("find_liable", "find_not_liable"), "find")
)
_HOUSE = "the house"

_ROLES_INTRO = f"""# Who may do what

Made by `python -m propapp.docs` from the use cases and `propapp/core/access.py`; a test tries
every cell. `{DONE}` is done, anything else is the code of the refusal. *Whose* says who among those
with the permission: the assignee of the order, its reporter, the verifier (anybody, unless an owner
reported it), the author of the run, whoever was named in the plan, whoever wrote in it, whose
letter it is. The others are refused with `not_yours`; whoever has written a plan and would judge
it, with `own_plan`.
"""
_FLOWS_INTRO = """# The way of each thing

Made by `python -m propapp.docs` from the flow tables; a step that is not here is refused with
`wrong_step`.
"""


def roles() -> str:
    """The matrix of use cases and roles, at one's own site and at a foreign one."""
    cases = sorted(load_use_cases().values(), key=lambda case: case.name)
    return "\n".join(
        [
            _ROLES_INTRO,
            "## At one's own site\n",
            *_matrix(cases, own=True),
            "\n## At a foreign site\n",
            f"`{NO_SITE}`: the use case is about the person, not about a site.\n",
            *_matrix(cases, own=False),
            "",
        ]
    )


def _matrix(cases: Iterable[UseCase], *, own: bool) -> Iterator[str]:
    yield _row(["use case", "permission", "whose", *Role])
    yield _row(["---"] * (3 + len(Role)))
    for case in cases:
        outcomes = [outcome(case, role, own=own) for role in Role]
        yield _row([f"`{case.name}`", f"`{case.permission}`", _whose(case), *outcomes])


def outcome(case: UseCase, role: Role, *, own: bool) -> str:
    """What becomes of it when this role tries."""
    if not own and is_personal(case):
        return NO_SITE
    if case.permission not in ROLE_PERMISSIONS[role]:
        return "not_allowed"
    return DONE if own else "not_found"


def is_personal(case: UseCase) -> bool:
    """Whether the use case is about the person and no site."""
    return case.name.partition(".")[0] in {"message", "account", "calendar", "checklist", "clause"}


def _whose(case: UseCase) -> str:
    kind, _, verb = case.name.partition(".")
    if kind == "order" and verb in WHOSE:
        return WHOSE[verb].value
    if kind == "round" and verb != "start":
        return "author"
    if case.name == "letter.sign":
        return "signer"
    if kind == "plan" and verb in NAMED:
        return "named"
    if kind == "plan" and verb in WRITERS:
        return "writers"
    return "own" if is_personal(case) else "anybody"


def flows() -> str:
    """Every flow as a table and as a diagram."""
    order = _flow("Work order", "order", WORK_ORDER_FLOW)
    run = _flow("Run", "round", RUN_FLOW)
    look = _flow("Second look", "visit", LOOK_FLOW)
    made = _flow("File in the making: a bundle of evidence, a report", "file", MAKING_FLOW)
    plan = _flow("Plan", "plan", PLAN_FLOW)
    goal = _flow("Goal", "goal", GOAL_FLOW)
    letter = _flow("Letter", "letter", LETTER_FLOW)
    accident = _flow("Accident", "accident", ACCIDENT_FLOW)
    parcel = _flow("Parcel of unsent work", "parcel", PARCEL_FLOW)
    loss = _flow("Loss of a phone", "phone", LOSS_FLOW)
    held = _flow("Work held back", "held", HELD_FLOW)
    sheet = _flow("Workbook that was brought", "sheet", SHEET_FLOW)
    return "\n".join(
        [
            *[_FLOWS_INTRO, *order, *run, *look, *made, *plan, *goal, *letter, *accident],
            *[*parcel, *loss, *held, *sheet],
        ]
    )


def _flow(title: str, prefix: str, flow: Flow[Any]) -> Iterator[str]:
    yield f"## {title}\n"
    yield _row(["verb", "from", "to", "use case"])
    yield _row(["---"] * 4)
    for verb, step in flow.steps.items():
        yield _row([verb, _listed(step.sources), step.target.value, _door(prefix, verb)])
    yield "\n```mermaid\nstateDiagram-v2"
    yield from _diagram(flow)
    yield "```\n"


def _diagram(flow: Flow[Any]) -> Iterator[str]:
    kind: type[StrEnum] = type(next(iter(flow.steps.values())).target)
    statuses = list(kind)
    yield f"    [*] --> {statuses[0].value}"
    for verb, step in flow.steps.items():
        for source in statuses:
            if source in step.sources:
                yield f"    {source.value} --> {step.target.value}: {verb}"


def _listed(statuses: Iterable[StrEnum]) -> str:
    chosen = set(statuses)
    return ", ".join(status.value for status in type(next(iter(chosen))) if status in chosen)


def _door(prefix: str, verb: str) -> str:
    name = f"{prefix}.{_TAKEN_BY.get(verb, verb)}"
    return f"`{name}`" if name in load_use_cases() else _HOUSE


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def made() -> dict[str, str]:
    """Each document by its file name."""
    return {"roles.md": roles(), "flows.md": flows()}


def write() -> None:
    """Write every document to where it belongs."""
    for name, text in made().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
