"""Moments with their time zone: Indonesia has three, and a law counts in hours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import UserError, suggest

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ZONES", "moment", "moments", "zone"]

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def zone(name: str) -> ZoneInfo:
    """A time zone by its Indonesian abbreviation or IANA name.

    Examples
    --------
    >>> str(zone("WITA"))
    'Asia/Makassar'
    """
    try:
        return ZoneInfo(ZONES.get(str(name).upper(), str(name)))
    except (ZoneInfoNotFoundError, ValueError):
        raise UserError(
            "privacy.unknown_zone", found=str(name), wanted=list(ZONES), near=suggest(str(name), ZONES)
        ) from None


def moment(value: Any, timezone: str | None, what: str) -> dt.datetime:
    """One moment in UTC, from a date, datetime or ISO text.

    Examples
    --------
    >>> moment("2020-02-04", "WIB", "at").isoformat()
    '2020-02-03T17:00:00+00:00'
    """
    import pandas as pd

    found = moments(pd.Series([value], dtype=object), timezone, what)[0]
    if pd.isna(found):
        raise UserError("privacy.bad_time", found=str(value), column=what)
    return found


def moments(values: pd.Series, timezone: str | None, what: str) -> pd.Series:
    """A column of moments in UTC; what can't be read is missing.

    Raises
    ------
    UserError
        ``privacy.no_zone``: times without a zone, and none was given.
    """
    import pandas as pd

    if not len(values) or values.isna().all():
        return pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns, UTC]")
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_convert("UTC").dt.as_unit("ns")
    if pd.api.types.is_datetime64_dtype(values.dtype):
        naive = values
    else:
        texts = values.map(lambda v: v.isoformat() if isinstance(v, dt.date) and not pd.isna(v) else v)
        texts = texts.where(texts.notna(), None).map(lambda v: v if v is None else str(v).strip())
        aware = texts.str.contains(r"(?:Z|[+-]\d{2}:?\d{2})$", regex=True).fillna(False).astype(bool)
        aware &= texts.str.contains(":", regex=False).fillna(False).astype(bool)
        found = pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns, UTC]")
        if aware.any():
            read = pd.to_datetime(texts[aware], format="ISO8601", errors="coerce", utc=True)
            found[aware] = read.dt.as_unit("ns")
        if aware.all() or texts[~aware].isna().all():
            return found
        naive = pd.to_datetime(texts[~aware], format="ISO8601", errors="coerce")
        found[~aware] = _placed(naive, timezone, what)
        return found
    return _placed(naive, timezone, what)


def _placed(naive: pd.Series, timezone: str | None, what: str) -> pd.Series:
    if timezone is None:
        raise UserError("privacy.no_zone", column=what, wanted=list(ZONES))
    return (
        naive.dt.as_unit("ns").dt.tz_localize(zone(timezone), ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    )
