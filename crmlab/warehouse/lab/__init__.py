"""The SQL lab: a private copy of a data set on which SQL is practised and nothing can be harmed.

:func:`sql_lab` opens it. Statements run on a copy in memory; the data set's own files are not open any more, and no
statement reaches a file, the network or the settings. :func:`compare` tells whether two tables are the same answer.
"""

from .compare import Comparison, compare
from .exercises import Check, Exercise, exercises
from .session import Lab, sql_lab

__all__ = ["Check", "Comparison", "Exercise", "Lab", "compare", "exercises", "sql_lab"]
