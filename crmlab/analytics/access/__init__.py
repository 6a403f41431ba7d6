"""Who may see what, and who looked: roles, tickets and a log; and look-ups in records that nobody can explain."""

from .lookups import LOOKUPS, baseline, suspicious
from .rights import Access, Ticket

__all__ = ["LOOKUPS", "Access", "Ticket", "baseline", "suspicious"]
