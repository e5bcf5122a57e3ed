"""Bugs that other servers have had, put into the product's own functions while a test lasts."""

from __future__ import annotations

import types
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from propapp.core import flow
from propapp.core.sync import apply, settle
from propapp.features.orders import rules
from propapp.features.photos import deliveries
from tests.sync.simulator import house, orders, server


@dataclass(frozen=True)
class Plant:
    """A place in a module's source, and what stands there instead."""

    module: types.ModuleType
    old: str
    new: str
    crowd: bool = False  # it shows only where there are several phones


PLANTS = {
    "a damaged body is believed": Plant(apply, "if not envelope.is_whole():", "if False:"),
    "a bug is told as done": Plant(
        apply,
        "return _failed(envelope, error)",
        'return Answer(envelope.id, envelope.body_sha256, "applied")',
    ),
    "busy is told as refused": Plant(
        apply, 'envelope.body_sha256, "retry"', 'envelope.body_sha256, "rejected"'
    ),
    "it is told before it is committed": Plant(
        apply,
        """                return settle(opened, envelope, last=collisions == ATTEMPTS - 1)
""",
        """                answer = settle(opened, envelope, last=collisions == ATTEMPTS - 1)
        except Exception:
            pass
        if "answer" in locals():
            return answer
        try:
            pass
""",
    ),
    "a gap is passed over": Plant(settle, "if expected < operation.n:", "if False:"),
    "used numbers count as the same again": Plant(
        settle,
        "return _second(books, envelope, SequenceReused(seq=envelope.seq))",
        'return Answer(envelope.id, envelope.body_sha256, "duplicate", OperationStatus.APPLIED)',
    ),
    "the same again is another one": Plant(
        settle, "if not (books.is_own(stored) and _same(stored, envelope)):", "if True:"
    ),
    "the same again is always done": Plant(
        settle,
        'outcome=operation.status if status == "duplicate" else None',
        "outcome=OperationStatus.APPLIED",
    ),
    "a refusal is told as done": Plant(
        settle, "_mark(operation, OperationStatus.REJECTED, refusal)", "pass"
    ),
    "what is not known counts as done": Plant(
        settle,
        """    except UnknownOperation as refusal:
        _mark(operation, OperationStatus.QUARANTINED, refusal)
""",
        """    except UnknownOperation:
        return
""",
    ),
    "a collision is the end": Plant(settle, "if not last:", "if False:"),
    "the second content is thrown away": Plant(
        settle, "books.keep_second(envelope, reason=error.code)", "pass"
    ),
    "the last chunk is enough": Plant(
        deliveries,
        """    finish(intake, person_id, chunk.sha256)
    return Progress""",
        """    return Progress""",
    ),
    "a photo is here before its row": Plant(
        deliveries, "intake.register.stored(person_id, sha256, picture)", "pass"
    ),
    "a refused photo counts as here": Plant(
        deliveries,
        "return Progress(sha256, 0, refused=REFUSALS.get(part.refused, PhotoUnreadable)())",
        "return Progress(sha256, part.size, complete=True)",
    ),
    "the end that was missed is never reached": Plant(
        deliveries,
        "min(intake.store.received(person_id, sha256), part.size - 1)",
        "intake.store.received(person_id, sha256)",
    ),
    "bytes of an unfinished photo count as the photo": Plant(
        deliveries,
        "if _is_here(intake, part):",
        "if intake.store.received(person_id, sha256):",
    ),
    "who sends is not compared": Plant(
        server, 'if headers.get("X-Propapp-Person", person) != person:', "if False:"
    ),
    "whoever claims last has it": Plant(
        orders,
        'raise AlreadyClaimed(number="", name="", name_en="")',
        "return replace(order, assignee_id=person_id)",
        crowd=True,
    ),
    "an order takes any step": Plant(
        flow, "if status not in step.sources:", "if False:", crowd=True
    ),
    "whose order it is is not asked": Plant(
        rules, "return order.assignee_id == person_id", "return True", crowd=True
    ),
    "what a colleague did counts as done by whoever sends it": Plant(
        settle, "books.is_own(stored) and ", "", crowd=True
    ),
    "one's own photo is whoever's": Plant(
        house,
        "return {sha: rows[person_id, sha] for sha in digests if (person_id, sha) in rows}",
        "return {row.sha256: row for row in rows.values() if row.sha256 in set(digests)}",
        crowd=True,
    ),
}


@contextmanager
def planted(name: str) -> Generator[None]:
    """The product with this bug in it: its functions run other code until the end."""
    plant = PLANTS[name]
    changed = _changed_functions(plant)
    before = {function: function.__code__ for function in changed}
    try:
        for function, code in changed.items():
            function.__code__ = code
        yield
    finally:
        for function, code in before.items():
            function.__code__ = code


def _changed_functions(plant: Plant) -> dict[Any, types.CodeType]:
    path = Path(str(plant.module.__file__))
    source = path.read_text(encoding="utf-8")
    if source.count(plant.old) != 1:
        raise ValueError(f"the place is not once in {path.name}: {plant.old}")
    new = compile(source.replace(plant.old, plant.new), str(path), "exec")
    old = compile(source, str(path), "exec")
    ours, theirs = dict(_codes(old)), dict(_codes(new))
    return {
        function: theirs[name]
        for name, function in _functions(plant.module)
        if name in theirs and theirs[name] != ours.get(name)
    }


def _codes(code: types.CodeType) -> Generator[tuple[str, types.CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant.co_qualname, constant
            yield from _codes(constant)


def _functions(module: types.ModuleType) -> Generator[tuple[str, Any]]:
    for thing in list(vars(module).values()):
        for part in [thing, *vars(thing).values()] if isinstance(thing, type) else [thing]:
            if isinstance(part, types.FunctionType) and part.__module__ == module.__name__:
                yield part.__qualname__, part
