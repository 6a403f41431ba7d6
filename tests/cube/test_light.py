"""A session that only asks a cube loads neither pandas nor pyarrow nor numpy."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq

CODE = """
import sys
from crmlab.cube import Cube, Measure
from crmlab.star import Dimension, Fact, Star

folder = sys.argv[1]
star = Star(
    [Fact("sales", f"{folder}/s.parquet", {"product": "product_id"})],
    [Dimension("product", f"{folder}/p.parquet", "product_id", {"product": ["category", "product_id"]})],
    cache=f"{folder}/cache",
)
counted = Measure.count_distinct("products", "sales", "product_id")
cube = Cube(star, [Measure.sum("revenue", "sales", "amount"), counted])
view = cube.view(by=["category"], measures=["revenue", "products"])
assert view.rows("en")[-1]["values"] == {"revenue": 10, "products": 2}
assert view.drill_down("product", "x").grid("id")["rows"]
assert view.top(1).share_of("total").rows() and view.top(1).notes()
assert view.facts().total == 3 and view.sql()
print(*sorted({"numpy", "pandas", "pyarrow", "plotly", "babel"} & sys.modules.keys()))
"""


def test_nothing_heavy_is_loaded(tmp_path):
    pq.write_table(pa.table({"product_id": ["a", "b", "b"], "amount": [1, 4, 5]}), tmp_path / "s.parquet")
    pq.write_table(pa.table({"product_id": ["a", "b"], "category": ["x", "y"]}), tmp_path / "p.parquet")
    for _ in ("built", "read again"):
        done = subprocess.run([sys.executable, "-c", CODE, tmp_path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == ""
        assert done.stderr == ""
