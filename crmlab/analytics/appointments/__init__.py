"""Appointments: who does not come, what a reminder does, how full the hours are, how long people wait.

A clinic's own tables, described by :data:`APPOINTMENTS`, :data:`REMINDERS`, :data:`SLOTS` and :data:`VISITS`.
:func:`outcomes` puts the first two together, one row an appointment that was kept or missed; :func:`attendance`,
:func:`fit_no_shows`, :func:`trial` and :func:`adjusted` read that table. :func:`trial` is for a draw, where the groups
differ by chance alone; :func:`adjusted` for a roll-out, where somebody chose, and says what it can't conclude.

:func:`schedule` and :func:`overbooking` are about hours, :func:`waiting` and :func:`wait_scores` about waiting,
:func:`before_after` and :func:`defects` about what changed on a day and what runs out of control.
"""

from .attendance import attendance, outcomes
from .changes import before_after, defects
from .effects import adjusted, trial
from .hours import overbooking, schedule
from .models import calibration, fit_no_shows
from .tables import APPOINTMENTS, REMINDERS, SLOTS, VISITS
from .waits import wait_scores, waiting

__all__ = [
    "APPOINTMENTS",
    "REMINDERS",
    "SLOTS",
    "VISITS",
    "adjusted",
    "attendance",
    "before_after",
    "calibration",
    "defects",
    "fit_no_shows",
    "outcomes",
    "overbooking",
    "schedule",
    "trial",
    "wait_scores",
    "waiting",
]
