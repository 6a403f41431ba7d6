"""PT XYZ from five raw sources to a star, step by step; every step can be called alone and looked at.

>>> import crmlab as crm
>>> from crmlab.integration import xyz
>>> raw = xyz.read(crm.datasets.load_retail("S", layer="raw"))
>>> sales = xyz.pos_sales(raw)
>>> sales.rows_in == sales.rows_kept + len(sales.refused)
True
"""

from __future__ import annotations

from ...lazy import attach

__all__ = [
    "Part",
    "Raw",
    "Run",
    "chat",
    "customers",
    "finance_receipts",
    "finance_sales",
    "pos_sales",
    "read",
    "reproduced",
    "retail",
    "sources",
    "staff",
    "star",
    "twice",
    "web_sales",
    "who_is_who",
]

_PARTS = {
    "Part": "parts",
    "Raw": "reading",
    "Run": "run",
    "chat": "messages",
    "customers": "people",
    "finance_receipts": "finance",
    "finance_sales": "finance",
    "pos_sales": "pos",
    "read": "reading",
    "reproduced": "checking",
    "retail": "run",
    "sources": "people",
    "staff": "messages",
    "star": "stars",
    "twice": "people",
    "web_sales": "web",
    "who_is_who": "people",
}

__getattr__, __dir__ = attach(__name__, _PARTS)
