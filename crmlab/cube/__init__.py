"""Slice, dice, drill, roll up, pivot: measures of a star, as immutable views that an engine answers."""

from .cube import Cube
from .engines import DuckDBEngine
from .measures import Measure
from .members import OTHERS
from .view import Filter, Top, View

__all__ = ["OTHERS", "Cube", "DuckDBEngine", "Filter", "Measure", "Top", "View"]
