"""Native dialogs: a sheet from below that asks for more, and the viewer of photos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.ui.client import tap
from propapp.ui.kit.basics import icon
from propapp.ui.kit.buttons import icon_button
from propapp.ui.text import date_time, t

_LIBRARY = "$/public/ui/dialog.js"


@dataclass(frozen=True)
class ShownPhoto:
    """The photo that is shown large."""

    url: str
    taken_at: str


def sheet(*children: Any, dialog_id: str, title: Any, wanted: Any, close: rx.Var) -> rx.Component:
    """A dialog at the thumb, open while ``wanted``; ``close`` is what its cross and Escape do."""
    return rx.el.dialog(
        rx.cond(wanted, _sheet_body(children, dialog_id, title, close), rx.fragment()),
        id=dialog_id,
        aria_labelledby=f"{dialog_id}-title",
        custom_attrs={"data-state": _kept_open(dialog_id, wanted, close)},
        class_name="m-0 mt-auto mx-auto w-full max-w-2xl max-h-[92dvh] overflow-y-auto "
        "rounded-t-card border-t border-line bg-raised text-text p-0 "
        "lg:mb-auto lg:rounded-card lg:border",
    )


def _sheet_body(
    children: tuple[Any, ...], dialog_id: str, title: Any, close: rx.Var
) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h2(
                title,
                id=f"{dialog_id}-title",
                tab_index=-1,
                class_name="text-lg font-semibold flex-1 min-w-0 outline-none",
            ),
            icon_button("x", label=t("nav.close"), on_click=close, class_name="-mr-3"),
            class_name="flex items-center gap-2",
        ),
        *children,
        class_name="flex flex-col gap-4 px-4 pt-2 pb-[calc(1rem+env(safe-area-inset-bottom))]",
    )


def _kept_open(dialog_id: str, wanted: Any, close: rx.Var) -> rx.Var:
    wanted = rx.Var.create(wanted)
    name = dialog_id.replace("-", "_")
    call = f'useDialog("{dialog_id}", {wanted._js_expr}, {name}_close)'
    data = VarData.merge(
        wanted._get_all_var_data(),
        close._get_all_var_data(),
        VarData(
            imports={
                _LIBRARY: [ImportVar(tag="useDialog")],
                "react": [ImportVar(tag="useCallback")],
            },
            hooks={
                f"const {name}_close = useCallback({close!s}, [])": None,
                f"const {name}_ = {call}": None,
            },
        ),
    )
    return rx.Var(f"{name}_", _var_data=data).to(str)


def open_photo(url: Any, taken_at: Any) -> rx.Var:
    """Show this photo large."""
    return tap(_LIBRARY, "openPhoto", url, taken_at)


def photo_viewer() -> rx.Component:
    """One photo over the whole screen with its time; once on each page that shows photos."""
    data = VarData(
        imports={_LIBRARY: [ImportVar(tag="useShownPhoto")]},
        hooks={"const shownPhoto_ = useShownPhoto()": None},
    )
    shown: Any = rx.Var("shownPhoto_", _var_type=ShownPhoto, _var_data=data).guess_type()
    return rx.el.dialog(
        rx.el.div(
            rx.el.p(
                rx.cond(
                    shown.taken_at != "",
                    rx.fragment(
                        icon("clock", size=18), t("photo.taken", at=date_time(shown.taken_at))
                    ),
                    rx.fragment(),
                ),
                class_name="flex flex-1 items-center gap-2 text-base tabular",
            ),
            icon_button(
                "x",
                label=t("nav.close"),
                on_click=tap(_LIBRARY, "closePhoto"),
                class_name="text-white",
            ),
            class_name="flex items-center gap-2 px-4 h-16 text-white",
        ),
        rx.cond(
            shown.url != "",
            rx.el.img(
                src=shown.url, alt=t("photo.alt"), class_name="min-h-0 flex-1 w-full object-contain"
            ),
            rx.fragment(),
        ),
        id="photo-viewer",
        aria_label=t("photo.open"),
        class_name="m-0 h-dvh max-h-none w-screen max-w-none bg-black p-0 open:flex flex-col",
    )
