"""The kit: every control and card of the house, one look everywhere."""

from propapp.ui.kit.badges import Tone, badge, status_badge
from propapp.ui.kit.basics import icon, muted, row, section_title, spoken, stack
from propapp.ui.kit.buttons import big_button, button, icon_button, link_button, text_button
from propapp.ui.kit.cards import card, card_link, empty, notice, skeleton
from propapp.ui.kit.dialogs import open_photo, photo_viewer, sheet
from propapp.ui.kit.fields import (
    number_field,
    password_field,
    select_field,
    stepper_field,
    text_area,
    text_field,
    tick_field,
)
from propapp.ui.kit.folds import fold_line
from propapp.ui.kit.links import link
from propapp.ui.kit.photos import photo_button, photo_strip, photo_thumb
from propapp.ui.kit.progress import progress_bar

__all__ = [
    "Tone",
    "badge",
    "big_button",
    "button",
    "card",
    "card_link",
    "empty",
    "fold_line",
    "icon",
    "icon_button",
    "link",
    "link_button",
    "muted",
    "notice",
    "number_field",
    "open_photo",
    "password_field",
    "photo_button",
    "photo_strip",
    "photo_thumb",
    "photo_viewer",
    "progress_bar",
    "row",
    "section_title",
    "select_field",
    "sheet",
    "skeleton",
    "spoken",
    "stack",
    "status_badge",
    "stepper_field",
    "text_area",
    "text_button",
    "text_field",
    "tick_field",
]
