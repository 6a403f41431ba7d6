"""Where are we now? The question bank answered by a company's own tables, by people with evidence, or not yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...errors import UserError, suggest
from ...frames import frame_of, moment_of, times_of
from ...results import Note, Result, Source
from .questions import AXES, QUESTIONS
from .tables import rows_of, single, table_of

__all__ = ["bank", "prepared", "situation"]


def bank() -> list[dict[str, Any]]:
    """The questions as plain rows: ``question``, ``axis``, ``needs`` (table and columns; empty: research).

    What a question says is ``labels.name(question)``.

    Examples
    --------
    >>> len(bank()) >= 30, bank()[0]
    (True, {'question': 'q_segments_served', 'axis': 'segment', 'needs': {'sales': ['segment', 'amount']}})
    """
    return [
        {"question": q, "axis": axis, "needs": {t: list(c) for t, c in bound[0].items()} if bound else {}}
        for q, (axis, bound) in QUESTIONS.items()
    ]


def prepared(tables: Mapping[str, Any], *, as_of: Any) -> dict[str, Any]:
    """The tables as the questions take them, from the star of a company like PT XYZ.

    Parameters
    ----------
    tables : mapping
        ``fact_sales_line`` with ``dim_customer``, ``dim_product``, ``dim_channel``; where there are any
        ``fact_survey``, ``fact_complaint``, ``fact_interaction``, ``fact_delivery``, ``fact_return``. Or tables that
        are ready: ``sales`` (``date``, ``customer_id``, ``segment``, ``offer``, ``channel``, ``amount``, ...),
        ``survey``, ``complaints``, ``interactions``, ``deliveries``, ``returns``, each with ``date``.
    as_of : date
        The last day that counts. ``sales`` is the year that ends there, ``sales_before`` the year before,
        ``sales_earlier`` all that came before ``sales``; the other tables hold the same year as ``sales``.

    Raises
    ------
    UserError
        ``programme.no_sales``.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"date": ["2019-05-01", "2020-05-01"], "customer_id": [1, 1], "amount": [5, 7]})
    >>> frames = prepared({"sales": sales}, as_of="2020-12-31")
    >>> len(frames["sales"]), len(frames["sales_before"]), len(frames["sales_earlier"])
    (1, 1, 1)
    """
    import pandas as pd

    day = moment_of(as_of, "as_of").normalize()
    found = _of_star(tables) if "fact_sales_line" in tables else dict(tables)
    if "sales" not in found:
        raise UserError("programme.no_sales", found=[str(t) for t in tables])
    start, before = day - pd.DateOffset(years=1), day - pd.DateOffset(years=2)
    out = {}
    for name, table in found.items():
        frame = frame_of(table, ("date",), name)
        at = times_of(frame, "date", name).dt.normalize()
        out[name] = frame[(at > start) & (at <= day)]
        if name == "sales":
            out["sales_before"] = frame[(at > before) & (at <= start)]
            out["sales_earlier"] = frame[at <= start]
    if out["sales"].empty:
        raise UserError("programme.no_sales", found=[str(day.date())])
    return out


def _of_star(tables: Mapping[str, Any]) -> dict[str, Any]:
    lines = tables["fact_sales_line"]
    customers, products, channels = (tables[t] for t in ("dim_customer", "dim_product", "dim_channel"))
    segment = customers.drop_duplicates("customer_key").set_index("customer_key")["segment"]
    offer = products.set_index("product_id")["department"]
    channel = channels.set_index("channel_id")
    out = {
        "sales": lines.assign(
            segment=lines["customer_key"].map(segment),
            offer=lines["product_id"].map(offer),
            channel=lines["channel_id"].map(channel["channel"]),
            route=lines["channel_id"].map(channel["route"]),
        )
    }
    also = {"survey": "fact_survey", "complaints": "fact_complaint", "interactions": "fact_interaction",
            "deliveries": "fact_delivery", "returns": "fact_return"}  # fmt: skip
    for name, fact in also.items():
        if fact in tables:
            frame = tables[fact]
            if "channel_id" in frame:
                frame = frame.assign(channel=frame["channel_id"].map(channel["channel"]))
            out[name] = frame.rename(columns={"complaint_category": "category"})
    return out


def situation(
    tables: Mapping[str, Any],
    *,
    as_of: Any,
    ask: Iterable[str] | None = None,
    answers: Any = None,
    source: Source | None = None,
) -> Result:
    """Answer the question bank: by a computation where the company's own data can, by a person with evidence elsewhere.

    Parameters
    ----------
    tables : mapping
        As for :func:`prepared`.
    as_of : date
        The last day that counts; a year up to it is looked at.
    ask : iterable of str, optional
        Questions of :func:`bank`, or axes; all by default.
    answers : table or list of dict, optional
        What people found out: ``question``, ``answer``, ``evidence``. Evidence is required.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``programme.situation``: a row a question: ``axis``, ``status`` (``by_data``, ``by_person``,
        ``needs_data``, ``needs_research``), ``value`` in ``unit``, ``member``, ``low``, ``high``, ``n``, ``answer``,
        ``evidence``, ``lacks`` (columns). Facts: ``questions``, ``by_data``, ``by_people``, ``needs_data``,
        ``research``, ``data_share`` (answered by data), ``answered_share``.

    Raises
    ------
    UserError
        ``programme.unknown_question``, ``programme.no_evidence``, ``programme.no_sales``.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"date": "2020-05-01", "segment": ["a", "b"], "amount": [30, 70]})
    >>> found = situation({"sales": sales}, as_of="2020-12-31", ask=["q_segments_served", "q_market_share"])
    >>> found.table[["status", "member"]].values.tolist(), found.facts["data_share"]
    ([['by_data', 'b'], ['needs_research', None]], 0.5)
    """
    asked = _asked(ask)
    frames = prepared(tables, as_of=as_of)
    told = _told(answers, asked) if answers is not None else {}
    rows = []
    for q in asked:
        axis, bound = QUESTIONS[q]
        found, lacks = {}, None
        if bound:
            missing = [f"{t}.{c}" for t, columns in bound[0].items() for c in columns
                       if t not in frames or c not in frames[t].columns]  # fmt: skip
            empty = [t for t in bound[0] if t in frames and frames[t].empty]
            lacks = ", ".join([*missing, *empty]) or None
            found = {} if lacks else bound[1](frames)
        person = told.get(q, {})
        status = "by_data" if found else "by_person" if person else "needs_data" if bound else "needs_research"
        rows.append({
            "question": q, "axis": axis, "status": status,
            **{k: found.get(k) for k in ("value", "unit", "member", "low", "high", "n")},
            "answer": person.get("answer"), "evidence": person.get("evidence"), "lacks": lacks,
        })  # fmt: skip
    table = table_of(rows)
    table[["value", "low", "high"]] = table[["value", "low", "high"]].astype("float64")
    table["n"] = table["n"].astype("Int64")
    count = {s: sum(r["status"] == s for r in rows) for s in ("by_data", "by_person", "needs_data", "needs_research")}
    facts = {
        "questions": len(rows),
        "by_data": count["by_data"],
        "by_people": count["by_person"],
        "needs_data": count["needs_data"],
        "research": count["needs_research"],
        "data_share": count["by_data"] / len(rows),
        "answered_share": (count["by_data"] + count["by_person"]) / len(rows),
    }
    notes = []
    if count["needs_data"]:
        short = tuple(r["question"] for r in rows if r["status"] == "needs_data")
        notes.append(Note("programme.note.needs_data", {"n": count["needs_data"], "questions": short}))
    units = dict.fromkeys(table.columns, "text") | dict.fromkeys(("value", "low", "high"), "number") | {"n": "count"}
    params = {"as_of": moment_of(as_of, "as_of"), "ask": tuple(asked), "units": units}
    return Result("programme.situation", table, params, facts, tuple(notes), source)


def _asked(ask: Iterable[str] | None) -> list[str]:
    if ask is None:
        return list(QUESTIONS)
    out: list[str] = []
    for one in [ask] if isinstance(ask, str) else ask:
        if one in AXES:
            out += [q for q, (axis, _) in QUESTIONS.items() if axis == one]
        elif one in QUESTIONS:
            out.append(one)
        else:
            near = suggest(str(one), [*QUESTIONS, *AXES])
            raise UserError("programme.unknown_question", found=one, near=near)
    if not out:
        raise UserError("programme.unknown_question", found="")
    return list(dict.fromkeys(out))


def _told(answers: Any, asked: list[str]) -> dict[str, dict[str, Any]]:
    rows = rows_of(answers, ("question", "answer", "evidence"), "answers")
    single(rows, "question", "answers")
    for k, r in enumerate(rows, 1):
        if r["question"] not in QUESTIONS:
            near = suggest(str(r["question"]), QUESTIONS)
            raise UserError("programme.unknown_question", table="answers", rows=[k], found=r["question"], near=near)
        if r["answer"] is not None and r["evidence"] is None:
            raise UserError("programme.no_evidence", table="answers", rows=[k], item=r["question"], found=r["answer"])
    return {r["question"]: r for r in rows if r["answer"] is not None and r["question"] in asked}
