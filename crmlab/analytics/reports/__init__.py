"""Standard reports: sales against quota, the call centre's day and staff, patients a month, and the way down to a gap.

The reports that a company reads every month (Akbar 2021, 6.3). Each takes tables with canonical columns, described by
:data:`QUOTA`, :data:`CALLS` and :data:`VISITS` (sales follow :data:`crmlab.schema.SALES`), and gives a Result with its
total in the last row. A total is computed from what it totals: a percentage is never the mean of those above it,
and the patients of a year are not the sum of those of its months.
"""

from .quota import gap_path, sales_against_quota
from .service import call_centre, patients_a_month, time_lost
from .staffing import staffing
from .tables import CALLS, QUOTA, VISITS

__all__ = [
    "CALLS",
    "QUOTA",
    "VISITS",
    "call_centre",
    "gap_path",
    "patients_a_month",
    "sales_against_quota",
    "staffing",
    "time_lost",
]
