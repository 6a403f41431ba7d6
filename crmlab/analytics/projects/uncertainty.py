"""How sure a business case is: which assumption moves it most, and what it is worth when all of them vary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError, suggest
from ...frames import number
from ...intervals import verdict_of, wilson, z_of
from ...results import Note, Result, Source
from .money import Case, internal_rates, present_value, read_case
from .tables import rate_of

__all__ = ["sensitivity", "simulate_case"]

NAMES = {"cost": "costs", "benefit": "benefits", "latent": "latent_benefits"}  # as a reader knows the kinds
SHAPES = {"triangular": ("low", "mode", "high"), "pert": ("low", "mode", "high"), "normal": ("mean", "sd")}


def sensitivity(
    flows: Any,
    *,
    rate: float,
    by: float | Mapping[str, tuple[float, float]] = 0.2,
    add_latent: bool = False,
    source: Source | None = None,
) -> Result:
    """A tornado: NPV when one assumption at a time takes its low and its high end.

    Parameters
    ----------
    flows, rate, add_latent, source
        As for :func:`~.cases.business_case`.
    by : float or mapping
        Every item and the rate times 1 - ``by`` and 1 + ``by``; or per item (and ``"rate"``) its own two factors.

    Returns
    -------
    Result
        Kind ``projects.sensitivity``: per item ``low_factor``, ``high_factor``, ``npv_at_low``, ``npv_at_high``,
        ``swing``, and ``break_even_factor``, at which NPV is nothing with all else as planned (exact; for the rate
        only where there is one internal rate). The widest swing first.

    Notes
    -----
    Pitfall: one at a time. Assumptions that fall together, as adoption and benefits do, are not seen here;
    :func:`simulate_case` draws them all at once.

    Examples
    --------
    >>> table = sensitivity([-1200, 300, 500, 600, 600], rate=0.12).table
    >>> table.loc[table["item"] == "benefits", ["npv_at_low", "break_even_factor"]].round(4).values.tolist()
    [[-20.1335, 0.8137]]
    """
    import pandas as pd

    rate, case = rate_of(rate), _counted(read_case(flows), add_latent)
    names = [line.item for line in case.lines]
    if isinstance(by, Mapping):
        _known(by, names)
        ends = {item: _two(item, pair) for item, pair in by.items()}
    else:
        number(by, "by", 0.001, 1)
        ends = dict.fromkeys([*names, *([] if "rate" in names else ["rate"])], (1 - by, 1 + by))
    worth = {line.item: float(line.sign * present_value(line.amounts, rate)) for line in case.lines}
    npv, net = sum(worth.values()), case.sum("cost", "benefit", "latent")
    rates = internal_rates(net)
    rows = []
    for item, (low, high) in ends.items():
        if item in worth:
            at = [npv + (f - 1) * worth[item] for f in (low, high)]
            even = 1 - npv / worth[item] if worth[item] else None
            kind = NAMES[next(line.kind for line in case.lines if line.item == item)]
        else:
            at = [float(present_value(net, rate * f)) for f in (low, high)]
            even, kind = (rates[0] / rate if len(rates) == 1 and rate else None), "discount_rate"
            item = "discount_rate"
        row = {"item": item, "kind": kind, "low_factor": low, "high_factor": high, "npv_at_low": at[0]}
        rows.append(row | {"npv_at_high": at[1], "swing": abs(at[1] - at[0]), "break_even_factor": even})
    rows.sort(key=lambda r: -r["swing"])
    first = rows[0]
    facts = {"npv": npv, "rate": rate, "n": len(rows), "widest": first["item"], "widest_swing": first["swing"]}
    facts |= {"widest_low": min(first["npv_at_low"], first["npv_at_high"])}
    facts |= {"widest_high": max(first["npv_at_low"], first["npv_at_high"])}
    facts |= {"widest_break_even": first["break_even_factor"]}
    facts |= {"turning": sum(min(r["npv_at_low"], r["npv_at_high"]) < 0 <= npv for r in rows)}
    units = {"item": "text", "kind": "text", "npv_at_low": "money", "npv_at_high": "money", "swing": "money"}
    units |= dict.fromkeys(("low_factor", "high_factor", "break_even_factor"), "number")
    params = {"rate": rate, "add_latent": add_latent, "units": units}
    notes = []
    if first["break_even_factor"] is not None:
        told = {"item": first["item"], "factor": first["break_even_factor"]}
        notes.append(Note("projects.note.break_even_item", told))
    return Result("projects.sensitivity", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _counted(case: Case, add_latent: bool) -> Case:
    return case if add_latent else Case(tuple(x for x in case.lines if x.kind != "latent"), case.periods)


def _known(given: Mapping[str, Any], names: list[str]) -> None:
    known = [*names, "rate"]
    if not given:
        raise UserError("projects.nothing_varies", wanted=known)
    if odd := [k for k in given if k not in known]:
        near = [n for k in odd for n in suggest(str(k), known, 1)]
        raise UserError("projects.unknown_item", found=odd, wanted=known, near=near)


def _two(item: str, pair: Any) -> tuple[float, float]:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise UserError("projects.bad_range", item=item, found=pair)
    low, high = (float(number(v, item, 0)) for v in pair)
    if low > high:
        raise UserError("projects.bad_range", item=item, found=[low, high])
    return low, high


def simulate_case(
    flows: Any,
    *,
    rate: float,
    uncertain: Mapping[str, Mapping[str, Any]],
    times: int = 10_000,
    seed: int = 1,
    add_latent: bool = False,
    source: Source | None = None,
) -> Result:
    """NPV drawn many times, with all uncertain assumptions varying at once (Monte Carlo).

    Parameters
    ----------
    flows, rate, add_latent, source
        As for :func:`~.cases.business_case`.
    uncertain : mapping
        Item -> shape of the factor on its plan, 1 being the plan: ``{"shape": "triangular" | "pert", "low": 0.6,
        "mode": 1, "high": 1.2}`` or ``{"shape": "normal", "mean": 1, "sd": 0.1}``. ``"rate"`` gives rates instead.
    times : int
    seed : int
        The same seed draws the same again.

    Returns
    -------
    Result
        Kind ``projects.case_simulation``: a histogram ``npv_from``, ``npv_to``, ``draws``, ``draws_share``. ``facts``:
        ``loss_share`` = P(NPV < 0) with Wilson's interval, ``npv_p5``, ``npv_p50``, ``npv_p95``, ``npv_mean`` and
        ``npv_sd``; the intervals say how far the drawing itself may be off, not the assumptions.

    Examples
    --------
    >>> some = {"benefits": {"shape": "triangular", "low": 0.6, "mode": 1, "high": 1.2}}
    >>> facts = simulate_case([-1200, 300, 500, 600, 600], rate=0.12, uncertain=some).facts
    >>> 0.18 < facts["loss_share"] < 0.20  # exactly (0.8137 - 0.6)² / (0.6 · 0.4) = 0.190
    True
    """
    import numpy as np
    import pandas as pd

    rate, case = rate_of(rate), _counted(read_case(flows), add_latent)
    times = number(times, "times", 100, 1_000_000, whole=True)
    seed = number(seed, "seed", 0, 2**63 - 1, whole=True)
    _known(uncertain, [line.item for line in case.lines])
    rng = np.random.default_rng(seed)
    factors = {item: _drawn(item, shape, times, rng) for item, shape in uncertain.items()}
    of_rate = factors.pop("rate", None) if "rate" not in [line.item for line in case.lines] else None
    if of_rate is not None and (of_rate <= -1).any():
        raise UserError("projects.bad_range", item="rate", found=float(of_rate.min()))
    npv = np.zeros(times)
    for line in case.lines:
        worth = present_value(line.amounts, rate if of_rate is None else of_rate)
        npv += line.sign * worth * factors.get(line.item, 1.0)
    held, edges = np.histogram(npv, bins=30)
    table = pd.DataFrame({"npv_from": edges[:-1], "npv_to": edges[1:], "draws": held, "draws_share": held / times})
    losses = int((npv < 0).sum())
    low, high = wilson(losses, times)
    facts: dict[str, Any] = {"loss_share": losses / times, "loss_share_low": low, "loss_share_high": high}
    for q in (5, 50, 95):
        value, *ends = quantile_ends(np.sort(npv), q / 100)
        facts |= {f"npv_p{q}": value, f"npv_p{q}_low": ends[0], f"npv_p{q}_high": ends[1]}
    mean, sd = float(npv.mean()), float(npv.std(ddof=1))
    half = z_of() * sd / times**0.5
    facts |= {"npv_mean": mean, "npv_mean_low": mean - half, "npv_mean_high": mean + half, "npv_sd": sd, "n": times}
    facts |= {"npv": float(present_value(case.sum("cost", "benefit", "latent"), rate)), "seed": seed, "rate": rate}
    facts["verdict"] = verdict_of(facts["npv_mean_low"], facts["npv_mean_high"], facts["npv"], times)
    notes = [Note("projects.note.drawn_apart", {"n": len(uncertain)})] if len(uncertain) > 1 else []
    below = [item for item, f in factors.items() if (f < 0).any()]
    if below:
        notes.append(Note("projects.note.below_nothing", {"items": below}))
    units = {"npv_from": "money", "npv_to": "money", "draws": "count", "draws_share": "share"}
    shapes = {k: dict(v) for k, v in uncertain.items()}
    params = {"rate": rate, "uncertain": shapes, "times": times, "seed": seed, "units": units}
    return Result("projects.case_simulation", table, params, facts, tuple(notes), source)


def quantile_ends(values: Any, q: float) -> tuple[float, float, float]:
    """A quantile of sorted draws, and its interval by their ranks, whatever the shape."""
    import numpy as np
    from scipy.stats import binom

    n = len(values)
    low, high = (int(v) for v in binom.ppf([0.025, 0.975], n, q))
    return float(np.quantile(values, q)), float(values[max(low - 1, 0)]), float(values[min(high, n - 1)])


def _drawn(item: str, shape: Any, times: int, rng: Any) -> Any:
    kind = shape.get("shape") if isinstance(shape, Mapping) else None
    if kind not in SHAPES:
        raise UserError("projects.unknown_shape", item=item, found=kind, wanted=list(SHAPES))
    missing = [k for k in SHAPES[kind] if not isinstance(shape.get(k), int | float) or isinstance(shape.get(k), bool)]
    if missing:
        raise UserError("projects.shape_lacks", item=item, wanted=missing, found=sorted(shape))
    if kind == "normal":
        return rng.normal(shape["mean"], number(shape["sd"], item, 0), times)
    low, mode, high = (float(shape[k]) for k in ("low", "mode", "high"))
    if not low <= mode <= high or (item == "rate" and not 0 <= low <= high < 1):
        raise UserError("projects.bad_range", item=item, found=[low, mode, high])
    return three_points(low, mode, high, kind, times, rng)


def three_points(low: float, mode: float, high: float, kind: str, times: int, rng: Any, dtype: str = "f8") -> Any:
    """Draws between the ends: a triangle, or the beta curve of PERT with mean (o + 4m + p)/6."""
    import numpy as np

    if high <= low:
        return np.full(times, low, dtype)
    if kind == "triangular":
        return rng.triangular(low, mode, high, times).astype(dtype, copy=False)
    width = high - low
    return low + width * rng.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, times).astype(
        dtype, copy=False
    )
