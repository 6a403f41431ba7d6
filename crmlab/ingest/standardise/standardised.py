"""What every standardising function hands back: the values, the reasons, and the account of both."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from ... import labels
from ...privacy import mask
from ...results import Note, Result
from ..cells import distinct
from ..columns import read_ids

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["STATUSES", "Found", "Standardised", "data", "each_distinct", "finish", "texts"]

STATUSES = ("kept", "changed", "missing", "unmapped")
"""What became of a value: it was in its standard form already, it was brought to it, there was none, or it has none."""

Found = tuple[str | None, str | None]
"""A standard form, or the reason why there is none."""

_PERSONAL = {"phone": "phone", "name": "name", "email": "email", "nik": "nik"}
_FIRST = 5


@cache
def data(file: str) -> Mapping[str, Any]:
    """A TOML file of this room."""
    return tomllib.loads(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"))


@dataclass(frozen=True, eq=False)
class Standardised:
    """A column in its standard form, and the account of it.

    Parameters
    ----------
    values : pandas.Series
        Under the index of what was given; missing where there is no standard form.
    reasons : pandas.Series
        Why a value that was given has no standard form; missing elsewhere. In words: :meth:`reason`.
    status : pandas.Series
        One of :data:`STATUSES` for every value.
    detail : pandas.DataFrame
        What else was found out: the kind of a phone number, the titles of a name, the factor of a unit.
    given : pandas.Series
        What was given.
    report : Result
        One row for every status and reason, with counts, the first rows and an example. Examples of personal data are
        masked.

    Examples
    --------
    >>> from crmlab.ingest.standardise import phone
    >>> column = phone(["0812-3456-7890", "+62 812 3456 7890", "0", None])
    >>> column.values.tolist()
    ['+6281234567890', '+6281234567890', nan, nan]
    >>> column.unmapped[["row", "reason"]].to_dict("records")
    [{'row': 3, 'reason': 'placeholder'}]
    """

    values: pd.Series
    reasons: pd.Series
    status: pd.Series
    detail: pd.DataFrame
    given: pd.Series
    report: Result

    def rows(self, status: str | None = None, reason: str | None = None) -> pd.DataFrame:
        """The rows of one status or reason: ``row`` (1 is the first), the index, what was given and what came of it.

        Not masked: it is for whoever mends the source.
        """
        import numpy as np
        import pandas as pd

        chosen = np.ones(len(self.values), dtype=bool)
        if status is not None:
            chosen &= (self.status == status).to_numpy(dtype=bool)
        if reason is not None:
            chosen &= (self.reasons == reason).fillna(False).to_numpy(dtype=bool)
        at = np.flatnonzero(chosen)
        return pd.DataFrame(
            {
                "row": at + 1,
                "given": self.given.iloc[at].to_numpy(),
                "value": self.values.iloc[at].to_numpy(),
                "reason": self.reasons.iloc[at].to_numpy(),
            },
            index=self.values.index[at],
        )

    @property
    def unmapped(self) -> pd.DataFrame:
        """The rows whose value has no standard form, with the reason."""
        return self.rows("unmapped")

    def reason(self, code: str, lang: str | None = None) -> str:
        """A reason in words."""
        return labels.text(f"standardise.reason.{code}", lang)

    def __len__(self) -> int:
        return len(self.values)

    def __repr__(self) -> str:
        f = self.report.facts
        counts = ", ".join(f"{f[s]} {s}" for s in STATUSES)
        return f"<Standardised {self.report.params['column']}: {counts}>"

    def _repr_html_(self) -> str:
        return self.report._repr_html_()


def texts(values: Any) -> pd.Series:
    """Anything column-like as texts: trimmed, ``17850.0`` as ``17850``, and what only says "nothing" missing."""
    import pandas as pd

    series = values if isinstance(values, pd.Series) else pd.Series(_plain(values))
    out = read_ids(series.reset_index(drop=True))
    out.index = series.index
    return out.rename(series.name)


def _plain(values: Any) -> Any:
    """Arrow arrays and scalars as pandas takes them."""
    import pandas as pd

    if hasattr(values, "to_pandas"):
        return values.to_pandas()
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        values = [values]
    values = list(values) if not hasattr(values, "dtype") else values
    return pd.Series(values, dtype="object") if isinstance(values, list) else values


def each_distinct(
    column: pd.Series, read: Callable[[str], Sequence[Any]], parts: Sequence[str]
) -> dict[str, pd.Series]:
    """Apply ``read`` to every distinct text once; it gives as many values as ``parts`` names."""
    import numpy as np
    import pandas as pd

    found, at = distinct(column)
    rows = [read(text) for text in found.to_pylist()]
    out = {}
    for k, part in enumerate(parts):
        values = np.array([row[k] for row in rows] + [None], dtype=object)  # -1 picks the last: missing
        out[part] = pd.Series(values[at], index=column.index, dtype="object")
    return out


def finish(
    column: str,
    given: Any,
    values: pd.Series,
    reasons: pd.Series,
    *,
    detail: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    notes: Sequence[Note] = (),
) -> Standardised:
    """Count what became of every value and write the report; the counts add up to the rows."""
    import numpy as np
    import pandas as pd

    given = given if isinstance(given, pd.Series) else pd.Series(_plain(given))
    index = given.index
    reasons = pd.Series(np.asarray(reasons, dtype=object), index=index).astype("str")
    values = pd.Series(values.to_numpy() if values.dtype == object else values.array, index=index, name=given.name)
    if values.dtype == object:
        values = values.astype("str")
    out, why = values.notna().to_numpy(), reasons.notna().to_numpy()
    same = _same(given, values)
    status = np.select([why, ~out, same], ["unmapped", "missing", "kept"], "changed")
    status = pd.Series(pd.Categorical(status, categories=STATUSES), index=index)
    counts = {s: int((status == s).sum()) for s in STATUSES}
    n = len(given)
    all_facts = {"rows": n, **counts, "unmapped_share": counts["unmapped"] / n if n else None, **(facts or {})}
    report = Result(
        f"standardise.{column}",
        _table(given, values, reasons, status, _PERSONAL.get(column)),
        {"column": column, **(params or {})},
        all_facts,
        tuple(notes),
    )
    extra = pd.DataFrame(dict(detail or {}), index=index)
    return Standardised(values, reasons, status, extra, given, report)


def _same(given: pd.Series, values: pd.Series) -> Any:
    """Which values stand as they were given."""
    import numpy as np

    if given.dtype == values.dtype:
        return np.asarray((given == values).fillna(False), dtype=bool)
    if given.dtype.kind in "iufbM":
        if values.dtype.kind != "f":
            return np.zeros(len(given), dtype=bool)
        return (given == values).to_numpy(dtype=bool, na_value=False)
    kind = values.dtype.kind
    if kind in "fM":
        wanted = float if kind == "f" else object
        return np.array([type(g) is wanted and g == v for g, v in zip(given, values, strict=True)], dtype=bool)
    return np.array([type(g) is str and g == v for g, v in zip(given, values, strict=True)], dtype=bool)


def _table(given: pd.Series, values: pd.Series, reasons: pd.Series, status: pd.Series, personal: str | None) -> Any:
    import numpy as np
    import pandas as pd

    codes = status.cat.codes.to_numpy()
    why = reasons.to_numpy(dtype=object)
    rows = []
    for code, name in enumerate(STATUSES):
        at = np.flatnonzero(codes == code)
        if not len(at):
            continue
        groups = [(None, at)]
        if name == "unmapped":
            found = pd.Series(why[at])
            order = found.value_counts().index
            groups = [(r, at[(found == r).to_numpy()]) for r in order]
        for reason, where in groups:
            g, v = given.iloc[where[0]], values.iloc[where[0]]
            g = None if g is None or g is pd.NA or g != g else str(g)
            v = None if pd.isna(v) else str(v)
            rows.append(
                {
                    "status": name,
                    "reason": reason,
                    "rows": len(where),
                    "share": len(where) / len(given),
                    "first_rows": ", ".join(str(k + 1) for k in where[:_FIRST]),
                    "given": mask(g, personal) if personal and g else g,
                    "value": mask(v, personal) if personal and v else v,
                }
            )
    names = ["status", "reason", "rows", "share", "first_rows", "given", "value"]
    frame = pd.DataFrame(rows, columns=names)
    for column in ("reason", "given", "value"):
        frame[column] = frame[column].astype("object").where(frame[column].notna(), None)
    return frame
