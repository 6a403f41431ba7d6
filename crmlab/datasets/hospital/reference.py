"""The reference analyses: how a careful student finds each planted truth again, with an interval.

Every function takes a `Hospital`, the opened tables of one world, and gives a list of `Finding`. Definitions are the
ones that the data sheet states. Where a world is too small for an interval to mean anything, there is no finding.
"""

import math
from functools import cached_property

import numpy as np

from crmlab.datasets.findings import Finding, Opened, Z, ratio, share
from crmlab.datasets.hospital import planted

#: fewer ended contracts, or fewer days of calls, and nothing is said about them
LEAST_CONTRACTS, LEAST_DAYS = 10, 5
WAITING_WORDS = r"\b(?:antri\w*|lama)\b"


class Hospital(Opened):
    """RS Sehat Nusantara, opened for analysis."""

    @cached_property
    def payer_group(self):
        """The group of each payer, by id."""
        return self.clean["payers"].set_index("payer_id")["payer_group"]

    @cached_property
    def kept(self):
        """Appointments that were neither cancelled nor moved, with what goes with a no-show."""
        made = self.clean["appointments"]
        kept = made[made["status"].isin(["attended", "no_show"])].sort_values(["patient_id", "scheduled_at"])
        missed = (kept["status"] == "no_show").astype(np.int64)
        sent = self.clean["reminders"]
        return kept.assign(
            missed=missed,
            reminded=kept["appointment_id"].isin(sent.loc[sent["sent"], "appointment_id"]).astype(np.int64),
            bpjs=(kept["payer_id"].map(self.payer_group) == "bpjs").astype(np.int64),
            new=kept["new_patient"].astype(np.int64),
            before=missed.groupby(kept["patient_id"]).shift(fill_value=0),
        )

    @cached_property
    def answers(self):
        """Answers with the visit that they are about."""
        seen = self.clean["visits"][["visit_id", "checked_in_at", "wait_minutes", "payer_id"]]
        asked = self.clean["survey_invitations"][["survey_id", "visit_id"]].merge(seen)
        table = self.clean["survey_answers"].merge(asked)
        return table.assign(
            payer_group=table["payer_id"].map(self.payer_group).astype(str), year=table["checked_in_at"].dt.year
        )


def demand(shop):
    """H-T16 and H-T17: Poisson regression of the appointments of a day, of all units and of the fever units."""
    import statsmodels.api as sm

    days = shop.clean["dates"].set_index("date")
    made = shop.clean["appointments"][["unit_id", "scheduled_at"]]
    day = made["scheduled_at"].dt.normalize()
    near = days["days_to_idul_fitri"].abs() <= planted.FITRI_WEEK_DAYS
    sunday = days["weekday"] == "sunday"
    columns = {
        "ramadan": days["ramadan"],
        "rainy": days["month_of_year"].isin(planted.RAINY_MONTHS),
        "sunday": sunday,
        "holiday": days["national_holiday"] & ~near & ~sunday,
        "fitri_week": near,
    }
    design = np.column_stack([np.ones(len(days)), *columns.values()]).astype(float)
    place = {name: k + 1 for k, name in enumerate(columns)}

    def effect(counts, truth, what, value, name):
        fit = sm.GLM(counts.to_numpy(), design, family=sm.families.Poisson()).fit()
        k = place[name]
        return ratio(truth, what, value, fit.params[k], fit.cov_params()[k, k])

    everything = day.value_counts().reindex(days.index, fill_value=0)
    fever = made["unit_id"].isin([k + 1 for k in planted.FEVER_UNITS])
    hot = day[fever].value_counts().reindex(days.index, fill_value=0)
    return [
        effect(everything, "H-T16", "Ramadan", planted.RAMADAN, "ramadan"),
        effect(everything, "H-T16", "January to March", planted.ALL_IN_RAINY_MONTHS, "rainy"),
        effect(everything, "H-T16", "Sunday", planted.SUNDAY, "sunday"),
        effect(hot, "H-T16", "January to March, fever units", planted.FEVER_IN_RAINY_MONTHS, "rainy"),
        effect(everything, "H-T17", "week of Idul Fitri", planted.FITRI_WEEK, "fitri_week"),
    ]


def _logit(table, outcome, columns):
    """Fit a logit on counts of equal rows; give the parameters and their covariance, the constant first."""
    import statsmodels.api as sm

    groups = table.groupby(columns, observed=True)[outcome].agg(["sum", "size"]).reset_index()
    design = np.column_stack([np.ones(len(groups)), groups[columns].to_numpy(float)])
    counts = np.column_stack([groups["sum"], groups["size"] - groups["sum"]])
    fit = sm.GLM(counts, design, family=sm.families.Binomial()).fit()
    return fit.params, fit.cov_params()


def attendance(shop):
    """H-T01 to H-T03: logit of a no-show; the pilot's two by two table; the routine, compared plainly and adjusted."""
    kept = shop.kept
    columns = ["lead_days", "reminded", "bpjs", "new", "before"]
    value, spread = _logit(kept, "missed", columns)
    half = Z * math.sqrt(spread[0, 0])
    base, per_day = planted.NO_SHOW_INTERCEPT, planted.NO_SHOW_PER_LEAD_DAY
    found = [Finding("H-T01", "intercept, log odds", base, value[0], value[0] - half, value[0] + half)]
    found.append(ratio("H-T01", "odds ratio a day of lead", math.exp(per_day), value[1], spread[1, 1]))
    for k, (name, odds) in enumerate(planted.NO_SHOW_ODDS.items(), 2):
        found.append(ratio("H-T01", f"odds ratio, {name}", odds, value[k], spread[k, k]))
    pilot, routine = pilot_of(shop), routine_of(shop)
    found.append(_risk_ratio("H-T02", "risk ratio in the pilot", planted.PILOT_RISK_RATIO, pilot))
    found.append(_risk_ratio("H-T03", "naive risk ratio, which is wrong", planted.NAIVE_RISK_RATIO, routine))
    value, spread = _logit(routine, "missed", columns)
    odds = planted.NO_SHOW_ODDS["reminded"]
    found.append(ratio("H-T03", "adjusted odds ratio", odds, value[2], spread[2, 2]))
    return found


def pilot_of(shop):
    """Give the appointments of the pilot, which drew lots."""
    arms = shop.clean["reminders"]
    drawn = arms.loc[arms["arm"].isin(["pilot_treated", "pilot_control"]), "appointment_id"]
    return shop.kept[shop.kept["appointment_id"].isin(drawn)]


def routine_of(shop):
    """Give the appointments of the routine that could have been reminded: not booked for the same day."""
    day = shop.kept["scheduled_at"]
    return shop.kept[(day >= np.datetime64(planted.ROUTINE_SINCE)) & (shop.kept["lead_days"] >= 1)]


def _risk_ratio(truth, what, value, table):
    n, missed = (table.groupby("reminded")["missed"].agg(how) for how in ("size", "sum"))
    log_ratio = math.log(missed[1] / n[1] / (missed[0] / n[0]))
    return ratio(truth, what, value, log_ratio, (1 / missed - 1 / n).sum())


def waiting(shop):
    """H-T05: mean waiting time and the share within an hour, by group of payers."""
    seen = shop.clean["visits"]
    minutes = seen["wait_minutes"].dropna()
    group = seen.loc[minutes.index, "payer_id"].map(shop.payer_group)
    found = []
    for name, mean in zip(planted.PAYER_GROUPS, planted.WAIT_MINUTES, strict=True):
        mine = minutes[group == name]
        x = planted.WAIT_STANDARD_MINUTES * planted.WAIT_SHAPE / mean
        within = 1 - math.exp(-x) * sum(x**k / math.factorial(k) for k in range(planted.WAIT_SHAPE))
        found.append(_mean("H-T05", f"mean minutes, {name}", mean, mine))
        hits = int((mine <= planted.WAIT_STANDARD_MINUTES).sum())
        found.append(share("H-T05", f"within 60 minutes, {name}", within, hits, len(mine)))
    return found


def _mean(truth, what, value, values):
    mean, half = float(values.mean()), Z * float(values.std()) / math.sqrt(len(values))
    return Finding(truth, what, value, mean, mean - half, mean + half)


def margins(shop):
    """H-T15: margin by group of payers, as a ratio of sums."""
    seen = shop.clean["visits"]
    group = seen["payer_id"].map(shop.payer_group)
    found = []
    for name, value in zip(planted.PAYER_GROUPS, planted.MARGIN, strict=True):
        mine = seen[group == name]
        bill, cost = mine["amount"].to_numpy(float), mine["cost"].to_numpy(float)
        margin = 1 - cost.sum() / bill.sum()
        rest = (1 - margin) * bill - cost
        half = Z * math.sqrt(float((rest**2).sum())) / float(bill.sum())
        found.append(Finding("H-T15", f"margin, {name}", value, margin, margin - half, margin + half))
    return found


def repeats(shop):
    """H-T10: share of visits in which something had to be told again, before and since the central database."""
    seen = shop.clean["visits"]
    since = seen["checked_in_at"] >= np.datetime64(planted.CENTRAL_DATABASE)
    again = seen["times_repeated"] > 0
    return [
        share("H-T10", what, value, int(again[some].sum()), int(some.sum()))
        for what, value, some in zip(("before", "since"), planted.REPEATED, (~since, since), strict=True)
    ]


def satisfaction(shop):
    """H-T06: regression of the hidden satisfaction, of which an answer shows only the interval it lies in."""
    from scipy.optimize import minimize
    from scipy.stats import norm

    answers = shop.answers
    late = (answers["wait_minutes"] - planted.CSAT_FREE_MINUTES).clip(lower=0).to_numpy() / 30
    cuts = np.array((-np.inf, 1.5, 2.5, 3.5, 4.5, np.inf))
    low, high = cuts[answers["csat"].to_numpy() - 1], cuts[answers["csat"].to_numpy()]

    def loss(theta):
        base, slope, log_spread = theta
        spread = math.exp(log_spread)
        upper, lower = (high - base - slope * late) / spread, (low - base - slope * late) / spread
        chance = np.maximum(norm.cdf(upper) - norm.cdf(lower), 1e-300)
        up, down = norm.pdf(upper) / chance, norm.pdf(lower) / chance
        step = (up - down) / spread
        bent = np.where(np.isfinite(upper), upper, 0) * up - np.where(np.isfinite(lower), lower, 0) * down
        gradients = np.column_stack([step, step * late, bent])
        loss.information = gradients.T @ gradients
        return -np.log(chance).sum() / len(late), gradients.sum(axis=0) / len(late)

    start = (4.5, -0.3, math.log(0.8))
    fit = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-7})
    loss(fit.x)
    half = Z * np.sqrt(np.diag(np.linalg.inv(loss.information)))
    wanted = (planted.CSAT_BASE, 30 * planted.CSAT_PER_MINUTE, math.log(planted.CSAT_SPREAD))
    names = ("hidden satisfaction up to 30 minutes", "for each 30 minutes more", "log of its spread")
    return [
        Finding("H-T06", what, value, float(x), float(x - h), float(x + h))
        for what, value, x, h in zip(names, wanted, fit.x, half, strict=True)
    ]


def _nps(table):
    """Give the NPS and its variance, with three quarters of a promoter and of a detractor more, for few answers."""
    n = len(table) + 3
    up, down = ((table["nps"] >= 9).sum() + 0.75) / n, ((table["nps"] <= 6).sum() + 0.75) / n
    return up - down, (up + down - (up - down) ** 2) / n


def recommendation(shop):
    """H-T07 and H-T08: NPS by group of payers; of all, in the first and the last year, as it is and at an equal mix."""
    answers = shop.answers
    found = []
    level = [p - d for p, d in zip(planted.PROMOTERS, planted.DETRACTORS, strict=True)]

    def add(truth, what, value, score, variance):
        half = Z * math.sqrt(variance)
        found.append(Finding(truth, what, 100 * value, 100 * score, 100 * (score - half), 100 * (score + half)))

    for name, value in zip(planted.PAYER_GROUPS, level, strict=True):
        add("H-T07", f"NPS, {name}", value, *_nps(answers[answers["payer_group"] == name]))
    first, last = planted.FIRST_DAY.year, planted.LAST_DAY.year
    for year, mix in ((first, planted.PAYER_MIX[0]), (last, planted.PAYER_MIX[-1])):
        wanted = sum(a * b for a, b in zip(mix, level, strict=True))
        add("H-T08", f"NPS of all, {year}", wanted, *_nps(answers[answers["year"] == year]))
    late = answers[answers["year"] == last]
    parts = [_nps(late[late["payer_group"] == name]) for name in planted.PAYER_GROUPS]
    mix = planted.PAYER_MIX[0]
    score = sum(weight * part[0] for weight, part in zip(mix, parts, strict=True))
    variance = sum(weight**2 * part[1] for weight, part in zip(mix, parts, strict=True))
    wanted = sum(a * b for a, b in zip(mix, level, strict=True))
    add("H-T08", f"NPS of {last} at the mix of {first}", wanted, score, variance)
    return found


def effort(shop):
    """H-T09: mean effort by version of the question, as it was written and with the direction put right."""
    answers = shop.clean["survey_answers"]
    old, new = (answers.loc[answers["ces_version"] == version, "ces"] for version in (1, 2))
    easy = planted.MEAN_EFFORT
    return [
        _mean("H-T09", "version 1", easy, old),
        _mean("H-T09", "version 2, as written", 8 - easy, new),
        _mean("H-T09", "version 2, put right", easy, 8 - new),
    ]


def comments(shop):
    """H-T25: share of the unhappy comments that speak of queueing, by its words."""
    answers = shop.clean["survey_answers"]
    unhappy = answers.loc[(answers["nps"] <= 6) & answers["comment"].notna(), "comment"]
    hits = int(unhappy.str.contains(WAITING_WORDS, regex=True).sum())
    return [share("H-T25", "of queueing", planted.TOPIC_OF_DETRACTORS[0], hits, len(unhappy))]


def recovery(shop):
    """H-T11: share of patients who visit again within a year, by how soon their complaint was settled."""
    import pandas as pd

    seen = shop.clean["visits"][["visit_id", "patient_id", "checked_in_at"]]
    day = seen["checked_in_at"].dt.normalize()
    last = pd.Timestamp(planted.LAST_DAY) - pd.Timedelta(days=planted.RETURN_DAYS)
    days = pd.DataFrame({"patient_id": seen["patient_id"], "day": day}).drop_duplicates()
    days = days.sort_values(["patient_id", "day"])
    days["returned"] = (days.groupby("patient_id")["day"].shift(-1) - days["day"]).dt.days <= planted.RETURN_DAYS
    of_visit = seen.assign(day=day)[["visit_id", "patient_id", "day"]]
    of_visit = of_visit[of_visit["day"] <= last].merge(days, on=["patient_id", "day"])[["visit_id", "returned"]]
    told = shop.clean["complaints"].merge(of_visit)
    hours = (told["resolved_at"] - told["opened_at"]).dt.total_seconds() / 3_600
    # what was never settled took more than three days as well
    speed = np.select([hours <= 24, hours <= 72], [0, 1], 2)
    calm = shop.clean["compared_visits"].merge(of_visit)["returned"]
    found = [share("H-T11", "no complaint", planted.RETURN_NO_COMPLAINT, int(calm.sum()), len(calm))]
    for k, name in enumerate(planted.RECOVERY):
        some = told.loc[speed == k, "returned"]
        found.append(share("H-T11", name, planted.RETURN[k], int(some.sum()), len(some)))
    return found


def inbound_of(shop):
    """Give the referrals to the hospital, with the day of the visit."""
    sent = shop.clean["referrals"]
    day = shop.clean["visits"].set_index("visit_id")["checked_in_at"].dt.normalize()
    inbound = sent[sent["direction"] == "inbound"]
    return inbound.assign(visited_on=inbound["visit_id"].map(day))


def referrals(shop):
    """H-T12: share of the twelve clinics that refer most, and how far the third of them fell."""
    inbound = inbound_of(shop)
    late = inbound["visited_on"] >= np.datetime64(planted.FADING_SINCE)
    before = inbound.loc[~late, "clinic_id"].value_counts()
    top = before.sort_values(ascending=False, kind="stable").iloc[: planted.TOP_CLINICS]
    what = f"share of the top {planted.TOP_CLINICS}"
    found = [share("H-T12", what, planted.TOP_CLINICS_SHARE, int(top.sum()), int(before.sum()))]
    ranks = shop.truth["clinic_rank"].set_index("rank")["clinic_id"]
    fading = inbound["clinic_id"] == ranks[planted.FADING_CLINIC]
    counts = np.array([[(fading & some).sum(), (~fading & some).sum()] for some in (~late, late)])
    if counts.min() > 0:
        log_ratio = math.log(counts[1, 0] / counts[1, 1] / (counts[0, 0] / counts[0, 1]))
        what = f"clinic {planted.FADING_CLINIC} by rank, since it fades"
        found.append(ratio("H-T12", what, planted.FADING, log_ratio, (1 / counts).sum()))
    return found


def replies(shop):
    """H-T13: share of the referrals to the hospital that were replied to, before and since the central database."""
    inbound = inbound_of(shop)
    since = inbound["visited_on"] >= np.datetime64(planted.CENTRAL_DATABASE)
    return [
        share("H-T13", what, value, int(inbound.loc[some, "replied"].sum()), int(some.sum()))
        for what, value, some in zip(("before", "since"), planted.REPLIED, (~since, since), strict=True)
    ]


def checkups(shop):
    """H-T14: logit of buying a check-up on having had one and on the offer, which was made by lot."""
    table = shop.clean["checkup_offers"].astype(dict.fromkeys(("offered", "bought_before", "bought"), np.int64))
    value, spread = _logit(table, "bought", ["bought_before", "offered"])
    return [
        ratio("H-T14", "odds ratio, bought before", math.exp(planted.CHECKUP_PRIOR), value[1], spread[1, 1]),
        ratio("H-T14", "odds ratio, offered", math.exp(planted.CHECKUP_OFFER), value[2], spread[2, 2]),
    ]


def contracts(shop):
    """H-T22: share of ended contracts that were renewed, by whether the company's people were happy."""
    table = shop.clean["corporate_contracts"]
    ended = table[table["status"] != "running"]
    found = []
    for what, value, happy in (
        ("NPS of at least zero", planted.RENEWAL, True),
        ("NPS below zero", planted.RENEWAL_UNHAPPY, False),
    ):
        some = ended[(ended["employee_nps"] >= 0) == happy]
        if len(some) >= LEAST_CONTRACTS:
            found.append(share("H-T22", what, value, int((some["status"] == "renewed").sum()), len(some)))
    return found


def calls(shop):
    """H-T24: share of calls answered within 20 seconds, by the number of agents; a day's calls hang together."""
    from scipy.stats import t

    table = shop.clean["calls"]
    in_time = table["wait_seconds"] <= planted.SERVICE_SECONDS
    found = []
    for agents in planted.AGENTS:
        mine = table["agents_on_duty"] == agents
        days = in_time[mine].groupby(table.loc[mine, "called_at"].dt.date).agg(["sum", "size"])
        if len(days) < LEAST_DAYS:
            continue
        level = days["sum"].sum() / days["size"].sum()
        rest = days["sum"] - level * days["size"]
        n = len(days)
        spread = math.sqrt(float((rest**2).sum()) * n / (n - 1)) / float(days["size"].sum())
        half = float(t.ppf(0.975, n - 1)) * spread
        value = erlang_service_level(agents)
        found.append(Finding("H-T24", f"{agents} agents", value, level, level - half, level + half))
    return found


def erlang_service_level(agents):
    """Compute with Erlang's formula how many of the peak hour's calls are answered in time."""
    load = planted.CALLS_AN_HOUR * planted.HANDLING_SECONDS / 3_600
    waits = load**agents / math.factorial(agents) * agents / (agents - load)
    waits /= waits + sum(load**k / math.factorial(k) for k in range(agents))
    return 1 - waits * math.exp(-(agents - load) * planted.SERVICE_SECONDS / planted.HANDLING_SECONDS)


#: every analysis that has an interval, and the subject whose numbers decide what it finds, in the order of making
GROUPS = {
    demand: "bookings",
    attendance: "attendance",
    waiting: "visits.wait",
    margins: "visits.pay",
    repeats: "visits.repeat",
    satisfaction: "surveys",
    recommendation: "surveys",
    effort: "surveys",
    comments: "surveys.comments",
    recovery: "complaints",
    referrals: "referrals",
    replies: "referrals.replies",
    checkups: "checkups",
    contracts: "contracts",
    calls: "calls",
}
