"""Forms that the browser itself sends, so that the server's answer carries cookies and a place."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class PostForm(BaseHTML):
    """A plain form; Reflex's own stops every submit that has no handler."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


post_form = PostForm.create
