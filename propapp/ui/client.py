"""Plain functions of the browser as event handlers: they run with no server and no event queue."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData
from reflex_base.vars.function import ArgsFunctionOperation, FunctionVar


def function(library: str, name: str) -> FunctionVar:
    """A function that a client module exports."""
    return rx.Var(name, _var_data=VarData(imports={library: [ImportVar(tag=name)]})).to(FunctionVar)


def tap(library: str, name: str, *arguments: Any) -> rx.Var:
    """Call the function with these arguments and then the value and the event themselves."""
    call = function(library, name).call(*arguments, rx.Var("_value"), rx.Var("_event"))
    return ArgsFunctionOperation.create(("_value", "_event"), call)


def set_locale(locale: str) -> rx.Var:
    """Switch the language."""
    return tap("$/public/i18n/store.js", "setLocale", locale)


def set_theme(choice: str) -> rx.Var:
    """Choose light, dark or the system's."""
    return tap("$/public/ui/theme.js", "setTheme", choice)


def query(name: str) -> rx.Var:
    """What the address asks for under this name, "" for nothing; known in the browser alone."""
    data = VarData(
        imports={"$/public/ui/address.js": [ImportVar(tag="useQuery")]},
        hooks={f'const {name}Asked_ = useQuery("{name}")': None},
    )
    return rx.Var(f"{name}Asked_", _var_data=data).to(str)


def type_into(field_id: str, words: Any) -> rx.Var:
    """Write these words into the field, as if its person had typed them."""
    return tap("$/public/ui/dialog.js", "typeInto", field_id, words)


def brought_up(element_id: str, count: rx.Var) -> rx.Var:
    """Go to this part of the page each time that the count grows; the count itself, as text."""
    data = VarData(
        imports={"$/public/ui/scroll.js": [ImportVar(tag="useBroughtUp")]},
        hooks={f'const broughtUp_ = useBroughtUp("{element_id}", {count._js_expr})': None},
    )
    return rx.Var("broughtUp_", _var_data=VarData.merge(count._get_all_var_data(), data)).to(str)


def centred(element_id: str, count: rx.Var) -> rx.Var:
    """Keep this one of a sideways row of ``count`` in its middle; the count itself, as text."""
    data = VarData(
        imports={"$/public/ui/scroll.js": [ImportVar(tag="useCentred")]},
        hooks={f'const centred_ = useCentred("{element_id}", {count._js_expr})': None},
    )
    return rx.Var("centred_", _var_data=VarData.merge(count._get_all_var_data(), data)).to(str)
