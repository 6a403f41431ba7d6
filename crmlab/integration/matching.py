"""Who is who: the records of several sources brought to one person each, and what the rules could not settle.

Sources come in the order of their priority. The first one's people are the first entities; each further source is laid
against all entities so far, rule after rule, the strongest first. A rule links a record only where one record meets
one entity and nothing contradicts; whatever is left over is a new entity. So a chain of weak links can never draw two
records of one source together, and every link can be told: which rule, which value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..intervals import wilson
from ..results import Note, Result
from .comparing import alike, comparable
from .feeds import Feed, field_of
from .sources import Sources

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["CONFLICTS", "Match", "match"]

CONFLICTS = ("one_to_many", "many_to_one", "different_person", "rules_disagree", "same_key", "no_key")
"""What a rule can't settle: one record meets several entities; several records meet one; what is known contradicts; a
weaker rule points to somebody else; one key stands for two people; a row without a key."""

_RULES = (("phone",), ("email",), ("name", "city"))
_CHECKED = ("name", "born_on")
_MOST_TOLD = 5  # entities that a conflict names
_CROWD = 2_500  # pairs of one value; of a larger crowd only so many are drawn that everybody's conflict is told


@dataclass(frozen=True, eq=False, repr=False)
class Match(Result):
    """The match report, and behind it every link and every conflict.

    Parameters
    ----------
    links : pandas.DataFrame
        One row per row of a source that has a key: ``source``, ``key``, ``entity_id``, ``rule`` (by which the record
        joined an entity that was there before; missing where it began one), ``file``, ``sheet``, ``row``.
    conflicts : pandas.DataFrame
        ``kind`` (one of :data:`CONFLICTS`), ``rule``, ``source``, ``key``, ``other_source``, ``other_keys``,
        ``settled_by``: the rule that linked the record after all, missing where nobody did.
    """

    links: Any = field(default=None)
    conflicts: Any = field(default=None)

    def __reduce__(self):
        return Match, (self.kind, self.table, dict(self.params), dict(self.facts), self.notes, self.source,
                       self.links, self.conflicts)  # fmt: skip

    @property
    def open(self) -> pd.DataFrame:
        """The conflicts that no rule has settled: a person's work."""
        return self.conflicts[self.conflicts["settled_by"].isna()].reset_index(drop=True)

    def entity(self, source: str, key: Any) -> int | None:
        """The entity of a source's record, ``None`` where there is no such record."""
        found = self.links[(self.links["source"] == source) & (self.links["key"] == str(key))]
        return int(found["entity_id"].iloc[0]) if len(found) else None

    def records(self, entity_id: int) -> pd.DataFrame:
        """The source rows of one entity."""
        return self.links[self.links["entity_id"] == entity_id].reset_index(drop=True)


def match(
    sources: Sources,
    on: Sequence[str | Sequence[str]] | None = None,
    *,
    check: Sequence[str] | None = None,
    least: float = 0.85,
    sampled: bool = False,
    confidence: float = 0.95,
) -> Match:
    """Find which records of several sources are one person.

    Parameters
    ----------
    sources : Sources
    on : sequence, optional
        The rules, the strongest first: a common column, or several that must agree together (``"name+city"``). By
        default phone, e-mail, and name with city, as far as two sources hold them.
    check : sequence of str, optional
        Columns that must not contradict; by default those that hold a name or a birthday in two sources or more.
    least : float
        How alike two names must be (Jaro-Winkler, 0 to 1) not to contradict.
    sampled : bool
        The tables are a sample: the shares get intervals (Wilson).
    confidence : float

    Returns
    -------
    Match
        Kind ``integration.match``. ``table``: one row per pair of sources: ``source``, ``other``, ``records``,
        ``other_records``, ``matched``, ``share`` and ``other_share`` (of people in the one also found in the other).

    Examples
    --------
    >>> import pandas as pd
    >>> pos = Feed("pos", pd.DataFrame({"id": [1, 2], "phone": ["0812-3456-7890", "0813 5555 000"]}), "id")
    >>> fin = Feed("finance", pd.DataFrame({"id": ["F1"], "phone": ["+62 812 3456 7890"]}), "id")
    >>> report = match(Sources(pos, fin), on=["phone"])
    >>> report.facts["entities"], report.facts["share"]
    (2, 1.0)
    """
    import numpy as np
    import pandas as pd

    rules = _usual_rules(sources) if on is None else [_rule(rule, sources) for rule in on]
    if not rules:
        raise UserError("integration.no_rules")
    checked = _usually_checked(sources) if check is None else list(check)
    for column in checked:
        _known(sources, column)
    work = _Work(sources, rules, checked, least)
    for feed in sources.values():
        work.lay(feed)
    links = pd.concat(work.links, ignore_index=True)
    conflicts = work.conflicts()
    table = _pairs(sources, links, confidence if sampled else None)
    per_entity = links.drop_duplicates(["source", "entity_id"]).groupby("entity_id").size()
    first = next(iter(sources))
    later = links[links["source"] != first].drop_duplicates(["source", "entity_id"])
    joined = int(later["rule"].notna().sum())
    facts = {
        "sources": len(sources),
        "rows_read": sum(len(f.table) for f in sources.values()),
        "rows_kept": len(links),
        "rows_refused": sum(int(f.keys.isna().sum()) for f in sources.values()),
        "records": int(links.drop_duplicates(["source", "unit"]).shape[0]),
        "entities": len(per_entity),
        "shared_entities": int((per_entity > 1).sum()),
        "first": first,
        "others": tuple(n for n in sources if n != first),
        "matched": joined,
        "n": len(later),
        "share": joined / len(later) if len(later) else None,
        "conflicts": len(conflicts),
        "open_conflicts": int(conflicts["settled_by"].isna().sum()),
        "rules": len(rules),
    }
    if sampled and facts["share"] is not None:
        facts["share_low"], facts["share_high"] = wilson(joined, len(later), level=confidence)
    for rule in dict.fromkeys(" + ".join(r) for r in rules):
        facts[f"by_{rule.replace(' + ', '_and_')}"] = int((later["rule"] == rule).sum())
    notes = _notes(facts, sources)
    params = {"on": tuple("+".join(r) for r in rules), "check": tuple(checked), "least": least, "sampled": sampled}
    order = ["source", "key", "entity_id", "rule", "file", "sheet", "row", "unit", "at"]
    links["entity_id"] = links["entity_id"].astype(np.int64)
    return Match("integration.match", table, params, facts, notes, sources.source, links[order], conflicts)


def _rule(said: str | Sequence[str], sources: Sources) -> tuple[str, ...]:
    columns = tuple(c.strip() for c in said.split("+")) if isinstance(said, str) else tuple(said)
    for column in columns:
        _known(sources, column)
    return columns


def _held(sources: Sources, column: str) -> int:
    return sum(column in f.held for f in sources.values())


def _fields(sources: Sources) -> dict[str, str | None]:
    """What the common columns that two sources or more hold say about a person."""
    columns = [c for c in sources.held["column"] if _held(sources, c) > 1]
    return {c: "name" if sources.kind(c) == "name" else field_of(c) for c in columns}


def _usual_rules(sources: Sources) -> list[tuple[str, ...]]:
    column = {field: c for c, field in reversed(_fields(sources).items())}
    return [tuple(column[f] for f in rule) for rule in _RULES if all(f in column for f in rule)]


def _usually_checked(sources: Sources) -> list[str]:
    """The common columns that say who somebody is: names first, then birthdays."""
    return [c for field in _CHECKED for c, f in _fields(sources).items() if f == field]


def _known(sources: Sources, column: str) -> None:
    if not _held(sources, column):
        names = list(sources.held["column"])
        raise UserError("integration.unknown_field", found=column, wanted=names[:30], near=suggest(column, names))


class _Work:
    """The entities so far: under which values they are known, and what is known of them."""

    def __init__(self, sources: Sources, rules: list[tuple[str, ...]], checked: list[str], least: float) -> None:
        import pandas as pd

        self.sources, self.rules, self.checked, self.least = sources, rules, checked, least
        self.n = 0
        self.links: list[pd.DataFrame] = []
        self._lost: list[pd.DataFrame] = []
        nothing = pd.DataFrame({"value": pd.Series(dtype="str"), "entity": pd.Series(dtype="int64")})
        self._met: list[pd.DataFrame] = [nothing for _ in rules]
        self._seen = {c: pd.Series(dtype="str") for c in checked}
        self._called = pd.DataFrame({"entity": pd.Series(dtype="int64"), "who": pd.Series(dtype="str")})

    def lay(self, feed: Feed) -> None:
        """Lay one more source against the entities so far."""
        import numpy as np
        import pandas as pd

        table = self.sources.clean(feed.name)
        at = np.flatnonzero(feed.keys.notna().to_numpy())
        codes, names = pd.factorize(feed.units.iloc[at])
        values = {c: comparable(table[c].iloc[at], self.sources.kind(c)).reset_index(drop=True)
                  for c in {*(c for r in self.rules for c in r), *self.checked} if c in table}  # fmt: skip
        said = {c: pd.Series(v.array, index=codes).dropna().groupby(level=0).first() for c, v in values.items()
                if c in self.checked}  # fmt: skip
        self._keys_of_two(feed, at, values)
        entity, by = np.full(len(names), -1), np.full(len(names), -1)
        keys = [self._values(rule, values, codes) for rule in self.rules]
        if self.links:
            for k, rule in enumerate(self.rules):
                if keys[k] is not None:
                    self._apply(feed, k, rule, keys[k], said, entity, by, names)
            self._disagreements(feed, keys, entity, by, names)
        new = entity < 0
        entity[new] = self.n + np.arange(int(new.sum()))
        self.n += int(new.sum())
        spoken = np.array([" + ".join(r) for r in self.rules] + [None], dtype=object)
        self.links.append(
            pd.DataFrame(
                {
                    "source": feed.name,
                    "key": feed.keys.iloc[at].array,
                    "entity_id": entity[codes] + 1,
                    "rule": pd.Series(spoken[by][codes], dtype="str"),
                    "file": feed.file or None,
                    "sheet": feed.sheet,
                    "row": feed.places[at],
                    "unit": names.take(codes),
                    "at": at,
                }
            )
        )
        for k, pairs in enumerate(keys):
            if pairs is not None:
                more = pd.DataFrame({"value": pairs["value"], "entity": entity[pairs["unit"]]})
                self._met[k] = pd.concat([self._met[k], more], ignore_index=True).drop_duplicates()
        for column, first in said.items():
            known = pd.Series(first.array, index=entity[first.index])
            both = pd.concat([self._seen[column], known])
            self._seen[column] = both[~both.index.duplicated()]
        who = pd.DataFrame({"entity": entity, "who": feed.name + " " + pd.Series(names).astype("str")})
        self._called = pd.concat([self._called, who], ignore_index=True)

    def _values(self, rule: tuple[str, ...], values: dict[str, pd.Series], codes: np.ndarray) -> pd.DataFrame | None:
        """Under which values of a rule the units are known."""
        import pandas as pd

        if any(c not in values for c in rule):
            return None
        joined = values[rule[0]]
        for column in rule[1:]:
            joined = joined + "\x1f" + values[column]
        there = joined.notna().to_numpy()
        return pd.DataFrame({"unit": codes[there], "value": joined[there].array}).drop_duplicates()

    def _apply(
        self,
        feed: Feed,
        k: int,
        rule: tuple[str, ...],
        keys: pd.DataFrame,
        said: dict[str, pd.Series],
        entity: np.ndarray,
        by: np.ndarray,
        names: Any,
    ) -> None:
        import numpy as np

        waiting = keys[entity[keys["unit"]] < 0]
        pairs = _meetings(waiting, self._met[k])
        if not len(pairs):
            return
        # an entity that a stronger rule has given to another record of this source is not free any more
        taken = np.isin(pairs["entity"].to_numpy(), entity[entity >= 0])
        per_unit = pairs.groupby("unit")["entity"].transform("size").to_numpy()
        per_entity = pairs.groupby("entity")["unit"].transform("size").to_numpy()
        several, crowded = per_unit > 1, (per_entity > 1) | taken
        self._note(feed, "one_to_many", rule, pairs[several], names)
        self._note(feed, "many_to_one", rule, pairs[crowded & ~several], names)
        single = pairs[~several & ~crowded]
        fits = np.ones(len(single), dtype=bool)
        for column in self.checked:
            if column in said and column not in rule:
                one = said[column].reindex(single["unit"]).reset_index(drop=True)
                other = self._seen[column].reindex(single["entity"]).reset_index(drop=True)
                fits &= alike(one, other, self.sources.kind(column), self.least)
        self._note(feed, "different_person", rule, single[~fits], names)
        linked = single[fits]
        entity[linked["unit"]] = linked["entity"]
        by[linked["unit"]] = k

    def _disagreements(
        self, feed: Feed, keys: list[pd.DataFrame | None], entity: np.ndarray, by: np.ndarray, names: Any
    ) -> None:
        """Weaker rules that point from a linked record to somebody else."""
        for k, rule in enumerate(self.rules):
            if keys[k] is None:
                continue
            weaker = keys[k][(by[keys[k]["unit"]] >= 0) & (by[keys[k]["unit"]] < k)]
            agreeing = weaker.assign(entity=entity[weaker["unit"]]).merge(self._met[k], on=["value", "entity"])["unit"]
            pairs = _meetings(weaker[~weaker["unit"].isin(agreeing)], self._met[k])
            self._note(feed, "rules_disagree", rule, pairs, names)

    def _note(self, feed: Feed, kind: str, rule: tuple[str, ...], pairs: pd.DataFrame, names: Any) -> None:
        if not len(pairs):
            return
        told = pairs.merge(self._called, on="entity")
        told["key"] = names.take(told["unit"])
        told = told.groupby("key", sort=False)["who"].agg(lambda w: ", ".join(sorted(set(w))[:5])).reset_index()
        self._lost.append(
            told.rename(columns={"who": "others"}).assign(kind=kind, rule=" + ".join(rule), source=feed.name)
        )

    def _keys_of_two(self, feed: Feed, at: np.ndarray, values: dict[str, pd.Series]) -> None:
        """Keys that stand for two people, and rows without one."""
        import pandas as pd

        keys = feed.keys.iloc[at].reset_index(drop=True)
        repeated = keys.duplicated(keep=False).to_numpy()
        if repeated.any():
            bad = set()
            for column in self.checked:
                if column in values:
                    first = keys.map(pd.Series(values[column].array, index=keys).dropna().groupby(level=0).first())
                    fits = alike(values[column][repeated], first[repeated], self.sources.kind(column), self.least)
                    bad |= set(keys[repeated][~fits])
            if bad:
                frame = pd.DataFrame({"key": sorted(bad), "others": None})
                self._lost.append(frame.assign(kind="same_key", rule=None, source=feed.name))
        rows = feed.places[feed.keys.isna().to_numpy()]
        if len(rows):
            frame = pd.DataFrame({"key": None, "others": [str(r) for r in rows]})
            self._lost.append(frame.assign(kind="no_key", rule=None, source=feed.name))

    def conflicts(self) -> pd.DataFrame:
        """Everything that was noted, with the rule that linked the record after all."""
        import pandas as pd

        columns = ["kind", "rule", "source", "key", "others", "settled_by"]
        if not self._lost:
            return pd.DataFrame(columns=columns).astype("str")
        out = pd.concat(self._lost, ignore_index=True)
        linked = pd.concat(self.links, ignore_index=True).drop_duplicates(["source", "unit"])
        linked = linked[["source", "unit", "rule"]].rename(columns={"unit": "key", "rule": "settled_by"})
        out = out.merge(linked, on=["source", "key"], how="left")
        return out[columns].astype("str")


def _meetings(units: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """The pairs of a unit and an entity that share a value, each once.

    Where a thousand records share the telephone number of the shop, none of them can be linked by it. Of such a crowd
    every unit keeps a few entities and every entity a few units: what is said of each stays the same, and a million
    pairs are not made.
    """
    import numpy as np
    import pandas as pd

    at, values = pd.factorize(pd.concat([units["value"], entities["value"]], ignore_index=True))
    mine, theirs = at[: len(units)], at[len(units) :]
    n, m = np.bincount(mine, minlength=len(values)), np.bincount(theirs, minlength=len(values))
    crowded = (n > _MOST_TOLD) & (m > _MOST_TOLD) & (n * m > _CROWD)
    few = ~crowded[mine]
    parts = [units[few].merge(entities, on="value")[["unit", "entity"]]]
    if crowded.any():
        left, right = (
            units["unit"].to_numpy()[np.argsort(mine, kind="stable")],
            entities["entity"].to_numpy()[np.argsort(theirs, kind="stable")],
        )
        left_from, right_from = np.cumsum(n) - n, np.cumsum(m) - m
        for value in np.flatnonzero(crowded):
            some, others = left[left_from[value] :][: n[value]], right[right_from[value] :][: m[value]]
            turn = np.arange(max(len(some), len(others)))
            for step in range(_MOST_TOLD):
                pair = {"unit": some[turn % len(some)], "entity": others[(turn + step) % len(others)]}
                parts.append(pd.DataFrame(pair))
    return pd.concat(parts, ignore_index=True).drop_duplicates()


def _pairs(sources: Sources, links: pd.DataFrame, confidence: float | None) -> pd.DataFrame:
    import pandas as pd

    people = {n: set(links.loc[links["source"] == n, "entity_id"]) for n in sources}
    rows = []
    names = list(sources)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            both = len(people[one] & people[other])
            row = {"source": one, "other": other, "records": len(people[one]), "other_records": len(people[other]),
                   "matched": both}  # fmt: skip
            for part, whole in (("share", len(people[one])), ("other_share", len(people[other]))):
                row[part] = both / whole if whole else None
                if confidence is not None and whole:
                    row[f"{part}_low"], row[f"{part}_high"] = wilson(both, whole, level=confidence)
            rows.append(row)
    columns = ["source", "other", "records", "other_records", "matched", "share", "other_share"]
    return pd.DataFrame(rows, columns=None if rows else columns)


def _notes(facts: dict[str, Any], sources: Sources) -> tuple[Note, ...]:
    notes = []
    if facts["open_conflicts"]:
        notes.append(Note("integration.note.open_conflicts", {"n": facts["open_conflicts"], "of": facts["conflicts"]}))
    if facts["rows_refused"]:
        notes.append(Note("integration.note.no_key", {"n": facts["rows_refused"]}))
    stray = sources.unmapped
    if len(stray):
        columns = tuple(dict.fromkeys(stray["source"] + "." + stray["column"]))
        notes.append(Note("integration.note.stray", {"n": int(stray["rows"].sum()), "columns": columns}))
    return tuple(notes)
