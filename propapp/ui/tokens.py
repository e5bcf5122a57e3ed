"""Tailwind's names for the tokens; their values stand in assets/styles/propapp.css alone."""

from __future__ import annotations

from reflex_base.plugins.shared_tailwind import TailwindConfig

_COLOURS = (
    "surface",
    "raised",
    "sunken",
    "text",
    "muted",
    "line",
    "primary",
    "primary-strong",
    "on-primary",
    "primary-soft",
    "ok",
    "ok-soft",
    "warn",
    "warn-mark",
    "warn-soft",
    "danger",
    "on-danger",
    "danger-soft",
    "info",
    "info-soft",
    "focus",
)

TAILWIND: TailwindConfig = {
    "theme": {
        "extend": {
            "colors": {name: f"var(--{name})" for name in _COLOURS},
            "fontSize": {
                "xs": ["0.8125rem", "1.5"],
                "sm": ["0.9375rem", "1.55"],
                "base": ["1.0625rem", "1.6"],
                "lg": ["1.25rem", "1.35"],
                "xl": ["1.5rem", "1.25"],
                "2xl": ["2rem", "1.2"],
            },
            "borderRadius": {"card": "12px", "control": "10px"},
            "boxShadow": {"card": "var(--shadow)"},
        }
    }
}
