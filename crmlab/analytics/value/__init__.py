"""What a customer is worth: the closed forms, contracts, and customers who buy when they like.

Three ways in. :func:`compare_formulas` puts the textbook's formulas side by side. :func:`fit_sbg` is for contracts,
where a loss is seen. For everyone else :func:`summary` makes one row a customer of any sales table;
:func:`fit_bg_nbd` or :func:`fit_pareto_nbd` tell who is a customer still and how often he will buy,
:func:`fit_gamma_gamma` what he will spend, :func:`lifetime_value` puts these together and :func:`validate` checks
them against what happened. :func:`retention_profit`, :func:`roi` and :func:`kpi_claims` work through claims that many
repeat.
"""

from .claims import kpi_claims, retention_profit, roi
from .closed import (
    compare_formulas,
    discount_of,
    lifetime_value_in_advance,
    lifetime_value_in_arrears,
    residual_lifetime_value,
)
from .contracts import fit_sbg
from .fitting import fit_bg_nbd, fit_pareto_nbd
from .groups import value_by
from .histories import summary
from .holdout import validate
from .lifetime import lifetime_value
from .spending import fit_gamma_gamma

__all__ = [
    "compare_formulas",
    "discount_of",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "fit_pareto_nbd",
    "fit_sbg",
    "kpi_claims",
    "lifetime_value",
    "lifetime_value_in_advance",
    "lifetime_value_in_arrears",
    "residual_lifetime_value",
    "retention_profit",
    "roi",
    "summary",
    "validate",
    "value_by",
]
