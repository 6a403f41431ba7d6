"""Whom to buy from: knocked out first, then two rankings side by side, and the weights at which the winner changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source
from .tables import blank, column_of, names_of, table_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SOFTWARE_CRITERIA", "software_template", "vendors", "weight_switches"]

#: The four criteria of the book for PT XYZ's software (case 9.2, step 6) and weights to begin with.
SOFTWARE_CRITERIA: Mapping[str, float] = {
    "ease_of_use": 0.25,
    "suitable_features": 0.30,
    "cost_and_hosting": 0.20,
    "integration": 0.25,
}
FEWEST, MOST = 3, 6  # who are invited as a rule: the book, section 4.1, phase 3


def software_template(names: Sequence[str] = ("A", "B", "C"), must_have: Sequence[str] = ("whatsapp",)) -> dict:
    """An empty score sheet with the book's four criteria: scores and must-haves for a person to fill in.

    Examples
    --------
    >>> sheet = software_template(["Vendor A", "Vendor B"])
    >>> sheet["scores"][0]
    {'vendor': 'Vendor A', 'ease_of_use': None, 'suitable_features': None, 'cost_and_hosting': None, \
'integration': None, 'whatsapp': None}
    """
    empty = dict.fromkeys((*SOFTWARE_CRITERIA, *must_have))
    scores = [{"vendor": name, **empty} for name in names]
    return {"scores": scores, "weights": dict(SOFTWARE_CRITERIA), "must_have": list(must_have)}


def vendors(
    scores: Any,
    weights: Mapping[str, float] | None = None,
    *,
    must_have: Sequence[str] = (),
    scale: tuple[float, float] = (1, 5),
    source: Source | None = None,
) -> Result:
    """Score vendors: who lacks a must-have is out, the others are ranked without and with weights.

    Parameters
    ----------
    scores : table
        A row a ``vendor``, a column a criterion (the more the better), a column of yes and no a must-have. A must-have
        that is blank counts as no.
    weights : mapping, optional
        Criterion -> weight; equal where not given. What does not sum to 1 is divided by its sum, and that is said.
    must_have : sequence of str
    scale : (float, float)
        The lowest and the highest score.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.vendors``: the criteria, ``plain_score`` = sum, ``plain_rank``, ``weighted_score`` = Σ w·s,
        ``weighted_rank`` (none for who is out, or has not answered everything), ``complete_share`` of criteria that
        have a score, ``status`` (``ranked``, ``knocked_out``, ``incomplete``), ``lacks``. ``facts``: ``winner``,
        ``plain_winner``, ``reversal`` (the two rankings disagree), ``nearest_criterion`` and ``nearest_weight``: the
        smallest change of one weight that changes the winner.

    Raises
    ------
    UserError
        ``projects.bad_weights``, ``projects.unknown_criterion``, ``projects.out_of_bounds``,
        ``projects.all_knocked_out``.

    Notes
    -----
    Pitfall: a knock-out criterion is not a heavy weight. A vendor without it is out however well it scores.

    Examples
    --------
    >>> scores = [{"vendor": "A", "ease": 5, "features": 2, "cost": 5, "links": 3, "whatsapp": True},
    ...           {"vendor": "B", "ease": 3, "features": 5, "cost": 2, "links": 4, "whatsapp": True},
    ...           {"vendor": "C", "ease": 5, "features": 4, "cost": 4, "links": 5, "whatsapp": None}]
    >>> weights = {"ease": 0.25, "features": 0.30, "cost": 0.20, "links": 0.25}
    >>> facts = vendors(scores, weights, must_have=["whatsapp"]).facts
    >>> facts["winner"], facts["plain_winner"], facts["reversal"], facts["knocked_out"]
    ('B', 'A', True, ('C',))
    """
    import numpy as np
    import pandas as pd

    table, weight, notes = _scored(scores, weights, must_have, scale)
    criteria, inside = list(weight), table["status"] == "ranked"
    for kind in ("plain", "weighted"):
        ranked = table[f"{kind}_score"].where(inside)
        # what two sums rounded differently is a tie all the same
        table[f"{kind}_rank"] = ranked.round(9).rank(ascending=False, method="min")
    order = table["weighted_rank"].fillna(np.inf)
    table = table.assign(order=order).sort_values("order", kind="stable", ignore_index=True).drop(columns="order")
    inside = table["status"] == "ranked"
    winner, plain = (table.loc[table[f"{k}_rank"] == 1, "vendor"].tolist() for k in ("weighted", "plain"))
    reversal = bool((table.loc[inside, "plain_rank"] != table.loc[inside, "weighted_rank"]).any())
    if reversal:
        told = {"plain": plain, "weighted": winner}
        code = "projects.note.reversal" if plain != winner else "projects.note.reversal_below"
        notes.append(Note("projects.note.reversal", told) if plain != winner else Note(code))
    if len(winner) > 1:
        notes.append(Note("projects.note.tie", {"vendors": winner}))
    near = _nearest(_switches(table[inside], weight), weight)
    best = table.iloc[0].to_dict()
    facts: dict[str, Any] = {"winner": winner[0], "winners": tuple(winner), "winner_score": best["weighted_score"]}
    facts |= {"plain_winner": plain[0], "plain_score": float(table.loc[inside, "plain_score"].max())}
    second = table.loc[inside, "weighted_score"].iloc[1:2].tolist()
    facts |= {"lead": best["weighted_score"] - second[0] if second else None, "reversal": reversal}
    facts |= {"n": len(table), "n_in": int(inside.sum()), "criteria": len(criteria), **near}
    facts["knocked_out"] = tuple(table.loc[table["status"] == "knocked_out", "vendor"])
    facts["n_out"] = len(facts["knocked_out"])
    if facts["n_out"]:
        missing = sorted({m for row in table["lacks"] for m in row})
        notes.append(Note("projects.note.knocked_out", {"vendors": list(facts["knocked_out"]), "lacks": missing}))
    if second:
        notes.append(Note("projects.note.lead", {"vendor": winner[0], "lead": facts["lead"]}))
    notes.append(_told(near))
    units = {"vendor": "text", "status": "text", "lacks": "text", "complete_share": "share"}
    units |= dict.fromkeys((*criteria, "plain_score", "weighted_score"), "number")
    units |= dict.fromkeys(("plain_rank", "weighted_rank"), "count")
    shown = ["vendor", "status", *criteria, "plain_score", "plain_rank", "weighted_score", "weighted_rank"]
    params = {"weights": weight, "must_have": tuple(must_have), "scale": tuple(scale), "units": units}
    table = pd.DataFrame(table[[*shown, "complete_share", "lacks"]])
    return Result("projects.vendors", table, params, facts, tuple(notes), source)


def weight_switches(
    scores: Any,
    weights: Mapping[str, float] | None = None,
    *,
    must_have: Sequence[str] = (),
    scale: tuple[float, float] = (1, 5),
    source: Source | None = None,
) -> Result:
    """Who wins at every weight of each criterion, the others keeping their proportions: exact, not tried out.

    Parameters
    ----------
    scores, weights, must_have, scale, source
        As for :func:`vendors`.

    Returns
    -------
    Result
        Kind ``projects.weight_switches``: per criterion and stretch ``from_share``, ``to_share``, ``winner``, and
        ``now_share``, the weight as it is. A vendor's score is (1 - w)·(its mean on the others) + w·(its score): a
        straight line in w, and the winner changes where two lines cross.

    Examples
    --------
    >>> scores = [{"vendor": "A", "x": 5, "y": 1}, {"vendor": "B", "x": 1, "y": 5}, {"vendor": "C", "x": 2, "y": 2}]
    >>> table = weight_switches(scores, {"x": 0.3, "y": 0.7}).table
    >>> table.loc[table["criterion"] == "x", ["from_share", "to_share", "winner"]].values.tolist()
    [[0.0, 0.5, 'B'], [0.5, 1.0, 'A']]
    """
    import pandas as pd

    table, weight, notes = _scored(scores, weights, must_have, scale)
    inside = table[table["status"] == "ranked"]
    rows = _switches(inside, weight)
    facts: dict[str, Any] = {"n_in": len(inside), "criteria": len(weight), **_nearest(rows, weight)}
    facts["winner"] = inside["vendor"].iloc[int(inside["weighted_score"].to_numpy().argmax())]
    facts["switches"] = len(rows) - len({r["criterion"] for r in rows})
    notes.append(_told(facts))
    units = {"criterion": "text", "winner": "text"}
    units |= dict.fromkeys(("now_share", "from_share", "to_share"), "share")
    params = {"weights": weight, "must_have": tuple(must_have), "scale": tuple(scale), "units": units}
    return Result("projects.weight_switches", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _scored(
    scores: Any, weights: Mapping[str, float] | None, must_have: Sequence[str], scale: tuple[float, float]
) -> tuple[pd.DataFrame, dict[str, float], list[Note]]:
    """Every vendor with its scores, its status and both sums; the weights that sum to 1."""
    import numpy as np
    import pandas as pd

    must_have = [must_have] if isinstance(must_have, str) else list(must_have)
    frame = table_of(scores, ("vendor", *must_have), "scores")
    names = names_of(frame, "vendor", "scores")
    weight, notes = _weights(frame, weights, must_have)
    if len(scale) != 2 or not scale[0] < scale[1]:
        raise UserError("projects.bad_scale", found=list(scale))
    low, high = scale
    given = np.array([
        column_of(frame, c, "scores", names, least=low, most=high, needed=False) for c in weight
    ]).T.reshape(len(names), len(weight))  # fmt: skip
    lacks = [tuple(m for m in must_have if not _has(frame[m].iloc[i], m, names[i])) for i in range(len(names))]
    missing = np.isnan(given)
    whole = ~missing.any(axis=1)
    table = pd.DataFrame({"vendor": names, **{c: given[:, k] for k, c in enumerate(weight)}})
    table["plain_score"] = np.where(whole, given.sum(axis=1), np.nan)
    table["weighted_score"] = np.where(whole, given @ np.array(list(weight.values())), np.nan)
    table["complete_share"] = 1 - missing.mean(axis=1)
    table["lacks"] = lacks
    table["status"] = [
        "knocked_out" if m else "ranked" if w else "incomplete" for m, w in zip(lacks, whole, strict=True)
    ]
    if not (table["status"] == "ranked").any():
        raise UserError(
            "projects.all_knocked_out", table="scores", rows=names, found=sorted({m for x in lacks for m in x})
        )
    if not FEWEST <= len(names) <= MOST:
        notes.append(Note("projects.note.few_vendors", {"n": len(names), "fewest": FEWEST, "most": MOST}))
    if gaps := [n for n, s in zip(names, table["status"], strict=True) if s == "incomplete"]:
        notes.append(Note("projects.note.incomplete_vendors", {"vendors": gaps}))
    return table, weight, notes


def _weights(
    frame: Any, weights: Mapping[str, float] | None, must_have: Sequence[str]
) -> tuple[dict[str, float], list[Note]]:
    columns = [str(c) for c in frame.columns if c != "vendor" and c not in must_have]
    if weights is None:
        weights = dict.fromkeys(columns, 1 / len(columns)) if columns else {}
    unknown = [c for c in weights if c not in columns]
    if unknown or not weights:
        near = [n for c in unknown for n in suggest(str(c), columns, 1)]
        raise UserError("projects.unknown_criterion", table="scores", found=unknown, wanted=columns, near=near)
    values = list(weights.values())
    if any(isinstance(v, bool) or not isinstance(v, int | float) or not 0 <= v < float("inf") for v in values):
        raise UserError("projects.bad_weights", found=values)
    total = sum(values)
    if total <= 0:
        raise UserError("projects.bad_weights", found=values)
    notes = []
    if abs(total - 1) > 1e-9:
        notes.append(Note("projects.note.weights_scaled", {"total": total}))
    if left := [c for c in columns if c not in weights]:
        notes.append(Note("projects.note.unweighted", {"columns": left}))
    return {c: v / total for c, v in weights.items()}, notes


def _has(value: Any, column: str, vendor: str) -> bool:
    if blank(value):
        return False
    if isinstance(value, str) and value.strip().lower() in ("yes", "ya", "true", "no", "tidak", "false"):
        return value.strip().lower() in ("yes", "ya", "true")
    if value in (True, False):
        return bool(value)
    raise UserError("projects.not_yes_or_no", table="scores", rows=[vendor], column=column, found=value)


def _switches(table: pd.DataFrame, weight: Mapping[str, float]) -> list[dict[str, Any]]:
    """Along each weight, the stretches in which one vendor is on top: the upper envelope of straight lines."""
    import numpy as np

    scores, w = table[list(weight)].to_numpy(float), np.array(list(weight.values()))
    names, rows = table["vendor"].tolist(), []
    for k, criterion in enumerate(weight):
        rest = w.copy()
        rest[k] = 0
        if len(w) == 1:
            continue
        # where one criterion has all the weight, the others would share the rest alike
        rest = rest / rest.sum() if rest.sum() > 1e-12 else np.where(np.arange(len(w)) == k, 0, 1 / (len(w) - 1))
        base, slope = scores @ rest, scores[:, k] - scores @ rest
        crossings = [0.0, 1.0]
        for i in range(len(names)):
            for j in range(i):
                if abs(slope[i] - slope[j]) > 1e-12:
                    crossings.append(float((base[j] - base[i]) / (slope[i] - slope[j])))
        at = sorted({round(t, 12) for t in crossings if -1e-12 <= t <= 1 + 1e-12})
        stretches: list[list[Any]] = []
        for left, right in zip(at[:-1], at[1:], strict=True):
            height = base + slope * (left + right) / 2
            top = int(np.flatnonzero(height >= height.max() - 1e-12)[0])
            if stretches and stretches[-1][2] == names[top]:
                stretches[-1][1] = right
            else:
                stretches.append([left, right, names[top]])
        rows += [
            {"criterion": criterion, "now_share": float(w[k]), "from_share": a, "to_share": b, "winner": name}
            for a, b, name in stretches
        ]
    return rows


def _told(near: Mapping[str, Any]) -> Note:
    if near["nearest_criterion"] is None:
        return Note("projects.note.no_switch")
    names = ("criterion", "now", "weight", "winner")
    return Note("projects.note.switch", {k: near[f"nearest_{k}"] for k in names})


def _nearest(rows: Sequence[Mapping[str, Any]], weight: Mapping[str, float]) -> dict[str, Any]:
    """The switch that lies nearest to a weight as it is."""
    found = []
    for criterion, now in weight.items():
        mine = [r for r in rows if r["criterion"] == criterion]
        for before, after in zip(mine[:-1], mine[1:], strict=True):
            at = after["from_share"]
            found.append((abs(at - now), criterion, at, before["winner"] if at < now else after["winner"], now))
    gap, criterion, at, other, now = min(found, default=(None, None, None, None, None), key=lambda f: f[0])
    told = {"nearest_criterion": criterion, "nearest_weight": at, "nearest_winner": other, "nearest_now": now}
    return {**told, "nearest_gap": gap}
