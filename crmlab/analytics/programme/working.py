"""How work runs and what it needs: processes from their log, the data there are, the test before a launch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...frames import frame_of, label_of, number, times_of
from ...results import Note, Result
from .tables import known, rows_of, single, table_of

__all__ = ["acceptance", "data_review", "processes", "swim_lane"]

_FEW_CASES = 20


def _log(log: Any, extra: Sequence[str] = ()) -> Any:
    """The log in its order within each case: by time where it has one, else as it stands."""
    frame = frame_of(log, ("case", "process", "activity", "function", *extra), "log").reset_index(drop=True)
    for column in ("case", "process", "activity", "function"):
        empty = [int(k) + 1 for k in frame.index[frame[column].isna()]]
        if empty:
            raise UserError("programme.no_name", table="log", rows=empty, column=column)
    if "at" in frame:
        frame = frame.assign(at=times_of(frame, "at", "log")).sort_values("at", kind="stable")
    return frame


def processes(log: Any, *, primary: Mapping[str, bool] | None = None) -> Result:
    """Which processes cross functions, which of them the customer sees, from what was written down of each case.

    Parameters
    ----------
    log : table
        One row an event: ``case``, ``process``, ``activity``, ``function`` (who did it); where known ``at`` (when) and
        ``front`` (1 where the customer is in contact, else 0).
    primary : mapping, optional
        Process to whether it is primary (matters much to cost or to what customers experience): no log can tell.

    Returns
    -------
    Result
        Kind ``programme.processes``: a row a process: ``reach`` (``horizontal`` where its cases touch more than one
        function, else ``vertical``), ``functions``, ``crossing_share`` (of its cases), ``handovers`` (a case, on
        average), ``stage`` (``front_office``, ``back_office``, ``front_and_back``), ``front_share`` (of its events),
        ``importance``, ``cases``, ``events``. Facts: ``processes``, ``horizontal``, ``vertical``, ``cases``,
        ``most_handovers``.

    Notes
    -----
    One case that strayed makes a process horizontal: ``crossing_share`` says how usual that is.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"case": [1, 1, 1, 2], "process": ["complaint"] * 3 + ["campaign"],
    ...     "activity": ["take", "look", "refund", "send"], "function": ["service", "stores", "finance", "marketing"]})
    >>> processes(log).table[["process", "reach", "functions"]].values.tolist()
    [['complaint', 'horizontal', 3], ['campaign', 'vertical', 1]]
    """
    frame = _log(log)
    names = [label_of(p) for p in frame["process"].unique()]
    for p in primary or {}:
        if p not in names:
            near = suggest(str(p), [str(n) for n in names])
            raise UserError("programme.unknown_value", table="log", column="process", found=p, wanted=names, near=near)
    rows = []
    for name, part in frame.groupby("process", sort=False):
        functions = int(part["function"].nunique())
        by_case = part.groupby("case", sort=False)["function"]
        crossing = float((by_case.nunique() > 1).mean())
        moved = part["function"] != by_case.shift()
        cases = int(part["case"].nunique())
        front = float(part["front"].astype(float).mean()) if "front" in part and part["front"].notna().all() else None
        stage = (
            None
            if front is None
            else "front_office"
            if front == 1
            else "back_office"
            if front == 0
            else "front_and_back"
        )
        said = (primary or {}).get(label_of(name))
        rows.append({
            "process": label_of(name), "reach": "horizontal" if functions > 1 else "vertical", "functions": functions,
            "crossing_share": crossing, "handovers": (int(moved.sum()) - cases) / cases, "stage": stage,
            "front_share": front,
            "importance": None if said is None else "primary_process" if said else "secondary_process",
            "cases": cases, "events": len(part),
        })  # fmt: skip
    table = table_of(rows)
    table["front_share"] = table["front_share"].astype("float64")
    most = max(rows, key=lambda r: r["handovers"])
    few = tuple(r["process"] for r in rows if r["cases"] < _FEW_CASES)
    facts = {
        "processes": len(rows),
        "horizontal": sum(r["reach"] == "horizontal" for r in rows),
        "vertical": sum(r["reach"] == "vertical" for r in rows),
        "cases": sum(r["cases"] for r in rows),
        "events": len(frame),
        "most_handovers": most["process"],
        "handovers": most["handovers"],
    }
    notes = [Note("programme.note.few_cases", {"names": few, "least": _FEW_CASES})] if few else []
    units = {"process": "text", "reach": "text", "functions": "count", "crossing_share": "share", "handovers": "number",
             "stage": "text", "front_share": "share", "importance": "text", "cases": "count",
             "events": "count"}  # fmt: skip
    return Result("programme.processes", table, {"units": units}, facts, tuple(notes))


def swim_lane(log: Any, *, process: Any) -> Result:
    """One process as it runs: its activities in their usual order, each in the lane of who does it.

    Parameters
    ----------
    log : table
        As for :func:`processes`.
    process : str

    Returns
    -------
    Result
        Kind ``programme.swim_lane``: a row an activity of a function: ``position`` (its mean place in a case, 1 the
        first), ``order``, ``cases``, ``case_share``. ``params["moves"]`` holds how often one row follows another.
        Facts: ``process``, ``functions``, ``activities``, ``cases``, ``variants`` (different ways through),
        ``usual_share`` (cases that go the commonest way).

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"case": [1, 1, 2, 2], "process": "complaint", "activity": ["take", "pay"] * 2,
    ...                     "function": ["service", "finance"] * 2})
    >>> swim_lane(log, process="complaint").table[["order", "activity", "function"]].values.tolist()
    [[1, 'take', 'service'], [2, 'pay', 'finance']]
    """
    from collections import Counter

    frame = _log(log)
    part = frame[frame["process"] == process]
    if part.empty:
        names = [str(p) for p in frame["process"].unique()]
        near = suggest(str(process), names)
        raise UserError(
            "programme.unknown_value", table="log", column="process", found=process, wanted=names, near=near
        )
    part = part.assign(place=part.groupby("case", sort=False).cumcount() + 1)
    cases = int(part["case"].nunique())
    rows = []
    for (activity, function), some in part.groupby(["activity", "function"], sort=False):
        shared = int(some["case"].nunique())
        rows.append({"activity": label_of(activity), "function": label_of(function),
                     "position": float(some["place"].mean()), "cases": shared,
                     "case_share": shared / cases})  # fmt: skip
    rows.sort(key=lambda r: r["position"])
    rows = [{"order": k, **r} for k, r in enumerate(rows, 1)]
    place = {(r["activity"], r["function"]): r["order"] for r in rows}
    ways: Counter[tuple[int, ...]] = Counter()
    moves: Counter[tuple[int, int]] = Counter()
    for _, some in part.groupby("case", sort=False):
        way = tuple(place[label_of(a), label_of(f)] for a, f in zip(some["activity"], some["function"], strict=True))
        ways[way] += 1
        moves.update(zip(way[:-1], way[1:], strict=True))
    facts = {
        "process": process,
        "functions": int(part["function"].nunique()),
        "activities": len(rows),
        "cases": cases,
        "variants": len(ways),
        "usual_share": ways.most_common(1)[0][1] / cases,
    }
    units = {"order": "count", "activity": "text", "function": "text", "position": "number", "cases": "count",
             "case_share": "share"}  # fmt: skip
    params = {"process": process, "moves": tuple((a, b, n) for (a, b), n in sorted(moves.items())), "units": units}
    return Result("programme.swim_lane", table_of(rows), params, facts)


def data_review(tables: Any, **asked: Any) -> Result:
    """The data that each type of CRM needs against what there is: a row a field, what hangs on it, what mending costs.

    The fields of a question, the synonyms of a header and what counts as poor are those of
    :func:`crmlab.quality.required_data`, which answers question by question; this adds the fields up for a programme.

    Parameters
    ----------
    tables : DataFrame, or mapping of name to table
    **asked
        As for ``required_data``: ``ask``, ``needs``, ``columns``, ``min_share``, ``costs``.

    Returns
    -------
    Result
        Kind ``programme.data_review``: a row a field: ``types`` (of CRM that need it), ``questions`` (how many),
        ``blocks`` (how many of them it keeps from being answered), ``status``, ``column``, ``share``, ``problem``,
        ``mending_cost``; worst first. Facts: ``required``, ``present``, ``poor``, ``ready``, ``ready_share``, ``gap``,
        ``cost_total``, ``first_field`` (the one that blocks most).

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"kode_plg": ["P1", "P2"], "no_telp": ["0812 3456 7890", None]})
    >>> found = data_review(people, needs={"may we call": ["customer_id", "phone", "email"]})
    >>> found.facts["required"], found.facts["gap"], found.facts["first_field"]
    (3, 1, 'email')
    """
    from ...quality import required_data

    review = required_data(tables, **asked)
    rows = []
    for field, part in review.table.groupby("field", sort=False):
        first = part.iloc[0]
        bad = first["status"] != "ready"
        rows.append({
            "field": field, "types": ", ".join(sorted(set(part["type"]))), "questions": len(part),
            "blocks": len(part) if bad else 0, "status": f"field_{first['status']}",
            **{c: label_of(first[c]) for c in ("table", "column", "share", "cost")},
                "problem": f"problem_{first['problem']}" if bad else None,
        })  # fmt: skip
    worst = {"field_missing": 0, "field_poor": 1, "field_ready": 2}
    rows.sort(key=lambda r: (-r["blocks"], worst[r["status"]]))
    table = table_of(rows).rename(columns={"cost": "mending_cost"})
    table[["share", "mending_cost"]] = table[["share", "mending_cost"]].astype("float64")
    keys = ("required", "present", "poor", "ready", "ready_share", "gap", "questions", "answerable", "cost_total")
    facts = {k: review.facts[k] for k in keys}
    facts |= {"first_field": rows[0]["field"] if rows[0]["blocks"] else None, "first_blocks": rows[0]["blocks"]}
    by_type = []
    for kind in sorted(set(review.table["type"])):
        part = review.table[review.table["type"] == kind].drop_duplicates("field")
        by_type.append((kind, *(int((part["status"] == s).sum()) for s in ("ready", "poor", "missing"))))
    units = {**dict.fromkeys(table.columns, "text"), "questions": "count", "blocks": "count", "share": "share",
             "mending_cost": "money"}  # fmt: skip
    params = {"by_type": tuple(by_type), "min_share": review.params["min_share"], "units": units}
    return Result("programme.data_review", table, params, facts, review.notes, review.source)


def acceptance(cases: Any, *, test_data: Any = None, real_data: Any = None, waves: Any = None) -> Result:
    """The users' test of a prototype: what passed, what is open and how bad, whether it may be launched, and to whom.

    Parameters
    ----------
    cases : table or list of dict
        ``case``, ``passed`` (yes or no; empty: not run yet), ``severity`` of what failed (1 the worst, to 4).
    test_data, real_data : table, optional
        What the test ran on, and the customers: a person of the second in the first is refused. The test is for made-up
        people.
    waves : table or list of dict, optional
        A launch step by step: ``wave``, ``users``, in their order.

    Returns
    -------
    Result
        Kind ``programme.acceptance``: a row a severity with ``failed``, and ``passed`` and ``not_run`` in rows of their
        own. ``params["waves"]``: each wave with the share of users reached by it. Facts: ``cases``, ``passed``,
        ``failed``, ``not_run``, ``passed_share`` (missing while a case was not run), ``severity_1``, ``verdict``
        (``launch``, ``no_launch``, ``incomplete``).

    Raises
    ------
    UserError
        ``programme.real_people``, ``programme.no_severity``.

    Examples
    --------
    >>> cases = [{"case": k, "passed": k > 4, "severity": 1 if k == 1 else 3 if k <= 4 else None} for k in range(1, 41)]
    >>> found = acceptance(cases).facts
    >>> found["passed_share"], found["severity_1"], found["verdict"]
    (0.9, 1, 'no_launch')
    """
    rows = rows_of(cases, ("case", "passed", "severity"), "cases")
    single(rows, "case", "cases")
    scanned = _no_real_people(test_data, real_data)
    passed, failed, not_run, bad = 0, dict.fromkeys((1, 2, 3, 4), 0), 0, []
    for k, r in enumerate(rows, 1):
        if r["passed"] is None:
            not_run += 1
        elif known(r["passed"], (True, False), "passed", "cases", k):
            passed += 1
        elif r["severity"] is None:
            bad.append(k)
        else:
            failed[known(r["severity"], (1, 2, 3, 4), "severity", "cases", k)] += 1
    if bad:
        raise UserError("programme.no_severity", table="cases", rows=bad)
    lost = sum(failed.values())
    out = [{"outcome": "test_passed", "severity": None, "n": passed}]
    out += [{"outcome": "test_failed", "severity": s, "n": n} for s, n in failed.items()]
    out.append({"outcome": "test_not_run", "severity": None, "n": not_run})
    facts = {
        "cases": len(rows),
        "passed": passed,
        "failed": lost,
        "not_run": not_run,
        "passed_share": passed / len(rows) if not not_run else None,
        "severity_1": failed[1],
        "scanned": scanned,
        "verdict": "no_launch" if failed[1] else "incomplete" if not_run else "launch",
    }
    notes = [Note("programme.note.no_launch", {"n": failed[1]})] if failed[1] else []
    if scanned is None:
        notes.append(Note("programme.note.not_scanned", {}))
    units = {"outcome": "text", "severity": "count", "n": "count"}
    table = table_of(out)
    table["severity"] = table["severity"].astype("Int64")
    params = {"waves": _waves(waves) if waves is not None else (), "units": units}
    return Result("programme.acceptance", table, params, facts, tuple(notes))


def _waves(waves: Any) -> tuple[tuple[Any, float, float], ...]:
    rows = rows_of(waves, ("wave", "users"), "waves")
    single(rows, "wave", "waves")
    users = [float(number(r["users"], f"users ({r['wave']})", 0)) for r in rows]
    total, reached, out = sum(users), 0.0, []
    if not total:
        raise UserError("programme.no_users", table="waves")
    for r, n in zip(rows, users, strict=True):
        reached += n
        out.append((r["wave"], n, reached / total))
    return tuple(out)


def _no_real_people(test_data: Any, real_data: Any) -> int | None:
    """Refuse test data that hold a real person's phone, e-mail or identity number; how many cells were looked at."""
    if test_data is None or real_data is None:
        return None
    from ...privacy.masking import personal_kind

    # many share a name or a birthday; these belong to one person
    telling = ("phone", "email", "nik")
    known_as: dict[str, set[str]] = {kind: set() for kind in telling}
    test, real = frame_of(test_data, (), "test_data"), frame_of(real_data, (), "real_data")
    for column in real.columns:
        kind = personal_kind(str(column), real[column].iloc[:200])
        if kind in telling:
            known_as[kind] |= set(_keys(real[column]).values())
    cells = 0
    for column in test.columns:
        kind = personal_kind(str(column), test[column].iloc[:200])
        if kind not in telling:
            continue
        here = _keys(test[column])
        cells += len(here)
        hits = [k for k, v in here.items() if v in known_as[kind]]
        if hits:
            raise UserError("programme.real_people", table="test_data", rows=hits, column=str(column))
    return cells


def _keys(values: Any) -> dict[int, str]:
    """Row number to the letters and digits of a cell, a phone's +62 and 0 alike."""
    out = {}
    for k, v in enumerate(values, 1):
        if label_of(v) is None:
            continue
        key = "".join(c for c in str(v).lower() if c.isalnum() or c == "@")
        if key.isdigit():
            key = key.removeprefix("62").lstrip("0")
        if key:
            out[k] = key
    return out
