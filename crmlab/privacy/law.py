"""UU 27/2022 as a teaching tool: which data are specific, until when a breach must be told, how high a fine can be.

Not legal advice. What was checked against reports that quote the law as it was passed: article 4 (specific and general
data), article 46 (1) (written notice within 3 x 24 hours to the persons and the authority) and article 57 (3) (a fine
of at most 2 % of annual revenue). Some news reports name article 40 for the notice: that was the draft's number.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result
from .classes import data_class
from .masking import personal_kind
from .times import ZONES, moment, zone

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["breach_deadline", "data_classes", "fine_cap"]

NOTICE_HOURS = 3 * 24
FINE_SHARE = 0.02
_BY_CONTENT = {"phone": "combined", "email": "combined", "nik": "identity"}


def breach_deadline(known_at: Any, *, timezone: str, now: Any = None) -> Result:
    """Until when persons and authority must have been told of a breach: 3 x 24 hours, hour by hour.

    Parameters
    ----------
    known_at : datetime or text
        When it became known. Hours count: 3 x 24 hours are not three working days.
    timezone : str
        Of ``known_at`` (and of ``now``) where they name none: ``"WIB"``, ``"WITA"``, ``"WIT"``.
    now : optional
        The moment at which one asks.

    Returns
    -------
    Result
        The deadline in each of Indonesia's time zones.

    Examples
    --------
    >>> breach_deadline("2024-03-02 09:00", timezone="WIB").facts["due_at"].isoformat()
    '2024-03-05T09:00:00+07:00'
    """
    import pandas as pd

    home = zone(timezone)
    known = moment(known_at, timezone, "known_at").astimezone(home)
    due = (known + pd.Timedelta(hours=NOTICE_HOURS)).to_pydatetime()
    known = known.to_pydatetime()
    rows = [
        (short, known.astimezone(zone(name)).replace(tzinfo=None), due.astimezone(zone(name)).replace(tzinfo=None))
        for short, name in ZONES.items()
    ]
    table = pd.DataFrame(rows, columns=["time_zone", "known_at", "due_at"])
    facts: dict[str, Any] = {"known_at": known, "due_at": due, "hours": NOTICE_HOURS}
    if now is not None:
        left = due - moment(now, timezone, "now").to_pydatetime()
        facts["hours_left"] = left / dt.timedelta(hours=1)
        facts["late"] = left < dt.timedelta(0)
    return Result("privacy.breach_deadline", table, {"timezone": timezone}, facts, (Note("privacy.not_advice"),))


def fine_cap(annual_revenue: float, *, currency: str = "IDR") -> Result:
    """The most that an administrative fine can be: 2 % of annual revenue.

    Examples
    --------
    >>> fine_cap(100_000_000_000).facts["cap"]
    2000000000.0
    """
    import pandas as pd

    if isinstance(annual_revenue, bool) or not annual_revenue >= 0 or annual_revenue == float("inf"):
        raise UserError("privacy.bad_revenue", found=annual_revenue)
    cap = annual_revenue * FINE_SHARE
    table = pd.DataFrame([("annual_revenue", annual_revenue), ("fine_cap", cap)], columns=["item", "amount"])
    facts = {"annual_revenue": annual_revenue, "share": FINE_SHARE, "cap": cap, "currency": currency}
    return Result("privacy.fine_cap", table, {"currency": currency}, facts, (Note("privacy.not_advice"),))


def data_classes(table: pd.DataFrame) -> Result:
    """Which columns probably hold personal data, and of which class, by what they are called and what stands in them.

    Examples
    --------
    >>> import pandas as pd
    >>> found = data_classes(pd.DataFrame({"diagnosa": ["J06"], "kontak": ["081234567890"], "amount": [5]}))
    >>> found.table["kind"].tolist(), found.table["found_by"].tolist()
    (['health', 'combined', ''], ['name', 'content', ''])
    """
    import pandas as pd

    rows = []
    for column in table.columns:
        found, how = data_class(str(column)), "name"
        if found is None:
            kind = personal_kind(str(column), table[column].dropna().head(200).tolist())
            found, how = (("general", _BY_CONTENT.get(kind, "combined")), "content") if kind else (None, "")
        rows.append((str(column), *(found or ("none", "")), how))
    made = pd.DataFrame(rows, columns=["column", "data_class", "kind", "found_by"])
    counts = made["data_class"].value_counts()
    facts = {name: int(counts.get(name, 0)) for name in ("specific", "general", "none")}
    facts["columns"] = len(made)
    return Result("privacy.data_classes", made, {}, facts, (Note("privacy.classes_guess"), Note("privacy.not_advice")))
