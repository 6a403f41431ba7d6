"""What is in the baskets: lines, prices, discounts, costs, and what they add up to."""

from dataclasses import dataclass

import numpy as np

from crmlab.datasets.retail import customers, planted, products
from crmlab.datasets.retail.promotions import FREE_SHIPPING, POINTS
from crmlab.errors import InternalError

_FRIDAY = 5
_EXTRA_LINES_ALONE = (0.50, 0.28, 0.15, 0.07)  # one line and this many more, where no paired product is in the basket
_EXTRA_LINES_BESIDE = (0.25, 0.40, 0.25, 0.10)
_CORPORATE_LINES = (0.06, 0.10, 0.14, 0.16, 0.16, 0.12, 0.10, 0.08, 0.05, 0.03)  # 2 to 11
_SIZE_DISCOUNT_PERCENT = np.array((0, 2, 5))  # corporate accounts, by company size
_MOST_PIECES = {False: 12, True: 400}
_INTEREST = 0.35  # share of free lines that follow the customer's interests
_SHIPPING_BY_ZONE = np.array((10_000, 18_000, 42_000))
_BULKY = 15_000
_FREE_SHIPPING_FROM = 1_000_000


@dataclass
class Lines:
    """Order lines as arrays, in the order of orders and lines."""

    order: np.ndarray  # position of the order
    line: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    unit_price: np.ndarray
    discounts: tuple  # of the first and the second promotion, or of the contract

    def __post_init__(self):
        self.n = len(self.order)
        self.gross = self.quantity * self.unit_price
        self.discount = self.discounts[0] + self.discounts[1]
        self.amount = self.gross - self.discount
        self.cost = np.zeros(self.n, dtype=np.int64)


class _Shelf:
    """Draws products for lines, given the day and how dear they may be."""

    def __init__(self, world):
        self._shelf = shelf = world.shelf
        self._month = np.searchsorted(products.month_starts(), np.arange(planted.N_DAYS), side="right") - 1
        self._by_department = []
        for department in range(len(shelf.departments)):
            free = np.flatnonzero((shelf.department == department) & ~shelf.paired)
            self._by_department.append(free[np.argsort(shelf.base_price[free], kind="stable")])
        self._elsewhere = np.array([k for k, name in enumerate(shelf.departments) if name not in planted.ELASTICITY])
        self._paired = [
            np.flatnonzero(shelf.subcategory == shelf.subcategories.index(name))
            for name in (planted.DETERGENT, planted.SOFTENER, planted.DIAPERS, planted.SNACKS)
        ]

    def _wanted(self, draws, product, day):
        """Tell which candidates are on sale and liked, whatever they cost."""
        shelf = self._shelf
        on_sale = (shelf.introduced[product] <= day) & (day < shelf.discontinued[product])
        return on_sale & draws.chance(len(product), shelf.popularity[product])

    def _affordable(self, draws, product, day):
        """Tell which candidates are taken at the price of the month: the dearer, the fewer."""
        return draws.chance(len(product), self._shelf.pull[product, self._month[day]])

    def draw_paired(self, draws, which, day):
        """Draw products of one of the paired subcategories, in which everybody finds something."""

        def candidates(open_):
            return self._paired[which][draws.whole(len(open_), len(self._paired[which]))]

        def taken(product, at):
            return self._wanted(draws, product, at) & self._affordable(draws, product, at)

        return self._until_taken(day, candidates, taken)

    def draw_free(self, draws, day, target, department):
        """Draw products; `department` is a function that draws a department for each of some lines.

        Who finds a product too dear buys something else, but nothing from the departments whose elasticity is planted:
        so a product's price moves its own sales there and no other's.
        """

        def candidates(open_, wanted):
            product = np.zeros(len(open_), dtype=np.int64)
            for k, members in enumerate(self._by_department):
                mine = np.flatnonzero(wanted == k)
                dearest = np.searchsorted(self._shelf.base_price[members], target[open_[mine]] * 1.3, side="right")
                count = np.maximum(dearest, 3)
                u = draws.uniform(len(mine))
                product[mine] = members[count - 1 - (count * (u * u)).astype(np.int64)]
            return product

        def elsewhere(open_):
            return candidates(open_, self._elsewhere[draws.whole(len(open_), len(self._elsewhere))])

        def taken_elsewhere(product, at):
            return self._wanted(draws, product, at) & self._affordable(draws, product, at)

        product = self._until_taken(
            day, lambda open_: candidates(open_, department(open_)), lambda *seen: self._wanted(draws, *seen)
        )
        dear = np.flatnonzero(~self._affordable(draws, product, day))
        product[dear] = self._until_taken(day[dear], lambda open_: elsewhere(dear[open_]), taken_elsewhere)
        return product

    @staticmethod
    def _until_taken(day, candidates, taken):
        chosen = np.zeros(len(day), dtype=np.int64)
        open_ = np.arange(len(day))
        for _ in range(1_000):
            if not len(open_):
                return chosen
            product = candidates(open_)
            yes = taken(product, day[open_])
            chosen[open_[yes]] = product[yes]
            open_ = open_[~yes]
        raise InternalError("A shelf of PT XYZ is empty.")


def _consumer_lines(world, draws, shelf, mine):
    """Draw the lines of consumers' orders: positions of orders, products, what each line may cost."""
    orders, people = world.orders, world.people
    n = len(mine)
    day, who = orders.day[mine], orders.customer[mine]
    target = np.zeros(n)
    for s, median in enumerate(planted.SEGMENT_BASKET):
        rows = np.flatnonzero(people.segment[who] == s)
        target[rows] = median * draws.lognormal(len(rows), planted.SEGMENT_BASKET_SIGMA[s])
    friday = np.array(world.calendar["weekday_number"])[day] == _FRIDAY
    detergent = draws.chance(n, planted.P_DETERGENT)
    rest = (planted.P_SOFTENER - planted.P_DETERGENT * planted.SOFTENER_GIVEN_DETERGENT) / (1 - planted.P_DETERGENT)
    softener = draws.chance(n, np.where(detergent, planted.SOFTENER_GIVEN_DETERGENT, rest))
    diapers = draws.chance(n, planted.P_DIAPERS)
    given = planted.SNACKS_GIVEN_DIAPERS_FRIDAY
    rest = (planted.P_SNACKS - planted.P_DIAPERS * given) / (1 - planted.P_DIAPERS)
    snacks = draws.chance(n, np.where(friday, np.where(diapers, given, rest), planted.P_SNACKS))
    paired = (detergent, softener, diapers, snacks)
    any_paired = detergent | softener | diapers | snacks
    free = np.where(any_paired, draws.choose(n, _EXTRA_LINES_BESIDE), 1 + draws.choose(n, _EXTRA_LINES_ALONE))
    at = np.concatenate([np.repeat(np.arange(n), free), *(np.flatnonzero(has) for has in paired)])
    line_target = _split(draws, target, at, n)
    n_free = int(free.sum())
    interest = np.array(people.interests)

    def department(open_):
        usual = draws.choose(len(open_), world.shelf.department_share)
        own = interest[who[at[open_]], draws.whole(len(open_), interest.shape[1])]
        return np.where(draws.chance(len(open_), _INTEREST), own, usual)

    chosen = [shelf.draw_free(draws, day[at[:n_free]], line_target[:n_free], department)]
    chosen += [shelf.draw_paired(draws, k, day[np.flatnonzero(has)]) for k, has in enumerate(paired)]
    return mine[at], np.concatenate(chosen), line_target


def _corporate_lines(world, draws, shelf, mine):
    orders, people = world.orders, world.people
    n = len(mine)
    account = orders.customer[mine] - people.n_consumers
    target = people.usual_order[account] * draws.lognormal(n, 0.40)
    count = 2 + draws.choose(n, _CORPORATE_LINES)
    at = np.repeat(np.arange(n), count)
    line_target = _split(draws, target, at, n)
    weights = np.array(customers.INDUSTRY_DEPARTMENTS)[people.industry[account]]

    def department(open_):
        return draws.choose_each(weights[at[open_]])

    product = shelf.draw_free(draws, orders.day[mine][at], line_target, department)
    return mine[at], product, line_target


def _split(draws, target, at, n):
    weight = 0.3 + draws.exponential(len(at))
    return target[at] * weight / np.bincount(at, weights=weight, minlength=n)[at]


def make(world):
    """Make the order lines of a world.

    Returns
    -------
    Lines
    """
    orders, goods, offers, people = world.orders, world.shelf, world.offers, world.people
    draws = world.draws("baskets")
    shelf = _Shelf(world)
    corporate = orders.channel == planted.FIELD_SALES
    parts = [
        _consumer_lines(world, draws, shelf, np.flatnonzero(~corporate)),
        _corporate_lines(world, draws, shelf, np.flatnonzero(corporate)),
    ]
    order, product, target = (np.concatenate(column) for column in zip(*parts, strict=True))
    # one line a product: who draws the same product twice has taken it once
    sorted_ = np.lexsort((product, order))
    order, product, target = order[sorted_], product[sorted_], target[sorted_]
    first = np.append(True, (order[1:] != order[:-1]) | (product[1:] != product[:-1]))
    order, product, target = order[first], product[first], target[first]
    most = np.where(corporate[order], _MOST_PIECES[True], _MOST_PIECES[False])
    quantity = np.clip(np.rint(target / goods.base_price[product]), 1, most).astype(np.int64)
    month = np.searchsorted(products.month_starts(), orders.day, side="right") - 1
    unit_price = goods.price[product, month[order]]
    gross = quantity * unit_price
    size = np.zeros(people.n, dtype=np.int64)
    size[people.n_consumers :] = _SIZE_DISCOUNT_PERCENT[people.size_class]
    percents = [_percent(offers, offers.first), _percent(offers, offers.second)]
    percents[0] = np.where(corporate, size[orders.customer], percents[0])
    discounts = tuple((gross * percent[order] + 50) // 100 for percent in percents)
    starts = np.searchsorted(order, np.arange(orders.n))
    lines = Lines(order, np.arange(len(order)) - starts[order] + 1, product, quantity, unit_price, discounts)
    lines.cost = _costs(world, lines, month)
    return lines


def _percent(offers, used):
    """Give the part of the price that the promotion used by each order takes off."""
    takes_off = np.where(np.isin(offers.kind, (FREE_SHIPPING, POINTS)), 0, offers.percent)
    return np.where(used >= 0, takes_off[used], 0)


def _costs(world, lines, month):
    """Cost the lines so that every channel's margin is the planted one in every year, to the rupiah.

    Products and promotions keep their differences within a channel and a year.
    """
    orders, goods = world.orders, world.shelf
    raw = np.rint(goods.unit_cost[lines.product] * lines.quantity * goods.inflation[month[lines.order]]).astype(
        np.int64
    )
    cell = orders.channel[lines.order] * 5 + month[lines.order] // 12
    # cancelled orders are no sales, so the promise is kept without them
    counts = ~orders.cancelled[lines.order]
    cost = raw.copy()
    for k in range(len(planted.CHANNELS) * 5):
        here = np.flatnonzero(cell == k)
        sold = here[counts[here]]
        if not len(sold):
            continue
        # in thousandths, so that no float decides
        permille = 1000 - round(planted.CHANNEL_MARGIN[k // 5] * 1000)
        wanted = (int(lines.amount[sold].sum()) * permille + 500) // 1000
        cost[here] = np.rint(raw[here] * (wanted / int(raw[sold].sum()))).astype(np.int64)
        crumbs = wanted - int(cost[sold].sum())
        dearest = sold[np.argsort(-raw[sold], kind="stable")][: abs(crumbs)]
        cost[dearest] += 1 if crumbs > 0 else -1
    return cost


def totals(world):
    """Add up every order: a dict of arrays in the order of the orders."""
    orders, lines, offers = world.orders, world.lines, world.offers

    def add(values):
        edges = np.concatenate([[0], np.cumsum(values)])
        starts = np.searchsorted(lines.order, np.arange(orders.n + 1))
        return edges[starts[1:]] - edges[starts[:-1]]

    gross, discount = add(lines.gross), add(lines.discount)
    bulky = np.isin(world.shelf.department[lines.product], [world.shelf.departments.index("furnishing")])
    online = (orders.channel != planted.STORE) & (orders.channel != planted.FIELD_SALES)
    fee = _SHIPPING_BY_ZONE[world.places.zone[orders.city]] + _BULKY * (add(bulky.astype(np.int64)) > 0)
    large = (orders.channel == planted.WEBSITE) & (gross >= _FREE_SHIPPING_FROM)
    fee = np.where(online & ~large, fee, 0)
    waived = (_kind(offers, offers.first) == FREE_SHIPPING) | (_kind(offers, offers.second) == FREE_SHIPPING)
    return {
        "lines": add(np.ones(lines.n, dtype=np.int64)),
        "quantity": add(lines.quantity),
        "gross": gross,
        "discount": discount,
        "fee": fee,
        "shipping": np.where(waived, 0, fee),
        "total": gross - discount + np.where(waived, 0, fee),
        "cost": add(lines.cost),
        "discounts": tuple(add(part) for part in lines.discounts),
    }


def _kind(offers, used):
    return np.where(used >= 0, offers.kind[used], -1)


def promotion_values(world):
    """Give what every used promotion was worth: orders, promotions and rupiah, first ones before second ones."""
    offers, sums = world.offers, world.totals
    parts = []
    for used, discount in ((offers.first, sums["discounts"][0]), (offers.second, sums["discounts"][1])):
        at = np.flatnonzero(used >= 0)
        kind = offers.kind[used[at]]
        net = sums["gross"][at] - sums["discount"][at]
        points = (net * offers.percent[used[at]] + 50) // 100
        worth = np.where(kind == FREE_SHIPPING, sums["fee"][at], np.where(kind == POINTS, points, discount[at]))
        parts.append((at, used[at], worth))
    order, promotion, worth = (np.concatenate(column) for column in zip(*parts, strict=True))
    sorted_ = np.argsort(order, kind="stable")
    return order[sorted_], promotion[sorted_], worth[sorted_]
