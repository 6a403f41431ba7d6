"""The executive dashboard's yardstick: the overview's tiles and figures of PT XYZ in Panel, written with care.

Served by ``executive.py`` beside this file with ``panel serve``; the folder of the Parquet files is in ``PTXYZ``. The
joined tables are read once per server, texts are categories, what a choice of filters needs is computed once and
remembered, and all panes change in one message.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import panel as pn
import plotly.graph_objects as go

pn.extension("plotly", sizing_mode="stretch_width")

ALL = "Semua"
YEARS = [2020, 2019, 2018, 2017, 2016]
FILTERS = {"segment": "Segmen", "channel": "Saluran", "island": "Wilayah"}
TITLES = {"department": "Barang", "segment": "Segmen", "channel": "Saluran", "island": "Wilayah"}
EFFECTS = {"volume": "Volume", "mix": "Bauran", "price": "Harga", "new": "Baru", "gone": "Dihentikan"}


def placed(facts: pd.DataFrame) -> pd.DataFrame:
    """Facts with what the filters choose by, as categories."""
    folder = Path(os.environ["PTXYZ"])
    for name, key, wanted in (
        ("customer", "customer_key", ["segment"]),
        ("region", "city_id", ["island"]),
        ("channel", "channel_id", ["channel"]),
        ("product", "product_id", ["department"]),
    ):
        if key in facts:
            told = pd.read_parquet(folder / f"dim_{name}.parquet", columns=[key, *wanted])
            facts = facts.merge(told, on=key, how="left")
    at = pd.to_datetime(facts["date"])
    facts = facts.assign(year=at.dt.year.astype("int16"), month=at.dt.month.astype("int8"))
    for column in {"segment", "island", "channel", "department"} & set(facts.columns):
        facts[column] = facts[column].astype("category")
    return facts


def tables() -> dict[str, pd.DataFrame]:
    """Sales lines, orders and answers, joined once, with the columns that are used."""
    folder = Path(os.environ["PTXYZ"])
    keys = ["date", "customer_key", "channel_id", "city_id"]
    lines = [*keys, "customer_id", "product_id", "quantity", "amount", "margin"]
    read = {
        "lines": placed(pd.read_parquet(folder / "fact_sales_line.parquet", columns=lines)),
        "orders": placed(pd.read_parquet(folder / "fact_order.parquet", columns=keys)),
        "answers": placed(pd.read_parquet(folder / "fact_survey.parquet", columns=[*keys, "nps_score"])),
    }
    return {name: table.drop(columns=["date", "customer_key", "channel_id", "city_id"]) for name, table in read.items()}


known = pn.state.as_cached("ptxyz-executive", tables)


def kept(name: str, where: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """The rows that the filters leave."""
    table = known[name]
    for column, value in where:
        if value != ALL:
            table = table[table[column] == value]
    return table


def effects(now: pd.DataFrame, was: pd.DataFrame) -> dict[str, float]:
    """Why revenue changed: volume, mix, price, products that came and went."""
    a, b = (side.groupby("product_id")[["amount", "quantity"]].sum() for side in (was, now))
    both = a.join(b, how="inner", lsuffix="0", rsuffix="1")
    q0, q1 = both["quantity0"], both["quantity1"]
    price = both["amount0"] / q0
    found = dict.fromkeys(EFFECTS, 0.0)
    if len(both):
        found["volume"] = (q1.sum() - q0.sum()) * both["amount0"].sum() / q0.sum()
        found["mix"] = float((((q1 / q1.sum()) - (q0 / q0.sum())) * price).sum() * q1.sum())
        found["price"] = float(((both["amount1"] / q1 - price) * q1).sum())
    found["new"] = float(b.loc[b.index.difference(a.index), "amount"].sum())
    found["gone"] = -float(a.loc[a.index.difference(b.index), "amount"].sum())
    return found


def score(answers: pd.DataFrame) -> tuple[float, float, int]:
    """NPS, half its interval, and n."""
    n = len(answers)
    if not n:
        return float("nan"), float("nan"), 0
    marks = np.where(answers["nps_score"] >= 9, 1.0, np.where(answers["nps_score"] <= 6, -1.0, 0.0))
    return 100 * marks.mean(), 196 * marks.std() / np.sqrt(n), n


@pn.cache(max_items=2000)
def answered(year: int, where: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """All that the page shows, computed once for each choice."""
    lines, orders, answers = (kept(name, where) for name in ("lines", "orders", "answers"))
    now, was = lines[lines["year"] == year], lines[lines["year"] == year - 1]
    counts = orders.groupby("year").size()
    totals = []
    for side, at in ((now, year), (was, year - 1)):
        sums = side[["amount", "margin"]].sum()
        totals.append((sums["amount"], sums["margin"], counts.get(at, 0), side["customer_id"].nunique(), len(side)))
    months = [side.groupby("month")["amount"].sum().reindex(range(1, 13), fill_value=0).tolist() for side in (now, was)]
    members = {}
    for level in TITLES:
        sums = {name: side.groupby(level, observed=True)["amount"].sum() for name, side in (("now", now), ("was", was))}
        members[level] = pd.DataFrame(sums).fillna(0).sort_values("now")
    scores = {y: score(answers[answers["year"] == y]) for y in sorted(YEARS)}
    return {
        "totals": totals,
        "months": months,
        "members": members,
        "effects": effects(now, was),
        "scores": scores,
    }


def laid(figure: go.Figure, title: str) -> go.Figure:
    """A figure with its title, small margins and no tools."""
    figure.update_layout(title=title, height=320, margin={"l": 40, "r": 10, "t": 40, "b": 30}, template="plotly_white")
    return figure


class Dashboard:
    """The page of one session."""

    def __init__(self) -> None:
        lines = known["lines"]
        self.year = pn.widgets.Select(name="Tahun", options=YEARS, value=2020)
        self.filters = {
            column: pn.widgets.Select(name=name, options=[ALL, *lines[column].cat.categories])
            for column, name in FILTERS.items()
        }
        self.tiles = [pn.pane.Markdown() for _ in range(5)]
        names = ("months", "effects", *TITLES, "scores")
        self.panes = {name: pn.pane.Plotly(config={"displayModeBar": False}, height=330) for name in names}
        for widget in (self.year, *self.filters.values()):
            widget.param.watch(self.show, "value")
        self.show()

    def show(self, *_events: object) -> None:
        """Everything for the present filters, in one message."""
        year, where = self.year.value, tuple((column, w.value) for column, w in self.filters.items())
        told = answered(year, where)
        chosen = " · ".join([str(year), *(value for _, value in where)])
        tiles, figures = self.texts(told, year), self.figures(told, year, chosen)
        with pn.io.hold():
            for pane, text in zip(self.tiles, tiles, strict=True):
                pane.object = f"{text}\n\n<small>{chosen}</small>"
            for name, figure in figures.items():
                self.panes[name].object = figure

    def texts(self, told: dict, year: int) -> list[str]:
        """The tiles."""
        now, was = told["totals"]
        shares = [t[1] / t[0] if t[0] else 0 for t in (now, was)]
        change = [a / b - 1 if b else float("nan") for a, b in zip(now, was, strict=True)]
        nps, half, n = told["scores"][year]
        return [
            f"Omzet {year}\n# Rp{now[0] / 1e9:.1f} M\n{change[0]:+.1%}, n = {now[4]:,}",
            f"Marjin {year}\n# {shares[0]:.1%}\n{100 * (shares[0] - shares[1]):+.1f} poin, n = {now[4]:,}",
            f"Pesanan {year}\n# {now[2]:,}\n{change[2]:+.1%}",
            f"Pelanggan {year}\n# {now[3]:,}\n{change[3]:+.1%}",
            f"NPS {year}\n# {nps:.1f}\n{nps - half:.1f} sampai {nps + half:.1f}, n = {n:,}",
        ]

    def figures(self, told: dict, year: int, chosen: str) -> dict[str, go.Figure]:
        """The figures."""
        months, drawn = list(range(1, 13)), {}
        lines = [go.Scatter(x=months, y=y, name=str(n)) for y, n in zip(told["months"], (year, year - 1), strict=True)]
        drawn["months"] = laid(go.Figure(lines), f"Omzet per bulan: {chosen}")
        parts = told["effects"]
        bridge = go.Waterfall(x=list(EFFECTS.values()), y=[parts[e] for e in EFFECTS])
        drawn["effects"] = laid(go.Figure(bridge), f"Mengapa berubah: {chosen}")
        for level, title in TITLES.items():
            table = told["members"][level]
            bars = [
                go.Bar(y=table.index.astype(str), x=table[side], name=str(n), orientation="h")
                for side, n in (("was", year - 1), ("now", year))
            ]
            drawn[level] = laid(go.Figure(bars), f"{title}: {chosen}")
        found = told["scores"]
        error = {"type": "data", "array": [s[1] for s in found.values()]}
        points = go.Scatter(x=list(found), y=[s[0] for s in found.values()], error_y=error, mode="markers")
        drawn["scores"] = laid(go.Figure(points), f"NPS: {chosen}")
        return drawn

    def page(self) -> pn.Column:
        """Everything."""
        panes = list(self.panes.values())
        pairs = [pn.Row(*panes[i : i + 2]) for i in range(1, len(panes), 2)]
        return pn.Column(
            "# Dasbor direksi", pn.Row(self.year, *self.filters.values()), pn.Row(*self.tiles), panes[0], *pairs
        )


Dashboard().page().servable(title="Dasbor direksi")
