"""The whole way from five raw sources to a star, with an account of every row on it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import InternalError, UserError, suggest
from ...privacy import find_personal, mask
from ...results import Note, Result, Source
from . import finance, messages, people, pos, reading, stars, web
from .parts import Part
from .reading import Raw

if TYPE_CHECKING:
    import pandas as pd

    from ...star import Star
    from ..combining import Combined
    from ..matching import Match
    from ..sources import Sources

__all__ = ["Run", "retail"]

_PERSONAL = ("nama", "NAMA", "Nama", "Sales", "sender", "text")
_KEYS = {
    "customers": ("customer_id",),
    "sales": ("order_id",),
    "sales_lines": ("order_id", "line"),
    "payments": ("order_id",),
    "messages": ("message_id",),
    "employees": ("employee_id",),
    "fact_sales_line": ("order_id", "line"),
    "fact_order": ("order_id",),
    "fact_payment": ("order_id",),
    "dim_customer": ("customer_id",),
}


@dataclass(frozen=True, eq=False, repr=False)
class Run(Result):
    """What came of a run, and the account of every row: ``table`` has one row per table that was read.

    Parameters
    ----------
    parts : mapping of str to Part
        What each step made and refused.
    clean, stars : mapping of str to pyarrow.Table
        The clean tables, and the star's.
    refused : pandas.DataFrame
        ``file``, ``sheet``, ``row``, ``reason``, ``value`` of every row that is not in the clean tables.
    match : Match
    combined : Combined
    raw : Raw
    people : Sources
        The five lists of people, side by side.
    """

    parts: Any = field(default=None, repr=False)
    clean: Any = field(default=None, repr=False)
    stars: Any = field(default=None, repr=False)
    refused: Any = field(default=None, repr=False)
    match: Match = field(default=None, repr=False)
    combined: Combined = field(default=None, repr=False)
    raw: Any = field(default=None, repr=False)
    people: Sources = field(default=None, repr=False)
    links: Any = field(default=None, repr=False)

    def __reduce__(self):
        raise InternalError("a run holds its raw sources; keep its tables with write()")

    @property
    def tables(self) -> Mapping[str, Any]:
        """The clean tables and the star's, as Arrow tables by name."""
        return {**self.clean, **self.stars}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One table as a data frame."""
        if name not in self.tables:
            raise UserError(
                "integration.unknown_table", found=name, wanted=list(self.tables), near=suggest(name, self.tables)
            )
        return self.tables[name].to_pandas(date_as_object=False)

    @property
    def description(self) -> dict[str, Any]:
        """The star as plain data: facts, dimensions, measures."""
        return stars.described()

    def star(self, **options: Any) -> Star:
        """The star, checked; options as for :class:`crmlab.Star`."""
        from ...star import Star

        return Star.from_description(self.description, self.stars, source=self.source, **options)

    def write(self, folder: str | os.PathLike) -> dict[str, Path]:
        """Write the star's tables as Parquet files.

        Returns
        -------
        dict of str to pathlib.Path
        """
        import pyarrow.parquet as pq

        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        paths = {}
        for name, table in self.stars.items():
            paths[name] = target / f"{name}.parquet"
            pq.write_table(table, paths[name], compression="zstd", compression_level=1)
        return paths

    def lineage(self, table: str, *, masked: bool = True, **key: Any) -> pd.DataFrame:
        """The cells of the source that a row was made of.

        Parameters
        ----------
        table : str
            A clean table or one of the star's, as ``"fact_sales_line"``.
        masked : bool
            Hide names, phone numbers, mail addresses and what people wrote.
        **key
            Its key, as ``order_id=12, line=1``.

        Returns
        -------
        pandas.DataFrame
            ``file``, ``sheet``, ``row``, ``column``, ``cell`` (in a workbook) and ``value`` as it stands there. For a
            customer what :meth:`Combined.lineage` tells: every source's word, and which won.

        Examples
        --------
        >>> import crmlab as crm
        >>> run = retail(crm.datasets.load_retail("S"))
        >>> told = run.lineage("fact_sales_line", order_id=2, line=1)
        >>> told[told["column"] == "JUMLAH"][["file", "row", "value"]].values.tolist()
        [['pos.csv', 2, '104.125']]
        """
        import pandas as pd
        import pyarrow.compute as pc

        if table not in _KEYS:
            raise UserError("integration.no_lineage", found=table, wanted=list(_KEYS), near=suggest(table, _KEYS))
        wanted = _KEYS[table]
        if set(key) != set(wanted):
            raise UserError("integration.wrong_key", table=table, wanted=wanted, found=list(key))
        wanted_row = None
        for column, value in key.items():
            here = pc.equal(self.tables[table][column], value)
            wanted_row = here if wanted_row is None else pc.and_(wanted_row, here)
        found = self.tables[table].filter(wanted_row)
        if not found.num_rows:
            raise UserError("integration.unknown_record", table=table, found=key)
        if table in ("customers", "dim_customer"):
            entity = self.links.loc[self.links["customer_id"] == key["customer_id"], "entity_id"].iloc[0]
            return self.combined.lineage(int(entity), masked=masked)
        out = []
        for source, row in zip(found["source"].to_pylist(), found["source_row"].to_pylist(), strict=True):
            out.append(self._cells(source, row))
        told = pd.concat(out, ignore_index=True)
        if masked:
            kinds = find_personal(told["column"], declared=_PERSONAL)
            told["value"] = [
                mask(v, kinds[c]) if c in kinds else v for c, v in zip(told["column"], told["value"], strict=True)
            ]
        return told

    def _cells(self, source: str, row: int) -> pd.DataFrame:
        import numpy as np
        import pandas as pd

        held = {
            "pos": self.raw.pos,
            "web": self.raw.web,
            "finance": self.raw.invoices,
            "transfer": self.raw.transfers,
            "hr": self.raw.staff,
        }
        if source == "whatsapp":
            said = self.raw.chat.table.iloc[int(np.searchsorted(self.raw.chat.places, row))]
            return pd.DataFrame(
                {"file": self.raw.chat.source.name, "sheet": None, "row": row, "column": ["sent_at", "sender", "text"],
                 "cell": None, "value": [said["sent_at"].isoformat(" "), said["sender"], said["text"]]}
            )  # fmt: skip
        raw = held[source]
        cells = self.raw.cells.get(raw.sheet, {})
        values = raw.frame.iloc[int(np.searchsorted(raw.rows, row))]
        return pd.DataFrame(
            {
                "file": raw.name,
                "sheet": raw.sheet,
                "row": row,
                "column": values.index,
                "cell": [f"{cells[c]}{row}" if c in cells else None for c in values.index],
                "value": [v if isinstance(v, str) or pd.isna(v) else str(v) for v in values.tolist()],
            }
        )

    def __repr__(self) -> str:
        f = self.facts
        return f"<Run: {f['rows_in']} rows in, {f['rows_refused']} refused; {f['customers']} customers>"


def retail(
    source: Any, *, reference: Any = None, same: Any = None, progress: Callable[[str], None] | None = None
) -> Run:
    """Go the whole way: read PT XYZ's five sources, clean, match, combine, and make the star.

    Parameters
    ----------
    source : Retail or path
        The data set, or a folder with its six raw files.
    reference : Retail, optional
        Whose master tables to use.
    same : Found or mapping, optional
        The till's second entries of a person, as :func:`crmlab.duplicates.find` gives them; by default one phone and
        one birthday make one person.
    progress : callable, optional
        Called with the name of every step before it begins.

    Returns
    -------
    Run
        Kind ``integration.run``.

    Examples
    --------
    >>> import crmlab as crm
    >>> run = retail(crm.datasets.load_retail("S"))
    >>> run.facts["rows_in"] == run.facts["rows_kept"] + run.facts["rows_refused"]
    True
    """
    import pandas as pd

    clock: dict[str, float] = {}

    def step(name: str, what: Callable[[], Any]) -> Any:
        if progress:
            progress(name)
        begun = time.process_time()
        done = what()
        clock[name] = time.process_time() - begun
        return done

    raw: Raw = step("read", lambda: reading.read(source, reference=reference))
    parts: dict[str, Part] = {
        "pos_sales": step("pos_sales", lambda: pos.pos_sales(raw)),
        "web_sales": step("web_sales", lambda: web.web_sales(raw)),
        "finance_sales": step("finance_sales", lambda: finance.finance_sales(raw)),
    }
    till = parts["pos_sales"].tables["orders"]
    parts["finance_receipts"] = step("finance_receipts", lambda: finance.finance_receipts(raw, till))
    parts["chat"] = step("chat", lambda: messages.chat(raw, till))
    parts["staff"] = step("staff", lambda: messages.staff(raw))
    who = step("people", lambda: people.sources(raw, parts["web_sales"], parts["chat"], same=same))
    matched = step("match", lambda: people.who_is_who(who))
    table, combined, links = step("combine", lambda: people.customers(who, matched, raw.master("dim_region")))
    clean = step("clean", lambda: stars.clean_tables(raw, parts, table, links))
    star = step("star", lambda: stars.star(raw, clean))
    account = _account(raw, parts, matched)
    refused = pd.concat([*(p.refused for p in parts.values()), _cards_refused(raw)], ignore_index=True)
    unknown = int(clean["sales"]["customer_id"].null_count)
    facts = {
        "rows_in": int(account["rows_in"].sum()),
        "rows_kept": int(account["rows_kept"].sum()),
        "rows_refused": int(account["rows_refused"].sum()),
        "sources": 5,
        "tables": len(account),
        "records": matched.facts["records"],
        "entities": matched.facts["entities"],
        "matched": matched.facts["matched"],
        "open_conflicts": matched.facts["open_conflicts"],
        "customers": table.num_rows,
        "orders": clean["sales"].num_rows,
        "lines": clean["sales_lines"].num_rows,
        "sales_without_customer": unknown,
        "facts_in_star": sum(t.num_rows for n, t in star.items() if n.startswith("fact_")),
        "seconds": sum(clock.values()),
    }
    notes = [Note("integration.note.run_refused", {"n": facts["rows_refused"], "of": facts["rows_in"]})]
    if unknown:
        notes.append(Note("integration.note.unknown_buyers", {"n": unknown, "of": facts["orders"]}))
    if facts["open_conflicts"]:
        of = matched.facts["conflicts"]
        notes.append(Note("integration.note.open_conflicts", {"n": facts["open_conflicts"], "of": of}))
    told = Source("PT XYZ", raw.hash, facts["rows_kept"], facts["rows_refused"])
    return Run(
        "integration.run", account, {"seconds": clock, "reference": raw.reference.name}, facts, tuple(notes), told,
        parts, clean, star, refused, matched, combined, raw, who, links,
    )  # fmt: skip


def _cards_refused(raw: Raw) -> pd.DataFrame:
    """Rows of the two lists of people that have no key."""
    import pandas as pd

    out = []
    for held, key in ((raw.cards, "Kode"), (raw.pos_customers, "KODE_PLG")):
        lost = held.frame[key].isna().to_numpy() | (held.frame[key].astype("str") == "").to_numpy()
        rows = [(int(r), "no_key") for r in held.rows[lost]] + [(r.row, r.reason) for r in held.refused]
        frame = pd.DataFrame(rows, columns=["row", "reason"])
        out.append(frame.assign(file=held.name, sheet=held.sheet, value=None))
    return pd.concat(out, ignore_index=True)[["file", "sheet", "row", "reason", "value"]]


def _account(raw: Raw, parts: Mapping[str, Part], matched: Match) -> pd.DataFrame:
    """One row per table that was read: rows in, kept and refused; and, of people, how many have a partner."""
    import pandas as pd

    links = matched.links.drop_duplicates(["source", "unit"])
    people_rows = links.groupby("source").size()
    alone = links.groupby("entity_id")["source"].transform("nunique") == 1
    partner = links[~alone].groupby("source").size()
    rows = []
    for held, source in ((raw.pos_customers, "pos"), (raw.cards, "finance")):
        n = len(held.frame) + len(held.refused)
        kept = int((matched.links["source"] == source).sum())
        rows.append((source, held.name, held.sheet, n, kept, n - kept, people_rows[source], partner.get(source, 0)))
    owner = {"pos_sales": "pos", "web_sales": "web", "finance_sales": "finance", "finance_receipts": "finance",
             "chat": "whatsapp", "staff": "hr"}  # fmt: skip
    for name, part in parts.items():
        source = owner[name]
        lists = name in ("web_sales", "chat", "staff")
        found = (people_rows.get(source, 0), partner.get(source, 0)) if lists else (None, None)
        rows.append((source, part.file, part.sheet, part.rows_in, part.rows_kept, len(part.refused), *found))
    columns = ["source", "file", "sheet", "rows_in", "rows_kept", "rows_refused", "people", "matched"]
    out = pd.DataFrame(rows, columns=columns)
    return out.astype({"people": "Int64", "matched": "Int64"})
