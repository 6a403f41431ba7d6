"""What a sales table must keep to, row by row; and how a return finds the order it undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..results import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ..schema import Table
    from .columns import Refusals
    from .raw import RawTable

__all__ = [
    "fill_merged",
    "link_returns",
    "mark_returns",
    "refuse_gaps",
    "refuse_headers",
    "refuse_repeated",
    "refuse_totals",
]

_TOTAL = r"(?i)\s*(?:grand\s*|sub\s*-?\s*)?(?:total|totals|jumlah|sum|rata-rata|average|keseluruhan)\b[^\d]{0,40}:?\s*"


def fill_merged(raw: RawTable, plan: Mapping[str, str], contract: Table) -> tuple[pd.DataFrame, int]:
    """Give every row under a merged cell its value, but never a measure: a merged total would count once per row.

    Returns
    -------
    pandas.DataFrame, int
        The frame and how many cells were filled.
    """
    import numpy as np

    frame, filled = raw.frame, 0
    if not raw.merges:
        return frame, 0
    columns: dict[str, pd.Series] = {}
    canonical = {source: name for name, source in plan.items()}
    for first, last, source in raw.merges:
        if source not in frame:
            continue
        value = frame[source].iloc[first]
        if source in canonical:
            number = contract[canonical[source]].kind in ("amount", "quantity", "score", "integer", "share")
        else:
            number = isinstance(value, int | float | np.number)
        if number:
            continue
        column = columns.setdefault(source, frame[source].copy())
        column.iloc[first + 1 : last + 1] = column.iloc[first]
        filled += last - first
    return frame.assign(**columns), filled


_PER_ORDER = (
    "ordered_at", "customer_id", "customer", "phone", "email", "segment", "channel", "store", "country", "province",
    "city", "sales_rep", "status",
)  # fmt: skip


def fill_orders(columns: dict[str, pd.Series]) -> int:
    """Give the further lines of an order what only its first line says, as cash registers print it.

    Only lines without a date are filled, and only from an order that has one date. Measures are never copied.

    Returns
    -------
    int
        How many lines were filled.

    Examples
    --------
    >>> import pandas as pd
    >>> columns = {"order_id": pd.Series(["A", "A"]), "ordered_at": pd.to_datetime(pd.Series(["2020-12-31", None])),
    ...     "customer_id": pd.Series(["P1", None])}
    >>> fill_orders(columns), columns["customer_id"].tolist()
    (1, ['P1', 'P1'])
    """
    if "order_id" not in columns or "ordered_at" not in columns:
        return 0
    order, when = columns["order_id"], columns["ordered_at"]
    bare = when.isna() & order.notna()
    if not bare.any():
        return 0
    dated = order.isin(order[bare].unique()) & when.notna()
    known = when[dated].groupby(order[dated]).nunique()
    known = known[known == 1].index
    fill = bare & order.isin(known)
    if not fill.any():
        return 0
    source = dated & order.isin(known)
    for name in _PER_ORDER:
        if name in columns:
            first = columns[name][source].groupby(order[source]).first()
            columns[name] = columns[name].where(~fill | columns[name].notna(), order.map(first))
    return int(fill.sum())


def refuse_headers(frame: pd.DataFrame, sources: list[str], refusals: Refusals) -> int:
    """Refuse rows that repeat the header, as files joined end to end have them."""
    import numpy as np

    texts = [s for s in sources if s in frame and frame[s].dtype.kind not in "iufbM"]
    if len(texts) < 2:
        return 0
    same = np.ones(len(frame), dtype=bool)
    for source in texts:
        same &= (frame[source].astype("str").str.strip() == source).to_numpy(dtype=bool, na_value=False)
        if not same.any():
            return 0
    refusals.reason[same] = None  # its texts may have been refused as no numbers: this says better why
    return refusals.add(same, "repeated_header")


def refuse_totals(frame: pd.DataFrame, columns: Mapping[str, pd.Series], refusals: Refusals, when: str) -> int:
    """Refuse rows that add up the rows above them.

    A row is one when it has no date or no order, and a cell that says so; when ``Subtotal`` stands where the order's
    number should; or when it stands last, has neither, and its amount is the sum of the rows above.
    """
    import numpy as np

    undated = columns[when].isna().to_numpy(dtype=bool)
    if "order_id" in columns:
        order = columns["order_id"]
        undated = undated | (order.isna() | order.str.fullmatch(_TOTAL, na=False)).to_numpy(dtype=bool)
    at = np.flatnonzero(undated)
    if not len(at):
        return 0
    says = np.zeros(len(frame), dtype=bool)
    rows = frame.iloc[at]
    for source in frame:
        if frame[source].dtype.kind in "iufbM":
            continue
        said = rows[source].astype("str").str.fullmatch(_TOTAL, na=False).to_numpy(dtype=bool)
        says[at] |= said
    last = at[-1]
    amount = columns.get("amount")
    if amount is not None and last == len(frame) - 1 and last > 1 and not says[last] and amount.notna().iloc[last]:
        bare = all(columns[c].isna().iloc[last] for c in (when, "order_id", "customer_id") if c in columns)
        above = float(amount.iloc[:last].sum())
        says[last] = bare and abs(above - float(amount.iloc[last])) <= 1e-9 * max(1.0, abs(above))
    says &= refusals.reason != "repeated_header"
    refusals.reason[says] = None  # "Total" may have been refused as no date
    return refusals.add(says, "total_row")


def refuse_gaps(
    columns: Mapping[str, pd.Series], names: Mapping[str, str], required: list[str], refusals: Refusals
) -> None:
    """Refuse rows without a value that the table can't do without."""
    for name in required:
        if name in columns:
            refusals.add(columns[name].isna().to_numpy(dtype=bool), "missing_value", names.get(name, name))


_TELLING = (
    *("order_id", "customer_id", "answered_at", "amount"),
    *("person_id", "occurred_at", "touchpoint", "posted_at", "comments", "likes"),
)


def refuse_repeated(
    frame: pd.DataFrame, columns: Mapping[str, pd.Series], refusals: Refusals, key: list[str], names: Mapping[str, str]
) -> int:
    """Refuse rows whose key was there before; without a full key count the lines that are alike, and keep them.

    Returns
    -------
    int
        How many kept lines are exactly like an earlier one.
    """
    import numpy as np
    import pandas as pd

    good = ~refusals.mask
    full = all(k in columns for k in key)
    by = key if full else [k for k in _TELLING if k in columns]
    keys = pd.DataFrame({k: columns[k] for k in by})[good]
    whole = keys.notna().all(axis=1) if full else pd.Series(True, index=keys.index)
    suspects = keys[whole & keys.duplicated(keep=False)].index
    if not len(suspects):
        return 0
    alike = frame.loc[suspects].duplicated(keep="first").to_numpy(dtype=bool)
    if not full:
        return int(alike.sum())
    later = keys.loc[suspects].duplicated(keep="first").to_numpy(dtype=bool)
    repeated, taken = ("repeated_key", "key_taken") if key == ["customer_id"] else ("repeated_line", "line_taken")
    mask = np.zeros(len(frame), dtype=bool)
    mask[suspects[alike]] = True
    refusals.add(mask, repeated, names.get(key[-1], key[-1]), frame[names[key[-1]]] if key[-1] in names else None)
    mask[:] = False
    mask[suspects[later & ~alike]] = True
    refusals.add(mask, taken, names.get(key[-1], key[-1]), frame[names[key[-1]]] if key[-1] in names else None)
    return 0


def mark_returns(table: pd.DataFrame) -> tuple[pd.Series, Note | None]:
    """Which lines are returns: a negative quantity, or a negative amount at a price that is not negative."""
    import pandas as pd

    price = table["unit_price"] if "unit_price" in table else pd.Series(float("nan"), index=table.index)
    returned = (table["amount"] < 0) & ~(price < 0)
    note = None
    if "quantity" in table:
        returned = returned | (table["quantity"] < 0)
        crossed = int(((table["quantity"] < 0) & (table["amount"] > 0) & ~(price < 0)).sum())
        if crossed:
            note = Note("ingest.note.signs_differ", {"n": crossed})
    return returned.astype(bool), note


def link_returns(table: pd.DataFrame) -> pd.Series:
    """For each return the order it undoes, where that can be known.

    An order of the same number that sold the product, else the latest earlier one in which the same customer bought it.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"order_id": ["1", "2", "C3"], "customer_id": ["a"] * 3, "product_id": ["x"] * 3,
    ...     "ordered_at": pd.to_datetime(["2020-01-01", "2020-02-01", "2020-03-01"]),
    ...     "is_return": [False, False, True]})
    >>> link_returns(sales).tolist()
    [nan, nan, '2']
    """
    import pandas as pd

    found = pd.Series(None, index=table.index, dtype="str")
    product = next((c for c in ("product_id", "product") if c in table), None)
    backs = table[table["is_return"]]
    if product is None or not len(backs):
        return found
    sold = table.loc[~table["is_return"], ["order_id", "customer_id", product, "ordered_at"]]
    pairs = pd.MultiIndex.from_frame(sold[["order_id", product]].dropna())
    same = pd.MultiIndex.from_frame(backs[["order_id", product]]).isin(pairs)
    found.loc[backs.index[same]] = backs.loc[same, "order_id"]
    rest = backs[~same & backs["customer_id"].notna() & backs[product].notna()].sort_values("ordered_at", kind="stable")
    sold = (
        sold[sold["customer_id"].isin(rest["customer_id"].unique())].dropna().sort_values("ordered_at", kind="stable")
    )
    if len(rest) and len(sold):
        joined = pd.merge_asof(
            rest[["customer_id", product, "ordered_at"]],
            sold.rename(columns={"order_id": "sold_in"}),
            on="ordered_at",
            by=["customer_id", product],
            direction="backward",
        )
        found.loc[rest.index] = joined["sold_in"].to_numpy()
    return found
