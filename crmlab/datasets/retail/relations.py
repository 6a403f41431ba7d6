"""The reference analyses of what lies beside the sales: complaints, campaigns, leads, visits, the lab's tables.

As in `crmlab.datasets.retail.reference`, every function takes the opened tables of one world and gives findings.
"""

import math

import numpy as np

from crmlab.datasets.findings import Finding, Z, ratio, share
from crmlab.datasets.retail import planted


def churn_odds(shop):
    """R-T22: logit of leaving on an unresolved complaint, being a detractor, using the online account.

    Among the consumers of the relationship panel; an online user has at least one session that is logged in.
    """
    import pandas as pd
    import statsmodels.api as sm

    panel = shop.clean["relationship_surveys"]
    people = shop.clean["customers"].drop_duplicates("customer_id").set_index("customer_id")
    complaints = shop.clean["complaints"]
    waiting = complaints.loc[complaints["resolved_at"].isna(), "customer_id"]
    marks = pd.DataFrame(
        {
            "unresolved complaint": panel["customer_id"].isin(waiting),
            "detractor": panel["nps"] <= 6,
            "online user": panel["customer_id"].isin(shop.clean["web_events"]["customer_id"].dropna()),
        }
    ).astype(float)
    left = people["closed_on"].notna().reindex(panel["customer_id"]).to_numpy().astype(float)
    fit = sm.Logit(left, sm.add_constant(marks)).fit(disp=False)
    variance = np.diag(fit.cov_params())
    found = [
        ratio("R-T22", f"odds of leaving, {name}", odds, fit.params[name], variance[k + 1])
        for k, (name, odds) in enumerate(zip(marks.columns, planted.CHURN_ODDS, strict=True))
    ]
    base, spread = float(fit.params["const"]), Z * math.sqrt(variance[0])
    return [
        Finding(
            "R-T22", "log odds of leaving, none of the three", planted.CHURN_BASE, base, base - spread, base + spread
        ),
        *found,
    ]


def win_back(shop):
    """R-T25: who is back within 60 days, with the voucher and in the hold-out; the difference in points."""
    sends = shop.clean["campaign_sends"].merge(shop.clean["campaigns"][["campaign_id", "campaign_kind"]])
    arms = sends[sends["campaign_kind"] == "win_back"].groupby("arm")["converted"].agg(["sum", "size"])
    names = {"test": "back within 60 days, voucher", "control": "back within 60 days, hold-out"}
    found = [
        share("R-T25", what, planted.WIN_BACK[k], int(arms.loc[arm, "sum"]), int(arms.loc[arm, "size"]))
        for k, (arm, what) in enumerate(names.items())
    ]
    p = (arms["sum"] / arms["size"])[list(names)].to_numpy()
    spread = Z * math.sqrt((p * (1 - p) / arms["size"][list(names)].to_numpy()).sum())
    gain = float(p[0] - p[1])
    wanted = planted.WIN_BACK[0] - planted.WIN_BACK[1]
    return [*found, Finding("R-T25", "gain by the voucher", wanted, gain, gain - spread, gain + spread)]


def lead_speed(shop):
    """R-T21: leads won, of those contacted within 60 minutes and of the others."""
    leads = shop.clean["leads"]
    fast = leads["first_contact_minutes"] <= 60
    won = leads["outcome"] == "won"
    return [
        share("R-T21", f"won, contacted {name}", value, int(won[some].sum()), int(some.sum()))
        for name, value, some in zip(
            ("within 60 minutes", "later"), planted.LEAD_CONVERSION, (fast, ~fast), strict=True
        )
    ]


def signals(shop):
    """R-T32: sessions that end in an order, with three price views or more and with fewer."""
    events = shop.clean["web_events"]
    sessions = events.assign(price=events["page"] == "price", placed=events["page"] == "order_placed")
    sessions = sessions.groupby("session_id")[["price", "placed"]].sum()
    strong = sessions["price"] >= planted.PRICE_VIEWS
    return [
        share(
            "R-T32", f"sessions with an order, {name}", value, int(sessions.loc[some, "placed"].sum()), int(some.sum())
        )
        for name, value, some in zip(
            ("three price views or more", "fewer price views"),
            planted.SIGNAL_CONVERSION,
            (strong, ~strong),
            strict=True,
        )
    ]


def crm_use(shop):
    """R-T31: the part of all minutes that goes into reporting, in 2019 and in 2020."""
    log = shop.clean["crm_log"].merge(shop.clean["crm_features"])
    found = []
    for year, value in zip((2019, 2020), planted.REPORTING_SHARE, strict=True):
        some = log[log["date"].dt.year == year]
        minutes, reports = some["minutes"].to_numpy(), (some["activity"] == "reporting").to_numpy()
        part = float(minutes[reports].sum() / minutes.sum())
        # a ratio of two sums
        spread = Z * math.sqrt(((minutes * (reports - part)) ** 2).sum()) / minutes.sum()
        found.append(Finding("R-T31", f"minutes on reporting, {year}", value, part, part - spread, part + spread))
    return found


def promotion_uplift(shop):
    """R-T14: buying with the promotion against without it: at random, in strata of what was observed, and naively."""
    lab = shop.clean["lab_promo"]
    random, seen = (lab[lab["assignment"] == name] for name in ("random", "observed"))
    strata = [group for _, group in seen.groupby("heavy_buyer")]
    value = planted.LAB_PROMO_UPLIFT
    return [
        _uplift("promotion uplift, random arm", value, [random]),
        _uplift("promotion uplift, observed, by strata", value, strata),
        _uplift("promotion uplift, observed, naive", naive_uplift(), [seen]),
    ]


def naive_uplift():
    """Give the uplift that whoever compares all with all finds, for heavy buyers get the promotion above all."""
    heavy = planted.LAB_PROMO_HEAVY
    rates = []
    for sent in (True, False):
        weights = [
            part * (p if sent else 1 - p)
            for part, p in zip((heavy, 1 - heavy), planted.LAB_PROMO_TARGETED, strict=True)
        ]
        buys = sum(w * p for w, p in zip(weights, planted.LAB_PROMO_BUYS, strict=True)) / sum(weights)
        rates.append(buys * (planted.LAB_PROMO_UPLIFT if sent else 1))
    return rates[0] / rates[1]


def _uplift(what, value, strata):
    """Pool the log ratios of strata, each weighed by what it says."""
    logs, weights = [], []
    for some in strata:
        n, hits = (some.groupby("sent")["bought"].agg(how) for how in ("size", "sum"))
        logs.append(math.log((hits[True] / n[True]) / (hits[False] / n[False])))
        weights.append(1 / (1 / hits - 1 / n).sum())
    level = float(np.dot(logs, weights) / sum(weights))
    return ratio("R-T14", what, value, level, 1 / sum(weights))


def arcs(shop):
    """R-T24: how often the next category is the one that an arc leads to."""
    steps = _transitions(shop)
    found = []
    for source, target in planted.ARCS.items():
        some = steps[steps["category"] == source]
        hits = int((some["next"] == target).sum())
        found.append(share("R-T24", f"{source} to {target}", planted.ARC, hits, len(some)))
    return found


def _transitions(shop):
    lab = shop.clean["lab_next_category"].sort_values(["journey_id", "step"])
    lab = lab.astype({"category": "str"})
    following = lab.groupby("journey_id")["category"].shift(-1)
    return lab.assign(next=following)[following.notna()]


def hits_at_three(shop):
    """R-T24: how often the next category is among three proposed: those that follow most often, or the best sellers.

    Learnt from the first half of the journeys, tried on the second.
    """
    steps = _transitions(shop)
    border = steps["journey_id"].median()
    learnt, tried = steps[steps["journey_id"] <= border], steps[steps["journey_id"] > border]
    sold = shop.clean["lab_next_category"].query("journey_id <= @border")["category"].astype("str")
    best_sellers = set(sold.value_counts().sort_index(kind="stable").nlargest(3).index)
    counts = learnt.groupby(["category", "next"]).size().sort_index(kind="stable")
    following = {name: set(group.droplevel(0).nlargest(3).index) for name, group in counts.groupby(level=0)}
    pairs = list(zip(tried["category"], tried["next"], strict=True))
    by_chain = sum(then in following.get(now, best_sellers) for now, then in pairs) / len(pairs)
    by_popularity = sum(then in best_sellers for _, then in pairs) / len(pairs)
    return {"hit_at_3_by_chain": round(by_chain, 4), "hit_at_3_by_popularity": round(by_popularity, 4)}


def lab_purchases(shop):
    """R-T26: the four parameters of BG/NBD by maximum likelihood, with intervals from its curvature."""
    from scipy.optimize import minimize

    lab = shop.clean["lab_btyd"]
    columns = (lab["frequency"].to_numpy(), lab["recency_days"].to_numpy() / 7, lab["age_days"].to_numpy() / 7)
    start = np.zeros(4)
    best = minimize(_bg_nbd, start, args=columns, method="L-BFGS-B", options={"maxiter": 500})
    best = minimize(
        _bg_nbd, best.x, args=columns, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-7, "maxiter": 2_000}
    )
    covariance = np.linalg.inv(_curvature(best.x, columns))
    return [
        ratio("R-T26", f"BG/NBD, {name}", value, best.x[k], covariance[k, k])
        for k, (name, value) in enumerate(zip(("r", "alpha", "a", "b"), planted.LAB_BTYD, strict=True))
    ]


def _bg_nbd(logs, frequency, recency, age):
    """Give minus the log likelihood of BG/NBD (Fader, Hardie and Lee 2005)."""
    from scipy.special import betaln, gammaln

    r, alpha, a, b = np.exp(logs)
    level = gammaln(r + frequency) - gammaln(r) + r * np.log(alpha)
    alive = betaln(a, b + frequency) - betaln(a, b) - (r + frequency) * np.log(alpha + age)
    some = frequency > 0
    gone = np.full(len(frequency), -np.inf)
    gone[some] = (
        betaln(a + 1, b + frequency[some] - 1) - betaln(a, b) - (r + frequency[some]) * np.log(alpha + recency[some])
    )
    return -(level + np.logaddexp(alive, gone)).sum()


def _curvature(at, columns):
    n = len(at)
    out = np.empty((n, n))
    step = np.eye(n) * 1e-3
    for j in range(n):
        for k in range(n):
            out[j, k] = (
                _bg_nbd(at + step[j] + step[k], *columns)
                - _bg_nbd(at + step[j] - step[k], *columns)
                - _bg_nbd(at - step[j] + step[k], *columns)
                + _bg_nbd(at - step[j] - step[k], *columns)
            ) / 4e-6
    return out


def lab_clusters(shop):
    """R-T09: k-means on the lab's clusters, which are clearly apart; Rand index."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    lab = shop.clean["lab_cluster"].set_index("unit_id")
    data = np.log(lab[["recency_days", "orders_a_month", "average_order"]]).assign(promo=lab["promo_share"])
    data = (data - data.mean()) / data.std()
    known = shop.truth["lab_cluster_group"].set_index("unit_id")["group"].reindex(lab.index)
    labels = KMeans(len(planted.SEGMENTS), n_init=10, random_state=0).fit_predict(data)
    return {"rand_index_lab": round(float(adjusted_rand_score(known, labels)), 4)}


def profits(shop):
    """R-T11: what every customer earned or cost in the five years.

    Margin, less the commission of the channel, less what he used of every activity at the activity's rate of the month.
    """
    import pandas as pd

    clean = shop.clean
    lines = shop.star["fact_sales_line"].merge(shop.star["dim_channel"][["channel_id", "commission_share"]])
    earned = (lines["margin"] - lines["amount"] * lines["commission_share"]).groupby(lines["customer_id"]).sum()
    sales = clean["sales"].assign(date=clean["sales"]["ordered_at"].dt.normalize())
    ordered = sales.set_index("order_id")[["customer_id", "date"]]
    contacts = clean["interactions"].assign(date=clean["interactions"]["occurred_at"].dt.normalize())
    contacts = contacts[contacts["customer_id"].notna()]
    used = {
        "order_handling": sales.loc[sales["status"] != "cancelled", ["customer_id", "date"]],
        "delivery": ordered.loc[clean["deliveries"]["order_id"]],
        "returns": ordered.loc[clean["returns"]["order_id"]].assign(date=clean["returns"]["returned_on"].to_numpy()),
        "service": contacts.loc[contacts["direction"] == "incoming", ["customer_id", "date"]],
        "field_visits": contacts.loc[contacts["touchpoint"] == "field_visit", ["customer_id", "date"]],
        "collection": contacts.loc[contacts["touchpoint"] == "payment_reminder", ["customer_id", "date"]],
    }
    costs = clean["activity_costs"]
    rates = costs.assign(rate=costs["cost"] / costs["volume"].where(costs["volume"] > 0))
    total = earned
    for pool, units in used.items():
        rate = rates[rates["pool"] == pool].set_index("month_starts_on")["rate"]
        month = units["date"].dt.to_period("M").dt.to_timestamp()
        rupiah = month.map(rate.set_axis(pd.DatetimeIndex(rate.index)))
        total = total.sub(rupiah.groupby(units["customer_id"].astype("int64")).sum(), fill_value=0)
    return total
