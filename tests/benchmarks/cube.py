"""The cube on ten million facts: against the same SQL by hand, and against pandas on the joined table.

Run as ``python -m tests.benchmarks.cube [facts]``. CPU seconds of this process, every pair in one run, alternating; the
best of three each. The pandas table is joined beforehand and its texts are categories, which is how a careful person
would hold it.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FACTS = 10_000_000
ROUNDS = 3
CUSTOMERS, PRODUCTS = 200_000, 5_000


def make(folder: Path, facts: int) -> dict[str, Path]:
    """Synthetic sales of five years as Parquet files."""
    import duckdb

    con = duckdb.connect()
    tables = {
        "dim_customer": f"""
            SELECT i AS customer_id, 'segment ' || (hash(i) % 6) AS segment, 'city ' || (hash(i, 1) % 500) AS city,
                'province ' || (hash(i, 1) % 500 % 34) AS province
            FROM range({CUSTOMERS}) r(i)""",
        "dim_product": f"""
            SELECT i AS product_id, 'product ' || i AS product, 'offer ' || (i % 24) AS offer,
                'department ' || (i % 24 % 6) AS department
            FROM range({PRODUCTS}) r(i)""",
        "dim_channel": "SELECT i AS channel_id, 'channel ' || i AS channel FROM range(5) r(i)",
        "fact_sales": f"""
            SELECT i AS line, CAST(hash(i, 2) % {CUSTOMERS} AS INTEGER) AS customer_id,
                CAST(hash(i, 3) % {PRODUCTS} AS INTEGER) AS product_id, CAST(hash(i, 4) % 5 AS INTEGER) AS channel_id,
                DATE '2016-01-01' + CAST(hash(i, 5) % 1827 AS INTEGER) AS date,
                CAST(1000 + hash(i, 6) % 900000 AS BIGINT) AS amount, CAST(800 + hash(i, 7) % 700000 AS BIGINT) AS cost
            FROM range({facts}) r(i)""",
    }
    paths = {}
    for name, sql in tables.items():
        paths[name] = folder / f"{name}.parquet"
        con.execute(f"COPY ({sql}) TO '{paths[name]}' (FORMAT parquet)")
    con.close()
    return paths


def cube_of(paths: dict[str, Path], cache: Path) -> Any:
    """The cube over the files."""
    from crmlab.cube import Cube, Measure
    from crmlab.star import Dimension, Fact, Star

    star = Star(
        [
            Fact(
                "sales",
                paths["fact_sales"],
                {"date": "date", "customer": "customer_id", "product": "product_id", "channel": "channel_id"},
            )
        ],
        [
            Dimension(
                "customer",
                paths["dim_customer"],
                "customer_id",
                {"segment": ["segment"], "place": ["province", "city"]},
            ),
            Dimension("product", paths["dim_product"], "product_id", {"product": ["department", "offer", "product"]}),
            Dimension("channel", paths["dim_channel"], "channel_id", {"channel": ["channel"]}),
        ],
        cache=cache,
        memory="6GB",
    )
    return Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount", unit="money"),
            Measure.sum("cost", "sales", "cost", unit="money"),
            Measure.calc("margin", "revenue - cost", unit="money"),
            Measure.ratio("margin_share", "margin", "revenue"),
            Measure.count_distinct("customers", "sales", "customer_id"),
        ],
    )


def joined(paths: dict[str, Path]) -> Any:
    """The same facts as one pandas table, texts as categories."""
    import pandas as pd

    frame = pd.read_parquet(paths["fact_sales"])
    for name, key in (("dim_customer", "customer_id"), ("dim_product", "product_id"), ("dim_channel", "channel_id")):
        dim = pd.read_parquet(paths[name])
        for column in dim.columns.drop(key):
            dim[column] = dim[column].astype("category")
        frame = frame.merge(dim, on=key, how="left")
    when = pd.to_datetime(frame["date"])
    frame["year"] = when.dt.year.astype("int16")
    frame["month"] = (when.dt.year * 100 + when.dt.month).astype("int32")
    frame["date"] = when
    return frame


def questions(cube: Any, frame: Any) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """Eight questions: the cube's way and the way of pandas."""
    import pandas as pd

    money = ["amount", "cost"]
    three = ["segment", "offer", "channel"]
    view = cube.view(by=three, measures=["revenue", "margin", "margin_share"])

    def sums(by: list[str], table: Any = None) -> Any:
        table = frame if table is None else table
        return table.groupby(by, observed=True, sort=False)[money].sum()

    def with_shares(table: Any) -> Any:
        return table.assign(margin=table["amount"] - table["cost"], share=1 - table["cost"] / table["amount"])

    def all_subtotals() -> list[Any]:
        leaf = sums(three).reset_index()
        sets = [three[i:j] for i in range(3) for j in range(i + 1, 4)] + [["segment", "channel"]]
        found = [with_shares(leaf.groupby(by, observed=True, sort=False)[money].sum()) for by in sets]
        return [*found, leaf[money].sum()]

    def top_cities() -> Any:
        cities = sums(["city"])["amount"].sort_values(ascending=False)
        return pd.concat([cities.head(20), pd.Series({"others": cities.iloc[20:].sum()})])

    def share_of_parent() -> Any:
        offers = sums(["department", "offer"])["amount"]
        return offers / offers.groupby(level=0, observed=True).transform("sum")

    def year_over_year() -> Any:
        years = sums(["year", "department"])["amount"].unstack("year").sort_index(axis=1)
        return years.diff(axis=1), years.pct_change(axis=1)

    def drill_through() -> Any:
        chosen = frame[(frame["segment"] == "segment 2") & (frame["channel"] == "channel 3") & (frame["year"] == 2019)]
        return chosen.head(1000)

    by_offer = cube.view(by=["department", "offer"]).share_of("parent")
    return {
        "segment x offer x channel": (view.with_subtotals("none").rows, lambda: with_shares(sums(three))),
        "the same with all subtotals": (view.with_subtotals("all").rows, all_subtotals),
        "a month drill in one segment": (
            cube.view(by=["month"]).slice(segment="segment 2").with_subtotals("none").rows,
            lambda: frame[frame["segment"] == "segment 2"].groupby("month")["amount"].sum(),
        ),
        "distinct customers by segment x channel": (
            cube.view(by=["segment", "channel"], measures=["customers"]).with_subtotals("none").rows,
            lambda: frame.groupby(["segment", "channel"], observed=True)["customer_id"].nunique(),
        ),
        "top 20 cities and the others": (cube.view(by=["city"]).top(20).rows, top_cities),
        "share of parent": (by_offer.rows, share_of_parent),
        "year over year": (cube.view(by=["year", "department"]).compare("year").rows, year_over_year),
        "1,000 drill-through rows": (
            lambda: cube.view().slice(segment="segment 2", channel="channel 3", year=2019).facts(limit=1000),
            drill_through,
        ),
    }


HAND = {
    "segment x offer x channel": """
        SELECT "d.customer.segment", "d.product.offer", "d.channel.channel", count(*), sum("f.amount"), sum("f.cost")
        FROM star."wide.sales" GROUP BY 1, 2, 3""",
    "the same with all subtotals": """
        SELECT "d.customer.segment", "d.product.offer", "d.channel.channel", GROUPING("d.customer.segment"),
            GROUPING("d.product.offer"), GROUPING("d.channel.channel"), count(*), sum("f.amount"), sum("f.cost")
        FROM star."wide.sales" GROUP BY CUBE (1, 2, 3)""",
    "a month drill in one segment": """
        SELECT "d.date.month", count(*), sum("f.amount") FROM star."wide.sales" WHERE "d.customer.segment" = 2
        GROUP BY 1""",
    "distinct customers by segment x channel": """
        SELECT "d.customer.segment", "d.channel.channel", count(*), count(DISTINCT "d.customer.$key")
        FROM star."wide.sales" GROUP BY 1, 2""",
}


def cpu(act: Callable[[], Any]) -> float:
    """CPU seconds of an act, all threads of this process."""
    gc.collect()
    before = time.process_time()
    act()
    return time.process_time() - before


def compare(one: Callable[[], Any], other: Callable[[], Any], forget: Callable[[], None]) -> tuple[float, float]:
    """Best CPU seconds of two acts, alternating."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        forget()
        times[0].append(cpu(one))
        times[1].append(cpu(other))
    return min(times[0]), min(times[1])


def compiling(cube: Any) -> float:
    """Milliseconds to build a view and compile it to SQL, the median of many."""
    from crmlab.cube.answer import conditions_of, grouping_sets, parts_needed
    from crmlab.cube.compile import plans
    from crmlab.cube.query import Query

    def once() -> None:
        view = cube.view(by=["segment", "offer"], measures=["revenue", "margin_share", "customers"])
        view = view.slice(year=2019).dice(city=["city 1", "city 2"]).pivot("channel").drill_down("product")
        levels = tuple(cube.levels[n] for n in (*view.by, *view.columns))
        sets = tuple(grouping_sets(view, view.subtotals))
        query = Query(levels, sets, parts_needed(view, view.measures), conditions_of(view))
        for plan in plans(query, cube.star.meta):
            plan.statement.sql("duckdb")

    once()
    return statistics.median(cpu(once) for _ in range(50)) * 1000


def main(facts: int = FACTS) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="crmlab-benchmark-") as name:
        folder = Path(name)
        paths = make(folder, facts)
        took = time.process_time()
        cube = cube_of(paths, folder / "cache")
        print(f"{facts:,} facts; joined and coded once in {time.process_time() - took:.1f} CPU-s")
        store, forget = cube.star.store, cube.engine.forget
        ratios = {}
        for title, (ours, _) in questions(cube, None).items():
            if title in HAND:
                mine, hand = compare(ours, lambda sql=HAND[title]: store.rows(sql), forget)
                ratios[title] = mine / hand
                print(f"by hand | {title} | {mine * 1000:.0f} ms | {hand * 1000:.0f} ms | {mine / hand:.2f}")
        print(f"cube query against the same SQL by hand, CPU, median: {statistics.median(ratios.values()):.2f}")
        star_join = cube.view(by=["segment", "offer", "channel"]).with_subtotals("none").sql()
        wide, join = compare(
            cube.view(by=["segment", "offer", "channel"]).with_subtotals("none").rows,
            lambda: cube.star.query(star_join),
            forget,
        )
        print(f"wide table against the star join, CPU: {wide / join:.2f}")
        print(f"building and compiling a view: {compiling(cube):.2f} ms")
        frame = joined(paths)
        ratios = {}
        for title, (ours, theirs) in questions(cube, frame).items():
            mine, pandas = compare(ours, theirs, forget)
            ratios[title] = pandas / mine
            print(f"pandas | {title} | {mine * 1000:.0f} ms | {pandas * 1000:.0f} ms | {pandas / mine:.1f}")
        print(f"pandas against the cube, CPU, median: {statistics.median(ratios.values()):.1f}")
        del frame
        ours = questions(cube, None)["segment x offer x channel"][0]
        plain = min(cpu(lambda: (forget(), ours())) for _ in range(ROUNDS))
        built = cpu(lambda: cube.preaggregate("segment", "offer", "channel"))
        ahead = min(cpu(lambda: (forget(), ours())) for _ in range(ROUNDS))
        print(f"cuboid: built in {built:.2f} CPU-s; {plain * 1000:.0f} ms become {ahead * 1000:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FACTS)
