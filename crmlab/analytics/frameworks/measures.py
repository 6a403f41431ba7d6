"""What a company's own tables say about a stage or condition of the value chain: one share each, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import times_of
from ...intervals import bunched, wilson

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURES", "Measured", "filled"]

NAN = float("nan")


@dataclass(frozen=True)
class Measured:
    """A measured value, its 95 % interval, how many cases it has and how many bring them (people, suppliers)."""

    value: float
    low: float
    high: float
    n: int
    people: int


def _share(hits: Any, n: int) -> Measured:
    if not n:
        return Measured(NAN, NAN, NAN, 0, 0)
    low, high = wilson(int(hits), n)
    return Measured(int(hits) / n, low, high, n, n)


def _of_people(hit: pd.Series, people: pd.Series) -> Measured:
    """The share of cases that are such, over people who bring several; a case of nobody stands for itself."""
    known = people.notna()
    groups = hit[known].groupby(people[known])
    parts = [*groups.sum().tolist(), *hit[~known].astype(int).tolist()]
    wholes = [*groups.size().tolist(), *[1] * int((~known).sum())]
    if not wholes:
        return Measured(NAN, NAN, NAN, 0, 0)
    low, high = bunched(parts, wholes)
    return Measured(sum(parts) / sum(wholes), low, high, sum(wholes), len(wholes))


def _once(frame: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    twice = frame[key].duplicated(keep=False) & frame[key].notna()
    if twice.any():
        raise UserError("frameworks.twice", table=name, rows=[i + 1 for i, t in enumerate(twice) if t], column=key)
    return frame[frame[key].notna()]


def filled(frame: pd.DataFrame, fillers: Any) -> pd.DataFrame:
    """Which cells hold something: neither missing nor one of the words that stand for nothing.

    A number is never such a word: no children are an answer, a telephone written "0" is none.

    Examples
    --------
    >>> import pandas as pd
    >>> filled(pd.DataFrame({"phone": ["0811", "-", None]}), ["-"])["phone"].tolist()
    [True, False, False]
    """
    import pandas as pd

    empty = {str(f).strip().casefold() for f in fillers}
    out = {}
    for name in frame.columns:
        if pd.api.types.is_numeric_dtype(frame[name]):
            out[name] = frame[name].notna().to_numpy(bool)
            continue
        words = frame[name].astype("string").str.strip().str.casefold()
        if pd.api.types.is_datetime64_any_dtype(frame[name]):
            words = frame[name].dt.strftime("%Y-%m-%d").astype("string")
        out[name] = (frame[name].notna() & ~words.isin(list(empty)).fillna(False)).to_numpy(bool)
    return pd.DataFrame(out, index=frame.index)


def profit_known(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Customers whose profit is known, of all."""
    people = _once(frame, "customer_id", asked["table"])
    return _share(people["profit"].notna().sum(), len(people))


def segments_hold(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Cohen's kappa of customers' segments then and now: agreement beyond what chance gives.

    The share that stayed would be high for a segmentation that puts nearly everybody into one segment.
    """
    import pandas as pd
    from statsmodels.stats.inter_rater import cohens_kappa

    both = _once(frame, "customer_id", asked["table"]).dropna(subset=["before", "now"])
    names = sorted({*both["before"].astype(str), *both["now"].astype(str)})
    if len(names) < 2:
        return Measured(NAN, NAN, NAN, len(both), len(both))
    counts = pd.crosstab(both["before"].astype(str), both["now"].astype(str))
    told = cohens_kappa(counts.reindex(index=names, columns=names, fill_value=0).to_numpy())
    ends = (max(-1.0, float(told.kappa_low)), min(1.0, float(told.kappa_upp)))
    return Measured(float(told.kappa), *ends, len(both), len(both))


def profile_fresh(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Profile fields that are filled in and not out of date, of all (the fresh completeness of row F04)."""
    import pandas as pd

    people = _once(frame, "customer_id", asked["table"])
    touched = times_of(people, "updated_at", asked["table"])
    people = people[~(touched > asked["as_of"])]
    fields = [c for c in people.columns if c not in ("customer_id", "updated_at")]
    if not fields:
        raise UserError("frameworks.no_fields", table=asked["table"], wanted=["customer_id", "updated_at", "..."])
    fresh = touched[people.index] > asked["as_of"] - pd.Timedelta(days=asked["stale_days"])
    there = filled(people[fields], asked["fillers"]).mul(fresh, axis=0)
    if people.empty:
        return Measured(NAN, NAN, NAN, 0, 0)
    low, high = bunched(there.sum(axis=1), [len(fields)] * len(there))
    return Measured(float(there.to_numpy().mean()), low, high, there.size, len(there))


def partner_quality(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Products that come from a supplier whose quality is known and good, of all; by supplier."""
    good = (frame["quality_score"] >= asked["good_quality"]).astype(int)
    return _of_people(good, frame["supplier_id"])


def elements_covered(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Elements of the offer that a partner or we ourselves cover: all of them are counted, so without an interval."""
    elements = _once(frame, "element", asked["table"])
    covered = elements["covered"].astype(bool)
    return Measured(float(covered.mean()) if len(covered) else NAN, NAN, NAN, len(covered), len(covered))


def _window(frame: pd.DataFrame, column: str, asked: Mapping[str, Any], back: int = 0) -> pd.Series:
    import pandas as pd

    when = times_of(frame, column, asked["table"])
    end = asked["as_of"] - pd.Timedelta(days=back)
    return (when <= end) & (when > end - pd.Timedelta(days=asked["window_days"]))


def satisfied(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Answers of the last year that are satisfied, of all."""
    recent = frame[_window(frame, "answered_on", asked) & frame["csat"].notna()]
    hit = (recent["csat"] >= asked["satisfied_from"]).astype(int)
    return _of_people(hit, recent["customer_id"]) if "customer_id" in recent else _share(hit.sum(), len(hit))


def full_price(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Orders of the last year without a discount, of all; by customer."""
    recent = frame[_window(frame, "ordered_at", asked)]
    return _of_people((recent["discount"].fillna(0) <= 0).astype(int), recent["customer_id"])


def state_known(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Customers whose state in their life as a customer is known, of all."""
    people = _once(frame, "customer_id", asked["table"])
    return _share(people["state"].notna().sum(), len(people))


def retained(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Customers of the year before who bought in the last year as well."""
    last = set(frame.loc[_window(frame, "ordered_at", asked), "customer_id"].dropna())
    before = set(frame.loc[_window(frame, "ordered_at", asked, asked["window_days"]), "customer_id"].dropna())
    return _share(len(before & last), len(before))


def records_sound(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Records with an own key and no empty field, of all."""
    own = frame["customer_id"].notna() & ~frame["customer_id"].duplicated(keep=False)
    fields = frame.drop(columns="customer_id")  # a key may be 0
    return _share((own & filled(fields, asked["fillers"]).all(axis=1)).sum(), len(frame))


def crm_used(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Staff who opened the CRM lately, of all."""
    import pandas as pd

    staff = _once(frame, "employee_id", asked["table"])
    last = times_of(staff, "last_used_on", asked["table"])
    lately = (last <= asked["as_of"]) & (last > asked["as_of"] - pd.Timedelta(days=asked["used_days"]))
    return _share(lately.sum(), len(staff))


def complaints_settled(frame: pd.DataFrame, asked: Mapping[str, Any]) -> Measured:
    """Complaints settled in time and not reopened, of those whose time was up; open ones are not settled."""
    import pandas as pd

    allowed = pd.Timedelta(days=asked["resolved_days"])
    due = frame[_window(frame, "complained_at", asked, asked["resolved_days"])]
    began, ended = (times_of(due, c, asked["table"]) for c in ("complained_at", "resolved_at"))
    early = ended < began
    if early.any():
        rows = [frame.index.get_loc(i) + 1 for i in due.index[early]]
        raise UserError("frameworks.settled_before", table=asked["table"], rows=rows)
    hit = ((ended - began <= allowed) & ~due["reopened"].fillna(False).astype(bool)).astype(int)
    return _of_people(hit, due["customer_id"]) if "customer_id" in due else _share(hit.sum(), len(hit))


_ALL = (profit_known, segments_hold, profile_fresh, partner_quality, elements_covered, satisfied, full_price)
_ALL += (state_known, retained, records_sound, crm_used, complaints_settled)
MEASURES: Mapping[str, Callable[[Any, Mapping[str, Any]], Measured]] = {m.__name__: m for m in _ALL}
