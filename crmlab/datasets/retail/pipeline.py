"""The field sales pipeline: leads, opportunities, and through which stages they went (R-T21)."""

import numpy as np

from crmlab.datasets import people
from crmlab.datasets.columns import category, dates, masked, moments, text
from crmlab.datasets.retail import planted

SOURCES = ("website_form", "exhibition", "referral", "cold_call", "advertisement")
OUTCOMES = ("won", "lost")
REASONS = ("price", "competitor", "no_budget", "no_answer", "not_suitable")
STAGES = (
    *("lead", "qualification", "needs", "specification", "proposal", "presentation", "objections"),
    "close",
)
#: what each stage says about the chance to win
STAGE_PROBABILITY = (0.10, 0.20, 0.30, 0.40, 0.50, 0.65, 0.80, 1.00)
_OPPORTUNITIES = 0.60  # of the leads are worth an offer
_SKIPS, _STEPS_BACK = 0.12, 0.08
_DAY = 86_400


def make(world):
    """Make the leads, the opportunities and the log of stages: dicts of arrays.

    Every corporate account that registered within the five years, save the first months, was a lead once. How quickly
    leads were contacted is drawn given what became of them.
    """
    buyers = world.people
    draws = world.draws("leads")
    fast, (sooner, later) = planted.FAST_CONTACT, planted.LEAD_CONVERSION
    overall = fast * sooner + (1 - fast) * later
    accounts = np.arange(buyers.n_consumers, buyers.n)
    won = accounts[buyers.registered[accounts] >= 120]
    n = round(len(won) / overall)
    lost = n - len(won)
    customer = np.concatenate([won, np.full(lost, -1)])
    wins = customer >= 0
    takes = 15 + draws.whole(n, 90)
    created = np.where(wins, buyers.registered[customer] - takes, draws.whole(n, planted.N_DAYS - 130))
    quick = draws.chance(n, np.where(wins, fast * sooner / overall, fast * (1 - sooner) / (1 - overall)))
    minutes = np.where(quick, 1 + draws.whole(n, 60), 61 + (draws.exponential(n) * 900).astype(np.int64))
    minutes = np.minimum(minutes, 10 * 1_440)
    fit = np.clip((35 + 40 * draws.uniform(n) + np.where(wins, 15, 0) + 10 * draws.uniform(n)), 0, 100)
    source = draws.choose_each(np.where(wins[:, None], (0.30, 0.15, 0.35, 0.10, 0.10), (0.28, 0.18, 0.12, 0.27, 0.15)))
    account = np.where(wins, customer - buyers.n_consumers, 0)
    rep = np.where(wins, world.account_rep[account], draws.whole(n, 8))
    reason = draws.choose(n, (0.30, 0.22, 0.18, 0.20, 0.10))
    parts = [draws.whole(n, len(words)) for words in (people.COMPANY_FORMS, people.COMPANY_FIRST, people.COMPANY_LAST)]
    company = [
        buyers.names[who]
        if who >= 0
        else f"{people.COMPANY_FORMS[a]} {people.COMPANY_FIRST[b]} {people.COMPANY_LAST[c]}"
        for who, a, b, c in zip(customer.tolist(), *(part.tolist() for part in parts), strict=True)
    ]
    second = 8 * 3_600 + draws.whole(n, 9 * 3_600)
    order = np.lexsort((second, created))
    leads = {
        "created": created[order],
        "second": second[order],
        "company": [company[k] for k in order.tolist()],
        "customer": customer[order],
        "source": source[order],
        "fit": fit[order].astype(np.int64),
        "minutes": minutes[order],
        "rep": rep[order],
        "reason": reason[order],
        "takes": takes[order],
    }
    return leads, _opportunities(world, leads)


def _opportunities(world, leads):
    draws = world.draws("opportunities")
    buyers = world.people
    wins = leads["customer"] >= 0
    losers = np.flatnonzero(~wins)
    more = max(round(_OPPORTUNITIES * len(wins)) - int(wins.sum()), 0)
    # a lead that fits well gets an offer sooner
    rank = np.argsort(draws.exponential(len(losers)) / (leads["fit"][losers] + 10), kind="stable")
    chosen = np.sort(np.concatenate([np.flatnonzero(wins), losers[rank[:more]]]))
    n = len(chosen)
    won = wins[chosen]
    account = np.where(won, leads["customer"][chosen] - buyers.n_consumers, 0)
    usual = np.where(won, buyers.usual_order[account], 0)
    guess = planted.CORPORATE_ORDER * 1.3 * draws.lognormal(n, planted.CORPORATE_ORDER_SIGMA)
    amount = np.rint(np.where(won, usual * (0.8 + 0.5 * draws.uniform(n)), guess) * 6 / 500_000) * 500_000
    opened = leads["created"][chosen] + 1 + draws.whole(n, 5)
    closed = np.where(won, leads["created"][chosen] + leads["takes"][chosen], opened + 10 + draws.whole(n, 90))
    last = np.where(won, len(STAGES) - 1, 1 + draws.choose(n, (0.22, 0.20, 0.18, 0.18, 0.12, 0.10)))
    log = {"opportunity": [], "stage": [], "step": []}
    luck = draws.uniform(n * 24).reshape(n, -1).tolist()
    for k, (top, u) in enumerate(zip(last.tolist(), luck, strict=True)):
        path, stage, turn = [0], 0, 0
        while stage < top:
            ahead = 2 if u[turn] < _SKIPS and stage + 2 <= top else 1
            stage += ahead
            path.append(stage)
            if stage < top and u[turn + 1] < _STEPS_BACK and stage > 1:
                path.append(stage - 1)
                stage -= 1
            turn = (turn + 2) % 22
            if len(path) > 20:
                path.append(top)
                break
        log["opportunity"] += [k] * len(path)
        log["stage"] += path
        log["step"] += range(len(path))
    opportunity, stage, step = (np.array(log[name]) for name in ("opportunity", "stage", "step"))
    count = np.bincount(opportunity, minlength=n)
    span = closed[opportunity] - opened[opportunity]
    # stages are reached one after the other, the last on the day of the decision
    share = step / np.maximum(count[opportunity] - 1, 1)
    day = opened[opportunity] + (span * share).astype(np.int64)
    return {
        "lead": chosen,
        "rep": leads["rep"][chosen],
        "opened": opened,
        "closed": closed,
        "won": won,
        "stage": last,
        "amount": amount.astype(np.int64),
        "reason": leads["reason"][chosen],
        "log": {"opportunity": opportunity, "stage": stage, "day": day, "second": 9 * 3_600 + step * 1_200},
    }


def build(world):
    """Add the leads, the opportunities, and the log of their stages."""
    leads, opportunities = world.leads, world.opportunities
    n = len(leads["created"])
    lost = leads["customer"] < 0
    world.tables["leads"] = {
        "lead_id": np.arange(1, n + 1, dtype=np.int32),
        "created_at": moments(leads["created"], leads["second"]),
        "company": text(leads["company"]),
        "source": category(leads["source"], SOURCES),
        "fit_score": leads["fit"].astype(np.int32),
        "first_contact_minutes": leads["minutes"].astype(np.int32),
        "sales_rep_id": (leads["rep"] + 1).astype(np.int32),
        "outcome": category(lost.astype(np.int64), OUTCOMES),
        "lost_reason": category(leads["reason"], REASONS, missing=~lost),
        "customer_id": masked((leads["customer"] + 1).astype(np.int32), lost),
    }
    m = len(opportunities["lead"])
    world.tables["opportunities"] = {
        "opportunity_id": np.arange(1, m + 1, dtype=np.int32),
        "lead_id": (opportunities["lead"] + 1).astype(np.int32),
        "sales_rep_id": (opportunities["rep"] + 1).astype(np.int32),
        "opened_on": dates(opportunities["opened"]),
        "closed_on": dates(opportunities["closed"]),
        "last_stage": category(opportunities["stage"], STAGES),
        "expected_amount": opportunities["amount"],
        "outcome": category((~opportunities["won"]).astype(np.int64), OUTCOMES),
    }
    log = opportunities["log"]
    world.tables["stage_log"] = {
        "opportunity_id": (log["opportunity"] + 1).astype(np.int32),
        "step": (np.arange(len(log["stage"])) - np.searchsorted(log["opportunity"], log["opportunity"]) + 1).astype(
            np.int32
        ),
        "stage": category(log["stage"], STAGES),
        "entered_at": moments(log["day"], log["second"]),
    }
    world.tables["stages"] = {
        "stage": category(np.arange(len(STAGES)), STAGES),
        "position": np.arange(1, len(STAGES) + 1, dtype=np.int32),
        "probability": np.array(STAGE_PROBABILITY),
    }
