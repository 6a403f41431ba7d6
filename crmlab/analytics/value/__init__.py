"""What a customer is worth: the closed forms, contracts, and customers who buy when they like.

Three ways in. :func:`compare_formulas` puts the textbook's formulas side by side. :func:`fit_sbg` is for contracts,
where a loss is seen. For everyone else :func:`summary` makes one row a customer of any sales table;
:func:`fit_bg_nbd` or :func:`fit_pareto_nbd` tell who is a customer still and how often he will buy,
:func:`fit_gamma_gamma` what he will spend, :func:`lifetime_value` puts these together and :func:`validate` checks
them against what happened. :func:`retention_profit` tests a claim that many repeat.
"""

from .closed import (
    compare_formulas,
    lifetime_value_in_advance,
    lifetime_value_in_arrears,
    residual_lifetime_value,
    retention_profit,
)
from .contracts import fit_sbg
from .fitting import fit_bg_nbd, fit_pareto_nbd
from .histories import summary
from .holdout import validate
from .spending import fit_gamma_gamma, lifetime_value

__all__ = [
    "compare_formulas",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "fit_pareto_nbd",
    "fit_sbg",
    "lifetime_value",
    "lifetime_value_in_advance",
    "lifetime_value_in_arrears",
    "residual_lifetime_value",
    "retention_profit",
    "summary",
    "validate",
]
