"""Sales counted day by day and channel by channel, and what the official calendar says of each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...frames import day_of, days_of, frame_of, label_of
from ...results import Note

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["FACTORS", "Daily", "daily", "marks_of", "span_of"]

FACTORS = (
    "weekend",
    "payday",
    "ramadan_begins",
    "three_weeks_before",
    "last_week",
    "eve_and_day",
    "week_after",
    "eleven_eleven",
    "twelve_twelve",
    "december",
    "restrictions",
    "transition",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST_DAYS = 60


@dataclass(frozen=True, eq=False)
class Daily:
    """Orders and amounts of every day (rows) by channel (columns), days without any included."""

    days: pd.DatetimeIndex
    channels: tuple[Any, ...]
    orders: np.ndarray
    amounts: np.ndarray | None
    last: pd.Timestamp
    notes: tuple[Note, ...]

    def values(self, value: str) -> np.ndarray:
        """Orders or amounts, as was asked for."""
        return self.orders if value == "orders" else self.amounts


def span_of(frame: Any, as_of: Any, since: Any, *, fewest: int = _FEWEST_DAYS) -> tuple[Any, Any, Any]:
    """The day of every sale, the first day and the last day looked at."""
    from ... import calendar

    last = day_of(as_of, "as_of")
    sold = days_of(frame, "ordered_at", "sales")
    inside = sold.notna() & (sold <= last)
    if not inside.any():
        raise UserError("frames.empty", table="sales")
    first = day_of(since, "since") if since is not None else sold[inside].min()
    if first.date() < calendar.FIRST_DAY or last.date() > calendar.LAST_DAY:
        raise UserError(
            "forecasting.no_calendar", found=[first.date(), last.date()], wanted=[calendar.FIRST_DAY, calendar.LAST_DAY]
        )
    if (last - first).days + 1 < fewest:
        raise UserError("forecasting.few_days", found=(last - first).days + 1, wanted=fewest)
    return sold, first, last


def daily(sales: Any, *, as_of: Any, since: Any = None, by: str | None = "channel", value: str = "orders") -> Daily:
    """Count sales day by day.

    Rows after ``as_of`` are left out and counted in a note: who forecasts must not have seen them.
    """
    import numpy as np
    import pandas as pd

    if value not in ("orders", "amount"):
        raise UserError(
            "forecasting.bad_value", found=value, wanted=["orders", "amount"], near=suggest(value, ["orders", "amount"])
        )
    needs = ["ordered_at", *([by] if by else []), *(["amount"] if value == "amount" else [])]
    frame = frame_of(sales, needs, "sales")
    sold, first, last = span_of(frame, as_of, since)
    notes = []
    if later := int((sold > last).sum()):
        notes.append(Note("forecasting.note.later", {"n": later, "as_of": last}))
    if undated := int(sold.isna().sum()):
        notes.append(Note("forecasting.note.undated", {"n": undated}))
    kept = ((sold >= first) & (sold <= last)).to_numpy()
    days = pd.date_range(first, last)
    at = (sold[kept] - first).dt.days.to_numpy(dtype=int)
    if by:
        names = frame.loc[kept, by]
        if unknown := int(names.isna().sum()):
            notes.append(Note("forecasting.note.no_group", {"n": unknown, "by": by}))
            at, kept_names = at[names.notna().to_numpy()], names.dropna()
        else:
            kept_names = names
        counted = kept_names.value_counts()
        channels = tuple(label_of(c) for c in counted.index if counted[c])
        column = pd.Categorical(kept_names, categories=list(channels)).codes
    else:
        kept_names = sold[kept]
        channels, column = ("all_orders",), np.zeros(len(at), dtype=int)
    orders = np.zeros((len(days), len(channels)))
    np.add.at(orders, (at, column), 1.0)
    amounts = None
    if value == "amount":
        worth = pd.to_numeric(frame.loc[kept_names.index, "amount"], errors="coerce")
        if bad := int(worth.isna().sum()):
            notes.append(Note("forecasting.note.no_amount", {"n": bad}))
        amounts = np.zeros_like(orders)
        np.add.at(amounts, (at, column), worth.fillna(0.0).to_numpy(dtype=float))
    return Daily(days, channels, orders, amounts, last, tuple(notes))


def marks_of(days: Any, factors: Sequence[str], phase_known_until: Any = None) -> dict[str, Any]:
    """Which of the factors hold on each day, by the official dates.

    Parameters
    ----------
    days : DatetimeIndex
    factors : sequence of str
        Of :data:`FACTORS`, or days of the week.
    phase_known_until : Timestamp, optional
        Pandemic phases that begin later are not known yet: the phase of this day goes on.
    """
    import numpy as np

    from ... import calendar

    known = (*FACTORS, *_WEEKDAYS)
    for name in factors:
        if name not in known:
            raise UserError("forecasting.bad_factor", found=name, wanted=list(known), near=suggest(name, known))
    table = calendar.days(days[0].date(), days[-1].date())
    gone = np.array(table["days_to_idul_fitri"])
    phase = np.array(table["pandemic_phase"])
    if phase_known_until is not None:
        phase[(days > phase_known_until)] = calendar.pandemic_phase(phase_known_until.date())
    stretch = np.array(table["idul_fitri_phase"])
    month_day = days.month.to_numpy() * 100 + days.day.to_numpy()
    found = {
        "weekend": np.array(table["weekend"]),
        "payday": np.array(table["payday"]),
        "ramadan_begins": np.array(table["ramadan"]).astype(bool) & (gone > 21),
        "week_after": (gone < 0) & (gone >= -7),
        "eleven_eleven": month_day == 1111,
        "twelve_twelve": month_day == 1212,
        "december": days.month.to_numpy() == 12,
    }
    found |= {name: stretch == name for name in ("three_weeks_before", "last_week", "eve_and_day")}
    found |= {name: phase == name for name in ("restrictions", "transition")}
    weekday = days.day_of_week.to_numpy()
    found |= {name: weekday == k for k, name in enumerate(_WEEKDAYS)}
    return {name: found[name] for name in factors}
