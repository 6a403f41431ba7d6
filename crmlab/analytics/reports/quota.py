"""Sales beside their quotas, and the way from a gap down to what makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...privacy.masking import mask_name, personal_kind
from ...results import Note, Result, Source
from .tables import dated, frame_of, incomplete, inside_of, plain, quotas_of, span_of, worthless

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["gap_path", "sales_against_quota"]


def sales_against_quota(
    sales: Any,
    quota: Any,
    *,
    month: str | Sequence[str] | None = None,
    by: str = "sales_rep",
    through: Any = None,
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """What every rep sold, beside what was asked of him.

    Parameters
    ----------
    sales : DataFrame
        ``ordered_at``, ``amount`` and the column ``by``; ``order_id`` where orders are to be counted.
    quota : DataFrame
        As :data:`QUOTA`: ``month`` (or ``month_starts_on``), ``target`` and the column ``by``.
    month : str or pair of str, optional
        ``"2020-03"``, or the first and the last month; by default all months that have quotas.
    by : str
        Whose sales and quotas: a column of both tables.
    through : date, optional
        The day up to which sales are complete; the last order's day by default. A month that ends later is flagged.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``reports.sales_against_quota``. ``flag`` is ``no_quota`` (a rep without one: outside the total
        attainment) or ``no_sales``; the row of kind ``total`` divides sums.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"ordered_at": ["2020-03-31"] * 2, "sales_rep": ["Ani", "Budi"], "amount": [450, 280]})
    >>> quota = pd.DataFrame({"sales_rep": ["Ani", "Budi"], "month": "2020-03", "target": [400, 500]})
    >>> report = sales_against_quota(sales, quota)
    >>> report.table["attainment_share"].round(3).tolist()
    [1.125, 0.56, 0.811]
    """
    import pandas as pd

    sold = frame_of(sales, ("ordered_at", "amount", by), "sales")
    asked = frame_of(quota, ("target", by), "quota")
    asked, months = quotas_of(asked, (by,), month)
    span = span_of(months)
    sold, days, notes = dated(sold, "ordered_at", "sales")
    notes += incomplete(days, span, through)
    inside = sold[inside_of(days, span)]
    nobody = inside[by].isna()
    if nobody.any():
        notes.append(Note("reports.no_rep", {"n": int(nobody.sum()), "amount": plain(inside["amount"][nobody].sum())}))
    inside = inside[~nobody]
    notes += worthless(inside["amount"])
    revenue = inside.groupby(by)["amount"].sum()
    orders = inside.groupby(by)["order_id"].nunique() if "order_id" in inside else inside.groupby(by).size()
    target = asked.groupby(by)["target"].sum(min_count=1)
    rows = []
    for who in sorted({*revenue.index, *target.index}, key=str):
        goal = target.get(who)
        goal = None if goal is None or pd.isna(goal) or not goal else plain(goal)
        got = plain(revenue.get(who, 0))
        flag = "no_quota" if goal is None else "no_sales" if who not in revenue.index else None
        rows.append(_against("member", who, int(orders.get(who, 0)), got, goal, flag))
    with_quota = [r for r in rows if r["target"] is not None]
    without = [r for r in rows if r["target"] is None]
    got, goal = sum(r["revenue"] for r in with_quota), sum(r["target"] for r in with_quota)
    total = _against("total", None, sum(r["orders"] for r in with_quota), got, goal or None, None)
    if without:
        extra = sum(r["revenue"] for r in without)
        notes.append(Note("reports.no_quota", {"reps": [r["who"] for r in without], "amount": extra}))
    if idle := [r["who"] for r in rows if r["flag"] == "no_sales"]:
        notes.append(Note("reports.no_sales", {"reps": idle}))
    if not rows:
        notes.append(Note("reports.nothing", {"first": span[0], "last": span[1]}))
    table = pd.DataFrame([*rows, total]).rename(columns={"who": by})
    facts = {k: total[k] for k in ("revenue", "target", "gap", "attainment_share")}
    facts |= {"n": len(inside), "reps": len(rows), "first": span[0], "last": span[1], "currency": currency}
    units = {
        "revenue": "money",
        "target": "money",
        "gap": "money",
        "attainment_share": "share",
        "orders": "count",
        "flag": "mark",
    }
    params = {"months": months, "by": by, "units": units}
    return Result("reports.sales_against_quota", table, params, facts, tuple(notes), source)


def _against(kind: str, who: Any, orders: int, got: Any, goal: Any, flag: str | None) -> dict[str, Any]:
    gap, share = (None, None) if goal is None else (got - goal, got / goal)
    return {
        "row": kind,
        "who": who,
        "orders": orders,
        "revenue": got,
        "target": goal,
        "gap": gap,
        "attainment_share": share,
        "flag": flag,
    }


def gap_path(
    sales: Any,
    quota: Any,
    levels: Sequence[str] = ("region", "sales_rep", "customer"),
    *,
    month: str | Sequence[str] | None = None,
    path: Sequence[Any] = (),
    through: Any = None,
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """The way from a gap down to what makes it: at every level each member's part of the gap, and the largest.

    Parameters
    ----------
    sales : DataFrame
        ``ordered_at``, ``amount`` and all ``levels``.
    quota : DataFrame
        ``month``, ``target`` and at least the first of ``levels``. Below the levels that it knows, a quota is handed
        out as last year's sales of the same months were spread; a note says so.
    levels : sequence of str
        From coarse to fine.
    month : str or pair of str, optional
    path : sequence, optional
        Members to go down by, first level first; without it the largest part of the gap is followed. To go back is to
        give a shorter path.
    through : date, optional
        The day up to which sales are complete.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``reports.gap_path``: per level and member ``revenue``, ``target``, ``gap`` and ``share_of_gap`` (of the
        gap one level up); ``chosen`` marks the way. The gaps of a level sum to the gap that they explain.
    """
    import pandas as pd

    levels = tuple(levels)
    sold = frame_of(sales, ("ordered_at", "amount", *levels), "sales")
    asked = frame_of(quota, ("target", levels[0]), "quota")
    known = next((i for i, level in enumerate(levels) if level not in asked), len(levels))
    asked, months = quotas_of(asked, levels[:known], month)
    span = span_of(months)
    sold, days, notes = dated(sold, "ordered_at", "sales")
    notes += incomplete(days, span, through)
    now = sold[inside_of(days, span)]
    notes += worthless(now["amount"])
    earlier = tuple(day - pd.DateOffset(years=1) for day in span)
    then = sold[inside_of(days, earlier)]
    scope_gap = gap = plain(now["amount"].sum() - asked["target"].sum())
    scope_target = plain(asked["target"].sum())
    facts = {"revenue": plain(now["amount"].sum()), "target": scope_target, "gap": gap, "currency": currency}
    rows, way = [], []
    for depth, level in enumerate(levels):
        got = now.groupby(level, dropna=False)["amount"].sum()
        if depth < known:
            goal = asked.groupby(level, dropna=False)["target"].sum()
        else:
            basis = then.groupby(level, dropna=False)["amount"].sum()
            if not basis.sum() > 0:
                notes.append(Note("reports.no_basis", {"level": level, "first": earlier[0], "last": earlier[1]}))
                break
            goal = _handed_out(scope_target, basis)
            notes.append(Note("reports.handed_out", {"level": level, "first": earlier[0], "last": earlier[1]}))
        parts = []
        for member in {_key(m): None for m in (*got.index, *goal.index)}:
            a, b = plain(_at(got, member)), plain(_at(goal, member))
            share = (a - b) / scope_gap if scope_gap else None
            parts.append(
                {
                    "depth": depth,
                    "level": level,
                    "member": member,
                    "revenue": a,
                    "target": b,
                    "gap": a - b,
                    "share_of_gap": share,
                    "chosen": False,
                }
            )
        # the largest part in the gap's own direction first
        parts.sort(key=lambda r: (r["gap"] if scope_gap <= 0 else -r["gap"], str(r["member"])))
        chosen = _chosen(parts, path, depth, level, scope_gap)
        if chosen is not None:
            chosen["chosen"] = True
        rows += parts
        if chosen is None:
            notes.append(Note("reports.no_gap", {"level": level}))
            break
        way.append(chosen["member"])
        scope_gap, scope_target = chosen["gap"], chosen["target"]
        now, then = (t[_is(t[level], chosen["member"])] for t in (now, then))
        if depth < known:
            asked = asked[_is(asked[level], chosen["member"])]
    personal = [level for level in levels if level == "customer_id" or personal_kind(level)]
    told = [
        mask_name(str(m)) if level in personal and m is not None else m for level, m in zip(levels, way, strict=False)
    ]
    facts |= {"deepest_gap": scope_gap, "n": int(inside_of(days, span).sum())}
    # last, for a Result says its first facts in one line, and the way may end at a person
    facts |= {"first": span[0], "last": span[1], "way_told": tuple(told), "way": tuple(way)}
    units = {"revenue": "money", "target": "money", "gap": "money", "share_of_gap": "share"}
    params = {"months": months, "levels": levels, "path": tuple(path), "units": units, "personal_levels": personal}
    return Result("reports.gap_path", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _chosen(parts: list[dict[str, Any]], path: Sequence[Any], depth: int, level: str, gap: Any) -> dict | None:
    if depth < len(path):
        found = next((p for p in parts if str(p["member"]) == str(path[depth])), None)
        if found is None:
            names = [str(p["member"]) for p in parts]
            raise UserError(
                "reports.unknown_member",
                level=level,
                found=path[depth],
                wanted=names,
                near=suggest(str(path[depth]), names),
            )
        return found
    return parts[0] if gap and parts else None


def _handed_out(target: Any, basis: pd.Series) -> pd.Series:
    """A target spread as ``basis`` is, whole units by largest remainder: the parts sum to the target."""
    import pandas as pd

    exact = basis / basis.sum() * target
    if not isinstance(target, int):
        return exact
    floors = exact.apply(lambda x: int(x // 1))
    rest = int(target - floors.sum())
    order = (exact - floors).sort_values(ascending=False, kind="stable").index[:rest]
    return floors + pd.Series(1, index=order).reindex(floors.index, fill_value=0)


def _key(member: Any) -> Any:
    return None if member is None or member != member else member


def _at(series: pd.Series, member: Any) -> Any:
    if member is None:
        gone = series[series.index.isna()]
        return gone.iloc[0] if len(gone) else 0
    return series.get(member, 0)


def _is(column: pd.Series, member: Any) -> pd.Series:
    return column.isna() if member is None else column == member
