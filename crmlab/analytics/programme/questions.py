"""The question bank of a situation analysis, each question with the computation that answers it or none.

A computation takes the prepared tables of :func:`crmlab.analytics.programme.prepared` and hands back what it found:
``value`` and ``unit``, where it has one ``member`` (which segment, which channel), ``low`` and ``high``, and ``n``.
``sales`` there is the last year, ``sales_before`` the year before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ...frames import label_of
from ...intervals import bunched, wilson

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AXES", "QUESTIONS"]

AXES = ("segment", "offer", "channel")

Found = dict[str, Any]
Frames = Mapping[str, "pd.DataFrame"]
Needs = dict[str, tuple[str, ...]]


def _largest(column: str, measure: str = "amount") -> tuple[Needs, Callable[[Frames], Found]]:
    """The member with the largest part of the year's sales."""

    def answer(frames: Frames) -> Found:
        sums = frames["sales"].groupby(column)[measure].sum()
        return {"value": float(sums.max() / sums.sum()), "unit": "share", "member": label_of(sums.idxmax()),
                "n": len(frames["sales"])}  # fmt: skip

    return {"sales": (column, measure)}, answer


def _growth(column: str) -> tuple[Needs, Callable[[Frames], Found]]:
    """The member whose sales moved most, against the year before."""

    def answer(frames: Frames) -> Found:
        now, then = (frames[f].groupby(column)["amount"].sum() for f in ("sales", "sales_before"))
        change = now.sub(then, fill_value=0.0)
        most = change.abs().idxmax()
        if not then.get(most, 0):
            return {}  # new this year: no percentage
        return {"value": float(change[most] / then[most]), "unit": "share", "member": label_of(most),
                "n": len(frames["sales"])}  # fmt: skip

    return {"sales": (column, "amount"), "sales_before": (column, "amount")}, answer


def _margin(column: str | None, *, lowest: bool = False) -> tuple[Needs, Callable[[Frames], Found]]:
    """Margin by revenue: sums first, then the quotient."""

    def answer(frames: Frames) -> Found:
        sales = frames["sales"]
        if column is None:
            return {"value": 1 - float(sales["cost"].sum() / sales["amount"].sum()), "unit": "share", "n": len(sales)}
        sums = sales.groupby(column)[["amount", "cost"]].sum()
        share = (1 - sums["cost"] / sums["amount"])[sums["amount"] > 0]
        at = share.idxmin() if lowest else share.idxmax()
        return {"value": float(share[at]), "unit": "share", "member": label_of(at), "n": len(sales)}

    return {"sales": (*([column] if column else []), "amount", "cost")}, answer


def _share(table: str, flag: str, by: str | None = None) -> tuple[Needs, Callable[[Frames], Found]]:
    """The share of rows with a yes, people's rows taken together where a table tells whose they are."""

    def answer(frames: Frames) -> Found:
        rows = frames[table].dropna(subset=[flag])
        member = None
        if by is not None:
            shares = rows.groupby(by)[flag].agg(["mean", "size"])
            shares = shares[shares["size"] >= 5]
            if shares.empty:
                return {}
            member = shares["mean"].idxmin() if flag == "satisfied" else shares["mean"].idxmax()
            rows = rows[rows[by] == member]
        if rows.empty:
            return {}
        hits, n = float(rows[flag].sum()), len(rows)
        if by is not None:  # the extreme of several: an interval of one alone would not be its own
            return {"value": hits / n, "unit": "share", "member": label_of(member), "n": n}
        if "customer_id" in rows and rows["customer_id"].notna().all():
            whose = rows.groupby("customer_id")[flag].agg(["sum", "size"])
            low, high = bunched(whose["sum"].to_numpy(), whose["size"].to_numpy())
        else:
            low, high = wilson(hits, n)
        return {"value": hits / n, "unit": "share", "low": low, "high": high, "n": n}

    return {table: (flag, *([by] if by else []))}, answer


def _people(
    hits: Callable[[Frames], tuple[int, int]], *tables: str, columns: tuple[str, ...] = ("customer_id",)
) -> Any:
    """The share of people of whom something holds."""

    def answer(frames: Frames) -> Found:
        k, n = hits(frames)
        if not n:
            return {}
        low, high = wilson(k, n)
        return {"value": k / n, "unit": "share", "low": low, "high": high, "n": n}

    return dict.fromkeys(tables, columns), answer


def _again(frames: Frames) -> tuple[int, int]:
    then, now = set(frames["sales_before"]["customer_id"]), set(frames["sales"]["customer_id"])
    return len(then & now), len(then)


def _new(frames: Frames) -> tuple[int, int]:
    now, ever = set(frames["sales"]["customer_id"]), set(frames["sales_earlier"]["customer_id"])
    return len(now - ever), len(now)


def _several(column: str) -> Callable[[Frames], tuple[int, int]]:
    def count(frames: Frames) -> tuple[int, int]:
        kinds = frames["sales"].groupby("customer_id")[column].nunique()
        return int((kinds > 1).sum()), len(kinds)

    return count


def _silent(frames: Frames) -> tuple[int, int]:
    ever = set(frames["sales_earlier"]["customer_id"]) | set(frames["sales"]["customer_id"])
    return len(ever - set(frames["sales"]["customer_id"])), len(ever)


def _customers(frames: Frames) -> Found:
    people = frames["sales"].groupby("segment")["customer_id"].nunique()
    return {"value": int(frames["sales"]["customer_id"].nunique()), "unit": "count",
            "member": label_of(people.idxmax()), "n": len(frames["sales"])}  # fmt: skip


def _spend(frames: Frames) -> Found:
    sales = frames["sales"]
    sums = sales.groupby("segment").agg(amount=("amount", "sum"), people=("customer_id", "nunique"))
    most = (sums["amount"] / sums["people"]).idxmax()
    return {"value": float(sales["amount"].sum() / sales["customer_id"].nunique()), "unit": "money",
            "member": label_of(most), "n": int(sales["customer_id"].nunique())}  # fmt: skip


def _concentration(frames: Frames) -> Found:
    spent = frames["sales"].groupby("customer_id")["amount"].sum().sort_values(ascending=False)
    top = max(1, round(0.2 * len(spent)))
    return {"value": float(spent.iloc[:top].sum() / spent.sum()), "unit": "share", "n": len(spent)}


def _commonest(table: str, column: str) -> tuple[Needs, Callable[[Frames], Found]]:
    def answer(frames: Frames) -> Found:
        counts = frames[table][column].value_counts()
        return {"value": float(counts.iloc[0] / counts.sum()), "unit": "share", "member": label_of(counts.index[0]),
                "n": int(counts.sum())}  # fmt: skip

    return {table: (column,)}, answer


def _returned(frames: Frames) -> Found:
    sold, back = float(frames["sales"]["amount"].sum()), float(frames["returns"]["amount"].sum())
    return {"value": back / sold, "unit": "share", "n": len(frames["returns"])}


def _discounted(frames: Frames) -> Found:
    sales = frames["sales"]
    return {"value": float(sales["discount"].sum() / (sales["amount"] + sales["discount"]).sum()), "unit": "share",
            "n": len(sales)}  # fmt: skip


def _long_tail(frames: Frames) -> Found:
    sums = frames["sales"].groupby("product_id")["amount"].sum().sort_values(ascending=False)
    few = int((sums.cumsum() < 0.8 * sums.sum()).sum()) + 1
    return {"value": few / len(sums), "unit": "share", "n": len(sums)}


def _direct(frames: Frames) -> Found:
    sales = frames["sales"]
    direct = float(sales.loc[sales["route"] == "direct", "amount"].sum())
    return {"value": direct / float(sales["amount"].sum()), "unit": "share", "n": len(sales)}


_EVER = ("sales", "sales_earlier")

# id -> axis, the columns it needs and the computation; no computation: research
QUESTIONS: dict[str, tuple[str, Any]] = {
    "q_segments_served": ("segment", _largest("segment")),
    "q_customers_in_segments": ("segment", ({"sales": ("segment", "customer_id")}, _customers)),
    "q_spend_per_customer": ("segment", ({"sales": ("segment", "customer_id", "amount")}, _spend)),
    "q_segment_growth": ("segment", _growth("segment")),
    "q_best_segment_margin": ("segment", _margin("segment")),
    "q_concentration": ("segment", ({"sales": ("customer_id", "amount")}, _concentration)),
    "q_satisfied": ("segment", _share("survey", "satisfied")),
    "q_acquisition": ("segment", _people(_new, *_EVER)),
    "q_retention": ("segment", _people(_again, "sales", "sales_before")),
    "q_silent": ("segment", _people(_silent, *_EVER)),
    "q_cross_selling": ("segment", _people(_several("offer"), "sales", columns=("customer_id", "offer"))),
    "q_contact_points": ("segment", _commonest("interactions", "touchpoint")),
    "q_complaints": ("segment", _commonest("complaints", "category")),
    "q_unresolved": ("segment", _share("complaints", "unresolved")),
    "q_segments_wanted": ("segment", None),
    "q_goals_by_segment": ("segment", None),
    "q_market_share": ("segment", None),
    "q_share_of_wallet": ("segment", None),
    "q_experience_words": ("segment", None),
    "q_costly_processes": ("segment", None),
    "q_technology_used": ("segment", None),
    "q_offers_sold": ("offer", _largest("offer")),
    "q_offer_growth": ("offer", _growth("offer")),
    "q_margin": ("offer", _margin(None)),
    "q_best_margin": ("offer", _margin("offer")),
    "q_long_tail": ("offer", ({"sales": ("product_id", "amount")}, _long_tail)),
    "q_discounts": ("offer", ({"sales": ("amount", "discount")}, _discounted)),
    "q_returned": ("offer", ({"sales": ("amount",), "returns": ("amount",)}, _returned)),
    "q_branding": ("offer", None),
    "q_awareness": ("offer", None),
    "q_competitors": ("offer", None),
    "q_advantages": ("offer", None),
    "q_added_value": ("offer", None),
    "q_benefits_seen": ("offer", None),
    "q_prices_compared": ("offer", None),
    "q_channels_used": ("channel", _largest("channel")),
    "q_channel_growth": ("channel", _growth("channel")),
    "q_direct_share": ("channel", ({"sales": ("route", "amount")}, _direct)),
    "q_worst_channel_margin": ("channel", _margin("channel", lowest=True)),
    "q_several_channels": ("channel", _people(_several("channel"), "sales", columns=("customer_id", "channel"))),
    "q_channel_satisfaction": ("channel", _share("survey", "satisfied", "channel")),
    "q_late_deliveries": ("channel", _share("deliveries", "late", "channel")),
    "q_competitors_channels": ("channel", None),
    "q_partners_words": ("channel", None),
    "q_partners_margin": ("channel", None),
    "q_channel_processes": ("channel", None),
    "q_channels_joined": ("channel", None),
}
