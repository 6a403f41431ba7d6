"""The checks as data: read, changed, written; a threshold is a choice, and a choice must be seen."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from ...errors import UserError, suggest
from ...results import Result

__all__ = ["FAILURES", "checks", "checks_table", "read_checks", "write_checks"]

FAILURES = ("wrong_people", "wrong_knowledge", "wrong_understanding", "wrong_education")
"""In the order in which they rest on one another: who the wrong people are, nothing later mends."""

_NUMBERS = ("at", "least", "older_than_days")
_CHOICES = {"bad": ("above", "below"), "base": ("campaigns", "it", "none")}
_FIXED = ("failure", "table", "columns", "unit")  # what a check is: that is programmed, and no choice


def checks() -> dict[str, dict[str, Any]]:
    """The checks that come with crmlab, to be read, copied and changed.

    Examples
    --------
    >>> checks()["budget_on_losers"]["at"]
    0.2
    """
    return tomllib.loads(resources.files(__package__).joinpath("checks.toml").read_text(encoding="utf-8"))


def read_checks(told: Any = None) -> dict[str, dict[str, Any]]:
    """crmlab's checks with what was changed in them.

    Parameters
    ----------
    told : mapping, TOML text or path, optional
        Check to what differs: ``{"budget_on_losers": {"at": 0.3}}``.

    Examples
    --------
    >>> read_checks({"budget_on_losers": {"at": 0.3}})["budget_on_losers"]["at"]
    0.3
    """
    known = checks()
    if isinstance(told, os.PathLike) or (isinstance(told, str) and "\n" not in told and "=" not in told):
        if not Path(told).is_file():
            raise UserError("personalisation.no_file", found=str(told))
        told = Path(told).read_text(encoding="utf-8")
    if isinstance(told, str):
        try:
            told = tomllib.loads(told)
        except tomllib.TOMLDecodeError as bad:
            raise UserError("personalisation.bad_checks", found=str(bad)) from bad
    if told is None:
        return known
    if not isinstance(told, Mapping) or not all(isinstance(its, Mapping) for its in told.values()):
        raise UserError("personalisation.bad_checks", found=str(told)[:80])
    for name, its in told.items():
        if name not in known:
            raise UserError("personalisation.unknown_check", found=name, near=suggest(str(name), known))
        for key, value in its.items():
            _allowed(name, key, value, known[name])
            known[name][key] = value
    return known


def _allowed(name: str, key: str, value: Any, was: Mapping[str, Any]) -> None:
    wanted: Any = None
    if key in _FIXED:
        wanted = None if value == was[key] else was[key]
    elif key in _NUMBERS and key in was:
        number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
        wanted = None if number and value >= 0 and (was["unit"] != "share" or key != "at" or value <= 1) else "0 – 1"
        wanted = "≥ 0" if wanted and (was["unit"] != "share" or key != "at") else wanted
    elif key in _CHOICES:
        wanted = None if value in _CHOICES[key] else _CHOICES[key]
    elif key == "activity" and key in was:
        wanted = None if isinstance(value, str) and value else "text"
    else:
        wanted = tuple(was)
        raise UserError("personalisation.bad_setting", check=name, key=key, found=key, wanted=wanted)
    if wanted is not None:
        raise UserError("personalisation.bad_setting", check=name, key=key, found=value, wanted=wanted)


def write_checks(path: Any, told: Any = None) -> Path:
    """Write the checks into a TOML file that :func:`read_checks` and :func:`~crmlab.personalisation.diagnose` read.

    Parameters
    ----------
    path : path
    told : mapping, TOML text or path, optional
        As for :func:`read_checks`.
    """
    lines = []
    for name, its in read_checks(told).items():
        lines += [f"[{name}]", *(f"{key} = {_written(value)}" for key, value in its.items()), ""]
    path = Path(path)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_written(v) for v in value) + "]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return repr(value)


def checks_table(told: Any = None) -> Result:
    """The checks as a table: which failure, which table answers, and from where on a figure accuses.

    Parameters
    ----------
    told : mapping, TOML text or path, optional
        As for :func:`read_checks`.

    Returns
    -------
    Result
        Kind ``personalisation.checks``.

    Examples
    --------
    >>> table = checks_table().table
    >>> len(table), int(table["failure"].value_counts().min())
    (15, 3)
    """
    import pandas as pd

    rows = [
        {
            "failure": its["failure"],
            "check": name,
            "needed_table": f'"{its["table"]}"',
            "needed_columns": ", ".join(its["columns"]),
            "bad_side": f"bad_{its['bad']}",
            "threshold": None if its["unit"] == "days" else its["at"],
            "threshold_days": its["at"] if its["unit"] == "days" else None,
        }
        for name, its in read_checks(told).items()
    ]
    units = dict.fromkeys(("failure", "check", "needed_table", "needed_columns", "bad_side"), "text")
    params = {"units": {**units, "threshold": "share", "threshold_days": "days"}}
    return Result("personalisation.checks", pd.DataFrame(rows), params, {"n": len(rows), "failures": len(FAILURES)})
