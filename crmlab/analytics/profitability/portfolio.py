"""Whom to protect, grow, milk or let go: value now against potential, how sure that is, what another method says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result
from .intervals import FEW
from .tables import amounts_of, frame_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["CELLS", "abc_classes", "compare_methods", "portfolio_matrix", "strategies"]

CELLS = ("to_protect", "to_grow", "to_milk", "to_let_go")
"""high now and high potential; low now, high potential; high now, low potential; low and low."""

NAMED_CUTS = ("median", "mean", "zero")
_MOVES = (-0.25, -0.1, 0.1, 0.25)


def strategies() -> Mapping[str, Mapping[str, Any]]:
    """What to do in each cell, as data: ``aim``, ``do``, ``measure`` as keys of the catalogue.

    Examples
    --------
    >>> sorted(strategies()["to_grow"])
    ['do', 'high_now', 'high_potential', 'measure']
    """
    import tomllib

    return tomllib.loads(resources.files(__package__).joinpath("strategies.toml").read_text(encoding="utf-8"))


def portfolio_matrix(
    customers: Any,
    *,
    now: str = "profit",
    potential: str = "potential",
    cuts: str | Mapping[str, Any],
    currency: str = "IDR",
) -> Result:
    """Set every customer's value now against his potential, and cut both.

    Parameters
    ----------
    customers : DataFrame or Result
        ``customer_id`` and the two columns. Where ``<potential>_low`` and ``_high`` stand beside (and those of
        ``now``), they say how sure each customer's place is.
    now, potential : str
        Columns.
    cuts : str or mapping
        ``"median"``, ``"mean"`` or ``"zero"`` for both, or one for each column: ``{"profit": 0, "potential":
        "median"}``. There is no default: the cuts decide who is let go. At the cut counts as high.
    currency : str

    Returns
    -------
    Result
        Kind ``profitability.portfolio_matrix``: one row a cell with ``n``, both sums, their shares (that of customers
        with Wilson's interval, where the cuts are figures: a median moves with the customers that it cuts), and
        ``stays_share``, the share of its customers who keep their cell when either cut moves by up to a quarter.
        Each customer's cell is in ``params["cells"]``. Unknown values stand apart.

    Examples
    --------
    >>> import pandas as pd
    >>> four = pd.DataFrame({"customer_id": list("abcd"), "profit": [9, 1, 8, 0], "potential": [9, 8, 1, 1]})
    >>> matrix = portfolio_matrix(four, cuts={"profit": 5, "potential": 5})
    >>> matrix.table[["cell", "n"]].to_dict("records")[1]
    {'cell': 'to_grow', 'n': 1}
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(customers, ("customer_id", now, potential), "customers")
    twice = frame["customer_id"].duplicated(keep=False)
    if twice.any():
        rows = [int(i) + 1 for i in np.flatnonzero(twice.to_numpy())]
        raise UserError("profitability.customer_twice", table="customers", rows=rows)
    x, y = amounts_of(frame, now, "customers"), amounts_of(frame, potential, "customers")
    known = (x.notna() & y.notna()).to_numpy()
    if not known.any():
        raise UserError("profitability.too_few", found=0, least=1)
    ids, x, y = frame["customer_id"].to_numpy()[known], x.to_numpy()[known], y.to_numpy()[known]
    cut_x, cut_y = (_cut(cuts, c, v) for c, v in ((now, x), (potential, y)))
    cell = _cells(x, y, cut_x, cut_y)
    moved, stays = _sensitivity(x, y, cut_x, cut_y, cell)
    sure = _sureness(frame[known], ((now, x, cut_x), (potential, y, cut_y)))
    named = [cuts.get(c) if isinstance(cuts, Mapping) else cuts for c in (now, potential)]
    moving = any(cut in ("median", "mean") for cut in named)
    plan, rows = strategies(), []
    for name in CELLS:
        its = cell == name
        n = int(its.sum())
        # a median moves with the customers that it cuts: half of any others would be high as well
        low, high = (None, None) if moving else wilson(n, len(cell))
        row = {"cell": name, "n": n, "customer_share": n / len(cell), "customer_share_low": low}
        row |= {"customer_share_high": high, "value_now": float(x[its].sum()), "potential": float(y[its].sum())}
        row["now_share"] = row["value_now"] / float(x.sum()) if x.sum() > 0 else None
        row["potential_share"] = row["potential"] / float(y.sum()) if y.sum() > 0 else None
        row["stays_share"] = float(stays[its].mean()) if n else None
        row["sure_share"] = float(np.nanmean(sure[its])) if n and not np.isnan(sure[its]).all() else None
        row["verdict"] = "too_few" if n < FEW else "real" if row["stays_share"] >= 0.8 else "noise"
        rows.append({**row, "what_to_do": plan[name]["do"]})
    table = pd.DataFrame(rows)
    if table["sure_share"].isna().all():
        table = table.drop(columns="sure_share")
    if moving:
        table = table.drop(columns=["customer_share_low", "customer_share_high"])
    facts: dict[str, Any] = {"n": len(cell), "unknown": int((~known).sum()), "cut_now": cut_x, "cut_potential": cut_y}
    for r in rows:
        cell_name = r["cell"].removeprefix("to_")
        facts |= {
            f"{cell_name}_n": r["n"],
            f"{cell_name}_now": r["value_now"],
            f"{cell_name}_now_share": r["now_share"],
        }
    facts |= {"stays_share": float(stays.mean()), "moved_most": int(moved["moved"].max()), "currency": currency}
    facts["moved_most_share"] = facts["moved_most"] / len(cell)
    facts["sure_share"] = None if np.isnan(sure).all() else float(np.nanmean(sure))
    facts["correlation"] = _rank_correlation(x, y)
    notes = [Note("profitability.unknown_values", {"n": facts["unknown"]})] if facts["unknown"] else []
    if any(r["n"] and r["verdict"] == "noise" for r in rows):
        notes.append(Note("profitability.cuts_decide", {"share": facts["moved_most_share"]}))
    placed = pd.DataFrame({"customer_id": ids, "now": x, "potential": y, "cell": cell, "stays": stays, "sure": sure})
    units = {
        "n": "count",
        "value_now": "money",
        "potential": "money",
        "cell": "text",
        "what_to_do": "text",
        "verdict": "text",
    }
    units |= {c: "share" for c in table if "share" in c}
    params = {"now": now, "potential": potential, "cuts": {now: cut_x, potential: cut_y}, "cells": placed}
    return Result(
        "profitability.portfolio_matrix",
        table,
        {**params, "sensitivity": moved, "units": units},
        facts,
        tuple(notes),
        customers.source if isinstance(customers, Result) else None,
    )


def _cut(cuts: str | Mapping[str, Any], column: str, values: np.ndarray) -> float:
    import numpy as np

    asked = cuts.get(column) if isinstance(cuts, Mapping) else cuts
    if isinstance(asked, str) and asked in NAMED_CUTS:
        return {"median": float(np.median(values)), "mean": float(values.mean()), "zero": 0.0}[asked]
    if isinstance(asked, bool) or not isinstance(asked, int | float) or asked != asked:
        near = suggest(str(asked), NAMED_CUTS)
        raise UserError("profitability.bad_cut", column=column, found=asked, wanted=NAMED_CUTS, near=near)
    return float(asked)


def _cells(x: np.ndarray, y: np.ndarray, cut_x: float, cut_y: float) -> np.ndarray:
    import numpy as np

    high_x, high_y = x >= cut_x, y >= cut_y
    return np.select([high_x & high_y, ~high_x & high_y, high_x & ~high_y], CELLS[:3], CELLS[3])


def _sensitivity(
    x: np.ndarray, y: np.ndarray, cut_x: float, cut_y: float, cell: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray]:
    """Who changes cell when a cut moves; a cut at zero moves by that share of the typical size."""
    import numpy as np
    import pandas as pd

    stays, rows = np.ones(len(cell), dtype=bool), []
    for which, cut, values in (("now", cut_x, x), ("potential", cut_y, y)):
        size = abs(cut) if cut else float(np.median(np.abs(values)))
        for move in _MOVES:
            to = cut + move * size
            other = _cells(x, y, to, cut_y) if which == "now" else _cells(x, y, cut_x, to)
            changed = other != cell
            stays &= ~changed
            share = float(changed.mean())
            rows.append(
                {"axis": which, "move_share": move, "cut": to, "moved": int(changed.sum()), "moved_share": share}
            )
    return pd.DataFrame(rows), stays


def _sureness(frame: pd.DataFrame, axes: Sequence[tuple[str, np.ndarray, float]]) -> np.ndarray:
    """How likely each customer stands in his cell, by the 95 % intervals that stand beside his values.

    A value without an interval counts as measured. Where no value has one, nothing is known about it.
    """
    import numpy as np
    from scipy.stats import norm

    sure, told = np.ones(len(frame)), False
    for column, values, cut in axes:
        low, high = f"{column}_low", f"{column}_high"
        if low not in frame or high not in frame:
            continue
        told = True
        spread = (frame[high] - frame[low]).to_numpy(dtype=float) / (2 * norm.ppf(0.975))
        with np.errstate(divide="ignore", invalid="ignore"):
            sure = sure * np.where(spread == 0, 1.0, norm.cdf(np.abs(values - cut) / spread))
    return sure if told else np.full(len(frame), np.nan)


def _rank_correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    import pandas as pd

    found = pd.Series(x).rank().corr(pd.Series(y).rank())
    return None if found != found else float(found)


def abc_classes(values: Any, *, column: str = "revenue", a: float = 0.8, b: float = 0.95) -> Result:
    """A, B and C customers: those who bring the first 80 % of the value, the next 15 %, and the rest.

    Parameters
    ----------
    values : DataFrame or Result
        ``customer_id`` and the column.
    column : str
    a, b : float
        Up to which shares of the value A and B reach.

    Returns
    -------
    Result
        Kind ``profitability.abc_classes``. Equal values share a class; each customer's is in ``params["cells"]``.

    Examples
    --------
    >>> import pandas as pd
    >>> ten = pd.DataFrame({"customer_id": range(10), "revenue": [400, 250, 90, 70, 60, 45, 35, 25, 15, 10]})
    >>> abc_classes(ten).table["n"].tolist()
    [4, 3, 3]
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(values, ("customer_id", column), "customers")
    if not 0 < a < b < 1:
        raise UserError("profitability.bad_share", name="a, b", found=[a, b])
    amounts = amounts_of(frame, column, "customers")
    known = amounts.notna()
    ids, amounts = frame["customer_id"][known].to_numpy(), amounts[known].to_numpy()
    total = float(amounts.sum())
    if not total > 0:
        raise UserError("profitability.no_positive_total", found=total)
    order = np.argsort(-amounts, kind="stable")
    ranked = amounts[order]
    before = np.concatenate([[0.0], np.cumsum(ranked)[:-1]]) / total
    first = np.searchsorted(-ranked, -ranked, side="left")  # equal values begin where the first of them does
    before = before[first]
    named = np.select([(before < a - 1e-12) & (ranked > 0), (before < b - 1e-12) & (ranked > 0)], ["A", "B"], "C")
    cell = np.empty(len(named), dtype=named.dtype)
    cell[order] = named
    rows = []
    for name in "ABC":
        its = cell == name
        value = float(amounts[its].sum())
        rows.append({"cell": name, "n": int(its.sum()), "customer_share": float(its.mean()), "value_now": value})
        rows[-1]["now_share"] = value / total
    facts = {"n": len(cell), "unknown": int((~known).sum()), "total": total, "a": a, "b": b}
    facts |= {f"{r['cell'].lower()}_n": r["n"] for r in rows} | {
        f"{r['cell'].lower()}_share": r["customer_share"] for r in rows
    }
    units = {"n": "count", "customer_share": "share", "value_now": "money", "now_share": "share"}
    cells = pd.DataFrame({"customer_id": ids, "cell": cell})
    params = {"column": column, "cells": cells, "units": units}
    notes = (Note("profitability.unknown_values", {"n": facts["unknown"]}),) if facts["unknown"] else ()
    return Result("profitability.abc_classes", pd.DataFrame(rows), params, facts, notes)


def compare_methods(one: Result, other: Result) -> Result:
    """Two ways to sort the same customers, side by side: who stands where in both.

    Parameters
    ----------
    one, other : Result
        Of :func:`portfolio_matrix`, :func:`abc_classes`, or with ``params["cells"]`` (``customer_id``, ``cell``).

    Returns
    -------
    Result
        Kind ``profitability.compare_methods``: classes of ``one`` by those of ``other``. ``association`` is Cramér's
        V (0: they have nothing to do with each other, 1: they say the same) with a chi-squared test's verdict.
    """
    import numpy as np
    import pandas as pd

    left, right = (
        frame_of(r.params["cells"], ("customer_id", "cell"), "cells")[["customer_id", "cell"]] for r in (one, other)
    )
    both = left.merge(right, on="customer_id", suffixes=("_one", "_other"))
    if both.empty:
        raise UserError("profitability.nobody_shared")
    orders = [list(dict.fromkeys(r.table["cell"])) for r in (one, other)]
    crossed = pd.crosstab(both["cell_one"], both["cell_other"]).reindex(
        index=orders[0], columns=orders[1], fill_value=0
    )
    counts = crossed.to_numpy(dtype=float)
    n = counts.sum()
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    chi = float(((counts - expected) ** 2 / expected).sum())
    least = min(counts.shape) - 1
    association = float((chi / (n * least)) ** 0.5) if least else None
    table = crossed.rename_axis("cell", axis=0).rename_axis(None, axis=1).reset_index()
    facts: dict[str, Any] = {"n": int(n), "association": association, "chi_squared": chi, "p": None}
    if least:
        from scipy.stats import chi2

        facts["p"] = float(chi2.sf(chi, (counts.shape[0] - 1) * (counts.shape[1] - 1)))
    facts["only_one"], facts["only_other"] = len(left) - len(both), len(right) - len(both)
    small = n < FEW or facts["p"] is None
    facts["verdict"] = "too_few" if small else "real" if facts["p"] < 0.05 else "noise"
    best, worst = orders[1][0], orders[1][-1]
    if "to_let_go" in orders[0]:
        facts["let_go_best"], facts["let_go_n"] = (
            int(crossed.loc["to_let_go", best]),
            int(crossed.loc["to_let_go"].sum()),
        )
        facts["protect_worst"] = int(crossed.loc["to_protect", worst])
    else:
        facts["let_go_best"] = facts["let_go_n"] = facts["protect_worst"] = None
    facts |= {"best": best, "worst": worst}
    units = {"cell": "text", **dict.fromkeys(orders[1], "count")}
    params = {"one": one.kind, "other": other.kind, "units": units}
    return Result("profitability.compare_methods", table, params, facts)
