"""Customers: one of them from all sides, transactions that are unlike the rest, and what may be shared with a partner.

:func:`card` puts all that is known of one customer on one page, whose total equals the ledger; :func:`unusual` finds
amounts that lie far from the others, and says why; :func:`share_pack` makes a table for a supplier that holds no
person.
"""

from .cards import card
from .outliers import unusual
from .sharing import share_pack

__all__ = ["card", "share_pack", "unusual"]
