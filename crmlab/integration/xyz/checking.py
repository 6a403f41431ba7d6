"""Did it come out right? What was made of the raw sources against the clean layer and the truth that PT XYZ ships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...results import Note, Result
from .parts import desk
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["reproduced"]

_TABLES = {
    "customers": (
        ("customer_id",),
        ("customer_type", "name", "gender", "born_on", "phone", "email", "address", "city_id", "registered_on",
         "loyalty_member", "industry", "employees", "payment_term_days", "credit_limit"),
    ),
    "sales": (
        ("order_id",),
        ("ordered_at", "customer_id", "channel_id", "store_id", "gross_amount", "discount", "shipping", "total",
         "status"),
    ),
    "sales_lines": (
        ("order_id", "line"), ("product_id", "quantity", "unit_price", "gross_amount", "discount", "amount")
    ),
    "payments": (("order_id",), ("method", "amount", "due_on", "paid_on", "defaulted")),
    "employees": (
        ("employee_id",),
        ("employee_number", "name", "gender", "born_on", "job", "unit", "store_id", "phone", "hired_on", "left_on"),
    ),
}  # fmt: skip


def reproduced(run: Run) -> Result:
    """Compare a run with the clean layer, column by column, and its matching with the truth.

    Numbers of customers whom the till does not know are free: they are translated by the truth before comparing.

    Parameters
    ----------
    run : Run

    Returns
    -------
    Result
        Kind ``integration.reproduced``. ``table``: for every column of every table ``rows`` (of both sides), ``equal``,
        ``absent`` (no source tells what the clean layer knows) and ``differ``. Facts: their sums, rows that one side
        lacks, the money on both sides, and for every source the precision and recall of its links.
    """
    import pandas as pd

    from ...datasets import load_retail

    clean = load_retail(run.raw.reference.size, layer="clean")
    truth = load_retail(run.raw.reference.size, layer="truth").tables
    people = clean.tables["customers"].drop_duplicates("customer_id")
    consumers = people.loc[people["customer_type"] == "consumer", "customer_id"]
    links = run.links.drop_duplicates(["source", "key"])
    keys = truth["source_keys"].astype({"source": "str"})
    meant = links.merge(
        keys, left_on=["source", "key"], right_on=["source", "source_key"], how="left", suffixes=("", "_true")
    )
    known = meant.dropna(subset=["customer_id", "customer_id_true"]).drop_duplicates("customer_id")
    ids = known[["customer_id", "customer_id_true"]].astype("int64")
    rows: list[dict[str, Any]] = []
    facts: dict[str, Any] = {}
    for name, (key, columns) in _TABLES.items():
        compared, sides = _compared(name, run.clean[name], _reference(clean, name), ids, key, columns)
        rows += compared
        facts |= sides
    for source in ("finance", "web", "whatsapp", "hr"):
        facts |= _quality(source, meant[meant["source"] == source], consumers)
    facts |= _till(links, truth["pos_duplicate"])
    table = pd.DataFrame(rows)
    for what in ("rows", "equal", "absent", "differ"):
        facts["values" if what == "rows" else what] = int(table[what].sum())
    facts |= {
        "equal_share": facts["equal"] / facts["values"],
        "columns": len(table),
        "columns_equal": int((table["differ"] == 0).sum()),
        **_sums(run, run.raw.reference.tables),
    }
    notes = [Note("integration.note.not_held")]
    return Result("integration.reproduced", table, {"size": run.raw.reference.size}, facts, tuple(notes), run.source)


def _reference(clean: Any, name: str) -> Any:
    import pyarrow.parquet as pq

    return pq.read_table(clean.path(name))


def _compared(
    name: str, ours: Any, reference: Any, ids: pd.DataFrame, key: tuple[str, ...], columns: tuple[str, ...]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Every column of a table against the reference: equal, absent here, or different."""
    on = ", ".join(key)
    first = "QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY customer_key) = 1"
    counts = ", ".join(
        f"count(*) FILTER (o.{c} IS NOT DISTINCT FROM r.{c}), count(*) FILTER (o.{c} IS NULL AND r.{c} IS NOT NULL)"
        for c in columns
    )
    with desk(ours=ours, theirs=reference, ids=ids) as con:
        con.execute(f"CREATE TEMP VIEW r AS FROM theirs {first if name == 'customers' else ''}")
        own = "ours"
        if "customer_id" in (*key, *columns):
            own = (
                "(SELECT * REPLACE (coalesce(i.customer_id_true, ours.customer_id)::INTEGER AS customer_id) "
                "FROM ours LEFT JOIN ids i ON i.customer_id = ours.customer_id)"
            )
        con.execute(f"CREATE TEMP VIEW o AS FROM {own}")
        n, *found = con.execute(f"SELECT count(*), {counts} FROM o JOIN r USING ({on})").fetchone() or (0,)
        extra = con.execute(f"SELECT count(*) FROM o ANTI JOIN r USING ({on})").fetchone()
        lost = con.execute(f"SELECT count(*) FROM r ANTI JOIN o USING ({on})").fetchone()
    rows = [
        {"table": name, "column": c, "rows": n, "equal": equal, "absent": absent, "differ": n - equal - absent}
        for c, equal, absent in zip(columns, found[::2], found[1::2], strict=True)
    ]
    sides = {"rows": n, "extra": extra[0] if extra else 0, "lacking": lost[0] if lost else 0}
    return rows, {f"{name}_{side}": count for side, count in sides.items()}


def _quality(source: str, meant: pd.DataFrame, consumers: pd.Series) -> dict[str, Any]:
    """Of the links that were made, how many are right; and how many of the right ones were made.

    A number that means somebody whom the till knows should be linked; every other should be left alone.
    """
    true = meant["customer_id_true"].isin(consumers)
    linked = meant["rule"].notna()
    same = meant["customer_id"].astype("float64") == meant["customer_id_true"].astype("float64")
    n, links, should = int((linked & same).sum()), int(linked.sum()), int(true.sum())
    return {
        f"{source}_links": links,
        f"{source}_precision": n / links if links else None,
        f"{source}_recall": n / should if should else None,
    }


def _till(links: pd.DataFrame, doubles: pd.DataFrame) -> dict[str, Any]:
    """The till's second entries against the planted ones."""
    second = links[(links["source"] == "pos") & (links["key"] != links["unit"])]
    found = set(zip(second["key"], second["customer_id"].astype("int64"), strict=True))
    planted = set(zip(doubles["pos_code"].astype("str"), doubles["customer_id"].astype("int64"), strict=True))
    right = len(found & planted)
    return {
        "pos_links": len(found),
        "pos_precision": right / len(found) if found else None,
        "pos_recall": right / len(planted) if planted else None,
    }


def _sums(run: Run, star: Any) -> dict[str, int]:
    """The money of all sales that were not cancelled, here and in the shipped star."""
    import pyarrow.compute as pc

    return {
        "revenue": int(pc.sum(run.stars["fact_sales_line"]["amount"]).as_py()),
        "revenue_reference": int(star["fact_sales_line"]["amount"].sum()),
    }
