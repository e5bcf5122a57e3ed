"""Light and dark, chosen by the person or the system, known before the first paint."""

from __future__ import annotations

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

# Inline, because a file would come after the first paint; its hash is in the policy by the build.
FIRST_PAINT = (
    "try{var c=localStorage.getItem('theme')||'auto';"
    "document.documentElement.dataset.theme=(c==='dark'||(c==='auto'&&"
    "matchMedia('(prefers-color-scheme: dark)').matches))?'dark':'light';"
    "document.documentElement.lang=localStorage.getItem('locale')||'zh-CN'}catch(e){}"
)

_LIBRARY = "$/public/ui/theme.js"

theme = rx.Var(
    "theme_",
    _var_data=VarData(
        imports={_LIBRARY: [ImportVar(tag="useTheme")]}, hooks={"const theme_ = useTheme()": None}
    ),
).to(str)


def first_paint() -> rx.Component:
    """The script that sets the theme and the language before anything is drawn."""
    return rx.el.script(FIRST_PAINT)
