"""The lifecycle: in which state every customer was month by month, and how often he passed from one to the next.

A customer's measures change when he does something; between two such months only days go by. So DuckDB holds one row
for every such span, and lays it out over its months as it counts: a table of every customer in every month is never
sorted, and never held unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Result, Source
from .stages import compiled
from .tables import dates_of, day_of, frame_of, purchases
from .transitions import ordered, transitions_of

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["lifecycle_states", "lifecycle_transitions"]


def lifecycle_states(
    sales: Any,
    *,
    as_of: Any,
    rules: Any = None,
    customers: Any = None,
    answers: Any = None,
    since: Any = None,
) -> Any:
    """The state of every customer at the end of every month.

    Parameters
    ----------
    sales : DataFrame, pyarrow.Table or path to Parquet
    as_of : date
        The last day that the tables know all of; months that end later are not judged.
    rules : DataFrame or sequence of dicts, optional
        As :func:`stage_rules` gives them.
    customers : DataFrame, optional
        ``customer_id``, ``registered_on``, and ``closed_on`` where accounts are closed: with it there are prospects.
        Of several rows of a customer the earliest begins, and the latest closes where none goes on.
    answers : DataFrame, optional
        ``customer_id``, ``nps`` and ``asked_on`` (or ``answered_at``): with it there are advocates.
    since : date, optional
        The first month; by default that of the first sale.

    Returns
    -------
    DataFrame
        ``customer_id``, ``month``, ``state``, in the order of customers and months. Where only the transitions are
        wanted, :func:`lifecycle_transitions` counts them without this table.

    Raises
    ------
    UserError
        ``retention.no_rule``: there are customers whom no rule holds for.
    """
    import pandas as pd

    con, months, states = _spans(sales, as_of, rules, customers, answers, since)
    found = con.sql(
        "SELECT s.customer AS customer_id, CAST(m.place AS SMALLINT) AS month, "
        "CAST(state_of(s.orders, m.until - coalesce(s.latest, s.since), m.until - s.since, s.closed, s.nps) AS TINYINT)"
        " AS state FROM (SELECT *, unnest(range(p, next_p)) AS month FROM spans) s JOIN months m ON m.place = s.month "
        "ORDER BY s.customer, m.place"
    ).to_arrow_table()
    con.close()
    frame = found.to_pandas()
    if frame["state"].isna().any():
        raise UserError("retention.no_rule", n=int(frame["state"].isna().sum()))
    frame["month"] = pd.Categorical.from_codes(frame["month"], [str(m) for m in months], ordered=True)
    frame["state"] = pd.Categorical.from_codes(frame["state"], states)
    return frame


def lifecycle_transitions(
    sales: Any,
    *,
    as_of: Any,
    rules: Any = None,
    customers: Any = None,
    answers: Any = None,
    since: Any = None,
    order: Sequence[str] | None = None,
    absorbing: Sequence[str] = ("lost_customer",),
    source: Source | None = None,
) -> Result:
    """How customers pass from state to state, counted where the sales are: for any number of customers.

    Parameters
    ----------
    sales, as_of, rules, customers, answers, since
        As for :func:`lifecycle_states`.
    order, absorbing, source
        As for :func:`transitions`.

    Returns
    -------
    Result
        Kind ``retention.transitions``: what :func:`transitions` says of :func:`lifecycle_states`.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [1, 1, 2], "amount": 5, "order_id": [1, 2, 3],
    ...                       "ordered_at": pd.to_datetime(["2020-01-05", "2020-02-05", "2020-02-07"])})
    >>> found = lifecycle_transitions(sales, as_of="2020-03-31").table
    >>> found[found["n"] > 0][["from_state", "to_state", "n"]].values.tolist()
    [['first_purchase', 'first_purchase', 1], ['first_purchase', 'repeat_customer', 1], \
['repeat_customer', 'repeat_customer', 1]]
    """
    import numpy as np

    con, months, states = _spans(sales, as_of, rules, customers, answers, since)
    # the state in which a span begins is what its forerunner's last month passes into
    rows = con.execute(
        """
        WITH entered AS (
            SELECT s.*, state_of(orders, m.until - coalesce(latest, since), m.until - since, closed, nps) AS first_state
            FROM spans s JOIN months m ON m.place = s.p
        ),
        linked AS (
            SELECT *, lead(first_state) OVER (PARTITION BY customer ORDER BY p) AS entering FROM entered
        ),
        laid AS (
            SELECT *, unnest(range(p, next_p)) AS month FROM linked
        )
        SELECT state_of(orders, m.until - coalesce(latest, since), m.until - since, closed, nps) AS a,
            CASE WHEN month + 1 < next_p
                THEN state_of(orders, m.until_next - coalesce(latest, since), m.until_next - since, closed, nps)
                ELSE entering END AS b,
            count(*), month = (SELECT max(place) FROM months) AS final
        FROM laid l JOIN months m ON m.place = l.month GROUP BY ALL
        """
    ).fetchall()
    people = con.execute("SELECT count(DISTINCT customer) FROM spans").fetchall()[0][0]
    con.close()
    if none := sum(n for a, _, n, _ in rows if a is None):
        raise UserError("retention.no_rule", n=none)
    seen = [s for i, s in enumerate(states) if any(r[0] == i for r in rows)]
    order = ordered(seen, order, absorbing)
    places = {i: order.index(s) for i, s in enumerate(states) if s in seen}
    counts, now = np.zeros((len(order), len(order)), dtype=np.int64), np.zeros(len(order), dtype=np.int64)
    for a, b, n, final in rows:
        if final:
            now[places[a]] += n
        else:
            counts[places[a], places[b]] += n
    if not counts.any():
        raise UserError("retention.no_pairs")
    return transitions_of(
        counts, order, absorbing, now, customers=people, months=len(months), last=str(months[-1]), source=source
    )


def _spans(
    sales: Any, as_of: Any, rules: Any, customers: Any, answers: Any, since: Any
) -> tuple[duckdb.DuckDBPyConnection, Any, list[str]]:
    """A connection with ``spans``, ``months`` and the macro ``state_of``; the months; the states.

    A span is a customer's months ``p`` up to ``next_p``, in which all that changes of him is how long ago things were.
    Months are counted from the first; what was before it is in its span. Days are numbers.
    """
    import pandas as pd

    expression, states = compiled(rules)
    con, _, last = purchases(sales, as_of, count=True)
    first = (
        day_of(since, "since")
        if since is not None
        else pd.Timestamp(con.execute("SELECT min(day) FROM days").fetchall()[0][0])
    )
    over = last.to_period("M") if last.is_month_end else last.to_period("M") - 1
    months = pd.period_range(first.to_period("M"), over, freq="M")
    if not len(months):
        raise UserError("retention.no_whole_period", period="month", as_of=str(last.date()))
    con.execute(f"CREATE MACRO state_of(orders, quiet_days, tenure_days, closed, nps) AS {expression}")
    con.execute("CREATE MACRO number_of(day) AS date_diff('day', DATE '1970-01-01', CAST(day AS DATE))")
    con.execute(
        "CREATE MACRO place_of(day) AS greatest("
        f"date_diff('month', DATE '1970-01-01', CAST(day AS DATE)) - {months[0].ordinal}, 0)"
    )
    ends = [(m.end_time.normalize() - pd.Timestamp("1970-01-01")).days for m in (*months, months[-1] + 1)]
    calendar = pd.DataFrame({"place": range(len(months)), "until": ends[:-1], "until_next": ends[1:]})
    con.register("months", calendar)
    con.register("people", _people(customers))
    con.register("said", _said(answers))
    con.execute(
        f"""
        CREATE TABLE spans AS
        WITH bought AS (
            SELECT customer, place_of(day) AS p, sum(orders) AS orders, max(number_of(day)) AS latest,
                min(number_of(day)) AS since
            FROM days WHERE buys GROUP BY ALL
        ),
        happened AS (
            SELECT customer, p, orders, latest, since, 0 AS closed, NULL::DOUBLE AS nps FROM bought
            UNION ALL SELECT customer, place_of(since), 0, NULL, number_of(since), 0, NULL FROM people
            UNION ALL SELECT customer, place_of(closed_on), 0, NULL, NULL, 1, NULL FROM people
                WHERE closed_on IS NOT NULL
            UNION ALL SELECT customer, place_of(asked), 0, NULL, NULL, 0, arg_max(nps, asked) FROM said GROUP BY ALL
        ),
        monthly AS (
            SELECT customer, p, sum(orders) AS orders, max(latest) AS latest, min(since) AS since,
                max(closed) AS closed, max(nps) AS nps
            FROM happened WHERE p < {len(months)} GROUP BY ALL
        )
        SELECT customer, p, coalesce(lead(p) OVER own, {len(months)}) AS next_p,
            sum(orders) OVER own AS orders, max(latest) OVER own AS latest, min(since) OVER own AS since,
            max(closed) OVER own AS closed, last_value(nps IGNORE NULLS) OVER own AS nps
        FROM monthly WINDOW own AS (PARTITION BY customer ORDER BY p)
        """
    )
    # who only answered, or closed, is nobody's customer yet
    con.execute("DELETE FROM spans WHERE since IS NULL")
    return con, months, states


def _people(customers: Any) -> pd.DataFrame:
    """Of everyone in the table when he began, and when the last of his contracts ended, if all have."""
    import pandas as pd

    if customers is None:
        return pd.DataFrame({"customer": pd.Series(dtype="int64"), **dict.fromkeys(("since", "closed_on"), _days())})
    frame = frame_of(customers, ("customer_id", "registered_on"), "customers")
    people = pd.DataFrame({"customer": frame["customer_id"], "since": dates_of(frame, "registered_on", "customers")})
    ends = dates_of(frame, "closed_on", "customers") if "closed_on" in frame else _days()
    people["closed_on"] = ends
    people["goes_on"] = people["closed_on"].isna()
    own = people.dropna(subset=["customer", "since"]).groupby("customer", as_index=False)
    found = own.agg({"since": "min", "closed_on": "max", "goes_on": "any"})
    found["closed_on"] = found["closed_on"].where(~found["goes_on"])
    return found[["customer", "since", "closed_on"]]


def _said(answers: Any) -> pd.DataFrame:
    """Who answered when, and what: the last answer of a day."""
    import pandas as pd

    if answers is None:
        return pd.DataFrame({"customer": pd.Series(dtype="int64"), "asked": _days(), "nps": pd.Series(dtype="float")})
    when = "asked_on" if "asked_on" in getattr(answers, "columns", ()) else "answered_at"
    frame = frame_of(answers, ("customer_id", "nps", when), "answers")
    said = pd.DataFrame({"customer": frame["customer_id"], "asked": dates_of(frame, when, "answers")})
    said["nps"] = frame["nps"].astype(float)
    return said.dropna().sort_values("asked", kind="stable").drop_duplicates(["customer", "asked"], keep="last")


def _days() -> pd.Series:
    import pandas as pd

    return pd.Series(dtype="datetime64[s]")
