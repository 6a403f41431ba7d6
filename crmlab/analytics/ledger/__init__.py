"""The ledger: from a segment to the money, every step a figure that says what it rests on.

A :class:`Ledger` holds entries: what was :func:`measured` (with its interval), what is :func:`assumed` (with an owner
and the lowest and highest that he believes), what is :func:`computed` from them by a formula. Changing one entry moves
every figure that depends on it and none else. :func:`figures` shows all with their intervals, :func:`moved` what a
change moves and on which path, :func:`swings` which entry the outcome hangs on, :func:`paths` the whole graph,
:func:`distribution` how far the outcome is spread.
:func:`retention_programme` writes the ledger of the commonest programme: keep more customers of each segment.
"""

from .book import Ledger
from .entries import Entry, assumed, computed, measured
from .programme import retention_programme
from .spread import distribution
from .tellings import figures, moved, paths, swings

__all__ = [
    "Entry",
    "Ledger",
    "assumed",
    "computed",
    "distribution",
    "figures",
    "measured",
    "moved",
    "paths",
    "retention_programme",
    "swings",
]
