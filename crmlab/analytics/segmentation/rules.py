"""Segments by sentences that a person can read and change, ``r >= 4 and orders == 1``; the first that holds decides."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...quality.sentences import columns_of, truth
from ...results import Note, Result, Source
from .tables import frame_of, need, once, segments_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["attach", "by_rules", "decide", "read_rules", "rfm_rules"]

OTHERWISE, UNKNOWN = "everyone_else", "not_known"


def rfm_rules() -> dict[str, str]:
    """The rules by which :func:`~crmlab.segmentation.rfm` names segments, to be read, copied and changed.

    Examples
    --------
    >>> rfm_rules()["new_customers"]
    'r >= 4 and orders == 1'
    """
    return read_rules(resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))


def read_rules(told: Any) -> dict[str, str]:
    """Rules from a mapping, a TOML file or TOML text: segment to sentence, in their order."""
    if isinstance(told, os.PathLike) or (isinstance(told, str) and "\n" not in told):
        if not Path(told).is_file():
            raise UserError("segmentation.no_file", found=str(told))
        told = Path(told).read_text(encoding="utf-8")
    if isinstance(told, str):
        try:
            told = tomllib.loads(told)
        except tomllib.TOMLDecodeError as bad:
            raise UserError("segmentation.bad_rules", found=str(bad)) from bad
    said = told.get("segments", told) if isinstance(told, Mapping) else None
    if not isinstance(said, Mapping) or not said:
        raise UserError("segmentation.bad_rules", found=type(told).__name__)
    rules = {str(name): sentence for name, sentence in said.items()}
    for sentence in rules.values():
        columns_of(sentence)  # refuses what is no sentence
    return rules


def decide(
    columns: Mapping[str, pd.Series], rules: Mapping[str, str], otherwise: str = OTHERWISE
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """By row: the position of its segment, and how many rules fit; the names of the segments.

    A row for which a rule can't be judged, since a value is missing, and that no rule before it took, is not known.
    """
    import numpy as np

    names = [*rules, otherwise, UNKNOWN]
    n = len(next(iter(columns.values())))
    at = np.full(n, len(rules))
    fits = np.zeros(n, dtype=np.int64)
    open_, doubtful = np.ones(n, dtype=bool), np.zeros(n, dtype=bool)
    for place, sentence in enumerate(rules.values()):
        used = columns_of(sentence)
        for name in used:
            if name not in columns:
                raise UserError(
                    "segmentation.unknown_name",
                    found=name,
                    sentence=sentence,
                    wanted=list(columns),
                    near=suggest(name, list(columns)),
                )
        holds, known = truth(sentence, {c: columns[c] for c in used})
        fits += holds
        doubtful |= open_ & ~known
        at[open_ & holds & ~doubtful] = place
        open_ &= ~holds
    at[doubtful] = len(rules) + 1
    return at, fits, names


def by_rules(
    table: Any,
    rules: Any,
    *,
    key: str = "customer_id",
    otherwise: str = OTHERWISE,
    source: Source | None = None,
) -> Result:
    """Put every customer into the first segment whose sentence holds.

    Parameters
    ----------
    table : DataFrame or Result
        One row a customer.
    rules : mapping, TOML text or path
        Segment to sentence: ``{"young_mothers": "age < 35 and children > 0"}``. Names with spaces stand in backticks;
        allowed are columns, numbers, texts, ``+ - * /``, comparisons, ``and``, ``or``, ``not``. Nothing is executed.
    key : str
        The customer's column.
    otherwise : str
        The segment of everybody whom no sentence fits.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.by_rules``: ``key``, ``segment`` and ``rules_that_fit``. Customers of whom a value is
        missing that a sentence needs are ``not_known``.

    Examples
    --------
    >>> table = {"customer_id": ["a", "b", "c"], "orders": [1, 9, None]}
    >>> found = by_rules(table, {"often": "orders >= 5", "once": "orders == 1"})
    >>> found.table["segment"].tolist()
    ['once', 'often', 'not_known']
    """
    import pandas as pd

    frame = frame_of(table, (key,), "customers")
    once(frame, "customers", key)
    if frame.empty:
        raise UserError("segmentation.empty", table="customers")
    rules = read_rules(rules)
    at, fits, names = decide({str(c): frame[c] for c in frame.columns}, rules, otherwise)
    segment = pd.Categorical.from_codes(at, names)
    out = pd.DataFrame({key: frame[key].to_numpy(), "segment": segment, "rules_that_fit": fits})
    counts = out["segment"].value_counts(sort=False)
    notes = []
    if several := int((fits > 1).sum()):
        notes.append(Note("segmentation.several_rules", {"n": several}))
    if counts[UNKNOWN]:
        notes.append(Note("segmentation.not_known", {"n": int(counts[UNKNOWN])}))
    if empty := [name for name in rules if not counts[name]]:
        notes.append(Note("segmentation.empty_rules", {"segments": empty}))
    facts = {"n": len(out), "segments": sum(bool(counts[name]) for name in rules), "several": several}
    facts |= {"otherwise": int(counts[otherwise]), "not_known": int(counts[UNKNOWN])}
    told = [f"{name}: {sentence}" for name, sentence in rules.items()]
    params = {"rules": rules, "told": told, "key": key, "segments": names, "units": {"rules_that_fit": "count"}}
    return Result("segmentation.by_rules", out, params, facts, tuple(notes), source)


def attach(
    customers: Any, segments: Any, *, name: str = "segment", key: str = "customer_id", segment: str = "segment"
) -> pd.DataFrame:
    """A table of customers with their segments as a column: an attribute for a star's dimension, and so for the cube.

    Parameters
    ----------
    customers : DataFrame
        A dimension; a customer may stand in several rows (versions).
    segments : Result or DataFrame
        ``key`` and ``segment``: from :func:`rfm`, :func:`by_rules`, :func:`fit_segments`, or a person's own.
    name : str
        What the column is to be called.
    key, segment : str

    Returns
    -------
    DataFrame
        The rows of ``customers`` in their order. Customers without a segment have none: the cube shows them as unknown.

    Raises
    ------
    UserError
        ``segmentation.name_taken``: the table has such a column.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"customer_id": ["a", "b"], "city": ["Medan", "Solo"]})
    >>> attach(people, {"customer_id": ["b"], "segment": ["often"]}, name="buys")["buys"].tolist()
    [nan, 'often']
    """
    frame = frame_of(customers, (key,), "customers")
    if name in frame:
        raise UserError("segmentation.name_taken", found=name)
    by = segments_of(segments, segment, key).astype("str")
    need((key,), frame.columns, "customers")
    return frame.assign(**{name: frame[key].map(by)})
