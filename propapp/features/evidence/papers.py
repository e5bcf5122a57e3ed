"""The printable page of a bundle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from propapp.core import paper
from propapp.core.stores import Form, PhotoStore
from propapp.core.text import words
from propapp.features.evidence.contents import Contents

TEMPLATE = Path(__file__).with_name("bundle") / "page.typ"
LOCALE = "zh-CN"
# Fewer photos are printed large enough to be looked at, more as a contact sheet.
FEW = 40
NO_QUESTION: dict[str, Any] = {"label": "", "unit": "", "choices": {}}


def evidence_page(contents: Contents, store: PhotoStore) -> bytes:
    """The bundle on paper: who, when, what was found, every photo, and where the chain ends."""
    form = Form.DISPLAY if len(contents.photos) <= FEW else Form.THUMBNAIL
    earlier = {one["earlier"] for run in contents.data["runs"] for one in run["again"]}
    shown = {*contents.photos.values(), *earlier}
    pictures = {f"{sha256}.jpg": store.file(sha256, form) for sha256 in shown}
    return paper.typeset(TEMPLATE, said_on_paper(contents.data), pictures)


def said_on_paper(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says, in the site's time and in the people's names."""
    zone = ZoneInfo(data["site"]["zone"])
    people = {key: person["name"] for key, person in data["people"].items()}
    shots = _by_thing(data["photos"], zone)
    return {
        "words": words("paper.evidence", LOCALE),
        "title": data["subject"]["title"],
        "site": data["site"]["name"],
        "made_at": _said(data["made_at"], zone),
        "made_for": data["made_for"]["name"] or "–",
        "runs": [_run(run, people, shots, zone) for run in data["runs"]],
        "orders": [_order(order, data, people, shots, zone) for order in data["orders"]],
        "head": data["chain"]["head"],
        "links": len(data["chain"]["links"]),
    }


def _run(
    run: Mapping[str, Any],
    people: Mapping[str, str],
    shots: Mapping[str, list[dict[str, str]]],
    zone: ZoneInfo,
) -> dict[str, Any]:
    facts = run["facts"]["run"]
    answers: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for answer in run["facts"]["answers"]:
        answers[answer["visit_id"]].append(answer)
    standing = [visit for visit in run["facts"]["visits"] if not visit["superseded_by"]]
    return {
        "route": run["route"],
        "window": f"{_said(run['opens_at'], zone)} – {_said(run['closes_at'], zone)}",
        "who": people.get(facts["person_id"], ""),
        "started": _said(facts["started_at"], zone),
        "finished": _said(facts["finished_at"], zone),
        "sealed": _said(facts["sealed_at"], zone),
        "points": f"{facts['points_done']} / {facts['points_total']}",
        "visits": [
            {
                "position": str(visit["position"]),
                "point": run["points"][visit["point_id"]],
                "at": _said(visit["arrived_at"], zone),
                "method": visit["method"],
                "score": str(run["scores"][visit["id"]]["score"] or "–"),
                "answers": [_answer(one, run["questions"]) for one in answers[visit["id"]]],
                "asked": _asked(visit, run["challenges"]),
                "again": [
                    _pair(one, zone) for one in run["again"] if one["visit_id"] == visit["id"]
                ],
                # A detail that was asked for by lot belongs to the visit itself.
                "photos": [
                    shot
                    for thing in (visit["id"], *(one["id"] for one in answers[visit["id"]]))
                    for shot in shots.get(thing, [])
                ],
            }
            for visit in sorted(standing, key=lambda one: (one["position"], one["arrived_at"]))
        ],
    }


def _answer(answer: Mapping[str, Any], questions: Mapping[str, Any]) -> dict[str, str]:
    question = questions.get(answer["item_id"], NO_QUESTION)
    number = "" if answer["number"] is None else f"{answer['number']:g} {question['unit']}".strip()
    chosen = ", ".join(question["choices"].get(one, one) for one in answer["choices"])
    said = [number, chosen, answer["text"], answer["note"]]
    return {
        "question": question["label"],
        "verdict": answer["verdict"],
        "said": " · ".join(part for part in said if part),
    }


def _pair(again: Mapping[str, str], zone: ZoneInfo) -> dict[str, str]:
    """A photo of the visit and the earlier one that it is again, with when and where that was."""
    return {
        "file": f"{again['sha256']}.jpg",
        "earlier": f"{again['earlier']}.jpg",
        "at": _said(again["taken_at"], zone),
        "where": " ".join(part for part in (again["order"], again["where"]) if part),
    }


def _asked(
    visit: Mapping[str, Any], challenges: Mapping[str, Mapping[str, Any]]
) -> dict[str, str] | None:
    """What was asked by lot at this visit, what was answered, and what that amounts to."""
    kept = visit.get("challenge")
    if not kept:
        return None
    named = kept.get("asked") or kept.get("given")
    challenge = challenges.get(named) if named else None
    choice = kept.get("choice") if kept.get("given") == named else None
    offered = challenge["choices"] if challenge else []
    return {
        "text": challenge["text"] if challenge else "",
        "said": offered[choice] if isinstance(choice, int) and choice < len(offered) else "",
        "outcome": str(kept["outcome"]),
    }


def _order(
    order: Mapping[str, Any],
    data: Mapping[str, Any],
    people: Mapping[str, str],
    shots: Mapping[str, list[dict[str, str]]],
    zone: ZoneInfo,
) -> dict[str, Any]:
    events = [one for one in data["timeline"] if one["thing_id"] == order["id"]]
    return {
        "number": order["number"],
        "title": order["title"],
        "place": order["place_text"],
        "who": people.get(order["assignee_id"] or "", ""),
        "reporter": people.get(order["reported_by"], ""),
        "due": _said(order["due_at"], zone),
        "events": [
            {
                "at": _said(one["occurred_at"], zone),
                "verb": one["verb"],
                "who": people.get(one["person_id"] or "", ""),
                "text": str(one["facts"].get("text", "")),
            }
            for one in events
        ],
        "photos": [
            shot for one in (order["id"], *(event["id"] for event in events))
            for shot in shots.get(one, [])
        ],
    }  # fmt: skip


def _by_thing(
    photos: Iterable[Mapping[str, Any]], zone: ZoneInfo
) -> dict[str, list[dict[str, str]]]:
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for photo in photos:
        found[photo["thing_id"]].append(
            {
                "file": f"{photo['sha256']}.jpg",
                "at": _said(photo["taken_at"], zone),
                "sha256": photo["sha256"],
            }
        )
    return found


def _said(instant: str | None, zone: ZoneInfo) -> str:
    """The instant as the site's clocks showed it."""
    if not instant:
        return "–"
    return datetime.fromisoformat(instant).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
