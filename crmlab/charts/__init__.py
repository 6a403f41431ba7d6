"""Charts: a Result goes in, a figure comes out.

:func:`spec` gives a figure as plain JSON and imports nothing heavy: the app's kernels live on it. :func:`draw` gives
the same figure as a plotly Figure, for a notebook. Only this room imports plotly, and only when a Figure is asked for.
"""

from __future__ import annotations

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
    "duplicates": ("duplicates", "duplicates_figure"),
    "forecasting": ("forecasting", "forecasting_figure"),
    "forms": ("forms", "forms_figure"),
    "frameworks": ("frameworks", "frameworks_figure"),
    "integration": ("integration", "integration_figure"),
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
    margin = {**layout.get("margin", {}), "b": 76}
    margin["t"] = max(64, margin.get("t", 0))  # a figure with a long legend asks for more
    figure = go.Figure(drawn["data"], {**layout, "margin": margin}, skip_invalid=False)
    figure.update_layout(
        template=template(theme),
        title={"text": plain_text(drawn["title"]), "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 12}},
        height=margin["t"] + margin["b"] + max(260, 26 * drawn.get("bars", 0)),
    )
    if margin["t"] > 64:  # above the legend, not in the middle of the room for it
        figure.update_layout(title={"y": 1, "yref": "container", "yanchor": "top", "pad": {"l": 12, "t": 20}})
    figure.add_annotation(
        text=plain_text(drawn["caption"]),
        showarrow=False,
        xref="paper",
        yref="paper",
        x=0,
        y=0,
        yshift=-62,
        xanchor="left",
        font={"size": 11},
    )
    return figure
