"""Screen PT XYZ: `crmlab.datasets.screening` on its own analyses.

Run it with ``python -m crmlab.datasets.retail.screening --write``; it needs no files, only time.
"""

from crmlab.datasets.findings import frames
from crmlab.datasets.retail import RECIPE, build, customers, planted, raw, reference, star, truth
from crmlab.datasets.retail.realised import exact
from crmlab.datasets.retail.reference import Shop
from crmlab.datasets.retail.world import World
from crmlab.datasets.screening import holds, main, record

#: what the segmentation has to reach with and without the promotion share (R-T09)
LEAST_RAND = {"rfm": 0.60, "rfm_promo": 0.70}


def trial(size, seed, takes):
    """Make a world in memory and find its truths again; stop early where a cheap look tells that one is missed.

    Parameters
    ----------
    size : str
    seed : int
    takes : dict of str to int
        By subject, which of its streams to draw from.

    Returns
    -------
    missed : set of str
        Subjects to draw anew, for a planted value lies outside its interval.
    truths : dict or None
        By truth: what came out exactly, what was planted and what the reference analysis finds; None when stopped
        early.
    """
    world = World(size, seed, takes)
    world.make_people()
    customers.build(world)
    if not holds(reference.churn(Shop(frames(world.tables), {}, {}))):
        return {reference.GROUPS[reference.churn]}, None
    world.make_orders()
    if not holds(reference.demand_of(*_days_and_sales(world))):
        return {reference.GROUPS[reference.demand]}, None
    world.make_lines()
    world.make_aftersales()
    world.make_relations()
    shop = open_shop(world)
    found, missed = [], set()
    for group, subject in reference.GROUPS.items():
        findings = group(shop)
        found += findings
        if not holds(findings):
            missed.add(subject)
    scores = reference.clusters(shop)
    if any(scores[name] < least for name, least in LEAST_RAND.items()):
        missed.add("orders")
    truths = record(exact(shop), found)
    truths["R-T09"]["realised"] |= {f"rand_index_{name}": round(value, 4) for name, value in scores.items()}
    truths["R-T09"]["at_least"] = {f"rand_index_{name}": value for name, value in LEAST_RAND.items()}
    return missed, truths


def _days_and_sales(world):
    import pandas as pd

    days = pd.DataFrame(world.calendar).astype({"date": "datetime64[s]"}).set_index("date")
    made = world.orders
    kept = ~made.cancelled
    channel = [planted.CHANNELS[k] for k in made.channel[kept].tolist()]
    return days, pd.DataFrame({"date": days.index[made.day[kept]], "channel": channel})


def open_shop(world):
    """Open the tables of a world that is made.

    Returns
    -------
    crmlab.datasets.retail.reference.Shop
    """
    world.tables = {}
    for fill in build.CLEAN:
        fill(world)
    raw.prepare(world)
    return Shop(frames(world.tables), frames(star.build(world)), frames(truth.build(world)))


if __name__ == "__main__":
    raise SystemExit(main(RECIPE, trial))
