"""Referrals: who sends patients and where they are sent on, who stopped sending, whether anybody heard back.

Tables as :data:`REFERRALS` and :data:`CLINICS`. :func:`network` draws the house between those who send and those who
take over; :func:`concentration` says on how few it depends; :func:`lost` who sends less than before, by a rule that was
set before looking; :func:`closed_loop` how many letters were answered; :func:`worth` what a referrer is worth;
:func:`levels` whether patients of the national scheme came up the steps it asks for.
"""

from .flows import concentration, levels, network
from .losses import lost
from .replies import closed_loop, worth
from .tables import CLINICS, REFERRALS

__all__ = ["CLINICS", "REFERRALS", "closed_loop", "concentration", "levels", "lost", "network", "worth"]
