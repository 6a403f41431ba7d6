"""How much of a market is already served, area by area."""

from __future__ import annotations

from typing import Any

from ...errors import UserError, suggest
from ...frames import frame_of
from ...results import Note, Result, Source

__all__ = ["market_potential"]


def market_potential(
    areas: Any, actual: Any = None, *, by: str = "province", division: int | None = None, source: Source | None = None
) -> Result:
    """What could be sold in every area, and how much of that is sold.

    Parameters
    ----------
    areas : DataFrame
        ``by``, ``households``, ``penetration_share`` (of the households, who buy such goods) and ``annual_spend`` (of
        one that does, in money); several rows an area, as for age bands, are added up.
    actual : DataFrame, optional
        ``by`` and ``amount`` of a year.
    by : str
        The column of areas. ``province`` is brought to the usual names first, from codes and short forms too.
    division : {34, 38}, optional
        How Indonesia is to be divided, for provinces; tables of either division are brought to it. By default 34, to
        which every sum can be brought without splitting any.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.market_potential``: a row an area and the total (``row``): ``households``, ``potential``,
        ``actual``, ``share`` served, ``left_amount``, ``estimated`` (its actual sales were split from an old province).

    Notes
    -----
    ``potential = households · penetration · annual spend``. Penetration and spend are assumptions or surveys: the share
    is as good as they are, and has no interval here. Areas with sales and no potential are listed, not dropped.

    Raises
    ------
    UserError
        ``sales.unknown_province`` (by name), ``sales.bad_share``, ``sales.bad_count``.

    Examples
    --------
    >>> import pandas as pd
    >>> areas = pd.DataFrame({"province": ["Jabar"], "households": [500_000], "penetration_share": [0.04],
    ...                       "annual_spend": [1_200_000]})
    >>> sold = pd.DataFrame({"province": ["Jawa Barat"], "amount": [3_600_000_000]})
    >>> facts = market_potential(areas, sold).facts
    >>> facts["potential"], facts["share"]
    (24000000000.0, 0.15)
    """
    import pandas as pd

    needs = (by, "households", "penetration_share", "annual_spend")
    frame = frame_of(areas, needs, "areas").reset_index(drop=True)
    for column in needs[1:]:
        values = pd.to_numeric(frame[column], errors="coerce")
        top = 1.0 if column == "penetration_share" else float("inf")
        bad = ~values.between(0, top)
        if bad.any():
            code = "sales.bad_share" if column == "penetration_share" else "sales.bad_count"
            rows = [int(i) + 1 for i in bad.to_numpy().nonzero()[0]]
            raise UserError(
                code, table="areas", rows=rows, column=column, found=[str(v) for v in frame.loc[bad, column]][:3]
            )
    table = pd.DataFrame({by: frame[by], "households": frame["households"].astype(float)})
    table["potential"] = (
        table["households"] * frame["penetration_share"].astype(float) * frame["annual_spend"].astype(float)
    )
    notes = []
    sold = None
    if actual is not None:
        other = frame_of(actual, (by, "amount"), "actual").reset_index(drop=True)
        sold = pd.DataFrame({by: other[by], "actual": pd.to_numeric(other["amount"], errors="coerce").fillna(0.0)})
    if by == "province":
        table, _ = _divided(table, ["households", "potential"], division or 34, "areas")
        if sold is not None:
            sold, split = _divided(sold, ["actual"], division or 34, "actual")
            if split:
                notes.append(Note("sales.note.split", {"provinces": split}))
    table = table.groupby(by, sort=False, as_index=False).sum(numeric_only=True)
    table["estimated"] = False
    if sold is not None:
        flags = sold.groupby(by)["estimated"].any() if "estimated" in sold.columns else None
        sums = sold.groupby(by)["actual"].sum()
        if lost := [str(a) for a in sums.index if a not in set(table[by])]:
            notes.append(Note("sales.note.no_potential", {"areas": lost, "amount": float(sums[lost].sum())}))
            more = pd.DataFrame({by: lost, "households": 0.0, "potential": 0.0, "estimated": False})
            table = pd.concat([table, more], ignore_index=True)
        table["actual"] = table[by].map(sums).fillna(0.0)
        if flags is not None:
            table["estimated"] = table[by].map(flags).fillna(False).astype(bool)
    else:
        table["actual"] = None
    table = table.sort_values("potential", ascending=False, kind="stable").reset_index(drop=True)
    table.insert(0, "row", "member")
    whole = {"row": "total", by: None, "estimated": bool(table["estimated"].any())}
    whole |= {k: float(table[k].sum()) for k in ("households", "potential")}
    whole["actual"] = float(table["actual"].sum()) if sold is not None else None
    table = pd.concat([table, pd.DataFrame([whole])], ignore_index=True)
    known = sold is not None
    served = table["actual"].astype(float) / table["potential"].where(table["potential"] > 0) if known else None
    table["share"] = served
    table["left_amount"] = (table["potential"] - table["actual"].astype(float)).clip(lower=0) if known else None
    some = table[table["row"] == "member"]
    top = some.loc[some["left_amount"].astype(float).idxmax()] if known else some.iloc[0]
    facts = {"n": len(some), "potential": whole["potential"], "actual": whole["actual"]}
    facts |= {"share": float(table["share"].iloc[-1]) if known and whole["potential"] else None}
    facts |= {"area": top[by], "area_potential": float(top["potential"])}
    facts |= {
        "area_left": float(top["left_amount"]) if known else None,
        "area_share": _number(top["share"]) if known else None,
    }
    facts["over"] = int((some["share"].astype(float) > 1).sum()) if known else 0
    if facts["over"]:
        notes.append(Note("sales.note.over", {"n": facts["over"]}))
    units = {
        by: "text",
        "households": "count",
        "potential": "money",
        "actual": "money",
        "share": "share",
        "left_amount": "money",
    }
    units["estimated"] = "mark"
    columns = ["row", by, "households", "potential", "actual", "share", "left_amount", "estimated"]
    params = {"by": by, "division": (division or 34) if by == "province" else None, "units": units}
    return Result("sales.market_potential", table[columns], params, facts, tuple(notes), source)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _divided(table: Any, measures: list[str], division: int, name: str) -> tuple[Any, list[str]]:
    """A table of provinces in the division wanted, its provinces by their names."""
    from ...ingest import standardise

    named = standardise.province(table["province"])
    unknown = named.values.isna().to_numpy()
    if unknown.any():
        found = sorted({str(v) for v in table.loc[unknown, "province"]})
        known = standardise.provinces(38)["province"].tolist()
        near = [n for f in found for n in suggest(f, known, 1)]
        rows = [int(i) + 1 for i in unknown.nonzero()[0]]
        raise UserError("sales.unknown_province", table=name, rows=rows, found=found, near=near)
    table = table.assign(province=named.values.to_numpy(dtype=object))
    old = set(standardise.provinces(34)["province"])
    given = 38 if not set(table["province"]) <= old else 34
    if given == division:
        return table, []
    moved = standardise.crosswalk(table, given=given, to=division, measures=measures).table
    split = []
    if "estimated" in moved.columns and division == 38:
        split = sorted(moved.loc[moved["estimated"].astype(bool), "province"].unique())
    return moved, split
