"""What a contact brings by channel: its answers by their margin, minus what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, number, times_of
from ...intervals import bunched, newcombe, verdict_of, wilson
from ...results import Note, Result, Source

__all__ = ["channels", "contact_value"]

ENDS = ("", "_low", "_high")


def contact_value(
    channels: Any, *, margin: float | None = None, reference: str | None = None, source: Source | None = None
) -> Result:
    """Compare channels by the value of a contact: ``p × margin - cost``.

    Parameters
    ----------
    channels : DataFrame or sequence of mappings
        ``channel``, ``cost`` (of a contact, rupiah); ``response_share``, or ``contacts`` and ``responses``, which give
        an interval; ``margin`` (of an answer), where it differs; ``held_back`` and ``held_back_responses``: people who
        were not written to and bought all the same, whose share is taken off. Counts are of people, each once:
        several messages to one person are alike, and counting them makes intervals too narrow.
    margin : float, optional
        Of an answer, rupiah, where the table has none.
    reference : str, optional
        The channel that the others are compared with; by default the first. To compare the best with the second best
        would flatter the best.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``workflow.contact_value``: per channel ``response_share`` (Wilson), ``added_share`` (less the share of
        those held back; Newcombe), ``contact_value``, ``value_difference`` to the reference with interval and verdict.

    Raises
    ------
    UserError
        ``workflow.no_channels``, ``workflow.channel_twice``, ``workflow.no_chance``, ``workflow.no_margin``,
        ``workflow.more_than_all``, ``workflow.no_reference``.

    Examples
    --------
    >>> offers = [{"channel": "whatsapp", "response_share": 0.08, "cost": 500},
    ...           {"channel": "email", "response_share": 0.02, "cost": 50}]
    >>> contact_value(offers, margin=60_000).table["contact_value"].tolist()
    [4300.0, 1150.0]
    """
    import pandas as pd

    given = pd.DataFrame(list(channels)) if isinstance(channels, list | tuple) else channels
    frame = frame_of(given, ("channel", "cost"), "channels")
    names = frame["channel"].tolist()
    twice = sorted({str(n) for n in names if names.count(n) > 1})
    if twice:
        raise UserError("workflow.channel_twice", found=twice)
    if reference is not None and reference not in names:
        raise UserError("workflow.no_reference", found=reference, wanted=names)
    reference = names[0] if reference is None else reference
    rows = [_row({k: label_of(v) for k, v in r.items()}, margin) for r in frame.to_dict("records")]
    base = next(r for r in rows if r["channel"] == reference)
    for row in rows:
        if row is base:
            row |= dict.fromkeys((f"value_difference{e}" for e in ENDS), None) | {"verdict": None}
            continue
        row["value_difference"] = row["contact_value"] - base["contact_value"]
        low = high = None
        if row["n"] and base["n"]:
            # each value goes as far as its own interval does; the two ways are the sides of a right angle
            up = [r["contact_value_high"] - r["contact_value"] for r in (row, base)]
            down = [r["contact_value"] - r["contact_value_low"] for r in (row, base)]
            low = row["value_difference"] - (down[0] ** 2 + up[1] ** 2) ** 0.5
            high = row["value_difference"] + (up[0] ** 2 + down[1] ** 2) ** 0.5
        row |= {"value_difference_low": low, "value_difference_high": high}
        hits = min(row["responses"] or 0, base["responses"] or 0)
        row["verdict"] = verdict_of(low, high, 0, hits) if low is not None else None
    best = max(rows, key=lambda r: r["contact_value"])
    worst = min(rows, key=lambda r: r["contact_value"])
    facts: dict[str, Any] = {"channels": len(rows), "best": best["channel"], "best_value": best["contact_value"]}
    facts |= {
        "best_share": best["added_share"],
        "best_margin": best["margin_per_sale"],
        "best_cost": best["contact_cost"],
    }
    facts |= {"worst": worst["channel"], "worst_value": worst["contact_value"], "reference": reference}
    facts |= {"n": sum(r["n"] or 0 for r in rows) or None, "losing": sum(r["contact_value"] < 0 for r in rows)}
    notes = [Note("workflow.note.typed", {"n": len(typed)})] if (typed := [r for r in rows if not r["n"]]) else []
    if not all(r["held_back"] for r in rows):
        notes.append(Note("workflow.note.nobody_held_back"))
    table = pd.DataFrame(rows)
    table[["n", "responses", "held_back"]] = table[["n", "responses", "held_back"]].astype("Int64")
    shares = [f"{w}{e}" for w in ("response_share", "added_share") for e in ENDS]
    units = dict.fromkeys(table.columns, "money") | dict.fromkeys(shares, "share")
    units |= {"channel": "text", "n": "count", "responses": "count", "held_back": "count", "verdict": "mark"}
    return Result("workflow.contact_value", table, {"units": units}, facts, tuple(notes), source)


def _row(told: Mapping[str, Any], margin: float | None) -> dict[str, Any]:
    gain = told.get("margin") if told.get("margin") is not None else margin
    if gain is None:
        raise UserError("workflow.no_margin", found=told["channel"])
    gain, cost = number(gain, "margin", 0), number(told["cost"], "cost", 0)
    n, hits = told.get("contacts"), told.get("responses")
    if n is not None and hits is not None:
        n, hits = _counts(told["channel"], n, hits)
        share, ends = hits / n, wilson(hits, n)
    else:
        n = hits = None
        share, ends = told.get("response_share"), (None, None)
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise UserError("workflow.no_chance", table=told["channel"], found=share)
    added, added_ends, held = share, ends, None
    if n and told.get("held_back") and told.get("held_back_responses") is not None:
        held, unasked = _counts(told["channel"], told["held_back"], told["held_back_responses"])
        added, added_ends = share - unasked / held, newcombe(hits, n, unasked, held)
    worth = [None if p is None else p * gain - cost for p in (added, *added_ends)]
    row = {"channel": told["channel"], "n": n, "responses": hits, "held_back": held}
    row |= dict(zip((f"response_share{e}" for e in ENDS), (share, *ends), strict=True))
    row |= dict(zip((f"added_share{e}" for e in ENDS), (added, *added_ends), strict=True))
    row |= {"margin_per_sale": gain, "contact_cost": cost}
    return row | dict(zip((f"contact_value{e}" for e in ENDS), worth, strict=True))


def _counts(channel: Any, n: Any, hits: Any) -> tuple[int, int]:
    n, hits = number(n, "contacts", 1, whole=True), number(hits, "responses", 0, whole=True)
    if hits > n:
        raise UserError("workflow.more_than_all", table=str(channel), found=[hits, n])
    return n, hits


def channels(
    sends: Any,
    *,
    costs: Mapping[str, float],
    margin: float,
    response: str = "converted",
    scores: Any = None,
    satisfied_from: float = 4,
    within_days: float = 30,
    control: str = "control",
    source: Source | None = None,
) -> Result:
    """What messages brought by channel: people reached, answers, costs, and how content those people were.

    Parameters
    ----------
    sends : DataFrame
        ``channel``, ``customer_id``, ``sent_at``, and yes or no for ``opened``, ``clicked``, ``converted``, as far as
        they are there; ``arm``, where some were held back.
    costs : mapping
        Channel -> rupiah a message.
    margin : float
        Rupiah an answer.
    response : str
        The column that counts as the answer.
    scores : DataFrame, optional
        ``customer_id``, ``answered_on``, ``csat``. An answer belongs to the person's last message of the
        ``within_days`` before it.
    satisfied_from : float
        A ``csat`` from here on counts as satisfied.
    within_days : float
    control : str
        The arm of those who were held back; they are left out and counted.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``workflow.channels``: per channel ``people``, ``contacts``, a share with interval for each column of
        answers, ``contact_cost``, ``contact_value``, ``answered``, ``satisfied_share``. Intervals count people, not
        messages: one person gets many (Cochran). Nobody drew lots for channels: who gets WhatsApp and with which
        offer was chosen, so a difference is not the channel's doing, and no verdict is given.

    Raises
    ------
    UserError
        ``workflow.no_cost``, ``workflow.no_channels``, ``workflow.not_yes_or_no``.
    """
    import pandas as pd

    frame = frame_of(sends, ("channel", "customer_id", "sent_at", response), "sends")
    margin = number(margin, "margin", 0)
    kept = frame[frame["arm"] != control] if "arm" in frame else frame
    notes = [Note("workflow.note.chosen")]
    if len(kept) < len(frame):
        notes.append(Note("workflow.note.held_back", {"n": len(frame) - len(kept)}))
    nobody = kept["customer_id"].isna() | kept["channel"].isna()
    if nobody.any():
        notes.append(Note("workflow.note.no_person", {"n": int(nobody.sum())}))
        kept = kept[~nobody]
    if kept.empty:
        raise UserError("workflow.no_channels")
    missing = [str(c) for c in kept["channel"].unique() if c not in costs]
    if missing:
        raise UserError("workflow.no_cost", found=missing, wanted=list(costs))
    marks = list(dict.fromkeys(c for c in ("opened", "clicked", response) if c in kept))
    odd = [c for c in marks if not kept[c].isin([0, 1, True, False]).all()]
    if odd:
        raise UserError("workflow.not_yes_or_no", found=odd)
    judged = _scored(kept, scores, within_days) if scores is not None else None
    rows = []
    for name, some in kept.groupby("channel"):
        people = some.groupby("customer_id")
        wholes = people.size()
        row: dict[str, Any] = {"channel": name, "people": len(wholes), "contacts": len(some)}
        for mark in marks:
            low, high = bunched(people[mark].sum(), wholes)
            row |= {f"{mark}_share": float(some[mark].mean()), f"{mark}_share_low": low, f"{mark}_share_high": high}
        cost = number(costs[name], "cost", 0)
        row["contact_cost"] = cost
        row |= {f"contact_value{e}": row[f"{response}_share{e}"] * margin - cost for e in ENDS}
        row |= {"answered": 0} | dict.fromkeys((f"satisfied_share{e}" for e in ENDS), None)
        if judged is not None and (mine := judged[judged["channel"] == name]).size:
            content = (mine["csat"] >= satisfied_from).groupby(mine["customer_id"])
            low, high = bunched(content.sum(), content.size())
            row |= {"answered": len(mine), "satisfied_share": float((mine["csat"] >= satisfied_from).mean())}
            row |= {"satisfied_share_low": low, "satisfied_share_high": high}
        rows.append(row)
    table = pd.DataFrame(rows)
    both = kept.groupby("customer_id")["channel"].nunique()
    best = max(rows, key=lambda r: r["contact_value"])
    facts: dict[str, Any] = {"n": len(kept), "people": int(kept["customer_id"].nunique()), "channels": len(rows)}
    facts |= {"in_several": int((both > 1).sum()), "held_back": len(frame) - len(kept)}
    facts |= {"best": best["channel"], "margin_per_sale": margin}
    facts |= {f"best_value{e}": best[f"contact_value{e}"] for e in ENDS}
    facts |= {f"best_share{e}": best[f"{response}_share{e}"] for e in ENDS} | {"best_cost": best["contact_cost"]}
    units = dict.fromkeys(table.columns, "share") | {"channel": "text"}
    units |= dict.fromkeys(("people", "contacts", "answered"), "count")
    units |= dict.fromkeys(("contact_cost", "contact_value", "contact_value_low", "contact_value_high"), "money")
    params = {"response": response, "within_days": within_days, "satisfied_from": satisfied_from, "units": units}
    return Result("workflow.channels", table, params, facts, tuple(notes), source)


def _scored(sends: Any, scores: Any, within_days: float) -> Any:
    """Each answer with the channel of the person's last message before it."""
    import pandas as pd

    told = frame_of(scores, ("customer_id", "answered_on", "csat"), "scores")
    told = told.assign(at=times_of(told, "answered_on", "scores")).dropna(subset=["csat", "customer_id", "at"])
    sent = sends.assign(at=times_of(sends, "sent_at", "sends"))[["customer_id", "channel", "at"]].dropna()
    for part in (told, sent):
        part["at"] = part["at"].astype("datetime64[us]")
        part["customer_id"] = part["customer_id"].astype(
            "int64" if pd.api.types.is_numeric_dtype(part["customer_id"]) else object
        )
    joined = pd.merge_asof(
        told.sort_values("at"), sent.sort_values("at"), on="at", by="customer_id",
        tolerance=pd.Timedelta(days=within_days),
    )  # fmt: skip
    return joined.dropna(subset=["channel"])
