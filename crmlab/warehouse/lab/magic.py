"""Cells that begin with ``%%sql``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError

if TYPE_CHECKING:
    from .session import Lab

__all__ = ["register"]


def register(lab: Lab, name: str) -> None:
    """Make ``%%name`` run a cell in a lab: its answer is shown; a mistake is said, without a traceback."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        raise UserError("lab.no_notebook")

    def run(line: str, cell: str = "") -> Any:
        try:
            return lab.run(cell or line)
        except UserError as mistake:
            print(mistake)
            return None

    shell.register_magic_function(run, "line_cell", name)
