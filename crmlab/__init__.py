"""crmlab: the workbench on which CRM is learned, taught and practised with data.

The façade: ``import crmlab as crm`` gives every room by name and loads none of them. A room, and the libraries it
needs, load when they are first used.

Examples
--------
>>> import crmlab as crm
>>> shop = crm.datasets.load_retail()
>>> view = shop.cube().view(by=["segment"], measures=["revenue"])
>>> view.slice(year=2020).to_pandas().shape[1]
2
"""

from __future__ import annotations

import importlib
from typing import Any

from . import results
from .datasets import dataset

__version__ = "0.1.0"

# name -> (module, attribute or None for the module itself)
_ROOMS: dict[str, tuple[str, str | None]] = {
    "access": ("crmlab.analytics.access", None),
    "appointments": ("crmlab.analytics.appointments", None),
    "apps": ("crmlab.apps", None),
    "calendar": ("crmlab.calendar", None),
    "charts": ("crmlab.charts", None),
    "cube": ("crmlab.cube", None),
    "customers": ("crmlab.analytics.customers", None),
    "datasets": ("crmlab.datasets", None),
    "duplicates": ("crmlab.duplicates", None),
    "errors": ("crmlab.errors", None),
    "exercises": ("crmlab.exercises", None),
    "forms": ("crmlab.forms", None),
    "frameworks": ("crmlab.analytics.frameworks", None),
    "forecasting": ("crmlab.analytics.forecasting", None),
    "ingest": ("crmlab.ingest", None),
    "integration": ("crmlab.integration", None),
    "items": ("crmlab.analytics.items", None),
    "journeys": ("crmlab.analytics.journeys", None),
    "labels": ("crmlab.labels", None),
    "ledger": ("crmlab.analytics.ledger", None),
    "network": ("crmlab.analytics.network", None),
    "papers": ("crmlab.charts.papers", None),
    "personalisation": ("crmlab.analytics.personalisation", None),
    "patients": ("crmlab.analytics.patients", None),
    "privacy": ("crmlab.privacy", None),
    "profitability": ("crmlab.analytics.profitability", None),
    "projects": ("crmlab.analytics.projects", None),
    "programme": ("crmlab.analytics.programme", None),
    "quality": ("crmlab.quality", None),
    "referrals": ("crmlab.analytics.referrals", None),
    "relationships": ("crmlab.analytics.relationships", None),
    "reports": ("crmlab.analytics.reports", None),
    "results": ("crmlab.results", None),
    "retention": ("crmlab.analytics.retention", None),
    "sales": ("crmlab.analytics.sales", None),
    "satisfaction": ("crmlab.analytics.satisfaction", None),
    "schema": ("crmlab.schema", None),
    "segmentation": ("crmlab.analytics.segmentation", None),
    "star": ("crmlab.star", None),
    "style": ("crmlab.style", None),
    "value": ("crmlab.analytics.value", None),
    "warehouse": ("crmlab.warehouse", None),
    "widgets": ("crmlab.widgets", None),
    "workflow": ("crmlab.analytics.workflow", None),
    "Cube": ("crmlab.cube", "Cube"),
    "Dimension": ("crmlab.star", "Dimension"),
    "Fact": ("crmlab.star", "Fact"),
    "Measure": ("crmlab.cube", "Measure"),
    "Result": ("crmlab.results", "Result"),
    "Star": ("crmlab.star", "Star"),
    "UserError": ("crmlab.errors", "UserError"),
    "explore": ("crmlab.widgets", "explore"),
    "sql_lab": ("crmlab.warehouse.lab", "sql_lab"),
}


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _ROOMS[name]
    except KeyError:
        raise AttributeError(f"module 'crmlab' has no attribute {name!r}") from None
    room = importlib.import_module(module)
    thing = getattr(room, attribute) if attribute else room
    globals()[name] = thing  # the next look-up does not come here
    return thing


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})


def _draw(result: results.Result, **options: Any) -> Any:
    from .charts import draw

    return draw(result, **options)


def _export(result: results.Result, path: Any, **options: Any) -> Any:
    from .charts.files import export

    return export(result, path, **options)


def _show(result: results.Result) -> str:
    from .charts.files import in_notebook

    return in_notebook(result)


def _table(view: Any) -> str:
    from .charts.tables import html

    return html(view)


def _cube_of(shop: dataset.Dataset) -> Any:
    """The cube that a data set describes as plain data, over its Parquet files."""
    from .cube import Cube, Measure
    from .star import Star

    told = shop.star
    tables = [t["table"] for t in (*told["facts"], *told["dimensions"])]
    source = results.Source(shop.name, shop.hash, sum(shop.rows(f["table"]) for f in told["facts"]))
    star = Star.from_description(told, {t: shop.path(t) for t in tables}, source=source)
    return Cube(star, [Measure.from_dict(m) for m in told["measures"]])


# Results and data sets live on floors that know no charts and cubes; the façade, which knows all, fills their slots.
results.drawer = _draw
results.exporter = _export
results.shower = _show
dataset.cube_builder = _cube_of
results.tabler = _table
