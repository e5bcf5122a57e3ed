"""A photo large, with how it was taken, who took it and what proves it."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.features.boards.views import PhotoFacts, Served
from propapp.offline.office import office_link
from propapp.ui.client import tap
from propapp.ui.kit import icon, icon_button, muted
from propapp.ui.kit.dialogs import ShownPhoto, open_photo
from propapp.ui.text import date_time, local, name_of, t, word

_DIALOG = "$/public/ui/dialog.js"
_PHOTOS = "/api/v1/photos/"


def photo_tile(sha256: Any, *, alt: Any, look_at: Any, small: bool = False) -> rx.Component:
    """The thumbnail as a button; the picture opens at once, its facts follow."""
    size = "h-20 w-24 rounded-control border border-line" if small else "w-full aspect-4/3"
    return rx.el.button(
        rx.el.img(
            src=_PHOTOS + sha256 + "?form=thumbnail",
            alt=alt,
            loading="lazy",
            class_name="h-full w-full object-cover",
        ),
        type="button",
        title=t("photo.open"),
        on_click=[open_photo(large(sha256), ""), look_at(sha256)],
        class_name=f"block overflow-hidden bg-sunken shrink-0 {size}",
    )


def large(sha256: Any) -> Any:
    """Where the display copy is."""
    return _PHOTOS + sha256 + "?form=display"


def photo_dialog(facts: Any) -> rx.Component:
    """Once on each page that shows photos; Escape or the cross closes it."""
    data = VarData(
        imports={_DIALOG: [ImportVar(tag="useShownPhoto")]},
        hooks={"const shownPhoto_ = useShownPhoto()": None},
    )
    shown: Any = rx.Var("shownPhoto_", _var_type=ShownPhoto, _var_data=data).guess_type()
    return rx.el.dialog(
        rx.el.div(
            rx.cond(
                shown.url != "",
                rx.el.img(
                    src=shown.url,
                    alt=t("photo.alt"),
                    class_name="min-h-0 min-w-0 flex-1 object-contain bg-black",
                ),
                rx.fragment(),
            ),
            rx.el.div(
                rx.el.div(
                    rx.el.h2(t("board.photo.title"), class_name="text-lg font-semibold flex-1"),
                    icon_button("x", label=t("nav.close"), on_click=tap(_DIALOG, "closePhoto")),
                    class_name="flex items-center",
                ),
                rx.cond(shown.url == large(facts.sha256), _facts(facts), rx.fragment()),
                class_name="flex flex-col gap-2 bg-raised text-text p-4 overflow-y-auto "
                "max-h-[45dvh] lg:max-h-none lg:w-80 shrink-0",
            ),
            class_name="flex h-full flex-col lg:flex-row",
        ),
        id="photo-viewer",
        aria_label=t("board.photo.title"),
        class_name="m-auto h-dvh max-h-none w-screen max-w-none bg-black p-0 lg:h-[92dvh] "
        "lg:w-[94vw] lg:rounded-card overflow-hidden",
    )


def _facts(facts: rx.Var[PhotoFacts]) -> rx.Component:
    return rx.el.dl(
        _fact("camera", "board.photo.taken", date_time(facts.taken_at)),
        _fact("cloud-upload", "board.photo.received", date_time(facts.received_at)),
        _fact("user-round", "board.photo.by", local(facts.who, facts.who_en)),
        rx.cond(
            facts.where != "",
            _fact("building-2", "board.photo.where", local(facts.where, facts.where_en)),
            rx.fragment(),
        ),
        rx.cond(
            facts.position != "",
            _fact("map-pin", "board.photo.position", facts.position),
            rx.fragment(),
        ),
        rx.cond(
            facts.live,
            rx.fragment(),
            _fact("images", "board.photo.source", t("board.photo.from_gallery")),
        ),
        rx.cond(
            facts.serves.length() > 0,
            _fact(
                "clipboard-list",
                "board.photo.serves",
                rx.el.ul(rx.foreach(facts.serves, _served)),
            ),
            rx.fragment(),
        ),
        _fact("lock", "board.photo.hash", facts.sha256, mono=True),
        class_name="flex flex-col gap-3",
    )


def _fact(sign: str, key: str, value: Any, *, mono: bool = False) -> rx.Component:
    return rx.el.div(
        icon(sign, size=20, class_name="mt-0.5 text-muted"),
        rx.el.div(
            rx.el.dt(t(key), class_name="text-sm text-muted"),
            rx.el.dd(value, class_name="font-mono text-xs break-all" if mono else "tabular"),
            class_name="min-w-0",
        ),
        class_name="flex gap-2",
    )


def _served(one: rx.Var[Served]) -> rx.Component:
    return rx.el.li(
        office_link(
            muted(word("office.place", one.place)),
            name_of(one),
            href=one.href,
            class_name="block min-h-12 py-1 font-medium text-primary",
        ),
        key=one.href,
    )
