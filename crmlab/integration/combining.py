"""One table of all sources: which value wins, why it won, what it won against, and where it stands in its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..privacy import find_personal, mask
from ..results import Note, Result
from .comparing import comparable
from .sources import Sources

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .matching import Match

__all__ = ["REASONS", "RULES", "Combined", "combine"]

RULES = ("priority", "latest", "agree")
"""How a field's value is chosen: by the order of the sources, by the latest date of change, or only where all agree."""

REASONS = ("only", "agreed", "priority", "latest", "first_entry", "open")
"""Why a value won: nobody else has one; all say the same; its source comes first; it is the latest; it is the first of
several in its source; or nobody won, since the sources had to agree and don't."""

_ONLY, _AGREED, _PRIORITY, _LATEST, _FIRST, _OPEN = range(len(REASONS))


@dataclass(frozen=True)
class _Won:
    """For each entity, which row of which source gave the value of one field, and why."""

    feed: Any
    at: Any
    reason: Any


@dataclass(frozen=True, eq=False, repr=False)
class Combined(Result):
    """One row per entity, and behind every value its source row.

    ``table`` holds ``entity_id``, the fields, and ``sources``: who knows this entity.

    Parameters
    ----------
    account : pandas.DataFrame
        One row per field: ``values``, how many came from each source, how many sources disagreed (``disagreed``), how
        many were left ``open``.
    conflicts : pandas.DataFrame
        One row per value on which sources disagree: ``entity_id``, ``field``, ``value``, ``source``, ``reason``,
        ``others`` (what the others say).
    """

    account: Any = field(default=None)
    conflicts: Any = field(default=None)
    _sources: Any = field(default=None, repr=False)
    _links: Any = field(default=None, repr=False)
    _won: Any = field(default=None, repr=False)

    def __reduce__(self):
        return Combined, (self.kind, self.table, dict(self.params), dict(self.facts), self.notes, self.source,
                          self.account, self.conflicts, self._sources, self._links, self._won)  # fmt: skip

    def lineage(self, entity_id: int, field: str | None = None, *, masked: bool = True) -> pd.DataFrame:
        """Where the values of one entity come from, those that lost included.

        Parameters
        ----------
        entity_id : int
        field : str, optional
            One field only.
        masked : bool
            Hide the values of personal fields, and of keys that are names or numbers of people.

        Returns
        -------
        pandas.DataFrame
            ``field``, ``value``, ``won``, ``reason`` (of the value that won), ``source``, ``key``, ``file``,
            ``sheet``, ``row``, ``column`` (as the source calls it) and ``cell`` of a spreadsheet.
        """
        import pandas as pd

        ids = self.table["entity_id"].to_numpy()
        place = int(ids.searchsorted(entity_id))
        if place == len(ids) or ids[place] != entity_id:
            raise UserError("integration.unknown_entity", found=entity_id, wanted=f"1–{len(ids)}")
        if field is not None and field not in self._won:
            raise UserError(
                "integration.unknown_field", found=field, wanted=list(self._won), near=suggest(field, self._won)
            )
        links = self._links[self._links["entity_id"] == entity_id]
        kinds = find_personal(self._won, declared=self.params["personal"])
        rows = []
        for name in self._won if field is None else [field]:
            won = self._won[name]
            for link in links.to_dict("records"):
                feed, table = self._sources[link["source"]], self._sources.clean(link["source"])
                if name not in table or pd.isna(table[name].iat[link["at"]]):
                    continue
                own = feed.column_of(name)
                wins = won.feed[place] == list(self._sources).index(link["source"]) and won.at[place] == link["at"]
                letter = feed.cells.get(own)
                value, key = table[name].iat[link["at"]], link["key"]
                if masked:
                    value = mask(value, kinds[name]) if name in kinds else value
                    key = mask(key, "phone" if key[:1] in "+0" else "name") if " " in key else key
                rows.append(
                    {
                        "field": name,
                        "value": value,
                        "won": bool(wins),
                        "reason": REASONS[won.reason[place]] if wins else None,
                        "source": link["source"],
                        "key": key,
                        **{k: link[k] for k in ("file", "sheet", "row")},
                        "column": own,
                        "cell": f"{letter}{link['row']}" if letter else None,
                    }
                )
        names = ["field", "value", "won", "reason", "source", "key", "file", "sheet", "row", "column", "cell"]
        return pd.DataFrame(rows, columns=names)

    def masked(self, rows: int | None = None) -> pd.DataFrame:
        """The table with personal columns masked, for showing."""
        shown = self.table if rows is None else self.table.head(rows)
        personal = find_personal(shown.columns, shown.head(200).to_dict("records"), declared=self.params["personal"])
        return shown.assign(**{c: shown[c].map(lambda v, k=k: mask(v, k)) for c, k in personal.items()})

    def _repr_html_(self) -> str:
        shown = Result(self.kind, self.masked(20), self.params, self.facts, self.notes, self.source)
        return shown._repr_html_()


def combine(
    sources: Sources,
    match: Match,
    rules: Mapping[str, str | Sequence[str]] | None = None,
    *,
    fields: Sequence[str] | None = None,
) -> Combined:
    """Bring the records of every entity to one row, one value per field.

    Parameters
    ----------
    sources : Sources
    match : Match
        Of the same sources.
    rules : mapping, optional
        Field -> ``"priority"`` (the order of the sources; the default), ``"latest"`` (by each source's ``updated``;
        the order of the sources where that does not tell), ``"agree"`` (left open unless all say the same), or a list
        of sources: their order for this field; a source that is not in the list has no say.
    fields : sequence of str, optional
        By default every common column but the keys.

    Returns
    -------
    Combined
        Kind ``integration.combine``.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.integration import Feed, Sources, match
    >>> pos = Feed("pos", pd.DataFrame({"id": [1], "phone": ["0812-3456-7890"], "city": ["Bandung"]}), "id")
    >>> fin = Feed("finance", pd.DataFrame({"no": ["F1"], "phone": ["628123456 7890"], "city": ["Bogor"]}), "no")
    >>> both = Sources(pos, fin)
    >>> one = combine(both, match(both, on=["phone"], check=[]), {"city": ["finance", "pos"]}, fields=["city"])
    >>> one.table["city"].tolist(), one.lineage(1)[["source", "row", "won"]].values.tolist()
    (['Bogor'], [['pos', 1, False], ['finance', 1, True]])
    """
    import numpy as np
    import pandas as pd

    names = list(sources)
    chosen = list(fields) if fields is not None else _fields(sources)
    told = {f: _rule(f, (rules or {}).get(f, "priority"), sources) for f in dict.fromkeys([*(rules or {}), *chosen])}
    links = match.links
    entities = np.sort(links["entity_id"].unique())
    code = {n: np.searchsorted(entities, links.loc[links["source"] == n, "entity_id"].to_numpy()) for n in names}
    rows = {n: links.loc[links["source"] == n, "at"].to_numpy() for n in names}
    out: dict[str, Any] = {"entity_id": entities}
    won, account, conflicts = {}, [], []
    for name in chosen:
        if sources.kind(name) == "money":
            sources.currency_of(name)
        by, order = told[name]
        long = _long(sources, name, order, code, rows, names)
        values, one, disagreed = _choose(long, by, len(entities))
        out[name], won[name] = values, one
        account.append(_account(name, one, disagreed, names))
        conflicts.append(_conflicts(name, long, one, disagreed, entities, names))
    table = pd.DataFrame(out)
    known = np.zeros((len(entities), len(names)), dtype=bool)
    for k, n in enumerate(names):
        known[code[n], k] = True
    spelled = np.array(["+".join(n for k, n in enumerate(names) if mask_ >> k & 1) for mask_ in range(1 << len(names))])
    table["sources"] = spelled[known @ (1 << np.arange(len(names)))]
    account = pd.DataFrame(account)
    lost = pd.concat(conflicts, ignore_index=True)
    facts = {
        "entities": len(entities),
        "records": len(links),
        "fields": len(chosen),
        "values": int(account["values"].sum()),
        "disagreed": int(account["disagreed"].sum()),
        "open": int(account["open"].sum()),
        "shared_entities": int((known.sum(axis=1) > 1).sum()),
        **{f"from_{n}": int(account[n].sum()) for n in names},
    }
    facts["disagreed_share"] = facts["disagreed"] / facts["values"] if facts["values"] else None
    notes = [Note("integration.note.open_values", {"n": facts["open"]})] if facts["open"] else []
    params = {
        "order": tuple(names),
        "rules": {f: told[f][0] if told[f][0] != "priority" else "+".join(told[f][1]) for f in chosen},
        "personal": tuple(c for c in chosen if sources.kind(c) in ("name", "phone", "email")),
        "currency": next((sources.currency_of(f) for f in chosen if sources.kind(f) == "money"), None),
    }
    return Combined("integration.combine", table, params, facts, tuple(notes), sources.source, account, lost,
                    sources, links, won)  # fmt: skip


def _fields(sources: Sources) -> list[str]:
    keys = {(n, f.columns.get(f.key, f.key)) for n, f in sources.items()}
    names = dict.fromkeys(c for n, f in sources.items() for c in f.held if (n, c) not in keys)
    return [c for c in names if c != "entity_id"]


def _rule(name: str, said: str | Sequence[str], sources: Sources) -> tuple[str, tuple[str, ...]]:
    """A rule as (how, the sources that have a say, in their order)."""
    held = [n for n, f in sources.items() if name in f.held]
    if not held:
        names = list(sources.held["column"])
        raise UserError("integration.unknown_field", found=name, wanted=names[:30], near=suggest(name, names))
    if isinstance(said, str):
        if said not in RULES:
            raise UserError("integration.unknown_rule", found=said, wanted=RULES, near=suggest(said, RULES), field=name)
        if said == "latest" and not any(sources[n].updated for n in held):
            raise UserError("integration.no_dates", field=name, found=held)
        return said, tuple(held)
    for one in said:
        sources[one]  # refuses a name that is no source
    return "priority", tuple(n for n in said if n in held)


def _long(
    sources: Sources,
    name: str,
    order: tuple[str, ...],
    code: Mapping[str, np.ndarray],
    rows: Mapping[str, np.ndarray],
    names: list[str],
) -> pd.DataFrame:
    """All values of a field under each other: entity, source, row, value, and when it was last touched."""
    import numpy as np
    import pandas as pd

    parts = []
    for rank, source in enumerate(order):
        table, feed = sources.clean(source), sources[source]
        at = rows[source]
        values = table[name].iloc[at]
        touched = table[feed.updated].iloc[at].to_numpy() if feed.updated else np.datetime64("NaT", "us")
        part = pd.DataFrame(
            {
                "entity": code[source],
                "rank": rank,
                "feed": names.index(source),
                "at": at,
                "value": values.array,
                "said": comparable(values, sources.kind(name)).array,
                "touched": pd.Series(touched, index=range(len(at)), dtype="datetime64[us]"),
            }
        )
        parts.append(part[part["value"].notna()])
    return pd.concat(parts, ignore_index=True)


def _choose(long: pd.DataFrame, by: str, n: int) -> tuple[Any, _Won, np.ndarray]:
    """The value of each entity, who gave it and why, and for which entities the values differ."""
    import numpy as np
    import pandas as pd

    touched = long["touched"].to_numpy().astype("datetime64[us]").astype(np.int64)  # NaT is the least of all
    keys = [long["at"].to_numpy(), long["rank"].to_numpy()]
    if by == "latest":
        keys.append(-np.maximum(touched, np.iinfo(np.int64).min + 1))
    order = np.lexsort([*keys, long["entity"].to_numpy()])
    entity = long["entity"].to_numpy()[order]
    first = order[np.append(True, entity[1:] != entity[:-1])] if len(order) else order
    who = long["entity"].to_numpy()[first]
    feed, at = np.full(n, -1, dtype=np.int8), np.full(n, -1, dtype=np.int64)
    feed[who], at[who] = long["feed"].to_numpy()[first], long["at"].to_numpy()[first]
    several = np.bincount(entity, minlength=n) > 1
    texts = pd.factorize(long["said"])[0]
    low, high = np.full(n, np.iinfo(np.int64).max), np.full(n, -1)
    np.minimum.at(low, long["entity"].to_numpy(), texts)
    np.maximum.at(high, long["entity"].to_numpy(), texts)
    differ = several & (low != high)
    reason = np.where(differ, _PRIORITY, np.where(several, _AGREED, _ONLY)).astype(np.int8)
    # rows of one source that differ among themselves: the first one stands for the source
    mine = long["feed"].to_numpy() == feed[long["entity"].to_numpy()]
    within = np.bincount(long["entity"].to_numpy()[mine], minlength=n)
    reason[differ & (within == np.bincount(entity, minlength=n))] = _FIRST
    if by == "latest":
        best, other = np.full(n, np.iinfo(np.int64).min), np.full(n, np.iinfo(np.int64).min)
        best[who] = touched[first]
        rest = np.setdiff1d(order, first)
        np.maximum.at(other, long["entity"].to_numpy()[rest], touched[rest])
        reason[differ & (best > other)] = _LATEST
    if by == "agree":
        reason[differ], feed[differ], at[differ] = _OPEN, -1, -1
    values = long["value"].iloc[first].set_axis(who).reindex(np.arange(n)).reset_index(drop=True)
    if by == "agree":
        values = values.mask(differ)
    return values, _Won(feed, at, reason), differ


def _account(name: str, won: _Won, disagreed: np.ndarray, names: list[str]) -> dict[str, Any]:
    return {
        "field": name,
        "values": int((won.feed >= 0).sum()),
        **{n: int((won.feed == k).sum()) for k, n in enumerate(names)},
        "disagreed": int(disagreed.sum()),
        "open": int((won.reason == _OPEN).sum()),
    }


def _conflicts(
    name: str, long: pd.DataFrame, won: _Won, disagreed: np.ndarray, entities: np.ndarray, names: list[str]
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    columns = ["entity_id", "field", "value", "source", "reason", "others"]
    here = long[disagreed[long["entity"].to_numpy()]]
    if not len(here):
        return pd.DataFrame(columns=columns)
    mine = (here["feed"].to_numpy() == won.feed[here["entity"]]) & (here["at"].to_numpy() == won.at[here["entity"]])
    spoken = np.array(names, dtype=object)[here["feed"]] + ": " + here["value"].astype("str").to_numpy(dtype=object)
    others = pd.Series(spoken[~mine]).groupby(here["entity"].to_numpy()[~mine]).agg("; ".join)
    at = np.flatnonzero(disagreed)
    value = here[mine].set_index("entity")["value"].reindex(at)
    spelled = np.array([*names, None], dtype=object)
    return pd.DataFrame(
        {
            "entity_id": entities[at],
            "field": name,
            "value": value.to_numpy(dtype=object),
            "source": spelled[won.feed[at]],
            "reason": np.array(REASONS, dtype=object)[won.reason[at]],
            "others": others.reindex(at).to_numpy(dtype=object),
        }
    )
