"""When two values say the same: spelling, capitals and titles don't make another person, another birthday does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["alike", "comparable"]


def comparable(values: pd.Series, kind: str) -> pd.Series:
    """What of a value counts when it is compared with another source's, as text; missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> comparable(pd.Series(["Hj. Siti  RAHMA", None]), "name").tolist()
    ['rahma siti', nan]
    """
    import numpy as np
    import pandas as pd

    if kind == "name":
        from ..ingest import standardise

        codes, distinct = pd.factorize(values)  # people share names: each is taken apart once
        plain = standardise.name(pd.Series(distinct, dtype="str")).detail["compare"]
        ordered = [" ".join(sorted(name.split())) if isinstance(name, str) else None for name in plain]
        ordered = np.array([*ordered, None], dtype=object)
        return pd.Series(ordered[codes], index=values.index, dtype="str")  # -1 picks the last: missing
    if values.dtype.kind in "Miuf":
        codes, distinct = pd.factorize(values)
        spelled = np.array(
            [*(str(v) if values.dtype.kind == "M" else f"{v:.10g}" for v in distinct), None], dtype=object
        )
        return pd.Series(spelled[codes], index=values.index, dtype="str")
    text = pd.Series(values).astype("str").str.strip().str.lower()
    return text.where(text != "")


def alike(one: pd.Series, other: pd.Series, kind: str, least: float) -> np.ndarray:
    """Which pairs of comparable values may be of one person; a missing one contradicts nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> a, b = pd.Series(["budi santoso", "rahma siti", None]), pd.Series(["budi santosa", "putri sari", "x"])
    >>> alike(a, b, "name", 0.85).tolist()
    [True, False, True]
    """
    import numpy as np

    silent = (one.isna() | other.isna()).to_numpy()
    same = silent | (one.to_numpy(dtype=object) == other.to_numpy(dtype=object))
    if kind != "name" or same.all():
        return same
    import duckdb
    import pyarrow as pa

    at = np.flatnonzero(~same)
    pairs = pa.table({"a": pa.array(one.to_numpy(dtype=object)[at]), "b": pa.array(other.to_numpy(dtype=object)[at])})
    with duckdb.connect() as con:
        con.register("pairs", pairs)
        scores = con.sql("SELECT jaro_winkler_similarity(a, b) AS score FROM pairs").to_arrow_table()
    same[at] = scores["score"].to_numpy() >= least
    return same
