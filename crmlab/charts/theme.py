"""The look of figures, made of the tokens of :mod:`crmlab.style`."""

from __future__ import annotations

from typing import Any

from .. import style

__all__ = ["SERIES", "base_layout", "resolved", "template"]

SERIES = tuple(f"@series-{i}" for i in range(1, 9))


def base_layout() -> dict[str, Any]:
    """What every figure shares, with colours as tokens.

    Examples
    --------
    >>> base_layout()["paper_bgcolor"]
    'rgba(0,0,0,0)'
    """
    axis = {
        "gridcolor": "@line",
        "linecolor": "@line-strong",
        "zerolinecolor": "@line-strong",
        "zerolinewidth": 1,
        "tickfont": {"color": "@muted", "size": 12},
        "ticks": "",
        "showline": False,
        "fixedrange": True,
        "automargin": True,
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": style.FONT, "size": 13, "color": "@text"},
        "margin": {"l": 8, "r": 12, "t": 8, "b": 28, "pad": 4},
        "xaxis": dict(axis),
        "yaxis": dict(axis),
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"color": "@text", "size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "hoverlabel": {
            "bgcolor": "@text",
            "bordercolor": "@text",
            "font": {"color": "@panel", "size": 13},
            "align": "left",
        },
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.28,
        "barcornerradius": 2,
        "showlegend": False,
    }


def resolved(node: Any, theme: str) -> Any:
    """``node`` with its colour tokens replaced by the theme's colours.

    Examples
    --------
    >>> resolved({"color": "@accent", "size": 3}, "light")
    {'color': '#1d5fbf', 'size': 3}
    >>> resolved(["@series-2", "@line-strong"], "dark")
    ['#f39a4a', '#6b7888']
    """
    if isinstance(node, str):
        return _colour(node, theme) if node.startswith("@") else node
    if isinstance(node, dict):
        return {key: resolved(child, theme) if key != "paths" else child for key, child in node.items()}
    if isinstance(node, list | tuple):
        return [resolved(child, theme) for child in node]
    return node


def _colour(text: str, theme: str) -> Any:
    """A token's colour; a text that only begins like a token, as a reader's "@toko", stays as it is."""
    tokens = style.tokens(theme)
    if text in SERIES:
        return tokens["series"][SERIES.index(text)]
    return tokens.get(text[1:].replace("-", "_"), text)


def template(theme: str = "light") -> Any:
    """crmlab's plotly template, registered as ``crmlab_light`` and ``crmlab_dark``."""
    import plotly.graph_objects as go
    import plotly.io as pio

    name = f"crmlab_{theme}"
    if name not in pio.templates:
        layout = resolved(base_layout(), theme)
        layout["colorway"] = list(style.tokens(theme)["series"])
        layout["paper_bgcolor"] = layout["plot_bgcolor"] = style.tokens(theme)["panel"]
        pio.templates[name] = go.layout.Template(layout=layout)
    return name
