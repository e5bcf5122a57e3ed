"""The photos of an order: before and after side by side, each opens large."""

from __future__ import annotations

from typing import Any

import reflex as rx

from propapp.offline.bindings import do
from propapp.offline.views import PhotoView
from propapp.ui.kit import icon, open_photo, photo_button, photo_strip, photo_thumb, spoken, stack
from propapp.ui.text import t

_FRAME = "w-full aspect-[4/3] rounded-control border border-line bg-sunken"


def before_and_after(before: Any, after: Any, *, opens: bool = True) -> rx.Component:
    """How it was and how it is now, side by side; nothing while there is no photo."""
    return rx.cond(
        (before.length() > 0) | (after.length() > 0),
        rx.el.div(
            _column(t("order.before"), before, t("order.no_before"), opens=opens),
            _column(t("order.after"), after, t("order.no_after"), opens=opens),
            class_name="grid grid-cols-2 gap-3",
        ),
        rx.fragment(),
    )


def _column(title: Any, photos: Any, nothing: Any, *, opens: bool) -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(title, class_name="text-sm font-medium mb-1"),
        rx.cond(
            photos.length() > 0,
            stack(_large(photos[0]), _rest(photos), gap=2) if opens else _picture(photos[0]),
            rx.el.div(
                icon("image", size=28),
                nothing,
                class_name=f"{_FRAME} border-dashed flex flex-col items-center justify-center "
                "gap-1 "
                "text-sm text-muted text-center px-2",
            ),
        ),
        class_name="m-0 min-w-0",
    )


def _picture(photo: Any) -> rx.Component:
    return rx.el.img(src=photo.url, alt=t("photo.alt"), class_name=f"{_FRAME} object-cover")


def _large(photo: Any) -> rx.Component:
    return _opens(photo, _picture(photo), "w-full")


def _rest(photos: Any) -> rx.Component:
    return rx.cond(photos.length() > 1, photo_strip(photos[1:], photo_in_strip), rx.fragment())


def photo_in_strip(photo: rx.Var[PhotoView]) -> rx.Component:
    """A small photo that opens large."""
    return _opens(photo, photo_thumb(photo.url, alt=t("photo.alt")), "shrink-0", key=photo.sha256)


def _opens(photo: Any, picture: rx.Component, class_name: str, **props: Any) -> rx.Component:
    """The picture as a button; while its bytes are on their way, the room and a word for it."""
    waiting = rx.el.span(
        icon("image-down", size=24),
        rx.el.span(t("photo.waiting"), class_name="text-xs"),
        class_name="flex min-h-20 min-w-20 flex-col items-center justify-center gap-1 "
        "rounded-control "
        "border border-line bg-sunken text-muted px-1",
    )
    button = rx.el.button(
        picture,
        spoken(t("photo.open")),
        type="button",
        on_click=open_photo(photo.large, photo.taken_at),
        class_name=f"relative block rounded-control {class_name}",
        custom_attrs={"data-photo": photo.sha256},
    )
    return rx.el.div(rx.cond(photo.url != "", button, waiting), class_name=class_name, **props)


def draft_photos(photos: Any, *, add: str, remove: str, live: bool, input_id: str) -> rx.Component:
    """The photos taken so far, each to be removed, and the camera for one more."""

    def photo(shot: rx.Var[PhotoView]) -> rx.Component:
        return rx.el.div(
            photo_thumb(shot.url, alt=t("photo.alt")),
            rx.el.button(
                icon("x", size=18, class_name="rounded-full bg-raised border border-line"),
                type="button",
                aria_label=t("photo.remove"),
                on_click=do(remove, shot.sha256),
                class_name="absolute top-0 right-0 h-12 w-12 flex items-start justify-end p-1",
            ),
            class_name="relative shrink-0",
            key=shot.sha256,
            custom_attrs={"data-photo": shot.sha256},
        )

    return stack(
        rx.cond(photos.length() > 0, photo_strip(photos, photo), rx.fragment()),
        photo_button(
            rx.cond(photos.length() > 0, t("run.photo_more"), t("run.photo")),
            on_change=do(add),
            live=live,
            class_name="w-full",
            id=input_id,
        ),
        gap=2,
    )
