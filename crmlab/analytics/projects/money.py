"""Money over time: present values, every rate at which it is nothing, when it is paid back.

numpy-financial has the same formulas, but its ``irr`` picks one of several rates and does not say so. Here every rate
is found: the rates are the positive roots of a polynomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import UserError
from .tables import column_of, table_of

__all__ = ["KINDS", "Case", "Line", "internal_rates", "modified_rate", "payback", "present_value", "read_case"]

KINDS = ("cost", "benefit", "latent")


@dataclass(frozen=True)
class Line:
    """One item of a case: what flows in each period, positive, and which way."""

    item: str
    kind: str
    amounts: Any

    @property
    def sign(self) -> int:
        return -1 if self.kind == "cost" else 1


@dataclass(frozen=True)
class Case:
    """Items over the same periods, beginning with period 0."""

    lines: tuple[Line, ...]
    periods: int

    def sum(self, *kinds: str) -> Any:
        """The flows of some kinds, costs negative."""
        import numpy as np

        flows = np.zeros(self.periods)
        for line in self.lines:
            if line.kind in kinds:
                flows += line.sign * line.amounts
        return flows


def read_case(flows: Any) -> Case:
    """What was given as items: a list of flows with signs, or a table as :data:`~.tables.FLOWS`.

    Raises
    ------
    UserError
        ``projects.bad_flows``, ``projects.no_investment``, ``projects.turned_signs``, ``projects.unknown_kind``,
        ``projects.negative``, ``projects.bad_period``.

    Examples
    --------
    >>> [line.kind for line in read_case([-100, 60, 70]).lines]
    ['cost', 'benefit']
    """
    if isinstance(flows, Case):
        return flows
    plain = hasattr(flows, "__len__") and not hasattr(flows, "columns") and not isinstance(flows, str | dict)
    if plain and len(flows) and all(_is_number(v) for v in flows):
        return _of_numbers([float(v) for v in flows])
    if plain and (not len(flows) or any(not isinstance(v, dict) for v in flows)):
        raise UserError("projects.bad_flows", found=[str(v) for v in flows if not _is_number(v)])
    return _of_table(flows)


def _is_number(value: Any) -> bool:
    from numbers import Real

    return isinstance(value, Real) and not isinstance(value, bool) and abs(float(value)) < float("inf")


def _of_numbers(flows: Sequence[float]) -> Case:
    import numpy as np

    values = np.array(flows)
    if not (values < 0).any():
        raise UserError("projects.no_investment", found=list(flows[:5]))
    first = values[np.flatnonzero(values)[0]]
    if first > 0:
        raise UserError("projects.turned_signs", found=float(first))
    cost = Line("costs", "cost", np.maximum(-values, 0))
    return Case((cost, Line("benefits", "benefit", np.maximum(values, 0))), len(values))


def _of_table(flows: Any) -> Case:
    import numpy as np

    frame = table_of(flows, ("item", "kind", "period", "amount"), "flows")
    items = [str(v).strip() for v in frame["item"]]
    odd = [i + 1 for i, k in enumerate(frame["kind"]) if k not in KINDS]
    if odd:
        found = list(dict.fromkeys(str(k) for k in frame["kind"] if k not in KINDS))
        raise UserError("projects.unknown_kind", table="flows", rows=odd, found=found, wanted=list(KINDS))
    amounts = column_of(frame, "amount", "flows", items)
    periods = column_of(frame, "period", "flows", items)
    odd = [i + 1 for i, p in enumerate(periods) if p != int(p) or p > 600]
    if odd:
        raise UserError("projects.bad_period", table="flows", rows=odd, found=[periods[i - 1] for i in odd])
    n = int(max(periods)) + 1
    lines: dict[tuple[str, str], Any] = {}
    for item, kind, period, amount in zip(items, frame["kind"], periods, amounts, strict=True):
        lines.setdefault((item, kind), np.zeros(n))[int(period)] += amount
    both = [item for item, _ in lines if sum(other == item for other, _ in lines) > 1]
    if both:
        raise UserError("projects.two_kinds", table="flows", rows=list(dict.fromkeys(both)))
    case = Case(tuple(Line(item, kind, values) for (item, kind), values in lines.items()), n)
    if not case.sum("cost").any():
        raise UserError("projects.no_investment", table="flows", found=sorted(set(frame["kind"])))
    return case


def present_value(flows: Any, rate: Any) -> Any:
    """Σ CFₜ/(1 + r)ᵗ, the first flow undiscounted; for several rates, one value each.

    Examples
    --------
    >>> round(float(present_value([-1200, 300, 500, 600, 600], 0.12)), 2)
    274.83
    """
    import numpy as np

    flows, rate = np.asarray(flows, float), np.asarray(rate, float)
    return ((1 + rate[..., None]) ** -np.arange(len(flows))) @ flows


def internal_rates(flows: Any) -> tuple[float, ...]:
    """Every rate above -100 % at which the present value is nothing, from the lowest.

    Examples
    --------
    >>> [round(r, 4) for r in internal_rates([-100, 230, -132])], internal_rates([-100, 200, -150])
    ([0.1, 0.2], ())
    """
    import numpy as np

    values = np.asarray(flows, float)
    if not (values > 0).any() or not (values < 0).any():
        return ()
    values = values / np.abs(values).max()
    values = np.trim_zeros(values)
    slope = values[1:] * np.arange(1, len(values))
    found = []
    for root in np.roots(values[::-1]):  # of Σ CFₜ xᵗ with x = 1/(1 + r)
        x = float(root.real)
        if not 1e-3 < x < 1e4 or abs(root.imag) > 1e-5 * max(1.0, abs(x)):
            continue
        for _ in range(3):  # Newton's steps take away what the matrix rounded
            down = np.polynomial.polynomial.polyval(x, slope)
            if abs(down) > 1e-7:
                x -= float(np.polynomial.polynomial.polyval(x, values) / down)
        size = np.polynomial.polynomial.polyval(x, np.abs(values))
        if x > 0 and abs(np.polynomial.polynomial.polyval(x, values)) < 1e-9 * size:
            found.append(1 / x - 1)
    found.sort()
    return tuple(r for i, r in enumerate(found) if not i or r - found[i - 1] > 1e-4 * max(1.0, abs(r)))


def modified_rate(flows: Any, finance: float, reinvest: float) -> float | None:
    """The one rate that leads from what is paid in, discounted, to what comes back, put by until the end.

    Examples
    --------
    >>> round(modified_rate([-120000, 39000, 30000, 21000, 37000, 46000], 0.10, 0.12), 4)
    0.1261
    """
    import numpy as np

    values = np.asarray(flows, float)
    periods = np.arange(len(values))
    paid = -(np.minimum(values, 0) * (1 + finance) ** -periods).sum()
    back = (np.maximum(values, 0) * (1 + reinvest) ** (periods[-1] - periods)).sum()
    return None if paid <= 0 or len(values) < 2 else float((back / paid) ** (1 / periods[-1]) - 1)


def payback(flows: Any) -> float | None:
    """Periods until the sum stays at nothing or above, a period's flow spread evenly over it.

    Examples
    --------
    >>> round(payback([-1200, 300, 500, 600, 600]), 2), payback([-100, 50])
    (2.67, None)
    """
    import numpy as np

    total = np.cumsum(np.asarray(flows, float))
    below = np.flatnonzero(total < -1e-9 * np.abs(total).max())
    if not len(below):
        return 0.0
    last = int(below[-1])
    return None if last + 1 >= len(total) else last + float(-total[last] / (total[last + 1] - total[last]))
