"""The warehouse: loads that are whole or not at all, history that stays, marts that are reconciled.

:class:`Warehouse` is a folder; every load adds to it and none takes away. :class:`Mart` says as data what a department
looks at, :func:`reconcile` names the cause of every difference between a mart and the warehouse, and :func:`replay`
shows what a nightly batch delays and what a stream costs.
"""

from . import example
from .marts import BuiltMart, Mart
from .reconcile import reconcile
from .replay import compare, replay
from .warehouse import Snapshot, Warehouse

__all__ = ["BuiltMart", "Mart", "Snapshot", "Warehouse", "compare", "example", "reconcile", "replay"]
