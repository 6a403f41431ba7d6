"""Which activity is handed out by what: rules as data, and the use that customers made of every activity."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Result
from .tables import frame_of, times_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ActivityRule", "read_rules", "rules", "rules_table", "usage", "write_rules"]


@dataclass(frozen=True)
class ActivityRule:
    """How the cost of one pool is handed out: one unit of use for each row of a table.

    Parameters
    ----------
    pool : str
        The cost pool, as ``"delivery"``.
    driver : str
        What is counted, as ``"parcels"``.
    table : str
        The table whose rows are the units.
    time : str
        Its column that says when.
    keep, drop : mapping
        Only rows with these values; no rows with these.
    through : str
        A table of orders that knows the customer (and the time, where ``table`` has no such column) by ``order_id``.
    once : str
        Count each value of this column once, as the order of several lines.
    """

    pool: str
    driver: str
    table: str
    time: str
    keep: Mapping[str, str] = field(default_factory=dict)
    drop: Mapping[str, str] = field(default_factory=dict)
    through: str = ""
    once: str = ""


def rules(name: str = "pt_xyz") -> tuple[ActivityRule, ...]:
    """The rules that come with crmlab.

    Examples
    --------
    >>> [(rule.pool, rule.driver) for rule in rules()][:2]
    [('order_handling', 'orders'), ('delivery', 'parcels')]
    """
    text = resources.files(__package__).joinpath("activities.toml").read_text(encoding="utf-8")
    shipped = _parsed(text)
    if name not in shipped:
        raise UserError("profitability.unknown_rules", found=name, wanted=sorted(shipped), near=suggest(name, shipped))
    return shipped[name]


def read_rules(path: str | os.PathLike) -> tuple[ActivityRule, ...]:
    """The rules of a TOML file that a person wrote or changed: the first set in it."""
    import tomllib

    try:
        found = _parsed(Path(path).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as bad:
        raise UserError("profitability.bad_rules", table=Path(path).name, found=str(bad)) from bad
    if not found:
        raise UserError("profitability.bad_rules", table=Path(path).name, found="—")
    return next(iter(found.values()))


def write_rules(given: Iterable[ActivityRule], path: str | os.PathLike, name: str = "mine") -> Path:
    """Write rules as a TOML file, to be read and changed by hand."""
    import json

    lines = []
    for rule in given:
        lines.append(f"[{name}.{json.dumps(rule.pool)}]")
        for key in ("driver", "table", "time", "through", "once"):
            if value := getattr(rule, key):
                lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
        for key in ("keep", "drop"):
            if value := getattr(rule, key):
                inner = ", ".join(f"{json.dumps(k)} = {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
                lines.append(f"{key} = {{{inner}}}")
        lines.append("")
    path = Path(path)
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    return path


def _parsed(text: str) -> dict[str, tuple[ActivityRule, ...]]:
    import tomllib

    found = {}
    for name, pools in tomllib.loads(text).items():
        made = []
        for pool, said in pools.items():
            try:
                made.append(ActivityRule(pool, **said))
            except TypeError as bad:  # a key that no rule has, or one too few
                raise UserError("profitability.bad_rules", table=f"{name}.{pool}", found=str(bad)) from bad
        found[name] = tuple(made)
    return found


def rules_table(given: Iterable[ActivityRule] | str = "pt_xyz") -> Result:
    """The rules as a table, one row a pool.

    Examples
    --------
    >>> rules_table().table["pool"].tolist()[-1]
    'collection'
    """
    import pandas as pd

    given = rules(given) if isinstance(given, str) else tuple(given)
    rows = [
        {
            "pool": r.pool,
            "driver": r.driver,
            "source_table": r.table,
            "only_rows": "; ".join(f"{k} = {v}" for k, v in r.keep.items()) or None,
            "without_rows": "; ".join(f"{k} = {v}" for k, v in r.drop.items()) or None,
            "through_table": r.through or None,
        }
        for r in given
    ]
    units = dict.fromkeys(("source_table", "only_rows", "without_rows", "through_table"), "text")
    facts = {"n": len(rows), "pools": tuple(r["pool"] for r in rows)}
    return Result("profitability.rules", pd.DataFrame(rows), {"units": units}, facts)


def usage(tables: Mapping[str, Any], *, rules: Iterable[ActivityRule] | str = "pt_xyz") -> pd.DataFrame:
    """What every customer used of every activity: one row a customer, pool and month.

    Parameters
    ----------
    tables : mapping
        The tables that the rules name, as those of ``load_retail(layer="clean").tables``.
    rules : sequence of ActivityRule or str

    Returns
    -------
    DataFrame
        ``customer_id`` (missing where nobody is known), ``pool``, ``driver``, ``month_starts_on``, ``units``.

    Examples
    --------
    >>> import pandas as pd
    >>> calls = pd.DataFrame({"customer_id": [1, 1, 2], "at": ["2020-01-05", "2020-01-09", "2020-02-01"]})
    >>> usage({"calls": calls}, rules=[ActivityRule("service", "calls", "calls", "at")])["units"].tolist()
    [2, 1]
    """
    import pandas as pd

    given = _shipped(rules) if isinstance(rules, str) else tuple(rules)
    parts = []
    for rule in given:
        if rule.table not in tables:
            raise UserError("profitability.no_activity_table", found=rule.table, wanted=sorted(tables), pool=rule.pool)
        wanted = [*rule.keep, *rule.drop, *([rule.once] if rule.once else [])]
        wanted += ["order_id"] if rule.through else ["customer_id", rule.time]
        frame = frame_of(tables[rule.table], wanted, rule.table)
        for column, value in rule.keep.items():
            frame = frame[frame[column] == value]
        for column, value in rule.drop.items():
            frame = frame[frame[column] != value]
        if rule.through:
            frame = _with_customer(frame, rule, tables)
        if rule.once:
            frame = frame.drop_duplicates(rule.once)
        month = times_of(frame, rule.time, rule.table).dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
        units = pd.DataFrame({"customer_id": frame["customer_id"], "month_starts_on": month})
        counted = units.groupby(["customer_id", "month_starts_on"], dropna=False).size().rename("units").reset_index()
        parts.append(counted.assign(pool=rule.pool, driver=rule.driver))
    whole = pd.concat(parts, ignore_index=True)
    return whole[["customer_id", "pool", "driver", "month_starts_on", "units"]]


def _with_customer(frame: pd.DataFrame, rule: ActivityRule, tables: Mapping[str, Any]) -> pd.DataFrame:
    """Rows with the customer (and the time) of their order; an order that nobody knows has no customer."""
    needed = ["order_id", "customer_id", *([] if rule.time in frame else [rule.time])]
    if rule.through not in tables:
        raise UserError("profitability.no_activity_table", found=rule.through, wanted=sorted(tables), pool=rule.pool)
    orders = frame_of(tables[rule.through], needed, rule.through)[needed].drop_duplicates("order_id")
    return frame.drop(columns=["customer_id"], errors="ignore").merge(orders, on="order_id", how="left")


_shipped = rules
