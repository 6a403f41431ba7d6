"""Charts: a Result goes in, a figure comes out.

:func:`spec` gives a figure as plain JSON and imports nothing heavy: the app's kernels live on it. :func:`draw` gives
the same figure as a plotly Figure, for a notebook. Only this room imports plotly, and only when a Figure is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["draw", "spec"]

# what draws a Result, by its kind or by the room that it comes from: module of this room, and its function
_DRAWERS = {
    "access": ("access", "access_figure"),
    "appointments": ("appointments", "appointments_figure"),
    "cube.why": ("waterfall", "why_figure"),
    "customers": ("customers", "customers_figure"),
    "duplicates": ("duplicates", "duplicates_figure"),
    "executive": ("executive", "executive_figure"),
    "forecasting": ("forecasting", "forecasting_figure"),
    "forms": ("forms", "forms_figure"),
    "frameworks": ("frameworks", "frameworks_figure"),
    "integration": ("integration", "integration_figure"),
    "items": ("items", "items_figure"),
    "journeys": ("journeys", "journeys_figure"),
    "network": ("network", "network_figure"),
    "patients": ("patients", "patients_figure"),
    "ledger": ("ledger", "ledger_figure"),
    "personalisation": ("personalisation", "personalisation_figure"),
    "privacy": ("privacy", "privacy_figure"),
    "profitability": ("profitability", "profitability_figure"),
    "projects": ("projects", "projects_figure"),
    "programme": ("programme", "programme_figure"),
    "programme.benefits": ("programme_network", "network_figure"),
    "programme.dependents": ("programme_network", "network_figure"),
    "quality": ("quality", "quality_figure"),
    "referrals": ("referrals", "referrals_figure"),
    "relationships": ("relationships", "relationships_figure"),
    "reports": ("reports", "report_figure"),
    "retention": ("retention", "retention_figure"),
    "sales": ("sales", "sales_figure"),
    "satisfaction": ("satisfaction", "satisfaction_figure"),
    "segmentation": ("segmentation", "segmentation_figure"),
    "segmentation.comparison": ("segmentation_map", "map_figure"),
    "segmentation.customer_map": ("segmentation_map", "map_figure"),
    "value": ("value", "value_figure"),
    "warehouse": ("warehouse", "warehouse_figure"),
    "workflow": ("workflow", "workflow_figure"),
}


def spec(result: Result, lang: str | None = None, theme: str | None = None, **options: Any) -> dict[str, Any]:
    """The figure of a Result as plain data: ``title``, ``caption``, ``alt``, ``data``, ``layout``, ``paths``.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}, optional
    theme : {"light", "dark"}, optional
        ``None`` leaves colours as tokens (``"@accent"``), which the browser reads from the page's style.
    **options
        ``measure``: which measure to draw, where the Result has several.

    Raises
    ------
    UserError
        ``charts.no_chart``: there is no chart for this kind.
    """
    from .theme import resolved

    lang = lang or labels.language()
    if result.kind == "cube.view":
        from .cube import view_figure
        from .grid import Grid

        figure = view_figure(Grid.from_result(result, lang), lang, **options)
    else:
        at = _DRAWERS.get(result.kind) or _DRAWERS.get(result.kind.partition(".")[0])
        figure = getattr(import_module(f".{at[0]}", __name__), at[1])(result, lang, **options) if at else None
    if figure is None:
        raise UserError("charts.no_chart", found=result.kind)
    return resolved(figure, theme) if theme else figure


def _entries(data: Sequence[Mapping[str, Any]]) -> int:
    """How many entries the legend has; traces of one group share theirs."""
    named = [t for t in data if t.get("name") and t.get("showlegend", True)]
    return len({t.get("legendgroup") or i for i, t in enumerate(named)})


def _thinned(axis: Mapping[str, Any]) -> dict[str, Any]:
    """An axis of many places names some of them: sixty months would stand on their heads."""
    places, texts = axis.get("tickvals") or [], axis.get("ticktext") or []
    step = -(-len(places) // 8) if len(places) > 14 else 1
    return {**axis, "tickvals": places[::step], "ticktext": texts[::step]} if step > 1 else dict(axis)


def _wrapped(text: str) -> list[str]:
    """A caption in lines that a telephone shows whole."""
    import textwrap

    from .cube import plain_text

    return [plain_text(line) for line in textwrap.wrap(text, 58, break_long_words=False)]


def draw(result: Result, lang: str | None = None, theme: str = "light", **options: Any) -> Any:
    """The figure of a Result as a plotly Figure, in crmlab's look.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}, optional
    theme : {"light", "dark"}
    **options
        As for :func:`spec`.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    from .cube import plain_text
    from .theme import template

    drawn = spec(result, lang, theme, **options)
    import plotly.graph_objects as go

    layout = dict(drawn["layout"])
    lines = _wrapped(drawn["caption"])
    if drawn["kind"] == "lines":
        layout["xaxis"] = _thinned(layout["xaxis"])
    tall = max(260, 26 * drawn.get("bars", 0))
    # title and caption stand above all else, however wide the names on the left are; a legend stands below, where it
    # has room for as many lines as it needs
    margin = dict(layout.get("margin", {}))
    entries = _entries(drawn["data"]) if layout.get("showlegend", True) else 0
    below = 20 * -(-entries // 2) if entries > 1 else 0
    margin |= {"t": 56 + 15 * len(lines) if below else max(56, margin.get("t", 0)) + 15 * len(lines), "b": 56 + below}
    if below:
        place = {"y": -44 / tall, "yanchor": "top", "x": 0, "xanchor": "left", "orientation": "h"}
        layout["legend"] = {**layout.get("legend", {}), **place}
    figure = go.Figure(drawn["data"], {**layout, "margin": margin}, skip_invalid=False)
    title = {"text": plain_text(drawn["title"]), "subtitle": {"text": "<br>".join(lines), "font": {"size": 11}}}
    place = {"x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}
    figure.update_layout(
        template=template(theme),
        title={**title, **place, "pad": {"l": 12, "t": 16}},
        height=margin["t"] + margin["b"] + tall,
    )
    return figure
