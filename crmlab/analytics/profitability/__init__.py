"""Profitability: what every customer earned and cost, how unevenly that is spread, and whom that leaves to serve.

:func:`customer_profit` goes from sales to profit, component by component, the cost to serve by activity.
:func:`whale_curve`, :func:`lorenz`, :func:`gini` and :func:`pareto` say how concentrated it is, each with its interval;
:func:`portfolio_matrix` sets value now against potential; :func:`disqualify` says whom not to serve. What is not
known is missing, never zero.
"""

from .activities import ActivityRule, read_rules, rules, rules_table, usage, write_rules
from .concentration import gini, lorenz, pareto, whale_curve
from .growth import follow_up_sales
from .letting_go import disqualify
from .portfolio import abc_classes, compare_methods, portfolio_matrix
from .potential import expected_profit
from .profit import customer_profit, profit_by, reconcile
from .spread import mix_and_rate
from .value_chain import value_chain

__all__ = [
    "ActivityRule",
    "abc_classes",
    "compare_methods",
    "customer_profit",
    "disqualify",
    "expected_profit",
    "follow_up_sales",
    "gini",
    "lorenz",
    "mix_and_rate",
    "pareto",
    "portfolio_matrix",
    "profit_by",
    "read_rules",
    "reconcile",
    "rules",
    "rules_table",
    "usage",
    "value_chain",
    "whale_curve",
    "write_rules",
]
