"""The reference analyses: how a careful student finds each planted truth again, with an interval.

Every function takes a `Shop`, the opened tables of one world, and gives a list of `Finding`. Definitions are the ones
that the data sheet states.
"""

import math
from functools import cached_property

import numpy as np

from crmlab.datasets.findings import Finding, Opened, Z, ratio, share
from crmlab.datasets.retail import planted, relations


class Shop(Opened):
    """PT XYZ, opened for analysis."""

    @cached_property
    def dates(self):
        """The calendar, one row a day."""
        return self.clean["dates"].set_index("date")

    @cached_property
    def sales(self):
        """Orders that were not cancelled, with their day and the name of their channel."""
        sales = self.clean["sales"].merge(self.clean["channels"][["channel_id", "channel"]], on="channel_id")
        sales = sales[sales["status"] != "cancelled"].sort_values("order_id")
        return sales.assign(date=sales["ordered_at"].dt.normalize())

    @cached_property
    def consumer_orders(self):
        """Ids of all orders of consumers, cancelled ones too: what was in the basket does not depend on that."""
        sales, channels = self.clean["sales"], self.clean["channels"]
        field = channels.loc[channels["channel"] == "field_sales", "channel_id"].iloc[0]
        kept = sales[sales["channel_id"] != field]
        return kept.assign(date=kept["ordered_at"].dt.normalize())


def demand(shop):
    """R-T01 to R-T07: Poisson regression of daily order counts, channel by channel."""
    return demand_of(shop.dates, shop.sales)


def demand_of(days, sales):
    """Find the effects of the calendar, given the calendar and the orders' dates and channels.

    A cell without any order has no interval and is left out (at size S nobody comes on the eve of Idul Fitri).
    """
    import statsmodels.api as sm

    growth = np.arange(len(days)) / 365.25
    party = days.index.strftime("%m-%d")
    columns = {
        "payday": days["payday"].to_numpy(),
        "three_weeks_before": (days["idul_fitri_phase"] == "three_weeks_before").to_numpy(),
        "last_week": (days["idul_fitri_phase"] == "last_week").to_numpy(),
        "eve_and_day": (days["idul_fitri_phase"] == "eve_and_day").to_numpy(),
        "twelve_twelve": party == "12-12",
        "eleven_eleven": party == "11-11",
        "restrictions": (days["pandemic_phase"] == "restrictions").to_numpy(),
        "transition": (days["pandemic_phase"] == "transition").to_numpy(),
    }
    found = []
    for k, channel in enumerate(planted.CHANNELS):
        counts = sales.loc[sales["channel"] == channel, "date"].value_counts().reindex(days.index, fill_value=0)
        names = list(columns)
        if channel == "field_sales":
            names = ["restrictions", "transition"]
        names = [name for name in names if counts.to_numpy()[columns[name]].sum()]
        design = np.column_stack([np.ones(len(days)), growth, days["weekend"], *(columns[name] for name in names)])
        fit = sm.GLM(counts.to_numpy(), design.astype(float), family=sm.families.Poisson()).fit()
        place = {name: 3 + j for j, name in enumerate(names)}

        def add(truth, what, value, weights, fit=fit, place=place):
            if not weights.keys() <= place.keys():
                return
            contrast = np.zeros(len(fit.params))
            for name, weight in weights.items():
                contrast[place[name]] = weight
            found.append(ratio(truth, what, value, contrast @ fit.params, contrast @ fit.cov_params() @ contrast))

        if channel != "field_sales":
            add("R-T01", f"payday, {channel}", planted.PAYDAY, {"payday": 1})
            if channel != "store":
                add("R-T02", f"21 to 8 days before, {channel}", planted.FITRI_THREE_WEEKS[k], {"three_weeks_before": 1})
            add("R-T03", f"last week before, {channel}", planted.FITRI_LAST_WEEK[k], {"last_week": 1})
        if channel == "store":
            add("R-T04", "eve and day, store", planted.FITRI_EVE_AND_DAY[k], {"eve_and_day": 1})
            add("R-T06", "pandemic, store", planted.PANDEMIC[k], {"restrictions": 1})
            step = planted.STORE_RECOVERY / planted.PANDEMIC[k]
            add("R-T07", "recovery on the shock, store", step, {"transition": 1, "restrictions": -1})
        else:
            # one effect for the whole time: weigh the two phases by what each says
            both = np.array([place["restrictions"], place["transition"]])
            inverse = np.linalg.inv(fit.cov_params()[np.ix_(both, both)])
            variance = 1 / inverse.sum()
            level = variance * inverse.sum(axis=0) @ fit.params[both]
            found.append(ratio("R-T06", f"pandemic, {channel}", planted.PANDEMIC[k], level, variance))
        if channel in ("store", "marketplace", "website"):
            add("R-T05", f"12.12, {channel}", planted.TWELVE_TWELVE[k], {"twelve_twelve": 1})
        if channel == "marketplace":
            add("R-T05", "11.11, marketplace", planted.ELEVEN_ELEVEN[k], {"eleven_eleven": 1})
    return found


def churn(shop):
    """R-T08: accounts closed for every month that an account was open, in 2020 against the years before."""
    import pandas as pd

    people = shop.clean["customers"].drop_duplicates("customer_id")
    first, border, end = (
        pd.Timestamp(day) for day in (planted.FIRST_DAY, planted.COMPETITOR_ENTERS, planted.LAST_DAY + _one_day())
    )
    month = 365.25 / 12
    found = []
    for kind, before in (("corporate", planted.CORPORATE_CHURN[0]), ("consumer", planted.CONSUMER_CHURN)):
        some = people[people["customer_type"] == kind]
        start, closed = some["registered_on"].clip(lower=first), some["closed_on"].fillna(end)
        events = np.array([(some["closed_on"] < border).sum(), (some["closed_on"] >= border).sum()])
        open_before = (closed.clip(upper=border) - start.clip(upper=border)).dt.days.sum() / month
        open_after = (closed - start.clip(lower=border)).dt.days.clip(lower=0).sum() / month
        rate = events / np.array([open_before, open_after])
        wanted = [
            -math.log1p(-p) for p in ((before, planted.CORPORATE_CHURN[1]) if kind == "corporate" else (before,) * 2)
        ]
        label = ("before 2020", "in 2020")
        for k in range(2):
            found.append(
                ratio("R-T08", f"{kind} churn a month {label[k]}", wanted[k], math.log(rate[k]), 1 / events[k])
            )
        log_ratio = math.log(rate[1] / rate[0])
        found.append(ratio("R-T08", f"{kind} churn ratio", wanted[1] / wanted[0], log_ratio, (1 / events).sum()))
    return found


def _one_day():
    import datetime as dt

    return dt.timedelta(days=1)


def baskets(shop):
    """R-T12 and R-T13: lift of two pairs of subcategories, over all days, Fridays, other days."""
    goods = shop.clean["products"].set_index("product_id")["subcategory"]
    lines = shop.clean["sales_lines"]
    orders = shop.consumer_orders.set_index("order_id")
    inside = lines["order_id"].isin(orders.index)
    sub = lines["product_id"].map(goods)
    has = {
        name: orders.index.isin(lines.loc[inside & (sub == name), "order_id"])
        for name in (planted.DETERGENT, planted.SOFTENER, planted.DIAPERS, planted.SNACKS)
    }
    friday = (orders["date"].dt.day_of_week == 4).to_numpy()
    everything = np.ones(len(orders), dtype=bool)
    lift_softener = planted.SOFTENER_GIVEN_DETERGENT / planted.P_SOFTENER
    lift_snacks = planted.SNACKS_GIVEN_DIAPERS_FRIDAY / planted.P_SNACKS
    return [
        _lift(
            "R-T12", "detergent to softener", lift_softener, has[planted.DETERGENT], has[planted.SOFTENER], everything
        ),
        _lift("R-T13", "diapers to snacks, Fridays", lift_snacks, has[planted.DIAPERS], has[planted.SNACKS], friday),
        _lift("R-T13", "diapers to snacks, other days", 1.0, has[planted.DIAPERS], has[planted.SNACKS], ~friday),
    ]


def _lift(truth, what, value, left, right, among):
    left, right = left[among], right[among]
    n = len(left)
    both, one, two = (left & right).mean(), left.mean(), right.mean()
    log_lift = math.log(both / (one * two))
    # delta method on the four cells of the table
    cells = np.array([both, one - both, two - both, 1 - one - two + both])
    slope = np.array([1 / both - 1 / one - 1 / two, -1 / one, -1 / two, 0.0])
    variance = (cells @ slope**2 - (cells @ slope) ** 2) / n
    return ratio(truth, what, value, log_lift, variance)


def elasticity(shop):
    """R-T15: Poisson regression of monthly line counts on log price, with an effect for each product and month."""
    import pandas as pd
    import statsmodels.api as sm

    goods = shop.clean["products"]
    orders = shop.clean["sales"].set_index("order_id")["ordered_at"]
    lines = shop.clean["sales_lines"]
    month = lines["order_id"].map(orders).dt.to_period("M").dt.to_timestamp()
    counts = lines.groupby(["product_id", month.rename("month_starts_on")]).size().rename("sold").reset_index()
    prices = shop.clean["prices"].astype({"month_starts_on": "datetime64[ns]"})
    table = prices.merge(counts.astype({"month_starts_on": "datetime64[ns]"}), "left").fillna({"sold": 0})
    table = table.merge(goods[["product_id", "department", "subcategory", "introduced_on", "discontinued_on"]])
    month_end = table["month_starts_on"] + pd.offsets.MonthEnd(0)
    full = (table["introduced_on"] <= table["month_starts_on"]) & ~(table["discontinued_on"] <= month_end)
    found = []
    for department, value in planted.ELASTICITY.items():
        some = table[full & (table["department"] == department)]
        # a product that was never sold says nothing, and its own effect would run away
        some = some[some.groupby("product_id")["sold"].transform("sum") > 0]
        some = some[some.groupby("month_starts_on")["sold"].transform("sum") > 0]
        effects = pd.get_dummies(
            some[["product_id", "month_starts_on"]].astype(str), drop_first=True, dtype=float
        ).to_numpy()
        design = np.column_stack([np.log(some["unit_price"]), np.ones(len(some)), effects])
        fit = sm.GLM(some["sold"].to_numpy(), design, family=sm.families.Poisson()).fit()
        spread = Z * fit.bse[0]
        found.append(
            Finding("R-T15", department, value, float(fit.params[0]), fit.params[0] - spread, fit.params[0] + spread)
        )
    return found


def credit(shop):
    """R-T20: logit of an invoice's default on earlier late payments (five at most) and days of credit."""
    import pandas as pd
    import statsmodels.api as sm

    paid = shop.clean["payments"]
    paid = paid[paid["method"] == "invoice"].merge(shop.clean["sales"][["order_id", "ordered_at", "customer_id"]])
    paid = paid.sort_values("order_id")
    late = (paid["paid_on"] > paid["due_on"]).astype(int)
    earlier = (late.groupby(paid["customer_id"]).cumsum() - late).clip(upper=planted.MOST_EARLIER_LATE)
    credit_days = (paid["due_on"] - paid["ordered_at"].dt.normalize()).dt.days
    design = sm.add_constant(pd.DataFrame({"earlier": earlier, "days": credit_days}).astype(float))
    fit = sm.Logit(paid["defaulted"].astype(int), design).fit(disp=False)
    wanted = {
        "const": ("intercept", planted.DEFAULT_INTERCEPT),
        "earlier": ("log odds for each earlier late payment", planted.DEFAULT_PER_LATE),
        "days": ("log odds for each day of credit", planted.DEFAULT_PER_CREDIT_DAY),
    }
    interval = fit.conf_int()
    return [
        Finding(
            "R-T20", what, value, float(fit.params[name]), float(interval.loc[name, 0]), float(interval.loc[name, 1])
        )
        for name, (what, value) in wanted.items()
    ]


def lateness(shop):
    """R-T23: share of consumers who buy again within 70 days, by how late the parcel was."""
    import pandas as pd

    sales = shop.sales.sort_values(["customer_id", "date"])
    day = sales.drop_duplicates(["customer_id", "date"])
    gap = (day.groupby("customer_id")["date"].shift(-1) - day["date"]).dt.days
    again = day.assign(again=gap <= planted.REPEAT_WITHIN_DAYS)[["customer_id", "date", "again"]]
    parcels = shop.clean["deliveries"].merge(sales[["order_id", "customer_id", "date", "channel"]])
    parcels = parcels[parcels["channel"] != "field_sales"].merge(again)
    last = pd.Timestamp(planted.LAST_DAY) - pd.Timedelta(days=planted.REPEAT_WITHIN_DAYS)
    parcels = parcels[parcels["date"] <= last]
    kind = np.select([parcels["late_days"] == 0, parcels["late_days"] <= 3], [0, 1], 2)
    found = []
    for k, name in enumerate(planted.LATENESS):
        some = parcels.loc[kind == k, "again"]
        found.append(share("R-T23", f"bought again, {name}", planted.REPEAT[k], int(some.sum()), len(some)))
    return found


def surveys(shop):
    """R-T27 and R-T28: NPS by channel with answers weighted back to who was invited; the easy share by version."""
    asked = shop.star["fact_survey_invitation"].merge(shop.star["dim_customer"][["customer_key", "segment"]])
    answers = shop.star["fact_survey"].merge(asked[["survey_id", "segment"]])
    found = []
    for k in range(len(planted.NPS)):
        here, said = asked[asked["channel_id"] == k + 1], answers[answers["channel_id"] == k + 1]
        score, variance = 0.0, 0.0
        for loyal in (True, False):
            weight = ((here["segment"] == "loyal") == loyal).mean()
            group = said[(said["segment"] == "loyal") == loyal]
            # three quarters of a promoter and of a detractor more, and one and a half passives: safe for few answers
            n = len(group) + 3
            up, down = (group["promoter"].sum() + 0.75) / n, (group["detractor"].sum() + 0.75) / n
            score += weight * (up - down)
            variance += weight**2 * (up + down - (up - down) ** 2) / n
        spread = Z * math.sqrt(variance)
        found.append(
            Finding(
                "R-T27", f"NPS, {planted.CHANNELS[k]}", planted.NPS[k], float(score), score - spread, score + spread
            )
        )
    raw = shop.clean["survey_answers"]
    for version in (1, 2):
        some = raw.loc[raw["ces_version"] == version, "ces"]
        easy = (some <= 3) if version == 1 else (some >= 5)
        found.append(share("R-T28", f"easy share, version {version}", planted.EASY_SHARE, int(easy.sum()), len(some)))
    return found


def clusters(shop):
    """R-T09: k-means on recency, frequency and money, with and without the promotion share; Rand indices.

    Customers with at least two orders; recency as log(1 + quarters since the last order), frequency as log orders a
    month of membership, money as log average order, the promotion share drawn towards the usual one by four orders'
    worth.
    """
    import pandas as pd
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    used = shop.clean["order_promotions"]["order_id"].unique()
    sales = shop.sales.assign(promo=shop.sales["order_id"].isin(used))
    first, end = pd.Timestamp(planted.FIRST_DAY), pd.Timestamp(planted.LAST_DAY)
    people = shop.clean["customers"].drop_duplicates("customer_id").set_index("customer_id")
    groups = sales.groupby("customer_id")
    count = groups.size()
    member = (people["closed_on"].fillna(end) - people["registered_on"].clip(lower=first)).dt.days.reindex(count.index)
    usual = sales["promo"].mean()
    table = pd.DataFrame(
        {
            "recency": np.log1p((end - groups["date"].max()).dt.days / 91),
            "frequency": np.log(count / (member / 30.4).clip(lower=1)),
            "money": np.log(groups["gross_amount"].mean()),
            "promo": (groups["promo"].sum() + 4 * usual) / (count + 4),
        }
    )[count >= 2]
    table = table.join(shop.truth["customer_segment"].set_index("customer_id"), how="inner")
    known = table["segment_true"]
    scores = {}
    for name, columns in (("rfm", ["recency", "frequency", "money"]), ("rfm_promo", [*table.columns[:4]])):
        data = table[columns]
        data = (data - data.mean()) / data.std()
        labels = KMeans(len(planted.SEGMENTS), n_init=10, random_state=0).fit_predict(data)
        scores[name] = float(adjusted_rand_score(known, labels))
    return scores


#: every analysis that has an interval, and the subject whose numbers decide what it finds, in the order of making
GROUPS = {
    churn: "customers.leave",
    demand: "orders",
    baskets: "baskets",
    elasticity: "baskets",
    lateness: "deliveries",
    credit: "payments",
    surveys: "surveys",
    relations.churn_odds: "panel",
    relations.win_back: "campaigns.win_back",
    relations.lead_speed: "leads",
    relations.signals: "web",
    relations.crm_use: "crm_use",
    relations.promotion_uplift: "lab.promo",
    relations.arcs: "lab.next_category",
    relations.lab_purchases: "lab.btyd",
}
