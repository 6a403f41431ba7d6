"""Merging: one row of several, a log that remembers every source row, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result, Source
from .finding import Found
from .survivorship import filled, ranks, settled

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["MergeLog", "Merged", "merge", "unmerge"]

_WRITTEN_ANEW = ("phone", "email")


@dataclass(frozen=True, eq=False)
class MergeLog:
    """What a merge did, as tables from which it can be undone.

    Attributes
    ----------
    key : str
    members : pandas.DataFrame
        Rows that were merged: ``entity`` (the key that stayed), the key, and ``row``, the position in the source.
    lineage : pandas.DataFrame
        For each merged entity and column: ``from_key`` (whose value it is), ``rule``, ``standardised`` (written anew).
    sources : pandas.DataFrame
        The source rows that were merged or changed, exactly as they stood.
    rows : numpy.ndarray
        Their positions in the source.
    """

    key: str
    members: pd.DataFrame
    lineage: pd.DataFrame
    sources: pd.DataFrame
    rows: np.ndarray


@dataclass(frozen=True, eq=False)
class Merged:
    """A merged table and its log.

    Attributes
    ----------
    table : pandas.DataFrame
        One row an entity, in the order of the source, under the first key of the entity.
    log : MergeLog
    rows : numpy.ndarray
        For each row of ``table`` its position in the source.
    facts : dict
    notes : tuple of Note
    source : Source
    """

    table: pd.DataFrame
    log: MergeLog
    rows: np.ndarray
    facts: dict[str, Any]
    notes: tuple[Note, ...] = ()
    source: Source | None = None

    def report(self) -> Result:
        """What was merged, and by which rules: a Result of kind ``duplicates.merge``."""
        lineage = self.log.lineage
        table = (
            lineage.assign(from_another=lineage["from_key"].astype("object") != lineage["entity"].astype("object"))
            .groupby(["column", "rule"], sort=False)
            .agg(values=("rule", "size"), from_another=("from_another", "sum"), standardised=("standardised", "sum"))
            .reset_index()
        )
        return Result("duplicates.merge", table, {"key": self.log.key}, self.facts, self.notes, self.source)

    def undo(self, entity: Any = None) -> pd.DataFrame:
        """The table with one entity taken apart again, or the source as it was.

        Parameters
        ----------
        entity : optional
            The key of a merged entity; all of them, and what was written anew, by default.
        """
        import numpy as np
        import pandas as pd

        log = self.log
        if entity is None:
            back, at = log.sources, log.rows
            keep = ~np.isin(self.rows, log.rows)
        else:
            back = unmerge(log, entity)
            at = log.members.loc[log.members["entity"] == entity, "row"].to_numpy()
            keep = ~np.isin(self.rows, at)
        if not len(at):
            return self.table.copy()
        rows = np.concatenate([self.rows[keep], at])
        return pd.concat([self.table[keep], back]).iloc[np.argsort(rows, kind="stable")]


def unmerge(log: MergeLog, entity: Any) -> pd.DataFrame:
    """The source rows of a merged entity, exactly as they stood.

    Parameters
    ----------
    log : MergeLog
    entity
        The key that stayed.
    """
    import numpy as np

    mine = log.members["entity"] == entity
    if not mine.any():
        raise UserError("duplicates.unknown_entity", found=entity)
    return log.sources[np.isin(log.rows, log.members.loc[mine, "row"].to_numpy())]


def merge(
    table: pd.DataFrame, found: Found, *, rules: Mapping[str, Any] | None = None, standardise: bool = True
) -> Merged:
    """Make one row of every entity.

    Parameters
    ----------
    table : pandas.DataFrame
        The table that was searched. Rows that an earlier merge has taken away may be gone: merging again changes
        nothing.
    found : Found
    rules : mapping, optional
        Column -> survivorship rule: a :class:`~crmlab.duplicates.Survivor`, its name, or ``(rule, by, order)``; ``"*"``
        for all other columns. By default names are the most usual, phones and e-mail addresses the most frequent, and
        the rest comes from the most complete row.
    standardise : bool
        Write phone numbers and e-mail addresses, of all rows, in their standard form where they have one.

    Returns
    -------
    Merged

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.duplicates import find
    >>> table = pd.DataFrame({
    ...     "id": [1, 2, 3],
    ...     "nama": ["Budi Santoso", "BUDI SANTOSO", "Budi Santosa"],
    ...     "hp": ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"],
    ... })
    >>> merged = merge(table, find(table, key="id"))
    >>> merged.table.values.tolist()
    [[1, 'Budi Santoso', '+6281234567890']]
    >>> unmerge(merged.log, 1).equals(table)
    True
    """
    import numpy as np
    import pandas as pd

    key, fields = found.params["key"], found.params["fields"]
    if key not in table:
        raise UserError("duplicates.other_table", wanted=key, found=list(table.columns))
    entity_of = found.entity_of
    keys = table[key].tolist()
    strangers = [k for k in keys if k not in entity_of]
    if strangers:
        raise UserError("duplicates.not_searched", found=strangers[0])
    rules_of = settled(table, key, fields, rules)
    n = len(table)
    place = {k: row for row, k in enumerate(keys)}
    # rows by entity; an entity whose own row was merged away earlier can't be: it is the one that stays
    head = np.array([place.get(entity_of[k], row) for row, k in enumerate(keys)], dtype=np.int64)
    sizes = np.bincount(head, minlength=n)
    merging = np.flatnonzero(sizes[head] > 1)
    stays = np.flatnonzero(sizes > 0)
    standard = _standard(table, fields) if standardise else {}
    complete = sum((filled(table[c]).astype(int) for c in table.columns), np.zeros(n, dtype=int))
    order_of_key = _rank_of_keys(table[key], found)
    out = table.iloc[stays].copy()
    lineage = []
    columns: dict[str, Any] = {}
    for column, how in rules_of.items():
        one_form = standard.get(column)
        group = head[merging]
        rank = order_of_key[merging] if how.rule == "first" else ranks(table, column, how, merging, group, one_form)
        gap = ~filled(table[column])[merging]
        best = np.lexsort((order_of_key[merging], -complete[merging], rank, gap, group))
        first = best[np.append(True, group[best][1:] != group[best][:-1])] if len(best) else best
        taken = np.arange(n)
        taken[group[first]] = merging[first]
        values = table[column].take(taken[stays])
        values.index = out.index
        if one_form is not None:
            written = one_form.take(taken[stays])
            values = _written(values, written)
        columns[column] = values
        changed = np.zeros(n, dtype=bool)
        if one_form is not None:
            changed[taken] = _differs(table[column].take(taken), one_form.take(taken))
        heads = np.sort(group[first])
        lineage.append(
            pd.DataFrame(
                {
                    "entity": table[key].to_numpy()[heads],
                    "column": column,
                    "from_key": table[key].to_numpy()[taken[heads]],
                    "rule": how.rule,
                    "standardised": changed[taken[heads]],
                }
            )
        )
    for column, values in columns.items():
        out[column] = values
    members = pd.DataFrame(
        {"entity": table[key].to_numpy()[head[merging]], key: table[key].to_numpy()[merging], "row": merging}
    )
    members = members.iloc[np.lexsort((merging, head[merging]))].reset_index(drop=True)
    touched = np.zeros(n, dtype=bool)
    touched[merging] = True
    for column, one_form in standard.items():
        touched |= _differs(table[column], one_form)
    rows = np.flatnonzero(touched)
    names = ["entity", "column", "from_key", "rule", "standardised"]
    story = pd.concat(lineage, ignore_index=True) if lineage else pd.DataFrame(columns=names)
    log = MergeLog(key, members, story, table.iloc[rows], rows)
    gone = len(entity_of) - n
    facts = {
        "rows_in": n,
        "rows_out": len(out),
        "merged_rows": len(merging),
        "merged_entities": int((sizes > 1).sum()),
        "chosen": int((story["from_key"].astype("object") != story["entity"].astype("object")).sum()),
        "standardised": int(sum(_differs(table[c], s).sum() for c, s in standard.items())),
    }
    notes = (Note("duplicates.already_merged", {"n": gone}),) if gone > 0 else ()
    return Merged(out, log, stays, facts, notes, found.source)


def _rank_of_keys(keys: pd.Series, found: Found) -> np.ndarray:
    """The place of every key in the order of the search."""
    import numpy as np

    place = {k: row for row, k in enumerate(found.entities[found.params["key"]].tolist())}
    return np.array([place[k] for k in keys.tolist()], dtype=np.int64)


def _standard(table: pd.DataFrame, fields: Mapping[str, str]) -> dict[str, pd.Series]:
    """Phone and e-mail columns in their standard form."""
    import pandas as pd

    from .records import STANDARD

    out = {}
    for field in _WRITTEN_ANEW:
        column = fields.get(field)
        if column in table and not pd.api.types.is_numeric_dtype(table[column].dtype):
            out[column] = pd.Series(STANDARD[field](table[column].reset_index(drop=True)), index=table.index)
    return out


def _differs(given: pd.Series, standard: pd.Series) -> np.ndarray:
    """Where the standard form is known and another text than what was given."""
    import numpy as np

    known = standard.notna().to_numpy(dtype=bool)
    out = np.zeros(len(known), dtype=bool)  # a missing value of some types can't even be compared
    out[known] = given.astype("object").to_numpy()[known] != standard.astype("object").to_numpy()[known]
    return out


def _written(values: pd.Series, standard: pd.Series) -> pd.Series:
    """Values in their standard form where they have one, in the column's own type."""
    import numpy as np
    import pandas as pd

    known = standard.notna().to_numpy(dtype=bool)
    text = np.where(known, standard.astype("object").to_numpy(), values.astype("object").to_numpy())
    return pd.Series(text, index=values.index, dtype="object" if values.dtype == object else "str", name=values.name)
