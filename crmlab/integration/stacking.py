"""Events of several sources under each other, each row with its place; two currencies are never added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import UserError, suggest
from ..results import Result
from .sources import Sources

if TYPE_CHECKING:
    from .matching import Match

__all__ = ["stack"]


def stack(sources: Sources, columns: Sequence[str] | None = None, *, match: Match | None = None) -> Result:
    """Put the rows of all sources under each other: sales of the till above those of the website.

    Parameters
    ----------
    sources : Sources
    columns : sequence of str, optional
        Common columns; by default those that every source holds.
    match : Match, optional
        Adds ``entity_id``, where the sources' keys are people's.

    Returns
    -------
    Result
        Kind ``integration.stack``: ``source``, ``key``, the columns, ``file``, ``sheet``, ``row``. Its facts hold the
        rows of each source and, for each column of money, its sum in each source and the total.

    Raises
    ------
    UserError
        ``integration.two_currencies``: give :class:`Sources` a currency and rates, or add them apart.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.integration import Feed
    >>> pos = Feed("pos", pd.DataFrame({"no": [1, 2], "amount": [5000, 7000]}), "no", currency="IDR")
    >>> web = Feed("web", pd.DataFrame({"id": ["W1"], "amount": [9000]}), "id", currency="IDR")
    >>> both = stack(Sources(pos, web), ["amount"])
    >>> both.facts["amount_pos"], both.facts["amount_web"], both.facts["amount"]
    (12000, 9000, 21000)
    """
    import pandas as pd

    every = [c for c in next(iter(sources.values())).held if all(c in f.held for f in sources.values())]
    chosen = list(columns) if columns is not None else every
    if not chosen:
        raise UserError("integration.nothing_common", found=list(sources))
    known = list(sources.held["column"])
    for column in chosen:
        if column not in known:
            raise UserError("integration.unknown_field", found=column, wanted=known[:30], near=suggest(column, known))
    money = [c for c in chosen if sources.kind(c) == "money"]
    currency = {sources.currency_of(c) for c in money} - {None}
    parts, facts = [], {}
    for name, feed in sources.items():
        table = sources.clean(name)
        part = pd.DataFrame({"source": name, "key": feed.keys.array})
        for column in chosen:
            part[column] = table[column].array if column in table else None
        part["file"], part["sheet"], part["row"] = feed.file or None, feed.sheet, feed.places
        facts[f"rows_{name}"] = len(part)
        parts.append(part)
    out = pd.concat(parts, ignore_index=True)
    for column in money:
        facts |= {f"{column}_{n}": _plain(p[column].sum()) for n, p in zip(sources, parts, strict=True)}
        facts[column] = _plain(out[column].sum())
    if match is not None:
        links = match.links[["source", "row", "entity_id"]]
        out = out.merge(links, on=["source", "row"], how="left")
    facts = {"rows": len(out), "sources": len(sources), **facts}
    params = {"columns": tuple(chosen), "currency": next(iter(currency), None)}
    return Result("integration.stack", out, params, facts, source=sources.source)


def _plain(value: object) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number
