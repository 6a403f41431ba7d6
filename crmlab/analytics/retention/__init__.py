"""Retention: who stays, for how long, who is lost and why, and what the lifecycle is worth.

With contracts a customer says when he leaves: :func:`churn_rate`, :func:`churn_ratio`, :func:`lifetimes`,
:func:`kaplan_meier`, :func:`log_rank`, :func:`cox`. Without them he only falls silent: :func:`active`,
:func:`movements`, :func:`cohorts`, :func:`repeat_share`. The two are never mixed: functions of the first kind refuse
a table of sales, and those of the second speak of silence, not of loss.

Why they left: :func:`reasons`, :func:`loss_odds`. The lifecycle: :func:`stage_rules`, :func:`lifecycle_states`,
:func:`lifecycle_transitions`, :func:`transitions`, :func:`chain`, :func:`change_transition`, :func:`levers`.
"""

from .activity import active, movements, repeat_share
from .churn import annual_share, churn_rate, churn_ratio
from .cohorts import cohorts, triangle
from .hazards import cox, loss_odds
from .lifecycle import lifecycle_states, lifecycle_transitions
from .markov import chain, change_transition, fundamental, levers
from .reasons import reasons
from .stages import STAGES, stage_rules
from .survival import kaplan_meier, lifetimes, log_rank, survival_at
from .tables import ACCOUNTS
from .transitions import transitions

__all__ = [
    "ACCOUNTS",
    "STAGES",
    "active",
    "annual_share",
    "chain",
    "change_transition",
    "churn_rate",
    "churn_ratio",
    "cohorts",
    "cox",
    "fundamental",
    "kaplan_meier",
    "levers",
    "lifecycle_states",
    "lifecycle_transitions",
    "lifetimes",
    "log_rank",
    "loss_odds",
    "movements",
    "reasons",
    "repeat_share",
    "stage_rules",
    "survival_at",
    "transitions",
    "triangle",
]
