"""The sheet that asks what a step needs: words, photos, a person or stars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from propapp.features.orders.components.marks import STARS
from propapp.features.orders.components.pictures import draft_photos
from propapp.offline.bindings import do
from propapp.offline.views import StaffView
from propapp.ui.client import type_into
from propapp.ui.kit import big_button, button, icon, muted, sheet, stack, text_area
from propapp.ui.kit.basics import cx
from propapp.ui.kit.fields import problem_line
from propapp.ui.text import local, t, word


@dataclass(frozen=True)
class Asked:
    """What a verb asks for; ``quick`` are words that a tap writes."""

    words: str = ""
    quick: tuple[str, ...] = ()
    photos: bool = False
    live: bool = True  # an owner may also choose a photo that is there already
    people: bool = False
    stars: bool = False


ASKED: dict[str, Asked] = {
    "hold": Asked(words="why", quick=("parts", "nobody_home", "contractor", "weather")),
    "hand_over": Asked(words="why", quick=("off_shift", "other_trade"), people=True),
    "note": Asked(words="note", photos=True),
    "complete": Asked(words="result", quick=("repaired", "replaced", "cleaned"), photos=True),
    "assign": Asked(people=True),
    "send_back": Asked(words="why", quick=("not_done", "not_clean", "no_proof")),
    "cancel": Asked(words="why", quick=("twice", "not_ours", "solved")),
    "reopen": Asked(
        words="still", quick=("still_broken", "again", "mess"), photos=True, live=False
    ),
    "rate": Asked(words="rate_note", stars=True),
}


def verb_sheet(order: Any) -> rx.Component:
    """Open while something is being done to the order; every keystroke is kept."""
    draft = order.draft
    forms = [(verb, _form(order, verb, asked)) for verb, asked in ASKED.items()]
    return sheet(
        muted(local(order.card.title, order.card.title_en)),
        rx.match(draft.verb, *forms, rx.fragment()),
        dialog_id="order-sheet",
        title=word("verb", draft.verb),
        wanted=draft.verb != "",
        close=do("closeVerb"),
    )


def _form(order: Any, verb: str, asked: Asked) -> rx.Component:
    parts = [
        _stars(order.draft) if asked.stars else None,
        _people(order, may_be_nobody=verb == "hand_over") if asked.people else None,
        _photos(order.draft, live=asked.live) if asked.photos else None,
        _words(order.draft, asked) if asked.words else None,
    ]
    placed = ("stars_missing", "person_missing", "photo_required", "note_required")
    elsewhere = (order.draft.problem != "") & ~_is_one_of(order.draft.problem, placed)
    return stack(
        *[part for part in parts if part is not None],
        rx.cond(elsewhere, problem_line(word("problem", order.draft.problem)), rx.fragment()),
        big_button(t(f"order.send.{verb}"), id="submit-verb", on_click=do("submitVerb")),
        gap=4,
        key=verb,
        custom_attrs={"data-form": verb},
    )


def _is_one_of(code: Any, codes: tuple[str, ...]) -> Any:
    found = code == codes[0]
    for other in codes[1:]:
        found = found | (code == other)
    return found


def _problem(draft: Any, code: str) -> rx.Component:
    return rx.cond(draft.problem == code, problem_line(t(f"problem.{code}")), rx.fragment())


def _words(draft: Any, asked: Asked) -> rx.Component:
    quick = [
        button(
            t(f"order.quick.{code}"),
            on_click=type_into("draft-text", t(f"order.quick.{code}")),
            class_name="font-normal",
        )
        for code in asked.quick
    ]
    return stack(
        rx.el.div(*quick, class_name="flex flex-wrap gap-2") if quick else rx.fragment(),
        text_area(
            t(f"order.ask.{asked.words}"),
            default_value=draft.text,
            on_change=do("setDraftText"),
            max_length=2000 if asked.words in ("note", "result") else 400,
            rows=3,
            id="draft-text",
        ),
        _problem(draft, "note_required"),
        gap=2,
    )


def _photos(draft: Any, *, live: bool) -> rx.Component:
    return stack(
        draft_photos(
            draft.photos,
            add="addDraftPhoto",
            remove="removeDraftPhoto",
            live=live,
            input_id="draft-photo",
        ),
        _problem(draft, "photo_required"),
        gap=2,
    )


_CHOICE = "flex w-full items-center gap-3 min-h-14 px-3 rounded-control border-2 text-left "


def _choice_look(chosen: Any) -> Any:
    return cx(
        _CHOICE,
        rx.cond(
            chosen, "border-primary bg-primary-soft text-primary-strong", "border-line bg-surface"
        ),
    )


def _people(order: Any, *, may_be_nobody: bool) -> rx.Component:
    chosen = order.draft.person_id

    def person(staff: rx.Var[StaffView]) -> rx.Component:
        roles = rx.foreach(staff.roles, lambda role: rx.el.span(word("role", role)))
        return _person(
            staff.id,
            local(staff.name, staff.name_en),
            rx.el.span(roles, class_name="flex gap-2 text-sm text-muted"),
            chosen=chosen == staff.id,
            key=staff.id,
        )

    nobody = _person("", t("order.back_to_list"), rx.fragment(), chosen=chosen == "")
    return stack(
        rx.el.div(
            nobody if may_be_nobody else rx.fragment(),
            rx.foreach(order.staff, person),
            role="radiogroup",
            aria_label=t("order.ask.person"),
            class_name="flex flex-col gap-2 max-h-[45dvh] overflow-y-auto",
        ),
        _problem(order.draft, "person_missing"),
        gap=2,
    )


def _person(person_id: Any, name: Any, roles: Any, *, chosen: Any, **props: Any) -> rx.Component:
    return rx.el.button(
        rx.cond(
            chosen, icon("circle-check", size=24), icon("circle", size=24, class_name="text-muted")
        ),
        rx.el.span(
            rx.el.span(name, class_name="block text-base font-semibold"),
            roles,
            class_name="min-w-0 flex-1",
        ),
        type="button",
        role="radio",
        aria_checked=rx.cond(chosen, "true", "false"),
        on_click=do("setDraftPerson", person_id),
        class_name=_choice_look(chosen),
        **props,
    )


def _stars(draft: Any) -> rx.Component:
    stars = [_star(draft, star) for star in STARS]
    return stack(
        rx.el.div(
            *stars,
            role="radiogroup",
            aria_label=t("order.ask.stars"),
            class_name="grid grid-cols-5 gap-1",
        ),
        rx.cond(
            draft.stars > 0,
            rx.el.p(
                word("order.stars", draft.stars.to(str)),
                class_name="text-center text-lg font-semibold",
            ),
            rx.el.p(t("order.ask.stars"), class_name="text-center text-lg text-muted"),
        ),
        _problem(draft, "stars_missing"),
        gap=2,
    )


def _star(draft: Any, star: int) -> rx.Component:
    return rx.el.button(
        rx.cond(
            draft.stars >= star,
            icon("star", size=40, class_name="text-warn-mark fill-current"),
            icon("star", size=40, class_name="text-muted"),
        ),
        type="button",
        role="radio",
        aria_checked=rx.cond(draft.stars == star, "true", "false"),
        aria_label=t(f"order.stars.{star}"),
        on_click=do("setDraftStars", star),
        class_name="flex min-h-14 items-center justify-center rounded-control",
    )
