"""What the overview counts: a year beside the year before, from the cube, under the reader's filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError
from .house import YEARS, House

if TYPE_CHECKING:
    from ...cube import Cube
    from ...results import Result

__all__ = ["members", "months", "tiles", "why"]

Where = Mapping[str, str]


def _pair(year: int) -> list[int]:
    return [y for y in (year - 1, year) if y in YEARS]


def _source(cube: Cube, n: int) -> Any:
    from ...results import Source

    told = cube.star.source
    return Source(told.name, told.hash, n, 0)


def months(cube: Cube, year: int, where: Where) -> Result:
    """Revenue month by month, beside the same months of the year before.

    Parameters
    ----------
    cube : Cube
    year : int
    where : mapping of level to member
        The filters.

    Returns
    -------
    Result
        Kind ``executive.months`` (``executive.months_alone`` for the first year): ``month_of_year``, ``revenue``,
        ``revenue_before``, ``change_share``. Everything is counted: there is nothing to estimate and no interval.
    """
    import pandas as pd

    from ...results import Result

    view = cube.view(by=["month"], measures=["revenue"]).dice(year=_pair(year)).slice(where)
    found = {r["keys"]["month"]: (r["values"]["revenue"] or 0, r["n"]) for r in view.rows() if r["keys"].get("month")}
    n = sum(count for month, (_, count) in found.items() if month.startswith(str(year)))
    _some(n, year)
    alone = year - 1 not in YEARS
    rows = []
    for month in range(1, 13):
        now, was = (found.get(f"{y}-{month:02d}", (0, 0))[0] for y in (year, year - 1))
        rows.append({"month_of_year": month, "revenue": now, "revenue_before": None if alone else was})
    table = pd.DataFrame(rows)
    table["change_share"] = None if alone else (table["revenue"] / table["revenue_before"].where(lambda x: x > 0) - 1)
    total, before = table["revenue"].sum(), 0 if alone else table["revenue_before"].sum()
    best = table.loc[table["revenue"].idxmax()]
    facts = {"year": str(year), "against": str(year - 1), "total": int(total), "n": n}
    facts |= {"best": int(best["month_of_year"]), "best_revenue": int(best["revenue"]), "currency": "IDR"}
    if alone:
        table = table.drop(columns=["revenue_before", "change_share"])
    else:
        facts |= {"before": int(before), "change_share": float(total / before - 1) if before else None}
        facts["higher"] = int((table["revenue"] > table["revenue_before"]).sum())
    units = {"month_of_year": "month_of_year", "revenue": "money", "revenue_before": "money", "change_share": "share"}
    kind = "executive.months_alone" if alone else "executive.months"
    return Result(kind, table, {"units": units, "where": dict(where)}, facts, (), _source(cube, n))


def members(cube: Cube, level: str, year: int, where: Where) -> Result:
    """Revenue and margin by the members of a level, beside the year before.

    Returns
    -------
    Result
        Kind ``executive.members`` (``executive.members_alone`` for the first year), the largest first: ``member``,
        ``revenue``, ``revenue_before``, ``change``, ``change_share``, ``share`` of all revenue, ``margin_share``,
        ``customers``, ``n`` sales lines. Customers of two members count in both.
    """
    import pandas as pd

    from ...results import Result

    asked = ["revenue", "margin", "customers"]
    view = cube.view(by=[level], measures=asked).dice(year=_pair(year)).slice(where).pivot("year")
    found: dict[Any, dict[int, Any]] = {}
    for row in view.rows():
        keys = row["keys"]
        if level in keys and "year" in keys:
            found.setdefault(keys[level], {})[keys["year"]] = row
    rows = []
    for member, sides in found.items():
        now, was = ({**sides[y]["values"], "n": sides[y]["n"]} if y in sides else {} for y in (year, year - 1))
        revenue, before = now.get("revenue") or 0, was.get("revenue") or 0
        rows.append(
            {
                "member": member,
                "revenue": revenue,
                "revenue_before": before,
                "change": revenue - before,
                "change_share": revenue / before - 1 if before > 0 else None,
                "margin_share": (now.get("margin") or 0) / revenue if revenue > 0 else None,
                "customers": now.get("customers") or 0,
                "n": now.get("n", 0),
            }
        )
    table = pd.DataFrame(sorted(rows, key=lambda r: (-r["revenue"], str(r["member"]))))
    n = int(table["n"].sum()) if len(table) else 0
    _some(n, year)
    total = table["revenue"].sum()
    table.insert(5, "share", table["revenue"] / total)
    first = table.iloc[0]
    facts = {"year": str(year), "against": str(year - 1), "level": level, "n": n, "total": int(total)}
    facts |= {"largest": first["member"], "largest_share": float(first["share"]), "members": len(table)}
    facts |= {"currency": "IDR"}
    alone = year - 1 not in YEARS
    if alone:
        table = table.drop(columns=["revenue_before", "change", "change_share"])
    else:
        moved = table.loc[table["change"].abs().idxmax()]
        facts |= {"moved": moved["member"], "moved_by": int(moved["change"]), "change": int(table["change"].sum())}
    units = {"revenue": "money", "revenue_before": "money", "change": "money", "customers": "count", "n": "count"}
    units |= {"share": "share", "change_share": "share", "margin_share": "share"}
    kind = "executive.members_alone" if alone else "executive.members"
    params = {"units": units, "where": dict(where), "level": level}
    return Result(kind, table.rename(columns={"member": level}), params, facts, (), _source(cube, n))


def why(cube: Cube, year: int, where: Where) -> Result:
    """Why revenue differs from the year before: volume, mix, price, products that came and went."""
    if year - 1 not in YEARS:
        raise UserError("executive.no_year_before", found=str(year))
    view = cube.view(by=[], measures=["revenue"]).slice(year=year).slice(where)
    return view.why(against={"year": year - 1}, over=[])


def _some(n: int, year: int) -> None:
    if not n:
        raise UserError("executive.nothing_sold", found=str(year))


def tiles(house: House, choices: Mapping[str, str], lang: str) -> list[dict[str, str]]:
    """Revenue, margin, orders, customers and NPS of the year, each beside the year before.

    Examples
    --------
    >>> [t["label"] for t in tiles(House("S"), {"year": "2019"}, "en")]
    ['Revenue 2019', 'Margin 2019', 'Orders 2019', 'Customers 2019', 'NPS 2019']
    """
    year, where = int(choices.get("year", YEARS[0])), house.where(choices)
    asked = ["revenue", "margin", "margin_share", "orders", "customers"]
    view = house.cube.view(by=["year"], measures=asked).dice(year=_pair(year)).slice(where)
    found = {r["keys"]["year"]: r for r in view.rows() if "year" in r["keys"]}
    now, was = ({**found[y]["values"], "n": found[y]["n"]} if y in found else {} for y in (year, year - 1))

    def say(key: str, **values: Any) -> str:
        return labels.text(f"executive.{key}", lang, **values)

    def against(name: str) -> str:
        if year - 1 not in YEARS:
            return say("tile_no_before")
        if not was.get(name) or now.get(name) is None:
            return say("tile_none_before", year=str(year - 1))
        if name == "margin_share":
            points = 100 * (now[name] - was[name])
            return say("tile_points", change=_signed(points, labels.number(points, lang, 1)), year=str(year - 1))
        share = now[name] / was[name] - 1
        return say("tile_change", change=_signed(share, labels.percent(share, lang)), year=str(year - 1))

    def tile(name: str, value: str, n: int) -> dict[str, str]:
        foot = f"{against(name)} · {say('tile_n', n=n)}" if n else say("tile_nothing")
        return {"label": f"{say(f'tile_{name}')} {year}", "value": value if n else "—", "foot": foot}

    n = now.get("n", 0)
    money = labels.money(now.get("revenue") or 0, lang, short=True)
    shown = [
        tile("revenue", money, n),
        tile("margin_share", labels.percent(now.get("margin_share") or 0, lang), n),
        tile("orders", labels.number(now.get("orders") or 0, lang), n),
        tile("customers", labels.number(now.get("customers") or 0, lang), n),
    ]
    return [*shown, _score(house, choices, year, lang)]


def _score(house: House, choices: Mapping[str, str], year: int, lang: str) -> dict[str, str]:
    """NPS of the year with its interval, from the same Result as the card of all years."""

    def say(key: str, **values: Any) -> str:
        return labels.text(f"executive.{key}", lang, **values)

    tile = {"label": f"{say('tile_nps')} {year}", "value": "—", "foot": say("tile_no_answers")}
    if not len(house.narrowed(house.answers[house.answers["year"] == year], choices)):
        return tile
    row = next(r for r in house.nps_years(choices).table.to_dict("records") if r["year"] == year)
    score, low, high = (row[f"nps{end}"] for end in ("", "_low", "_high"))
    if any(x is None or x != x for x in (score, low, high)):
        return {**tile, "foot": say("tile_too_few", n=int(row["n"]))}
    low, high = (labels.number(e, lang, 1) for e in (low, high))
    foot = say("tile_interval", low=low, high=high, n=int(row["n"]))
    return {**tile, "value": labels.number(score, lang, 1), "foot": foot}


def _signed(value: float, text: str) -> str:
    return f"+{text}" if value > 0 else text.replace("-", "−")
