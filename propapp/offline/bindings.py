"""Python names for the field client: views to read, functions to tap, no Reflex event."""

from __future__ import annotations

from typing import Any, TypeVar

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

from propapp.ui.client import tap

APP = "$/public/offline/app.js"

ViewT = TypeVar("ViewT")


def view(name: str, shape: type[ViewT]) -> Any:
    """The view ``name`` of the client store as a Var of ``shape``; drawn again when it changes."""
    hook = f"use{name.capitalize()}"
    data = VarData(
        imports={APP: [ImportVar(tag=hook)]}, hooks={f"const {name}View = {hook}()": None}
    )
    return rx.Var(f"{name}View", _var_type=shape, _var_data=data).guess_type()


def do(function: str, *arguments: Any) -> rx.Var:
    """Call a function of the field client at a tap, with these arguments first."""
    return tap(APP, function, *arguments)
