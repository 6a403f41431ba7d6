"""Times of day and the zones they are in: WIB, WITA, WIT and the rest of the world."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from ..errors import UserError, suggest
from .cells import distinct, integers, texts_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["ZONES", "one_zone", "read_clock", "zone_offset"]

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura", "UTC": "UTC", "GMT": "UTC", "Z": "UTC"}

_CLOCK = r"^(?:(?:pukul|pkl|jam)\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?$"


def read_clock(series: pd.Series) -> np.ndarray | None:
    """Times of day in a column of their own, as microseconds after midnight; ``None`` where it holds anything else.

    Examples
    --------
    >>> import pandas as pd
    >>> (read_clock(pd.Series(["17:03:34", "09.30", None])) // 1_000_000).tolist()
    [61414, 34200, 0]
    >>> read_clock(pd.Series(["17:03", "x"])) is None
    True
    """
    import numpy as np
    import pyarrow.compute as pc

    if series.dtype == object:
        series = series.map(lambda v: v.isoformat() if isinstance(v, dt.time) else v)
    if series.dtype.kind in "iufbM":
        return None
    texts, codes = distinct(texts_of(series))
    clean = pc.utf8_trim_whitespace(pc.utf8_lower(texts))
    fields = pc.extract_regex(clean, _CLOCK)
    blank = pc.equal(clean, "")
    if not len(texts) or not pc.all(pc.or_(pc.is_valid(fields), blank)).as_py() or pc.all(blank).as_py():
        return None
    hour, minute, second = (integers(pc.struct_field(fields, f)) for f in ("hour", "minute", "second"))
    if (hour > 23).any() or (minute > 59).any() or (second > 59).any():
        return None
    seconds = np.maximum(hour, 0) * 3600 + np.maximum(minute, 0) * 60 + np.maximum(second, 0)
    return np.where(codes >= 0, seconds[codes] * 1_000_000, 0)


def zone_offset(name: str) -> dt.tzinfo:
    """The time zone called ``name``: WIB, WITA, WIT, UTC, ``+07:00``, ``GMT+7`` or a name of the tz database.

    Raises
    ------
    UserError
        ``ingest.unknown_timezone``.
    """
    import zoneinfo

    sign = re.fullmatch(r"(?:UTC|GMT)?([-+])(\d{1,2}?):?(\d{2})?", name)
    if sign:
        minutes = int(sign[2]) * 60 + int(sign[3] or 0)
        return dt.timezone(dt.timedelta(minutes=-minutes if sign[1] == "-" else minutes))
    try:
        return zoneinfo.ZoneInfo(ZONES.get(name.upper(), name))
    except (ValueError, zoneinfo.ZoneInfoNotFoundError):
        near = suggest(name, [*ZONES, *zoneinfo.available_timezones()])
        raise UserError("ingest.unknown_timezone", found=name, near=near) from None


def one_zone(values: np.ndarray, zones: np.ndarray, timezone: str | None) -> tuple[np.ndarray, str | None]:
    """Bring the values that name a zone to one zone; see :func:`read_dates`."""
    import numpy as np

    written = sorted({z for z in zones if z is not None})
    if not written:
        return values, timezone
    if len(written) == 1 and timezone is None:
        return values, written[0]
    to = timezone or "WIB"
    for zone in written:
        at = zones == zone
        values[at] = _move(values[at], zone, to)
    return np.asarray(values), to


def _move(values: np.ndarray, source: str, target: str) -> np.ndarray:
    import numpy as np
    import pandas as pd

    index = pd.DatetimeIndex(values).tz_localize(zone_offset(source), ambiguous="NaT", nonexistent="shift_forward")
    return np.asarray(index.tz_convert(zone_offset(target)).tz_localize(None), dtype="datetime64[us]")
