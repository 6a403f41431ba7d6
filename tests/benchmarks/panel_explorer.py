"""The explorer's yardstick: tiles, a table with totals and a chart of PT XYZ in Panel, as a careful person writes it.

Served by ``explorer.py`` beside this file with ``panel serve``; the folder of the Parquet files is in ``PTXYZ``. The
joined table is read once per server and its texts are categories. A click on a row of the table drills into it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import panel as pn
import plotly.graph_objects as go

pn.extension("plotly", "tabulator", sizing_mode="stretch_width")

BELOW = {
    "segment": "island",
    "island": "province",
    "province": "city",
    "department": "category",
    "category": "subcategory",
}
COLUMNS = ["segment", "island", "province", "city", "department", "category", "subcategory", "channel", "year"]


def joined() -> pd.DataFrame:
    """The sales lines with what the explorer's first views need."""
    folder = Path(os.environ["PTXYZ"])
    lines = pd.read_parquet(folder / "fact_sales_line.parquet")
    for name, key in (
        ("customer", "customer_key"),
        ("region", "city_id"),
        ("product", "product_id"),
        ("channel", "channel_id"),
    ):
        dimension = pd.read_parquet(folder / f"dim_{name}.parquet")
        wanted = [c for c in dimension.columns if c == key or c in COLUMNS]
        lines = lines.merge(dimension[wanted], on=key, how="left", suffixes=("", f"_{name}"))
    lines["year"] = pd.to_datetime(lines["date"]).dt.year
    for column in COLUMNS:
        if lines[column].dtype.kind not in "iuf":
            lines[column] = lines[column].astype("category")
    return lines[[*COLUMNS, "customer_id", "amount", "margin"]]


frame = pn.state.as_cached("ptxyz", joined)


class Explorer:
    """The page of one session."""

    def __init__(self) -> None:
        self.filters: dict[str, object] = {}
        self.rows = "segment"
        self.tiles = pn.Row()
        self.path = pn.pane.Markdown()
        self.table = pn.widgets.Tabulator(self.pivot(), disabled=True, show_index=True, height=420, selectable=False)
        self.table.on_click(self.drill)
        self.back = pn.widgets.Button(name="Kembali")
        self.back.on_click(self.start)
        self.figure = pn.pane.Plotly(config={"displayModeBar": False})
        self.show()

    def kept(self) -> pd.DataFrame:
        """The filtered lines."""
        lines = frame
        for column, value in self.filters.items():
            lines = lines[lines[column] == value]
        return lines

    def pivot(self) -> pd.DataFrame:
        """Revenue in millions, with totals."""
        lines = self.kept()
        table = lines.pivot_table(
            index=self.rows,
            columns="year",
            values="amount",
            aggfunc="sum",
            margins=True,
            margins_name="Total",
            observed=True,
        )
        table.columns = [str(c) for c in table.columns]
        return (table / 1e6).round(1)

    def show(self) -> None:
        """Tiles, table and chart of the present filters."""
        lines, table = self.kept(), self.pivot()
        revenue, margin = lines["amount"].sum(), lines["margin"].sum()
        said = (
            ("Omzet", f"Rp{revenue / 1e9:.1f} M"),
            ("Laba kotor", f"Rp{margin / 1e9:.1f} M"),
            ("Marjin", f"{margin / revenue:.1%}" if revenue else "—"),
            ("Pelanggan", f"{lines['customer_id'].nunique():,}"),
        )
        self.tiles[:] = [pn.pane.Markdown(f"{name}\n# {value}\nn = {len(lines):,}") for name, value in said]
        self.path.object = " › ".join(["Semua", *(f"{k}: {v}" for k, v in self.filters.items())])
        self.table.value = table
        body = table.drop(index="Total")
        years = [c for c in body.columns if c != "Total"]
        figure = go.Figure(
            [
                go.Scatter(x=years, y=row[years], name=str(name), mode="lines+markers")
                for name, row in body.head(8).iterrows()
            ]
        )
        figure.update_layout(
            title=f"Omzet: {self.path.object}", height=420, margin={"l": 40, "r": 10, "t": 40, "b": 30}
        )
        self.figure.object = figure

    def drill(self, event) -> None:
        """Go into the row that was clicked."""
        member = self.table.value.index[event.row]
        if member == "Total" or self.rows not in BELOW:
            return
        self.filters[self.rows] = member
        self.rows = BELOW[self.rows]
        self.show()

    def start(self, _event) -> None:
        """All again."""
        self.filters, self.rows = {}, "segment"
        self.show()

    def page(self) -> pn.Column:
        """Everything."""
        return pn.Column(
            "# Penjelajah kubus", self.tiles, pn.Row(self.back, self.path), pn.Row(self.table, self.figure)
        )


Explorer().page().servable(title="Penjelajah kubus")
