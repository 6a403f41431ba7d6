"""A table held against rules: what fails, how often, and in which rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError, suggest
from ..privacy import find_personal, mask
from ..results import Note, Result, Source
from .cells import Cells, frame_of
from .rulebook import Rule, RuleSet, as_rules
from .sentences import truth
from .shapes import kind_of

if TYPE_CHECKING:
    import datetime as dt

    import numpy as np
    import pandas as pd

__all__ = ["Checked", "Outcome", "check", "day_of", "outcomes_of", "reason_text", "rows_of"]

_FIRST = 5


@dataclass(frozen=True)
class Outcome:
    """What one rule found: how many cells it was about, and where it fails."""

    rule: Rule
    checked: int
    at: np.ndarray
    reasons: np.ndarray | None = None

    @property
    def failed(self) -> int:
        """How many cells or rows fail."""
        return len(self.at)


@dataclass(frozen=True, eq=False, repr=False)
class Checked(Result):
    """The Result of :func:`check`, with the failing rows behind it."""

    frame: Any = field(default=None, repr=False)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict, repr=False)

    def rows(self, rule: str | None = None, *, masked: bool = True, limit: int | None = None) -> pd.DataFrame:
        """The rows that fail a rule, or any rule: ``row`` (1 is the first), ``rule``, ``reason``, then the record.

        Parameters
        ----------
        rule : str, optional
            A rule's name as the table has it.
        masked : bool
            Hide what tells who somebody is. Say ``False`` to mend the source.
        limit : int, optional
            At most so many; without it all.

        Raises
        ------
        UserError
            ``quality.unknown_rule``.
        """
        if rule is not None and rule not in self.outcomes:
            near = suggest(rule, self.outcomes)
            raise UserError("quality.unknown_rule", found=rule, wanted=sorted(self.outcomes), near=near or None)
        chosen = [self.outcomes[rule]] if rule is not None else list(self.outcomes.values())
        return rows_of(self.frame, chosen, masked=masked, limit=limit)

    def __reduce__(self):
        whole = (self.kind, self.table, dict(self.params), dict(self.facts), self.notes, self.source)
        return Checked, (*whole, self.frame, dict(self.outcomes))


def reason_text(code: str, lang: str | None = None) -> str:
    """Why a value fails, in words.

    Examples
    --------
    >>> reason_text("repeats_row_7", "en"), reason_text("digits_lost", "en")
    ('repeats row 7', 'a spreadsheet has thrown some digits away')
    """
    if code.startswith("repeats_row_"):
        return labels.text("quality.reason.repeats", lang, row=code.removeprefix("repeats_row_"))
    for room in ("quality", "standardise"):
        if code in labels.catalogue(room)["text"]["reason"]:
            return labels.text(f"{room}.reason.{code}", lang)
    return labels.name(code, lang)


def rows_of(frame: pd.DataFrame, outcomes: list[Outcome], *, masked: bool, limit: int | None) -> pd.DataFrame:
    """The records in which outcomes found something, one row for each failure, in the order of the table."""
    import numpy as np
    import pandas as pd

    parts = []
    for outcome in outcomes:
        reasons = outcome.reasons if outcome.reasons is not None else np.full(outcome.failed, outcome.rule.kind)
        parts.append(pd.DataFrame({"at": outcome.at, "rule": outcome.rule.name, "reason": reasons}))
    if not parts:
        parts = [pd.DataFrame({"at": np.array([], dtype="int64"), "rule": [], "reason": []})]
    found = pd.concat(parts, ignore_index=True).sort_values("at", kind="stable", ignore_index=True)
    if limit is not None:
        found = found.head(limit)
    record = frame.iloc[found["at"].to_numpy(dtype="int64")].reset_index(drop=True)
    if masked:
        record = _masked(record, frame)
    head = pd.DataFrame({"row": found["at"].astype("int64") + 1, "rule": found["rule"], "reason": found["reason"]})
    record.columns = [f"{c} (2)" if c in head.columns else c for c in record.columns]
    return pd.concat([head, record], axis=1)


def _masked(record: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    kinds = find_personal(whole.columns, whole.head(200).to_dict("records"), declared=_names(whole.columns))
    out = record.copy()
    for column, kind in kinds.items():
        out[column] = out[column].map(lambda v, kind=kind: mask(v, kind), na_action="ignore")
    return out


def _names(columns: Any) -> list[str]:
    """Columns that hold a person's name in a table of customers; privacy alone can't tell ``name`` from a product's."""
    return [c for c in columns if str(c).lower() in ("name", "nama", "customer", "customer_name")]


def check(
    table: Any,
    rules: Any,
    *,
    as_of: Any = None,
    tables: Mapping[str, Any] | None = None,
    table_name: str | None = None,
) -> Checked:
    """Hold a table against rules.

    Parameters
    ----------
    table : pandas.DataFrame, pyarrow.Table, or what ``ingest.read`` gave
    rules : RuleSet, mapping, path of a TOML file, or the name of a set that comes with crmlab
        See ``crmlab/quality/rules.toml`` for all that rules can say.
    as_of : date, optional
        The day on which freshness is judged; needed where a rule is about freshness.
    tables : mapping, optional
        The tables that foreign keys point to, by name.
    table_name : str, optional
        What the table is called in the account.

    Returns
    -------
    Checked
        Kind ``quality.check``: one row a rule, with ``rows()`` behind it. Rules that could not be held against this
        table are named in the notes.

    Raises
    ------
    UserError
        ``quality.as_of_needed``, ``quality.bad_rule``, ``quality.no_rule_fits`` and what reading rules raises.

    Examples
    --------
    >>> import pandas as pd
    >>> campaigns = pd.DataFrame({"id": [1, 2, 2], "starts_on": [5, 6, 9], "ends_on": [9, 4, 9]})
    >>> rules = {"columns": {"id": {"unique": True}}, "rows": [{"name": "in order", "then": "ends_on >= starts_on"}]}
    >>> found = check(campaigns, rules)
    >>> found.table[["rule", "checked", "failed"]].to_dict("records")
    [{'rule': 'id: unique', 'checked': 3, 'failed': 1}, {'rule': 'in order', 'checked': 3, 'failed': 1}]
    >>> found.rows("in order")[["row", "starts_on", "ends_on"]].to_dict("records")
    [{'row': 2, 'starts_on': 6, 'ends_on': 4}]
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table)
    told = as_rules(rules)
    outcomes, left, _ = outcomes_of(frame, told, as_of=as_of, tables=tables, table_name=table_name)
    if not outcomes:
        raise UserError(
            "quality.no_rule_fits", table=table_name, wanted=sorted({c for r in left for c in r.columns}),
            found=list(frame.columns),
        )  # fmt: skip
    lines = [
        {
            "rule": o.rule.name,
            "dimension": o.rule.dimension,
            "columns": ", ".join(o.rule.columns),
            "checked": o.checked,
            "passed": o.checked - o.failed,
            "failed": o.failed,
            "share": (o.checked - o.failed) / o.checked if o.checked else np.nan,
            "first_rows": ", ".join(str(int(k) + 1) for k in o.at[:_FIRST]),
        }
        for o in outcomes.values()
    ]
    hit = np.unique(np.concatenate([o.at for o in outcomes.values()]))
    n = len(frame)
    facts = {
        "rows": n,
        "rules": len(outcomes),
        "rules_left_out": len(left),
        "rules_broken": sum(1 for o in outcomes.values() if o.failed),
        "checked": sum(o.checked for o in outcomes.values()),
        "failed": sum(o.failed for o in outcomes.values()),
        "rows_failing": len(hit),
        "rows_clean_share": 1 - len(hit) / n if n else None,
    }
    notes = [Note("quality.note.left_out", {"n": len(left), "rules": [r.name for r in left]})] if left else []
    params = {"rules": told.to_dict(), "table_name": table_name, "as_of": day_of(as_of)}
    return Checked(
        "quality.check",
        pd.DataFrame(lines),
        params,
        facts,
        tuple(notes),
        Source(table_name or "—", "", n, 0),
        frame,
        outcomes,
    )


def day_of(as_of: Any) -> dt.date | None:
    """``as_of`` as a date.

    Raises
    ------
    UserError
        ``quality.bad_as_of``.
    """
    import datetime as dt

    if as_of is None:
        return None
    if isinstance(as_of, dt.datetime):
        return as_of.date()
    if isinstance(as_of, dt.date):
        return as_of
    try:
        return dt.date.fromisoformat(str(as_of)[:10])
    except ValueError:
        raise UserError("quality.bad_as_of", found=as_of) from None


def outcomes_of(
    frame: pd.DataFrame,
    told: RuleSet,
    *,
    as_of: Any = None,
    tables: Mapping[str, Any] | None = None,
    table_name: str | None = None,
    cells: Mapping[str, Cells] | None = None,
) -> tuple[dict[str, Outcome], tuple[Rule, ...], dict[str, Cells]]:
    """What every rule finds, the rules that the table can't be held against, and the columns as they were read."""
    known = cells or {}
    fits, left = told.only(frame.columns)
    others = {name: frame_of(t) for name, t in (tables or {}).items()}
    forms = {r.columns[0]: r.said for r in fits if r.kind == "form"}
    cells = {
        c: known[c].of_form(forms[c]) if c in known and c in forms else known.get(c) or Cells(frame[c], forms.get(c))
        for c in frame.columns
    }
    day = day_of(as_of)
    outcomes: dict[str, Outcome] = {}
    for rule in fits:
        if rule.kind == "references":
            name, _, key = rule.said.partition(".")
            if name not in others or key not in others[name]:
                left = (*left, rule)
                continue
            outcome = _references(rule, cells[rule.columns[0]], others[name][key])
        elif rule.kind == "fresh_days":
            if day is None:
                raise UserError("quality.as_of_needed", table=table_name, column=rule.columns[0])
            outcome = _fresh(rule, cells[rule.columns[0]], day)
        else:
            outcome = _HOW[rule.kind](rule, cells)
        name, k = rule.name, 2
        while name in outcomes:  # two sentences without a name of their own, say
            name, k = f"{rule.name} ({k})", k + 1
        outcomes[name] = outcome
    return outcomes, left, cells


def _required(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    gone = cells[rule.columns[0]].missing
    return Outcome(rule, len(gone), gone.nonzero()[0])


def _required_when(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    holds, known = truth(rule.said, {c: _as_meant(c, cells[c]) for c in rule.columns})
    about = holds & known
    return Outcome(rule, int(about.sum()), (about & cells[rule.columns[0]].missing).nonzero()[0])


def _form(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    column = cells[rule.columns[0]]
    at, reasons = column.misfits(rule.said)
    return Outcome(rule, int(column.present.sum()), at, reasons)


def _pattern(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    import re

    column = cells[rule.columns[0]]
    whole = re.compile(rf"(?:{rule.said})\Z")
    return _by_distinct(rule, column, lambda text: whole.match(text) is not None)


def _among(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    known = set(rule.said)
    return _by_distinct(rule, cells[rule.columns[0]], known.__contains__)


def _by_distinct(rule: Rule, column: Cells, good: Any) -> Outcome:
    import numpy as np

    found, at = column.coded
    ok = np.array([good(t) for t in found.to_pylist()] + [True], dtype=bool)
    return Outcome(rule, int(column.present.sum()), np.flatnonzero(~ok[at] & column.present))


def _range(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    import numpy as np
    import pandas as pd

    column = cells[rule.columns[0]]
    low, high = rule.said
    if isinstance(low if low is not None else high, str) or hasattr(low or high, "isoformat"):
        values = column.dates[0]
        try:
            low, high = (None if v is None else pd.Timestamp(v).to_datetime64() for v in (low, high))
        except ValueError:
            raise UserError("quality.bad_rule", found=rule.name, reason=str(rule.said)) from None
        unread = np.isnat(values)
    else:
        values = column.numbers[0]
        unread = np.isnan(values)
    with np.errstate(invalid="ignore"):
        out = unread.copy()
        if low is not None:
            out |= values < low
        if high is not None:
            out |= values > high
    at = np.flatnonzero(out & column.present)
    reasons = np.where(unread[at], "unreadable", "out_of_range").astype(object)
    return Outcome(rule, int(column.present.sum()), at, reasons)


def _unique(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    column = cells[rule.columns[0]]
    return _repeats(rule, [column.comparable], column.present)


def _key(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    import numpy as np

    columns = [cells[c] for c in rule.columns]
    return _repeats(rule, [c.comparable for c in columns], np.all([c.present for c in columns], axis=0))


def _repeats(rule: Rule, columns: list[pd.Series], present: np.ndarray) -> Outcome:
    """Rows that repeat an earlier one; the first stays good."""
    import numpy as np
    import pandas as pd

    rows = np.flatnonzero(present)
    keys = pd.DataFrame({k: c.iloc[rows].to_numpy() for k, c in enumerate(columns)})
    again = keys.duplicated().to_numpy(dtype=bool)
    at = rows[again]
    if not len(at):
        return Outcome(rule, len(rows), at)
    group = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    first = np.full(group.max() + 1, -1)
    first[group[::-1]] = rows[::-1]
    reasons = np.array([f"{k + 1}" for k in first[group[again]]], dtype=object)
    return Outcome(rule, len(rows), at, np.array([f"repeats_row_{r}" for r in reasons], dtype=object))


def _row(rule: Rule, cells: Mapping[str, Cells]) -> Outcome:
    import numpy as np

    columns = {c: _as_meant(c, cells[c]) for c in rule.columns}
    holds, known = truth(rule.said, columns, rule.more.get("tolerance", 0))
    if "when" in rule.more:
        about, sure = truth(rule.more["when"], columns)
        known = known & about & sure
    return Outcome(rule, int(known.sum()), np.flatnonzero(known & ~holds))


def _as_meant(name: str, cells: Cells) -> pd.Series:
    """A column as a sentence means it: texts of dates are dates, as "02/01/2020" is after "31/12/2019"."""
    import pandas as pd

    if cells.is_number or cells.is_bool or cells.is_date:
        return cells.series
    kind = kind_of(name, cells)
    if kind == "date":
        return pd.Series(cells.dates[0]).where(cells.present)
    if kind in ("integer", "number"):
        return pd.Series(cells.numbers[0]).where(cells.present)
    return cells.texts.str.strip().where(cells.present)


def _references(rule: Rule, column: Cells, keys: pd.Series) -> Outcome:
    import numpy as np

    known = set(Cells(keys).texts.str.strip().dropna().unique())
    found, at = column.coded
    ok = np.array([t in known for t in found.to_pylist()] + [True], dtype=bool)
    return Outcome(rule, int(column.present.sum()), np.flatnonzero(~ok[at] & column.present))


def _fresh(rule: Rule, column: Cells, day: dt.date) -> Outcome:
    import numpy as np

    values = column.dates[0]
    end = np.datetime64(day, "D") + 1
    with np.errstate(invalid="ignore"):
        old = values < np.datetime64(day, "us") - np.timedelta64(int(rule.said), "D")
        future = values >= end
    known = column.present & ~np.isnat(values)
    at = np.flatnonzero(known & (old | future))
    return Outcome(rule, int(known.sum()), at, np.where(future[at], "in_the_future", "too_old").astype(object))


_HOW = {
    "required": _required,
    "required_when": _required_when,
    "form": _form,
    "pattern": _pattern,
    "among": _among,
    "range": _range,
    "unique": _unique,
    "key": _key,
    "row": _row,
}
