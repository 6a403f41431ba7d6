"""The shown statement can be read, run again, and be written for other engines."""

from __future__ import annotations

import pytest
import sqlglot

from crmlab.cube.statement import DIALECTS


def again(view) -> dict:
    """The cells of the statement, run against the star's own tables."""
    levels = [*view.by, *view.columns]
    found = {}
    for row in view.cube.star.query(view.sql()):
        values = iter(row)
        if 'FROM "facts"' in view.sql():
            pairs = [(level, next(values), next(values)) for level in levels]
        else:
            keys = [next(values) for _ in levels]
            marks = [next(values) if len(levels) and view.subtotals != "none" else 0 for _ in levels]
            pairs = list(zip(levels, keys, marks, strict=True))
        found[tuple((level, key) for level, key, mark in pairs if not mark)] = tuple(values)
    return found


@pytest.mark.parametrize("subtotals", ["axes", "all", "none"])
@pytest.mark.parametrize("by", [["segment"], ["segment", "category"], ["month", "segment"], []])
def test_run_again_it_gives_the_table(shop, by, subtotals):
    view = shop.view(by=by, measures=list(shop.measures)).with_subtotals(subtotals)
    wanted = {tuple(r["keys"].items()): (*r["values"].values(), r["n"]) for r in view.rows()}
    found = again(view)
    assert found.keys() == wanted.keys()
    for key, values in wanted.items():
        assert found[key] == pytest.approx(values), key


def test_it_reads_as_a_person_would_write_it(toy):
    assert toy.view(by=["segment"], measures=["revenue", "margin_share"]).slice(channel="store").sql() == (
        'SELECT\n  "f"."segment" AS "segment",\n  GROUPING("f"."segment") AS "segment_total",\n'
        '  SUM("f"."amount") AS "revenue",\n'
        '  CAST(SUM("f"."margin") AS DOUBLE) / NULLIF(SUM("f"."amount"), 0) AS "margin_share",\n'
        '  COUNT(*) AS "n"\nFROM "sales" AS "f"\nWHERE\n  "f"."channel" = \'store\'\n'
        'GROUP BY\n  GROUPING SETS (\n    ("f"."segment"),\n    ()\n  )\nORDER BY\n  "segment_total",\n  "segment"'
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_says_the_same(shop, dialect):
    views = [
        shop.view(by=["segment", "category"], measures=list(shop.measures)),
        shop.view(by=["month"], measures=["revenue"]).dice(date=("2019-01-01", "2020-01-31")).slice(weekend=False),
        shop.view(by=["product"], columns=["year"], measures=["orders"]).top(1, others=False),
    ]
    for view in views:
        read = sqlglot.parse_one(view.sql(dialect), read=dialect).sql("duckdb")
        assert sorted(map(repr, shop.star.query(read))) == sorted(map(repr, shop.star.query(view.sql())))
