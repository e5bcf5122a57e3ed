"""What a person may ask about their own account."""

from __future__ import annotations

from typing import Literal

from propapp.core.use_case import Command


class ChooseLanguage(Command):
    """Read everything in this language from now on."""

    locale: Literal["zh-CN", "en"]
