"""The business case: what it costs and brings over time, and whether that passes what was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source
from .money import Case, internal_rates, modified_rate, payback, present_value, read_case
from .tables import rate_of

__all__ = ["CRITERIA", "business_case", "decide", "npv_curve"]

#: Go, as long as the programme is worth more than it costs. A criterion names a fact and the least or the most of it.
CRITERIA: tuple[Mapping[str, Any], ...] = ({"measure": "npv", "least": 0},)


def business_case(
    flows: Any,
    *,
    rate: float,
    add_latent: bool = False,
    criteria: Sequence[Mapping[str, Any]] = CRITERIA,
    source: Source | None = None,
) -> Result:
    """NPV, internal rates, ROI and payback of a programme, immediate and latent benefits kept apart.

    Parameters
    ----------
    flows : sequence of number, or table
        Net flows with signs, period 0 first; or :data:`FLOWS`, where amounts are positive and ``kind`` says
        ``"cost"``, ``"benefit"`` (immediate) or ``"latent"`` (comes only once people and processes have grown into
        the programme).
    rate : float
        Discount rate of one period as a share: 0.12.
    add_latent : bool
        Count latent benefits too. They are listed either way.
    criteria : sequence of mapping
        See :func:`decide`.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.business_case``: a row a period with ``costs``, ``benefits``, ``latent_benefits``, ``net``,
        ``discount_factor``, ``present_value`` and both sums. ``facts``: ``npv`` = Σ CFₜ/(1 + r)ᵗ, ``irr`` where
        exactly one rate exists, ``irrs`` all of them, ``mirr``, ``roi_share`` = (benefits - costs) / costs without
        discounting, ``payback`` and ``discounted_payback`` in periods, ``break_even_factor`` (benefits may fall to
        this part of plan), ``latent_value``, ``npv_with_latent``, ``decision``.

    Raises
    ------
    UserError
        ``projects.rate_in_percent``, ``projects.no_investment``, ``projects.turned_signs``, ``projects.negative``,
        ``projects.unknown_kind``.

    Notes
    -----
    Pitfall: the first flow falls today. Excel's ``NPV`` discounts it by a period already.

    Examples
    --------
    The brief business case of the book, sections 4.1 and 4.2:

    >>> facts = business_case([-1200, 300, 500, 600, 600], rate=0.12).facts
    >>> round(facts["npv"], 2), round(facts["irr"], 4), round(facts["roi_share"], 4), facts["decision"]
    (274.83, 0.2132, 0.6667, 'go')
    >>> round(facts["payback"], 2), round(facts["discounted_payback"], 2), round(facts["break_even_factor"], 4)
    (2.67, 3.28, 0.8137)
    """
    import numpy as np
    import pandas as pd

    rate, case = rate_of(rate), read_case(flows)
    costs, now, latent = -case.sum("cost"), case.sum("benefit"), case.sum("latent")
    benefits = now + latent if add_latent else now
    net = benefits - costs
    factors = (1 + rate) ** -np.arange(case.periods, dtype=float)
    values = net * factors
    table = pd.DataFrame(
        {
            "period": range(case.periods),
            "costs": costs,
            "benefits": now,
            "latent_benefits": latent,
            "net": net,
            "discount_factor": factors,
            "present_value": values,
            "cumulative": net.cumsum(),
            "cumulative_value": values.cumsum(),
        }
    )
    npv, later = float(values.sum()), float(latent @ factors)
    rates = internal_rates(net)
    worth, spent = float(benefits @ factors), float(costs @ factors)
    facts: dict[str, Any] = {
        "npv": npv,
        "irr": rates[0] if len(rates) == 1 else None,
        "irrs": rates,
        "n_irrs": len(rates),
        "mirr": modified_rate(net, rate, rate),
        "roi_share": float((benefits.sum() - costs.sum()) / costs.sum()),
        "payback": payback(net),
        "discounted_payback": payback(values),
        "break_even_factor": spent / worth if worth else None,
        "cost_value": spent,
        "benefit_value": worth,
        "latent_value": later,
        "npv_with_latent": npv if add_latent else npv + later,
        "periods": case.periods - 1,
        "rate": rate,
    }
    notes = _notes(case, net, rates, facts, add_latent)
    judged = [_judged(c, facts) for c in criteria]
    facts["decision"] = _decided(judged)
    money = ("costs", "benefits", "latent_benefits", "net", "present_value", "cumulative", "cumulative_value")
    units = {"period": "key", **dict.fromkeys(money, "money"), "discount_factor": "number"}
    params = {"rate": rate, "add_latent": add_latent, "criteria": tuple(dict(c) for c in criteria), "units": units}
    return Result("projects.business_case", table, params, facts, tuple(notes), source)


def _notes(case: Case, net: Any, rates: Sequence[float], facts: Mapping[str, Any], add_latent: bool) -> list[Note]:
    notes = [_of_rates(net, rates, facts["npv"], facts["mirr"])]
    back = {k: facts[k] for k in ("payback", "discounted_payback")}
    if facts["payback"] is None:
        notes.append(Note("projects.note.never_back", {"periods": facts["periods"]}))
    elif facts["discounted_payback"] is None:
        notes.append(Note("projects.note.never_back_discounted", back))
    else:
        notes.append(Note("projects.note.paid_back", back))
    if facts["latent_value"]:
        told = {"value": facts["latent_value"], "with_latent": facts["npv_with_latent"]}
        notes.append(Note("projects.note.latent_added" if add_latent else "projects.note.latent_apart", told))
    if not case.sum("benefit", "latent").any():
        notes.append(Note("projects.note.no_benefit"))
    elif facts["break_even_factor"] is not None:
        notes.append(Note("projects.note.break_even", {"factor": facts["break_even_factor"]}))
    return notes


def _of_rates(net: Any, rates: Sequence[float], npv: float, mirr: float | None) -> Note:
    """Whether there is one internal rate, several, or none, and why."""
    import numpy as np

    signs = np.sign(net[net != 0])
    changes = int((signs[1:] != signs[:-1]).sum())
    if len(rates) == 1:
        return Note("projects.note.one_irr", {"irr": rates[0], "mirr": mirr})
    if rates:
        told = {"n": len(rates), "low": rates[0], "high": rates[-1], "changes": changes, "mirr": mirr}
        return Note("projects.note.several_irr", told)
    if not changes:
        return Note("projects.note.no_irr_signs")
    return Note("projects.note.no_irr_crossing", {"changes": changes, "value": npv})


def npv_curve(flows: Any, *, rate: float, add_latent: bool = False, source: Source | None = None) -> Result:
    """NPV over the discount rate: where it crosses nothing are the internal rates.

    Parameters
    ----------
    flows, rate, add_latent, source
        As for :func:`business_case`.

    Returns
    -------
    Result
        Kind ``projects.npv_curve``: ``rate_share``, ``npv`` and ``mark`` (``"rate"`` the one asked for, ``"irr"``).

    Examples
    --------
    >>> curve = npv_curve([-100, 230, -132], rate=0.15)
    >>> curve.facts["n_irrs"], round(curve.facts["npv"], 2)
    (2, 0.19)
    """
    import numpy as np
    import pandas as pd

    rate, case = rate_of(rate), read_case(flows)
    net = case.sum("cost", "benefit", "latent") if add_latent else case.sum("cost", "benefit")
    rates = internal_rates(net)
    low = min([0.0, *(r - 0.05 for r in rates)])
    high = min(max([0.3, 2 * rate, *(1.3 * r for r in rates)]), 3.0)
    marks = (
        dict.fromkeys(np.linspace(max(low, -0.9), high, 61).tolist(), "") | dict.fromkeys(rates, "irr") | {rate: "rate"}
    )
    places = sorted(marks)
    table = pd.DataFrame({"rate_share": places, "npv": present_value(net, np.array(places))})
    table["mark"] = [marks[p] for p in places]
    facts = {"npv": float(present_value(net, rate)), "irrs": rates, "n_irrs": len(rates), "rate": rate}
    facts |= {"lowest_irr": rates[0] if rates else None, "highest_irr": rates[-1] if rates else None}
    params = {"rate": rate, "units": {"rate_share": "share", "npv": "money", "mark": "mark"}}
    notes = (_of_rates(net, rates, facts["npv"], modified_rate(net, rate, rate)),)
    return Result("projects.npv_curve", table, params, facts, notes, source)


def decide(*results: Result, criteria: Sequence[Mapping[str, Any]] = CRITERIA) -> Result:
    """Go or no go, criterion by criterion.

    Parameters
    ----------
    *results : Result
        A business case, its simulation, a plan ...: whose facts the criteria name.
    criteria : sequence of mapping
        ``{"measure": "npv", "least": 0}`` or ``{"measure": "payback", "most": 3}``.

    Returns
    -------
    Result
        Kind ``projects.decision``: ``measure``, ``least``, ``most``, ``found``, ``verdict`` (``passed``, ``failed``,
        ``incomplete``). ``facts["decision"]`` is ``"no_go"`` if one failed, ``"incomplete"`` if one has no value.

    Examples
    --------
    >>> case = business_case([-1200, 240, 400, 480, 480], rate=0.12)
    >>> decide(case, criteria=[{"measure": "npv", "least": 0}, {"measure": "payback", "most": 4}]).facts["decision"]
    'no_go'
    """
    import pandas as pd

    facts = {k: v for result in results for k, v in result.facts.items()}
    if not criteria:
        raise UserError("projects.no_criteria")
    rows = [_judged(c, facts) for c in criteria]
    verdicts = [r["verdict"] for r in rows]
    told = {"decision": _decided(rows), "n": len(rows), "passed": verdicts.count("passed")}
    told |= {"failed": verdicts.count("failed"), "incomplete": verdicts.count("incomplete")}
    units = {"measure": "text", "least": "number", "most": "number", "found": "number", "verdict": "mark"}
    params = {"criteria": tuple(dict(c) for c in criteria), "units": units}
    return Result("projects.decision", pd.DataFrame(rows), params, told)


def _judged(criterion: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    measure, ends = criterion.get("measure"), {k: criterion.get(k) for k in ("least", "most")}
    known = [k for k, v in facts.items() if v is None or (isinstance(v, int | float) and not isinstance(v, bool))]
    if measure not in known:
        near = suggest(str(measure), known)
        raise UserError("projects.unknown_measure", found=measure, wanted=known, near=near)
    if not any(isinstance(e, int | float) and not isinstance(e, bool) for e in ends.values()):
        raise UserError("projects.open_criterion", found=measure)
    value = facts[measure]
    if value is None or value != value:
        verdict = "incomplete"
    else:
        low = ends["least"] is not None and value < ends["least"]
        verdict = "failed" if low or (ends["most"] is not None and value > ends["most"]) else "passed"
    return {"measure": measure, **ends, "found": value, "verdict": verdict}


def _decided(rows: Sequence[Mapping[str, Any]]) -> str:
    verdicts = {r["verdict"] for r in rows}
    return "no_go" if "failed" in verdicts else "incomplete" if "incomplete" in verdicts else "go"
