"""Who works at PT XYZ: the same people at every size, some of whom are customers too."""

import numpy as np

from crmlab.datasets import people
from crmlab.datasets.columns import category, dates, masked, text
from crmlab.datasets.retail import planted

#: job: unit, people in it, weight of women
JOBS = {
    "sales_rep": ("sales", 8, 0.5),
    "store_head": ("store", 4, 0.5),
    "cashier": ("store", 12, 0.7),
    "shop_assistant": ("store", 12, 0.6),
    "service_agent": ("service", 8, 0.7),
    "marketing_officer": ("marketing", 4, 0.6),
    "warehouse_worker": ("warehouse", 8, 0.2),
    "finance_officer": ("finance", 4, 0.6),
    "personnel_officer": ("personnel", 2, 0.6),
    "manager": ("management", 2, 0.3),
}
UNITS = tuple(dict.fromkeys(unit for unit, _, _ in JOBS.values()))
TERRITORIES = ("west", "central", "east")
_TERRITORY_OF_REP = (0, 0, 0, 0, 1, 1, 2, 2)
_ISLANDS_EAST = ("bali_nusa_tenggara", "sulawesi", "maluku_papua", "kalimantan")
_FIRST_SPARE_NUMBER = 9_000_000  # positions of customers stay far below, so no number of theirs comes twice
CUSTOMERS_AMONG_STAFF = 12
_LEAVERS = 9


class Staff:
    """Employees as arrays, in the order of their ids (which start at 1); the sales reps come first.

    Attributes
    ----------
    customer : numpy.ndarray
        Position among the customers, -1 for those who are none.
    hired, left : numpy.ndarray
        Day numbers; ``left`` lies past the last day for those who are still there.
    """

    def __init__(self, world):
        draws = world.draws("staff")
        buyers = world.people
        jobs = [(job, unit, women) for job, (unit, count, women) in JOBS.items() for _ in range(count)]
        n = self.n = len(jobs)
        self.job = [job for job, _, _ in jobs]
        self.unit = [unit for _, unit, _ in jobs]
        self.ids = np.arange(1, n + 1, dtype=np.int32)
        female = draws.chance(n, np.array([women for _, _, women in jobs]))
        names = (people.WOMEN, people.MEN)
        first, last = draws.uniform(n), draws.whole(n, len(people.LAST))
        self.name = [
            f"{names[0][int(u * len(names[0]))] if woman else names[1][int(u * len(names[1]))]} {people.LAST[k]}"
            for u, k, woman in zip(first.tolist(), last.tolist(), female.tolist(), strict=True)
        ]
        self.hired = np.where(draws.chance(n, 0.7), -184 + draws.whole(n, 180), draws.whole(n, planted.N_DAYS - 400))
        # who sells and who is in charge was there from the beginning and stays
        steady = np.array([job in ("sales_rep", "store_head", "manager", "service_agent") for job in self.job])
        self.hired[steady] = -184 + draws.whole(int(steady.sum()), 100)
        self.left = np.full(n, planted.N_DAYS)
        able = np.flatnonzero(~steady)
        leavers = able[np.argsort(draws.uniform(len(able)), kind="stable")[:_LEAVERS]]
        span = planted.N_DAYS - np.maximum(self.hired[leavers], 0)
        self.left[leavers] = np.maximum(self.hired[leavers], 0) + 180 + draws.whole(_LEAVERS, span - 200)
        self.born = self.hired - ((19 + draws.uniform(n) * 26) * 365.25).astype(np.int64)
        self.phone = ((_FIRST_SPARE_NUMBER + np.arange(n)) * 7_368_787 + 1_234_567) % 10_000_000
        self.store = np.zeros(n, dtype=np.int64)
        in_store = np.flatnonzero(np.array(self.unit) == "store")
        self.store[in_store] = 1 + np.arange(len(in_store)) % 4
        self.female = female
        self._let_buy(draws, buyers)

    def _let_buy(self, draws, buyers):
        """Make some of them customers, who have one name, one birthday and one phone in both places."""
        alone = ~buyers.fake & buyers.gender_known
        alone[buyers.sharing.ravel()] = False
        age = (planted.N_DAYS - buyers.born) / 365.25
        able = np.flatnonzero(alone & (age > 27) & (age < 50))
        chosen = able[np.argsort(draws.uniform(len(able)), kind="stable")[:CUSTOMERS_AMONG_STAFF]]
        here = np.flatnonzero(np.array(self.job) != "sales_rep")
        here = here[np.argsort(draws.uniform(len(here)), kind="stable")[: len(chosen)]]
        self.customer = np.full(self.n, -1)
        self.customer[here] = chosen
        self.born[here] = buyers.born[chosen]
        self.phone[here] = buyers.phone[chosen]
        self.female[here] = buyers.female[chosen]
        grown_up = buyers.born[chosen] + 19 * 366
        self.hired[here] = np.maximum(self.hired[here], np.minimum(grown_up, planted.N_DAYS - 500))
        self.left[here] = planted.N_DAYS
        for k, who in zip(here.tolist(), chosen.tolist(), strict=True):
            self.name[k] = buyers.names[who]


def number(employee_id):
    """Write an employee's number as the personnel office does."""
    return f"XYZ-{employee_id:04}"


def territory(world, city):
    """Give the position in `TERRITORIES` of cities: where which sales reps travel."""
    places = world.places
    island = np.array([places.provinces[code][1] for code in places.code])
    kind = np.where(np.isin(island, _ISLANDS_EAST) | np.isin(np.array(places.code), ("35",)), 2, 0)
    kind = np.where(np.isin(np.array(places.code), ("33", "34", "32")), 1, kind)
    return kind[city]


def assign(world):
    """Give every corporate account its sales rep: the position of the rep, account by account."""
    draws = world.draws("sales.reps")
    buyers = world.people
    where = territory(world, buyers.city[buyers.n_consumers :])
    reps = [np.flatnonzero(np.array(_TERRITORY_OF_REP) == k) for k in range(len(TERRITORIES))]
    luck = draws.uniform(buyers.n_corporates)
    return np.array([reps[k][int(u * len(reps[k]))] for k, u in zip(where.tolist(), luck.tolist(), strict=True)])


def build(world):
    """Add the employees, the sales reps, and who looks after which account."""
    staff, buyers = world.staff, world.people
    jobs = list(JOBS)
    world.tables["employees"] = {
        "employee_id": staff.ids,
        "employee_number": text([number(k) for k in staff.ids.tolist()]),
        "name": text(staff.name),
        "gender": category(staff.female.astype(np.int64), ("male", "female")),
        "born_on": dates(staff.born),
        "job": category([jobs.index(job) for job in staff.job], jobs),
        "unit": category([UNITS.index(unit) for unit in staff.unit], UNITS),
        "store_id": masked(staff.store.astype(np.int32), staff.store == 0),
        "phone": text([f"+628000{k:07}" for k in staff.phone.tolist()]),
        "hired_on": dates(staff.hired),
        "left_on": dates(staff.left, missing=staff.left >= planted.N_DAYS),
    }
    reps = np.arange(len(_TERRITORY_OF_REP))
    world.tables["sales_reps"] = {
        "sales_rep_id": (reps + 1).astype(np.int32),
        "employee_id": staff.ids[reps],
        "sales_rep": text([staff.name[k] for k in reps.tolist()]),
        "territory": category(_TERRITORY_OF_REP, TERRITORIES),
    }
    world.tables["account_reps"] = {
        "customer_id": buyers.ids[buyers.n_consumers :],
        "sales_rep_id": (world.account_rep + 1).astype(np.int32),
    }
