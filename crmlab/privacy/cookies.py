"""How much of a web site's traffic may be analysed: that of visitors who said yes to cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..intervals import wilson
from ..results import Note, Result, Source

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cookie_funnel"]


def cookie_funnel(
    events: pd.DataFrame | None = None,
    *,
    visits: int | None = None,
    consented: int | None = None,
    visit: str = "session_id",
    consent: str = "cookie_consent",
    source: Source | None = None,
) -> Result:
    """Visits, those asked and those that may be analysed; from events or from two counts.

    Parameters
    ----------
    events : pandas.DataFrame, optional
        Page views; a visit counts as consented when every one of its events says so. Missing is no.
    visits, consented : int, optional
    visit, consent : str
        How the columns are called.

    Examples
    --------
    >>> found = cookie_funnel(visits=1000, consented=380)
    >>> [round(found.facts[name], 4) for name in ("consent_share", "consent_share_low", "consent_share_high")]
    [0.38, 0.3504, 0.4105]
    """
    import pandas as pd

    if events is not None:
        for name in (visit, consent):
            if name not in events.columns:
                raise UserError("privacy.unknown_column", found=name, wanted=[str(c) for c in events.columns])
        known = events.dropna(subset=[visit])
        said = known[consent].astype("boolean").fillna(False).groupby(known[visit]).min()
        visits, consented = len(said), int(said.sum())
        without = len(events) - len(known)
    else:
        without = 0
        if visits is None or consented is None or not 0 <= consented <= visits:
            raise UserError("privacy.bad_funnel", found=(visits, consented))
    share, (low, high) = (consented / visits, wilson(consented, visits)) if visits else (None, (None, None))
    table = pd.DataFrame(
        {"step": ["visits", "consented", "not_analysable"], "visits": [visits, consented, visits - consented]}
    )
    table["visit_share"] = table["visits"] / visits if visits else float("nan")
    facts: dict[str, Any] = {"visits": visits, "consented": consented, "consent_share": share}
    facts |= {"consent_share_low": low, "consent_share_high": high, "n": visits}
    notes = [Note("privacy.consented_differ")]
    if without:
        notes.append(Note("privacy.events_without_visit", {"n": without}))
    return Result("privacy.cookies", table, {"visit": visit, "consent": consent}, facts, tuple(notes), source)
