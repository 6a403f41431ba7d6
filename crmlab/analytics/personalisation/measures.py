"""How each check measures: a figure, its interval where its cases are a sample, and the rows that make it so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import bunched, newcombe, wilson
from .tables import days_of, keys_of, numbers_of, yes_or_no

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURES", "Asked", "Measured"]

NOTHING = ("", "-", "--", "?", "n/a", "na", "none", "null", "0", "tidak ada", "belum ada")
"""What is written into a field that somebody had to fill in."""
BEST = 0.2


@dataclass(frozen=True)
class Asked:
    """What a check is given: its table, its settings, and the day that counts as today."""

    table: pd.DataFrame
    check: Mapping[str, Any]
    as_of: Any


@dataclass(frozen=True)
class Measured:
    """What a check found.

    Attributes
    ----------
    value : float or None
        ``None`` where nothing can be measured: nobody was contacted, no day is known.
    n : int
        How many cases: customers, users, segments, items.
    rows : DataFrame
        The evidence, the heaviest first.
    low, high : float or None
        Of a sample. Where the table holds all there is, the figure needs none.
    sample : bool
    """

    value: float | None
    n: int
    rows: pd.DataFrame
    low: float | None = None
    high: float | None = None
    sample: bool = False


def _of_sample(found: tuple[float, float | None, float | None], n: int, rows: pd.DataFrame) -> Measured:
    return Measured(found[0], n, rows, found[1], found[2], sample=True)


def _plain(bad: pd.Series, rows: pd.DataFrame) -> Measured:
    """The share of cases that are bad, each drawn by itself."""
    hits, n = int(bad.sum()), len(bad)
    return _of_sample((hits / n, *wilson(hits, n)), n, rows)


def _bunched(part: pd.Series, whole: pd.Series, rows: pd.DataFrame) -> Measured:
    """The share of cases that are bad, of people who bring several each."""
    return _of_sample((float(part.sum()) / float(whole.sum()), *bunched(part, whole)), len(whole), rows)


# -- the wrong people


def budget_on_losers(asked: Asked) -> Measured:
    """The share of the budget that goes to segments that lose money; the books hold it all."""
    spend = asked.table
    keys_of(spend, "segment", "spend", once=True)
    money = numbers_of(spend, "spend", "spend")
    profit = numbers_of(spend, "profit", "spend", negative=True, empty=True)
    known = profit.notna()
    total = float(money[known].sum())
    losing = known & (profit < 0)
    rows = spend.assign(spend_share=money / total if total else None)[losing].sort_values("spend", ascending=False)
    if not total:
        return Measured(None, int(known.sum()), rows)
    return Measured(float(money[losing].sum()) / total, int(known.sum()), rows)


def _contacted(customers: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    keys_of(customers, "customer_id", "customers", once=True)
    profit = numbers_of(customers, "profit", "customers", negative=True, empty=True)
    contacts = numbers_of(customers, "contacts", "customers")
    known = profit.notna()
    return customers[known], profit[known], contacts[known]


def contacts_to_losers(asked: Asked) -> Measured:
    """The share of contacts that go to customers who lose money."""
    customers = asked.table
    its, profit, contacts = _contacted(customers)
    reached, losing = contacts > 0, profit < 0
    rows = its[reached & losing].sort_values(["contacts", "profit"], ascending=[False, True])
    if not reached.any():
        return Measured(None, 0, rows)
    return _bunched((contacts * losing)[reached], contacts[reached], rows)


def best_left_alone(asked: Asked) -> Measured:
    """The share of the best fifth of customers, by profit, whom nobody contacted."""
    customers = asked.table
    its, profit, contacts = _contacted(customers)
    k = round(BEST * len(its))
    if not k:
        return Measured(None, 0, its[:0])
    # equal customers are treated alike
    best = profit >= profit.nlargest(k).iloc[-1]
    alone = best & (contacts == 0)
    return _plain(alone[best], its[alone].sort_values("profit", ascending=False))


# -- wrong knowledge


def _profiles(profiles: pd.DataFrame, as_of: Any) -> tuple[pd.Series, pd.Series]:
    keys_of(profiles, "customer_id", "profiles", once=True)
    changed = days_of(profiles, "updated_at", "profiles")
    # a day that has not come yet dates nothing
    return (as_of - changed.where(changed <= as_of)).dt.days, changed


def old_profiles(asked: Asked) -> Measured:
    """The share of customers whose profile is older than it may be, or of no known age."""
    profiles = asked.table
    age, changed = _profiles(profiles, asked.as_of)
    old = age.isna() | (age > asked.check["older_than_days"])
    rows = profiles[["customer_id", "updated_at"]].assign(stale_days=age)[old]
    return _plain(old, rows.sort_values("stale_days", ascending=False, na_position="first"))


def empty_profiles(asked: Asked) -> Measured:
    """The share of customers of whom at least one of the other columns is empty, or only looks filled."""
    profiles = asked.table
    _profiles(profiles, asked.as_of)
    fields = [c for c in profiles.columns if c not in ("customer_id", "updated_at")]
    if not fields:
        raise UserError("personalisation.no_fields", table="profiles", found=list(map(str, profiles.columns)))
    empty = profiles[fields].apply(lambda c: c.isna() | c.astype(str).str.strip().str.lower().isin(NOTHING))
    bad = empty.any(axis=1)
    told = empty[bad].apply(lambda row: ", ".join(str(c) for c in fields if row[c]), axis=1)
    rows = profiles.loc[bad, ["customer_id"]].assign(empty_fields=told if bad.any() else [])
    most = empty[bad].sum(axis=1).sort_values(ascending=False, kind="stable").index
    return _plain(bad, rows.loc[most])


def old_research(asked: Asked) -> Measured:
    """The age of the newest study of what customers want."""
    research = asked.table
    done = days_of(research, "done_on", "research")
    age = (asked.as_of - done.where(done <= asked.as_of)).dt.days
    rows = research.assign(stale_days=age).sort_values("stale_days")
    return Measured(None if age.isna().all() else float(age.min()), len(research), rows)


def off_preference(asked: Asked) -> Measured:
    """The share of offers, or purchases, that agree with nothing that is known of the customer's wishes."""
    matches = asked.table
    who = keys_of(matches, "customer_id", "matches")
    wrong = ~yes_or_no(matches, "matched", "matches")
    by = wrong.groupby(who, sort=False)
    sums, sizes = by.sum(), by.size()
    rows = sums[sums > 0].sort_values(ascending=False, kind="stable").rename("unmatched").rename_axis("customer_id")
    return _bunched(sums, sizes, rows.reset_index())


# -- wrong understanding


def it_without_owner(asked: Asked) -> Measured:
    """The share of spending on technology for which nobody answers for the process that it should speed up."""
    it_spend = asked.table
    money = numbers_of(it_spend, "spend", "it_spend")
    owner = it_spend["process_owner"]
    nobody = owner.isna() | owner.astype(str).str.strip().str.lower().isin(NOTHING)
    rows = it_spend[nobody].sort_values("spend", ascending=False)
    total = float(money.sum())
    return Measured(float(money[nobody].sum()) / total if total else None, len(it_spend), rows)


def unused_features(asked: Asked) -> Measured:
    """The share of bought features that nobody used."""
    features = asked.table
    keys_of(features, "feature", "features", once=True)
    unused = numbers_of(features, "minutes", "features") == 0
    return Measured(float(unused.mean()), len(features), features[unused])


def rules_not_kept(asked: Asked) -> Measured:
    """The share of contacts that the company's own rules forbid: software sends, unless a process stops it."""
    contacts = asked.table
    who = keys_of(contacts, "customer_id", "contacts")
    wrong = ~yes_or_no(contacts, "allowed", "contacts")
    by = wrong.groupby(who, sort=False)
    return _bunched(by.sum(), by.size(), contacts.loc[wrong].drop(columns="allowed"))


def no_effect(asked: Asked) -> Measured:
    """What contact changed: conversion of those contacted less that of those left alone by chance."""
    trial = asked.table
    arm, yes = trial["arm"].astype(object), yes_or_no(trial, "converted", "trial")
    strange = sorted(set(map(str, arm.dropna())) - {"test", "control"})
    if strange or arm.isna().any():
        raise UserError("personalisation.bad_arm", table="trial", found=strange or [None], wanted=("test", "control"))
    import pandas as pd

    table = yes.groupby(arm).agg(["size", "sum"]).reindex(["test", "control"], fill_value=0)
    rows = pd.DataFrame({"arm": table.index, "n": table["size"].to_numpy(), "converted": table["sum"].to_numpy()})
    (n, hits), (other_n, other) = table.to_numpy().tolist()
    if not n or not other_n:
        return Measured(None, 0, rows)
    ends = newcombe(hits, n, other, other_n)
    return _of_sample((hits / n - other / other_n, *ends), int(min(n, other_n)), rows)


# -- wrong education


def used_for_reports(asked: Asked) -> Measured:
    """The share of the time spent in the CRM system that goes into reports, by the users' own minutes."""
    crm_use = asked.table
    who = keys_of(crm_use, "user", "crm_use")
    minutes = numbers_of(crm_use, "minutes", "crm_use")
    reporting = minutes.where(crm_use["activity"].astype(object) == asked.check["activity"], 0.0)
    whole, part = minutes.groupby(who, sort=False).sum(), reporting.groupby(who, sort=False).sum()
    whole, part = whole[whole > 0], part[whole > 0]
    rows = part.rename("activity_minutes").rename_axis("user").reset_index()
    rows = rows.assign(minutes=whole.to_numpy(), activity_share=(part / whole).to_numpy())
    rows = rows.sort_values("activity_minutes", ascending=False)
    return _bunched(part, whole, rows) if len(whole) else Measured(None, 0, rows)


def frontline_absent(asked: Asked) -> Measured:
    """The share of people who face customers and did not use the system."""
    staff = asked.table
    keys_of(staff, "employee", "staff", once=True)
    front, active = yes_or_no(staff, "frontline", "staff"), yes_or_no(staff, "active", "staff")
    absent = (front & ~active)[front]
    if not len(absent):
        return Measured(None, 0, staff[:0])
    return Measured(float(absent.mean()), len(absent), staff[front & ~active])


def untrained(asked: Asked) -> Measured:
    """The share of the staff who were never taught how to serve customers with what is known of them."""
    training = asked.table
    keys_of(training, "employee", "training", once=True)
    trained = yes_or_no(training, "trained", "training")
    return Measured(float((~trained).mean()), len(training), training[~trained])


def marketing_alone(asked: Asked) -> Measured:
    """The share of the tasks of personalisation that marketing does alone."""
    tasks = asked.table
    keys_of(tasks, "task", "tasks", once=True)
    who = keys_of(tasks, "function", "tasks").astype(str).str.strip().str.lower()
    alone = who.isin(["marketing", "pemasaran"])
    return Measured(float(alone.mean()), len(tasks), tasks[alone])


MEASURES: dict[str, Callable[[Asked], Measured]] = {
    its.__name__: its
    for its in (
        budget_on_losers,
        contacts_to_losers,
        best_left_alone,
        old_profiles,
        empty_profiles,
        old_research,
        off_preference,
        it_without_owner,
        unused_features,
        rules_not_kept,
        no_effect,
        used_for_reports,
        frontline_absent,
        untrained,
        marketing_alone,
    )
}
