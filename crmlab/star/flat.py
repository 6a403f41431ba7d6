"""A star from one flat table: a person's file of sales, one row per line.

What belongs together becomes a dimension (products in categories, customers in cities), if every key has one value. A
person's data often breaks that: a product listed in two categories can't have one parent. Such a column becomes a
dimension of its own and a note says so; its totals are then exactly those of the flat table.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import UserError, suggest
from ..results import Note, Source
from ..schema import SALES
from .model import Dimension, Fact
from .star import Star
from .store import Store, quote

__all__ = ["star"]

# dimension: its possible keys, the column that names a member, chains of levels from coarse to fine, attributes
_FAMILIES: dict[str, tuple[tuple[str, ...], str, dict[str, tuple[str, ...]], tuple[str, ...]]] = {
    "product": (
        ("product_id", "product"),
        "product",
        {"product": ("department", "category", "subcategory")},
        ("brand",),
    ),
    "customer": (
        ("customer_id",),
        "customer",
        {"place": ("country", "province", "city"), "segment": ("segment",)},
        (),
    ),
}
_SINGLE = ("channel", "store", "sales_rep", "promo_id", "status")
_MOST_MEMBERS = 1000


def star(
    sales: Any,
    *,
    name: str = "sales",
    date: str | None = None,
    also: Sequence[str] = (),
    personal: Sequence[str] = (),
    currency: str | None = None,
    source: Source | None = None,
    **options: Any,
) -> Star:
    """Derive a star from a flat table of sales.

    Parameters
    ----------
    sales : pandas.DataFrame, pyarrow.Table, path, mapping of columns, or what ``crmlab.ingest.read`` returns
        Columns with canonical names (``order_id``, ``ordered_at``, ``customer_id``, ``amount``, ``category`` ...) are
        understood; other text columns with few values become dimensions as they are.
    name : str
        What the fact is called.
    date : str, optional
        The column of the date dimension; ``ordered_at``, or the first date there is.
    also : sequence of str
        Further columns to make dimensions of, numbers included.
    personal : sequence of str
        Columns about identifiable persons, beside those that the contract names and that ``read`` recognised.
    currency : str, optional
    source : Source, optional
    **options
        Passed to :class:`Star`.

    Examples
    --------
    >>> made = star({"channel": ["store", "web"], "amount": [3, 4]}, date="none")
    >>> list(made.levels)
    ['channel']
    """
    table = getattr(sales, "table", sales)
    source = source or getattr(sales, "source", None)
    currency = currency or getattr(sales, "currency", None) or "IDR"
    folder = [os.path.dirname(os.path.abspath(table))] if isinstance(table, str | os.PathLike) else []
    reader = _Reader(Store(folder), table, name)
    try:
        # ingest looked at the values: a customer's key may be a name
        hidden = {c.name for c in SALES.columns if c.personal} | {*personal, *getattr(sales, "personal", ())}
        reader.personal = tuple(c for c in reader.types if c in hidden)
        reader.derive(date, also)
    finally:
        reader.store.close()
    fact = Fact(name, table, reader.keys, reader.grain, reader.personal, reader.attributes)
    return Star(
        [fact],
        list(reader.dimensions.values()),
        name=name,
        currency=currency,
        source=source,
        notes=reader.notes,
        **options,
    )


class _Reader:
    """Finds what depends on what in a flat table."""

    def __init__(self, store: Store, table: Any, name: str) -> None:
        self.store, self.name = store, name
        self.types = store.load("star.flat", table, label=name)
        self.personal: tuple[str, ...] = ()
        self.dimensions: dict[str, Dimension] = {}
        self.keys: dict[str, str] = {}
        self.grain: tuple[str, ...] = ()
        self.attributes: list[str] = []
        self.notes: list[Note] = []
        self._used: set[str] = set()

    def derive(self, date: str | None, also: Sequence[str]) -> None:
        for column in (*also, *([date] if date not in (None, "none") else [])):
            if column not in self.types:
                raise UserError(
                    "star.unknown_column",
                    table=self.name,
                    found=column,
                    wanted=list(self.types),
                    near=suggest(column, self.types),
                    column=column,
                )
        if date != "none":
            self._date(date)
        for family, (keys, label, chains, attributes) in _FAMILIES.items():
            self._family(family, next((k for k in keys if k in self.types), None), label, chains, attributes)
        self._used |= {"order_id", "line", *self.personal}
        for column, kind in self.types.items():
            if column in self._used and column not in also:
                continue
            if column in also or column in _SINGLE:
                self._alone(column)
            elif kind in ("VARCHAR", "BOOLEAN"):
                n = self._value(f"count(DISTINCT {quote(column)})")
                if n <= _MOST_MEMBERS:
                    self._alone(column)
                else:
                    self.notes.append(Note("star.too_many", {"column": column, "n": n}))
        grain = tuple(c for c in SALES.key if c in self.types)
        if "line" in grain:
            pair = ", ".join(map(quote, grain))
            twice = self.store.rows(f"SELECT 1 FROM star.flat GROUP BY {pair} HAVING count(*) > 1 LIMIT 1")
            self.grain = () if twice else grain

    def _value(self, expression: str) -> int:
        return self.store.rows(f"SELECT {expression} FROM star.flat")[0][0]

    def _date(self, wanted: str | None) -> None:
        dated = [c for c, t in self.types.items() if t == "DATE" or t.startswith("TIMESTAMP")]
        column = wanted or ("ordered_at" if "ordered_at" in self.types else next(iter(dated), None))
        if column is None:
            return
        if column not in dated:
            raise UserError("star.not_a_date", table=self.name, column=column, found=self.types[column])
        self.dimensions["date"] = Dimension.calendar()
        self.keys["date"] = column
        self._used.add(column)

    def _family(
        self, family: str, key: str | None, label: str, chains: Mapping[str, Sequence[str]], attributes: Sequence[str]
    ) -> None:
        chains = {n: [c for c in chain if c in self.types and c not in self.personal] for n, chain in chains.items()}
        self._used |= {c for chain in chains.values() for c in chain} | {label}
        if key is None:
            for name, chain in chains.items():
                self._chain(family if len(chains) == 1 else name, chain)
            return
        fixed = {c for chain in chains.values() for c in chain if self._depends(c, key, family)}
        own = tuple(a for a in attributes if a in self.types and self._depends(a, key, family))
        self._used |= {key, *own}
        hierarchies: dict[str, list[str]] = {}
        loose: list[str] = []
        for name, chain in chains.items():
            nested, left = self._nest([c for c in chain if c in fixed], key)
            loose += left
            if nested or not hierarchies:
                hierarchies[name if nested else family] = [*nested, key]
        if len(hierarchies) > 1:
            hierarchies = {n: levels for n, levels in hierarchies.items() if len(levels) > 1} or hierarchies
        columns = [*dict.fromkeys(c for levels in hierarchies.values() for c in levels if c != key), *loose, *own]
        named = label if label in self.types and label != key else None
        self._add(family, key, hierarchies, [*loose, *own], columns, named)
        for name, chain in chains.items():
            self._chain(name, [c for c in chain if c not in fixed])

    def _chain(self, name: str, chain: Sequence[str]) -> None:
        """Levels without a key: the finest is the key, and those that do not nest in it stand alone."""
        if not chain:
            return
        key = chain[-1]
        if len(chain) == 1:
            self._alone(key)
            return
        above = [c for c in chain[:-1] if self._depends(c, key, key)]
        nested, left = self._nest(above, key)
        taken = name in self.dimensions
        self._add(key if taken or not nested else name, key, {name: [*nested, key]}, left, [*nested, *left], None)
        for column in chain[:-1]:
            if column not in above:
                self._alone(column)

    def _alone(self, column: str) -> None:
        self._used.add(column)
        self.attributes.append(column)

    def _depends(self, column: str, key: str, family: str) -> bool:
        """Whether every key has one value of a column, and no row has the value without the key."""
        c, k = quote(column), quote(key)
        torn = self.store.rows(
            f"SELECT count(*), min({k}) FROM (SELECT {k} FROM star.flat WHERE {k} IS NOT NULL "
            f"GROUP BY {k} HAVING count(DISTINCT {c}) > 1)"
        )[0]
        if torn[0]:
            values = {"level": column, "dimension": family, "n": torn[0], "example": str(torn[1])}
            self.notes.append(Note("star.independent", values))
            return False
        if self._value(f"count(*) FILTER (WHERE {k} IS NULL AND {c} IS NOT NULL)"):
            return False  # a key that is missing would take the value with it
        filled = self.store.rows(
            f"SELECT count(*) FROM star.flat WHERE {c} IS NULL AND {k} IN "
            f"(SELECT {k} FROM star.flat WHERE {c} IS NOT NULL AND {k} IS NOT NULL)"
        )[0][0]
        if filled:
            self.notes.append(Note("star.filled", {"level": column, "dimension": family, "n": filled}))
        return True

    def _nest(self, chain: Sequence[str], key: str) -> tuple[list[str], list[str]]:
        """The levels of a chain that have one parent each, and those that do not nest."""
        nested, left = [], []
        child = key
        for parent in reversed(chain):
            p, c, k = quote(parent), quote(child), quote(key)
            # by key first: a line without the value takes it from other lines of its key
            one = f"SELECT min({p}) AS p, min({c}) AS c FROM star.flat WHERE {k} IS NOT NULL GROUP BY {k}"
            parents = "count(DISTINCT p) + CASE WHEN count(*) > count(p) THEN 1 ELSE 0 END"
            children = f"SELECT c FROM ({one}) WHERE c IS NOT NULL GROUP BY c HAVING {parents} > 1"
            torn = self.store.rows(f"SELECT count(*), min(c) FROM ({children})")[0]
            if torn[0]:
                left.append(parent)
                values = {"child": child, "parent": parent, "n": torn[0], "example": str(torn[1])}
                self.notes.append(Note("star.not_nested", values))
            else:
                nested.insert(0, parent)
                child = parent
        return nested, left

    def _add(
        self,
        name: str,
        key: str,
        hierarchies: Mapping[str, Sequence[str]],
        attributes: Sequence[str],
        columns: Sequence[str],
        label: str | None,
    ) -> None:
        k = quote(key)
        values = "".join(f", min({quote(c)}) AS {quote(c)}" for c in columns)
        sql = f"SELECT {k}{values} FROM star.flat WHERE {k} IS NOT NULL GROUP BY {k} ORDER BY {k}"
        labels = {}
        if label is not None:
            n = quote(label)
            ranked = (
                f"SELECT {k}, {n}, row_number() OVER (PARTITION BY {k} ORDER BY count(*) DESC, {n}) AS place "
                f"FROM star.flat WHERE {n} IS NOT NULL GROUP BY {k}, {n}"
            )
            sql = (
                f"SELECT d.*, l.{n} FROM ({sql}) d LEFT JOIN (SELECT * FROM ({ranked}) WHERE place = 1) l "
                f"ON d.{k} = l.{k} ORDER BY d.{k}"
            )
            labels[key] = label
            self._several(key, label)
        table = self.store.cursor().sql(sql).to_arrow_table()
        personal = [c for c in (key, label) if c in self.personal]
        self.dimensions[name] = Dimension(name, table, key, dict(hierarchies), attributes, personal, labels)
        self.keys[name] = key

    def _several(self, key: str, label: str) -> None:
        if label in self.personal:
            return
        k, n = quote(key), quote(label)
        several = self.store.rows(
            f"SELECT count(*), min({k}) FROM (SELECT {k} FROM star.flat WHERE {k} IS NOT NULL "
            f"GROUP BY {k} HAVING count(DISTINCT {n}) > 1)"
        )[0]
        if several[0]:
            values = {"level": key, "n": several[0], "example": str(several[1])}
            self.notes.append(Note("star.common_labels", values))
