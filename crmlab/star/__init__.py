"""Facts and dimensions, hierarchies and attributes: a star schema that refuses what would make its totals lie."""

from .model import Dimension, Fact, Level
from .star import Star

__all__ = ["Dimension", "Fact", "Level", "Star"]
