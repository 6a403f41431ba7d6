"""The profile of a table: five dimensions of quality for every column, and the rows behind every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..intervals import wilson
from ..results import Note, Result, Source
from .cells import Cells, frame_of
from .checking import Outcome, day_of, outcomes_of, rows_of
from .rulebook import DIMENSIONS, Rule, RuleSet, as_rules
from .shapes import describe, kind_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Profile", "profile"]

_FORMS = ("phone", "email", "nik", "date", "number", "integer")


@dataclass(frozen=True, eq=False, repr=False)
class Profile(Result):
    """The Result of :func:`profile`, with the rows and the columns behind it.

    Parameters
    ----------
    shapes : dict
        For every column what it looks like, as plain data: :meth:`column`.
    """

    frame: Any = field(default=None, repr=False)
    outcomes: Mapping[tuple[str, str], tuple[Outcome, ...]] = field(default_factory=dict, repr=False)
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def columns(self) -> pd.DataFrame:
        """One row a column: the kind it seems to be, missing, distinct, range, mean, commonest value and pattern."""
        import pandas as pd

        lines = [
            {
                **{k: v for k, v in told.items() if k not in ("top", "patterns", "bins")},
                "most_common": told["top"][0][0] if told["top"] else None,
                "most_common_rows": told["top"][0][1] if told["top"] else None,
                "pattern": told["patterns"][0][0] if told["patterns"] else None,
                "pattern_share": told["patterns"][0][1] if told["patterns"] else None,
            }
            for told in self.shapes.values()
        ]
        return pd.DataFrame(lines)

    def column(self, name: str) -> dict[str, Any]:
        """What one column looks like, as plain data that a page can show: kind, range, ``top``, ``patterns``, ``bins``.

        Raises
        ------
        UserError
            ``quality.unknown_column``.
        """
        self._known(name)
        return dict(self.shapes[name])

    def rows(
        self, column: str | None = None, dimension: str | None = None, *, masked: bool = True, limit: int | None = None
    ) -> pd.DataFrame:
        """The rows behind a figure: those of a column that fail in a dimension, or all that fail anything.

        Parameters
        ----------
        column : str, optional
            As the table of the profile has it: a column, or the name of a rule about rows.
        dimension : str, optional
            One of ``quality.DIMENSIONS``.
        masked : bool
            Hide what tells who somebody is. Say ``False`` to mend the source.
        limit : int, optional

        Returns
        -------
        pandas.DataFrame
            ``row`` (1 is the first), ``rule``, ``reason``, and the record.

        Raises
        ------
        UserError
            ``quality.unknown_column``, ``quality.unknown_dimension``.
        """
        if column is not None:
            self._known(column)
        if dimension is not None and dimension not in DIMENSIONS:
            near = suggest(str(dimension), DIMENSIONS)
            raise UserError("quality.unknown_dimension", found=dimension, wanted=DIMENSIONS, near=near or None)
        chosen = [
            o for (c, d), some in self.outcomes.items() for o in some if column in (None, c) and dimension in (None, d)
        ]
        return rows_of(self.frame, chosen, masked=masked, limit=limit)

    def _known(self, column: str) -> None:
        names = [*self.shapes, *(c for c, _ in self.outcomes)]
        if column not in names:
            near = suggest(str(column), names)
            raise UserError(
                "quality.unknown_column", found=column, wanted=list(dict.fromkeys(names)), near=near or None
            )

    def __reduce__(self):
        whole = (self.kind, self.table, dict(self.params), dict(self.facts), self.notes, self.source)
        return Profile, (*whole, self.frame, dict(self.outcomes), dict(self.shapes))


def profile(
    table: Any,
    rules: Any = None,
    *,
    as_of: Any = None,
    tables: Mapping[str, Any] | None = None,
    table_name: str | None = None,
    population: int | None = None,
) -> Profile:
    """How good a table is: completeness, validity, uniqueness, consistency and timeliness of every column.

    Every share stands beside what was counted. A dimension's share over the whole table is the sum of what passed over
    the sum of what was looked at; the two indices over the dimensions are the ``mean`` and the ``product``, and always
    named, as they tell different stories.

    Parameters
    ----------
    table : pandas.DataFrame, pyarrow.Table, or what ``ingest.read`` gave
    rules : optional
        As for :func:`crmlab.quality.check`. Without rules every column's completeness counts, and the forms that
        columns seem to have (phone, e-mail, date, number, keys) serve as rules; a note names them.
    as_of : date, optional
        The day on which freshness is judged.
    tables : mapping, optional
        The tables that foreign keys point to.
    table_name : str, optional
    population : int, optional
        How many rows there are in all, where the table is a random sample of them: the shares get intervals of 95 %.
        Without it the table is all there is, a census, and nothing is estimated.

    Returns
    -------
    Profile
        Kind ``quality.profile``: one row for each column and dimension; ``rows()`` gives the rows behind a figure,
        ``columns`` and ``column()`` what each column looks like.

    Raises
    ------
    UserError
        ``quality.bad_population``, ``quality.no_columns``, and what :func:`crmlab.quality.check` raises.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame({"id": [1, 2, 2, 4], "hp": ["0812 3456 7890", None, "0", "0813 5555 1234"]})
    >>> rules = {"columns": {"id": {"unique": True}, "hp": {"required": True, "form": "phone"}}}
    >>> found = profile(customers, rules)
    >>> found.facts["completeness"], found.facts["uniqueness"], found.facts["mean_index"]
    (0.5, 0.75, 0.75)
    >>> found.rows("hp", "completeness")["row"].tolist()
    [2, 3]
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table)
    n = len(frame)
    if not len(frame.columns):
        raise UserError("quality.no_columns", table=table_name)
    if population is not None and (isinstance(population, bool) or not isinstance(population, int) or population < n):
        raise UserError("quality.bad_population", found=population, n=n)
    guessed = rules is None
    if guessed:
        told, guesses, read, kinds = _assumed(frame)
    else:
        told, guesses, read, kinds = as_rules(rules), (), None, {}
    outcomes, left, cells = outcomes_of(frame, told, as_of=as_of, tables=tables, table_name=table_name, cells=read)
    must = {o.rule.columns[0] for o in outcomes.values() if o.rule.dimension == "completeness"}
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for column in frame.columns:
        if not any(o.rule.kind == "required" and o.rule.columns[0] == column for o in outcomes.values()):
            gone = np.flatnonzero(cells[column].missing)
            if column not in must:
                groups.setdefault((column, "completeness"), []).append(Outcome(Rule("required", (column,)), n, gone))
    for name, outcome in outcomes.items():
        rule = outcome.rule
        key = name if rule.kind == "row" else " + ".join(rule.columns) if rule.kind == "key" else rule.columns[0]
        groups.setdefault((key, rule.dimension), []).append(outcome)
    order = {c: k for k, c in enumerate(frame.columns)}
    groups = dict(sorted(groups.items(), key=lambda g: (order.get(g[0][0], len(order)), DIMENSIONS.index(g[0][1]))))
    lines = []
    for (key, dimension), some in groups.items():
        checked = max(o.checked for o in some)
        # a value that breaks two rules of one dimension is one bad value
        failed = len(np.unique(np.concatenate([o.at for o in some])))
        line = {
            "column": key,
            "dimension": dimension,
            "checked": checked,
            "passed": checked - failed,
            "failed": failed,
            "share": (checked - failed) / checked if checked else np.nan,
            "counts": dimension != "completeness" or not must or key in must,
        }
        if population is not None:
            # of so many cells there would be in the whole population
            cells_in_all = round(population * checked / n) if n else 0
            low, high = wilson(checked - failed, checked, population=cells_in_all) if checked else (np.nan, np.nan)
            line |= {"share_low": low, "share_high": high}
        lines.append(line)
    summary = pd.DataFrame(lines)
    facts = _facts(summary, n, population)
    hit = [o.at for o in outcomes.values()]
    bad = len(np.unique(np.concatenate(hit))) if hit else 0
    facts |= {"rows": n, "columns": len(frame.columns), "rows_failing": bad, "rules": len(outcomes)}
    notes = [Note("quality.note.sample", {"n": n, "population": population})] if population else []
    notes += [] if population else [Note("quality.note.census", {"n": n})]
    if guessed:
        notes.append(Note("quality.note.assumed", {"n": len(guesses), "rules": list(guesses)}))
    if left:
        notes.append(Note("quality.note.left_out", {"n": len(left), "rules": [r.name for r in left]}))
    params = {
        "rules": told.to_dict(),
        "assumed": guessed,
        "table_name": table_name,
        "as_of": day_of(as_of),
        "population": population,
    }
    declared = {c for c in frame.columns if c.lower() in ("name", "nama", "customer", "customer_name")}
    shapes = {c: describe(c, cells[c], personal=c in declared, kind=kinds.get(c)) for c in frame.columns}
    return Profile(
        "quality.profile",
        summary,
        params,
        facts,
        tuple(notes),
        Source(table_name or "—", "", n, 0),
        frame,
        {k: tuple(v) for k, v in groups.items()},
        shapes,
    )


def _assumed(frame: pd.DataFrame) -> tuple[RuleSet, tuple[str, ...], dict[str, Cells], dict[str, str]]:
    """Rules that a table itself suggests, the forms that its columns seem to have and keys; and the columns as read."""
    told: dict[str, dict[str, Any]] = {}
    every = {c: Cells(frame[c]) for c in frame.columns}
    kinds = {c: kind_of(c, cells) for c, cells in every.items()}
    for column, kind in kinds.items():
        cells = every[column]
        typed = cells.is_number or cells.is_date or cells.is_bool  # these have their form by their type
        if kind in _FORMS and (not typed or kind in ("phone", "nik")):
            told[column] = {"form": kind}
        elif kind == "id":
            told[column] = {"unique": True}
    rules = RuleSet.read({"columns": told}) if told else RuleSet("", ())
    return rules, tuple(r.name for r in rules.rules), every, kinds


def _facts(summary: pd.DataFrame, n: int, population: int | None) -> dict[str, Any]:
    """The five dimensions over the whole table, their mean and their product."""
    facts: dict[str, Any] = {"n": n, "basis": "sample" if population else "census"}
    shares = []
    for dimension in DIMENSIONS:
        part = summary[(summary["dimension"] == dimension) & summary["counts"]]
        checked, passed = int(part["checked"].sum()), int(part["passed"].sum())
        facts[dimension] = passed / checked if checked else None
        facts[f"{dimension}_passed"], facts[f"{dimension}_checked"] = passed, checked
        if checked:
            shares.append(passed / checked)
            if population:
                # cells of one row hang together: as many independent ones as there are rows
                rows = max(1, round(checked / max(1, len(part))))
                low, high = wilson(round(passed / checked * rows), rows, population=population)
                facts[f"{dimension}_low"], facts[f"{dimension}_high"] = low, high
    product = 1.0
    for share in shares:
        product *= share
    facts["dimensions"] = len(shares)
    facts["mean_index"] = sum(shares) / len(shares) if shares else None
    facts["product_index"] = product if shares else None
    return facts
