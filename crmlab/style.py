"""The look: colour, type and space, said once for tables, charts, controls and exported pages.

Colours are checked for contrast (text at least 4.5:1, marks at least 3:1 on their ground; ``tests/test_style.py``).
The series colours start from Okabe and Ito's palette for colour-blind readers (2008, "Color Universal Design"),
darkened for a light ground and lightened for a dark one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["DARK", "FONT", "LIGHT", "MONO", "RADIUS", "SIZES", "SPACE", "css", "tokens"]

LIGHT: Mapping[str, object] = MappingProxyType(
    {
        "ground": "#f5f6f8",
        "panel": "#ffffff",
        "panel_2": "#eef1f5",
        "text": "#16202e",
        "muted": "#566273",
        "line": "#dfe3e9",
        "line_strong": "#8a95a5",
        "accent": "#1d5fbf",
        "accent_text": "#ffffff",
        "accent_soft": "#e4edfa",
        "good": "#0a7a55",
        "bad": "#b3341f",
        "warn": "#8a5a00",
        "focus": "#1d5fbf",
        "other": "#8b95a3",
        "series": ("#1d5fbf", "#c65a00", "#008263", "#b0548a", "#8a6d00", "#3b8fb8", "#6a4fb3", "#5c6675"),
    }
)
DARK: Mapping[str, object] = MappingProxyType(
    {
        "ground": "#11151c",
        "panel": "#19202a",
        "panel_2": "#222b37",
        "text": "#e8ecf2",
        "muted": "#a3aebd",
        "line": "#2d3744",
        "line_strong": "#6b7888",
        "accent": "#7eaaf8",
        "accent_text": "#0c1626",
        "accent_soft": "#22344f",
        "good": "#52c9a1",
        "bad": "#ff9380",
        "warn": "#e8b64c",
        "focus": "#a9c6ff",
        "other": "#7f8b9b",
        "series": ("#7eaaf8", "#f39a4a", "#45c4a0", "#e296c3", "#d9bb4e", "#73c3ea", "#ab98ef", "#a6b1c0"),
    }
)
FONT = "Inter, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
MONO = "'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'DejaVu Sans Mono', monospace"
SIZES: Mapping[str, str] = MappingProxyType(
    {"small": "0.8125rem", "body": "0.9375rem", "lead": "1.0625rem", "title": "1.375rem", "figure": "1.75rem"}
)
SPACE: Mapping[str, str] = MappingProxyType(
    {"1": "0.25rem", "2": "0.5rem", "3": "0.75rem", "4": "1rem", "5": "1.5rem", "6": "2.25rem"}
)
RADIUS = "0.5rem"


def tokens(theme: str = "light") -> Mapping[str, object]:
    """The tokens of a theme, ``"light"`` or ``"dark"``.

    Examples
    --------
    >>> tokens("dark")["ground"]
    '#11151c'
    """
    return {"light": LIGHT, "dark": DARK}[theme]


def _properties(theme: Mapping[str, object]) -> str:
    rules = []
    for token, value in theme.items():
        if isinstance(value, tuple):
            rules += [f"--crm-{token}-{i}:{colour}" for i, colour in enumerate(value, 1)]
        else:
            rules.append(f"--crm-{token.replace('_', '-')}:{value}")
    return ";".join(rules)


def css() -> str:
    """CSS custom properties ``--crm-<token>`` for both themes.

    The light theme is the default; an element with ``data-theme="dark"`` (the page's root, as a rule) gets the dark
    one.

    Examples
    --------
    >>> css().startswith(":root{")
    True
    """
    shared = [f"--crm-font:{FONT}", f"--crm-mono:{MONO}", f"--crm-radius:{RADIUS}"]
    shared += [f"--crm-size-{k}:{v}" for k, v in SIZES.items()] + [f"--crm-space-{k}:{v}" for k, v in SPACE.items()]
    return (
        f":root{{color-scheme:light;{_properties(LIGHT)};{';'.join(shared)}}}\n"
        f"[data-theme=dark]{{color-scheme:dark;{_properties(DARK)}}}\n"
    )
