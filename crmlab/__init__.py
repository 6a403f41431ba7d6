"""crmlab: the workbench on which CRM is learned, taught and practised with data.

The façade: ``import crmlab as crm`` gives every room by name and loads none of them. A room, and the libraries it needs,
load when they are first used.

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
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# name -> (module, attribute or None for the module itself)
_ROOMS: dict[str, tuple[str, str | None]] = {
    "analytics": ("crmlab.analytics", None),
    "apps": ("crmlab.apps", None),
    "calendar": ("crmlab.calendar", None),
    "charts": ("crmlab.charts", None),
    "cube": ("crmlab.cube", None),
    "datasets": ("crmlab.datasets", None),
    "errors": ("crmlab.errors", None),
    "ingest": ("crmlab.ingest", None),
    "labels": ("crmlab.labels", None),
    "privacy": ("crmlab.privacy", None),
    "results": ("crmlab.results", None),
    "schema": ("crmlab.schema", None),
    "star": ("crmlab.star", None),
    "style": ("crmlab.style", None),
    "widgets": ("crmlab.widgets", None),
    "Cube": ("crmlab.cube", "Cube"),
    "Dimension": ("crmlab.star", "Dimension"),
    "Fact": ("crmlab.star", "Fact"),
    "Measure": ("crmlab.cube", "Measure"),
    "Result": ("crmlab.results", "Result"),
    "Star": ("crmlab.star", "Star"),
    "UserError": ("crmlab.errors", "UserError"),
    "explore": ("crmlab.widgets", "explore"),
}
