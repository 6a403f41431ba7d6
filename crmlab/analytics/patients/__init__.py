"""Patients: how many come and when, who pays, what is sold to them and their companies, whom one may write to.

:func:`months` and :func:`seasonality` say what is usual; :func:`payer_mix` and :func:`margins` who pays and what is
left; :func:`offers` and :func:`renewals` how check-ups and contracts sell. :func:`target_group` makes a list to write
to: only of those who allowed it, and never by their illness unless they allowed that as well. :func:`tasks_due` and
:func:`contacts` are the office's.
"""

from .demand import months, seasonality
from .office import contacts, tasks_due
from .payers import margins, payer_mix
from .sales import offers, renewals
from .tables import CONTRACTS, MESSAGES, OFFERS, TASKS, VISITS
from .targets import TargetGroup, ledger_of, target_group

__all__ = [
    "CONTRACTS",
    "MESSAGES",
    "OFFERS",
    "TASKS",
    "VISITS",
    "TargetGroup",
    "contacts",
    "ledger_of",
    "margins",
    "months",
    "offers",
    "payer_mix",
    "renewals",
    "seasonality",
    "target_group",
    "tasks_due",
]
