"""Goals and objectives: what a sentence promises, what it leaves out, and how far it has come."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import moment_of, number
from ...results import Note, Result
from .sentences import NEEDS, read_objective
from .tables import rows_of, single, table_of

__all__ = ["objectives", "read_objective"]


def objectives(table: Any, *, as_of: Any = None) -> Result:
    """Tell goals from objectives, say what each sentence lacks, and hold what was reached against what was wanted.

    A goal is qualitative. An objective can be measured: it has a number, a unit and a deadline, and is worth more with
    the value it starts from (``baseline``). What has a number but no unit or no deadline is a ``draft``.

    Parameters
    ----------
    table : table or list of dict
        ``sentence``; where there is one ``objective`` (a short name), ``owner``, ``actual`` (what was reached, in the
        sentence's unit and scale), ``lang`` (``id`` or ``en``), and ``baseline``, which takes the place of what the
        sentence says.
    as_of : date, optional
        Deadlines that name no year are those that come next after this day.

    Returns
    -------
    Result
        Kind ``programme.objectives``: a row a sentence: ``kind`` (``goal``, ``draft``, ``objective``), ``direction``
        (``should_rise``, ``should_fall``), ``target_value``, ``unit``, ``deadline``, ``due_on``, ``baseline``,
        ``lacks``, ``actual``, ``achieved_share`` (actual / target, for what should rise), ``progress_share``
        ((actual - baseline) / (target - baseline), where the baseline is known). Facts: ``n``, ``goals``, ``drafts``,
        ``objectives``, ``without_baseline``, ``measured``, ``reached``; of one sentence ``achieved_share`` and
        ``progress_share``.

    Notes
    -----
    The target of "from 70 to 85" is the level 85; of "200 more", the addition 200; of "by 10 %" a change that needs
    its base before it can be judged.

    Examples
    --------
    >>> book = "menghasilkan 200 tambahan prospek memenuhi syarat pada Q4"
    >>> found = objectives([{"sentence": book, "actual": 170}])
    >>> found.table[["kind", "target_value", "deadline", "lacks"]].values.tolist(), found.facts["achieved_share"]
    ([['objective', 200.0, 'Q4', 'baseline']], 0.85)
    """
    rows = rows_of(table, ("sentence",), "objectives")
    empty = [k for k, r in enumerate(rows, 1) if r["sentence"] is None]
    if empty:
        raise UserError("programme.no_name", table="objectives", rows=empty, column="sentence")
    day = moment_of(as_of, "as_of") if as_of is not None else None
    for k, r in enumerate(rows, 1):
        r["objective"] = r.get("objective") or str(k)
    single(rows, "objective", "objectives")
    out, notes = [], []
    for r in rows:
        said = read_objective(str(r["sentence"]), lang=r.get("lang"), as_of=day)
        base = r.get("baseline")
        if base is not None:
            number(base, "baseline", -float("inf"))
            said["baseline"], said["missing"] = float(base), tuple(m for m in said["missing"] if m != "baseline")
        actual = r.get("actual")
        if actual is not None:
            actual = float(number(actual, "actual", -float("inf")))
        notes += [Note(f"programme.note.{w}", {"objective": r["objective"]}) for w in said["warnings"]
                  if not (w == "percent_without_base" and base is not None)]  # fmt: skip
        achieved, progress = _reached(said, actual)
        out.append({
            "objective": r["objective"], "sentence": r["sentence"], "kind": said["kind"],
            "direction": _WAYS.get(said["direction"]), "target_value": said["target"], "unit": said["unit"],
            "deadline": said["deadline"], "due_on": said["due_on"], "baseline": said["baseline"],
            "lacks": ", ".join(said["missing"]) or None, "owner": r.get("owner"), "actual": actual,
            "achieved_share": achieved, "progress_share": progress,
        })  # fmt: skip
    frame = table_of(out)
    frame[["target_value", "baseline", "actual", "achieved_share", "progress_share"]] = frame[
        ["target_value", "baseline", "actual", "achieved_share", "progress_share"]
    ].astype("float64")
    count = {k: sum(r["kind"] == k for r in out) for k in ("goal", "draft", "objective")}
    bare = tuple(r["objective"] for r in out if r["kind"] == "objective" and "baseline" in (r["lacks"] or ""))
    judged = [r["progress_share"] if r["progress_share"] is not None else r["achieved_share"] for r in out]
    one = out[0] if len(out) == 1 else {}
    facts = {
        "n": len(out),
        "goals": count["goal"],
        "drafts": count["draft"],
        "objectives": count["objective"],
        "without_baseline": bare,
        "measured": sum(j is not None for j in judged),
        "reached": sum(j is not None and j >= 1 for j in judged),
        "achieved_share": one.get("achieved_share"),
        "progress_share": one.get("progress_share"),
    }
    if bare:
        notes.append(Note("programme.note.no_baseline", {"objectives": bare}))
    units = dict.fromkeys(frame.columns, "text")
    units |= {"target_value": "number", "baseline": "number", "actual": "number"}
    units |= {"achieved_share": "share", "progress_share": "share"}
    params = {"as_of": str(day.date()) if day is not None else None, "needs": NEEDS, "units": units}
    return Result("programme.objectives", frame, params, facts, tuple(notes))


_WAYS = {"up": "should_rise", "down": "should_fall"}


def _reached(said: dict[str, Any], actual: float | None) -> tuple[float | None, float | None]:
    """Actual by target, and the way made from the baseline to the target."""
    target, base = said["target"], said["baseline"]
    if actual is None or target is None:
        return None, None
    achieved = actual / target if said["direction"] != "down" and target > 0 and not said["relative"] else None
    end = _end(said)
    progress = (actual - base) / (end - base) if base is not None and end is not None and end != base else None
    return achieved, progress


def _end(said: dict[str, Any]) -> float | None:
    """The level that a sentence aims at, in the scale of its baseline."""
    target, base = said["target"], said["baseline"]
    if base is None or not (said["relative"] or said["addition"]):
        return target
    sign = -1 if said["direction"] == "down" else 1
    return base * (1 + sign * target / 100) if said["relative"] else base + sign * target
