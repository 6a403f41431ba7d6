"""How well people hide in a table without names, and what can be done where they do not.

Job, postcode and age name nobody, and together they may name one person. A table is *k*-anonymous if everybody shares
these telling columns (quasi-identifiers) with at least ``k - 1`` others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Note, Result, Source

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["age_bands", "enough", "first_digits", "generalise", "hide_small_groups", "k_anonymity"]


def k_anonymity(
    table: pd.DataFrame,
    *,
    quasi: Sequence[str],
    sensitive: Sequence[str] = (),
    minimum: int = 5,
    source: Source | None = None,
) -> Result:
    """How many others everybody shares the telling columns with.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a person.
    quasi : sequence of str
        The columns that somebody outside may know: age, job, place.
    sensitive : sequence of str
        Columns nobody should learn: a group in which all have the same value tells it of each of them, however large
        the group is (l-diversity counts the different values).
    minimum : int
        Rows in groups smaller than this are at risk.

    Returns
    -------
    Result
        One row a group, the smallest first: ``n``, and ``<column>_values`` for every sensitive column.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"job": list("aaaabbbccd")})
    >>> found = k_anonymity(people, quasi=["job"], minimum=3)
    >>> found.facts["k"], found.facts["groups"], found.facts["at_risk"]
    (1, 4, 3)
    """
    _check(table, [*quasi, *sensitive])
    if not quasi:
        raise UserError("privacy.no_quasi")
    grouped = table.groupby(list(quasi), dropna=False, observed=True, sort=True)
    groups = grouped.size().rename("n").to_frame()
    for column in sensitive:
        groups[f"{column}_values"] = grouped[column].nunique(dropna=False)
    groups = groups.reset_index().sort_values("n", kind="stable", ignore_index=True)
    n = len(table)
    at_risk = int(groups.loc[groups["n"] < minimum, "n"].sum())
    facts: dict[str, Any] = {
        "k": int(groups["n"].min()) if n else None,
        "groups": len(groups),
        "rows": n,
        "unique": int((groups["n"] == 1).sum()),
        "at_risk": at_risk,
        "at_risk_share": at_risk / n if n else None,
        "minimum": minimum,
    }
    notes = []
    for column in sensitive:
        values = groups[f"{column}_values"]
        same = int(groups.loc[(values == 1) & (groups["n"] > 1), "n"].sum())
        facts[f"{column}_l"] = int(values.min()) if n else None
        if same:
            notes.append(Note("privacy.same_value", {"column": column, "n": same}))
    missing = int(table[list(quasi)].isna().any(axis=1).sum())
    if missing:
        notes.append(Note("privacy.missing_quasi", {"n": missing}))
    facts["l"] = min((facts[f"{c}_l"] for c in sensitive), default=None) if n else None
    params = {"quasi": list(quasi), "sensitive": list(sensitive)}
    return Result("privacy.k_anonymity", groups, params, facts, tuple(notes), source)


def hide_small_groups(
    table: pd.DataFrame, *, quasi: Sequence[str], minimum: int, source: Source | None = None
) -> Result:
    """The rows of groups with at least ``minimum`` people; the others are hidden, and counted.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"job": list("aaaabbbccd")})
    >>> kept = hide_small_groups(people, quasi=["job"], minimum=3)
    >>> kept.facts["k"], kept.facts["hidden"], kept.facts["rows"]
    (3, 3, 10)
    """
    _check(table, quasi)
    sizes = table.groupby(list(quasi), dropna=False, observed=True)[list(quasi)[0]].transform("size")
    kept = table[sizes >= minimum].reset_index(drop=True)
    before = int(sizes.min()) if len(table) else None
    n = len(table)
    hidden = n - len(kept)
    facts = {
        "k": int(sizes[sizes >= minimum].min()) if len(kept) else None,
        "k_before": before,
        "hidden": hidden,
        "kept": len(kept),
        "rows": n,
        "hidden_share": hidden / n if n else None,
        "minimum": minimum,
    }
    notes = (Note("privacy.rows_hidden", {"n": hidden, "rows": n}),) if hidden else ()
    return Result("privacy.small_groups", kept, {"quasi": list(quasi)}, facts, notes, source)


def generalise(table: pd.DataFrame, **how: Any) -> pd.DataFrame:
    """A copy of a table whose columns say less: an age band instead of a birthday, a province instead of a city.

    Parameters
    ----------
    table : pandas.DataFrame
    **how
        Column to a function of one value, a mapping of value to coarser value, or ``None``, which takes the column out.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"born_on": pd.to_datetime(["1990-05-17"]), "city": ["Bogor"], "postcode": ["16112"]})
    >>> generalise(people, born_on=age_bands("2020-12-31"), city={"Bogor": "Jawa Barat"},
    ...            postcode=first_digits(2)).values.tolist()
    [['30–39', 'Jawa Barat', '16•••']]
    """
    import pandas as pd

    _check(table, how)
    made = table.copy()
    for column, coarser in how.items():
        if coarser is None:
            made = made.drop(columns=column)
        elif isinstance(coarser, Mapping):
            values = table[column]
            unknown = sorted({str(v) for v in values.dropna().unique() if v not in coarser})
            if unknown:
                raise UserError("privacy.not_in_hierarchy", column=column, found=unknown)
            made[column] = values.map(dict(coarser))
        elif isinstance(coarser, Callable):
            made[column] = pd.Series(
                [None if pd.isna(v) else coarser(v) for v in table[column]], index=table.index, dtype=object
            )
        else:
            raise UserError("privacy.no_hierarchy", column=column, found=type(coarser).__name__)
    return made


def age_bands(as_of: Any, edges: Sequence[int] = (0, 18, 30, 40, 50, 60)) -> Callable[[Any], str]:
    """A function from a birthday to an age band on a day.

    Examples
    --------
    >>> band = age_bands("2020-12-31")
    >>> band("2003-01-01"), band("2002-12-31"), band("1950-01-01")
    ('0–17', '18–29', '60+')
    """
    import pandas as pd

    day = pd.Timestamp(as_of)
    edges = sorted(edges)

    def band(born: Any) -> str:
        birthday = pd.Timestamp(born)
        age = day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))
        if age < edges[0]:
            raise UserError("privacy.bad_age", found=str(birthday.date()), as_of=str(day.date()))
        at = max(i for i, edge in enumerate(edges) if edge <= age)
        return f"{edges[at]}–{edges[at + 1] - 1}" if at + 1 < len(edges) else f"{edges[at]}+"

    return band


def first_digits(n: int) -> Callable[[Any], str]:
    """A function that keeps the first ``n`` characters of a postcode and covers the others.

    Examples
    --------
    >>> first_digits(3)("16112")
    '161••'
    """

    def shorter(value: Any) -> str:
        text = re.sub(r"\.0$", "", str(value).strip())
        return text[:n] + "•" * max(0, len(text) - n)

    return shorter


def enough(
    table: pd.DataFrame, *, by: Sequence[str], text: str = "comment", minimum: int = 10, source: Source | None = None
) -> Result:
    """Comments of groups that are large enough; a group's comments are shown all or not at all.

    A comment names its writer soon enough ("the only woman in the warehouse ...") when few could have written it. The
    group's size is what counts, not how many of it wrote.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"unit": ["a"] * 3 + ["b"], "comment": ["x", None, "y", "z"]})
    >>> shown = enough(answers, by=["unit"], minimum=3)
    >>> shown.table["comment"].tolist(), shown.facts["hidden_comments"]
    (['x', 'y'], 1)
    """
    _check(table, [*by, text])
    sizes = table.groupby(list(by), dropna=False, observed=True)[list(by)[0]].transform("size")
    written = table[text].notna() & (table[text].astype(str).str.strip() != "")
    shown = table[written & (sizes >= minimum)].reset_index(drop=True)
    groups = table.groupby(list(by), dropna=False, observed=True).size()
    hidden = int((written & (sizes < minimum)).sum())
    facts = {
        "comments": int(written.sum()),
        "shown_comments": len(shown),
        "hidden_comments": hidden,
        "groups": len(groups),
        "hidden_groups": int((groups < minimum).sum()),
        "minimum": minimum,
    }
    notes = (Note("privacy.comments_hidden", {"n": hidden, "minimum": minimum}),) if hidden else ()
    return Result("privacy.comments", shown, {"by": list(by), "text": text}, facts, notes, source)


def _check(table: pd.DataFrame, columns: Any) -> None:
    for name in columns:
        if name not in table.columns:
            near = suggest(name, map(str, table.columns))
            raise UserError("privacy.unknown_column", found=name, wanted=[str(c) for c in table.columns], near=near)
