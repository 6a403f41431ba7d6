"""Sources side by side: one zone for their times, one currency for their money, and what each one's codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..errors import UserError, suggest
from ..ingest.clock import zone_offset
from ..results import Note, Result, Source
from .feeds import Feed, trimmed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Sources"]


class Sources(Mapping):
    """Sources in the order of their priority: where two disagree and no rule says otherwise, the earlier one wins.

    Parameters
    ----------
    *feeds : Feed
    currency : str, optional
        What all money is brought to; needed where sources keep different currencies.
    rates : mapping of str to float, optional
        Price of one unit of a foreign currency in ``currency``. Two currencies are never added without.
    timezone : str, optional
        What times of day are brought to; needed where sources keep different zones.

    Examples
    --------
    >>> import pandas as pd
    >>> pos = Feed("pos", pd.DataFrame({"id": [1], "g": ["P"]}), "id", {"g": "gender"}, {"gender": {"P": "female"}})
    >>> fin = Feed("finance", pd.DataFrame({"id": [1], "g": ["P"]}), "id", {"g": "gender"}, {"gender": {"P": "male"}})
    >>> Sources(pos, fin).codes("gender").facts["clash_codes"]
    ('P',)
    """

    def __init__(
        self,
        *feeds: Feed,
        currency: str | None = None,
        rates: Mapping[str, float] | None = None,
        timezone: str | None = None,
    ) -> None:
        if not feeds:
            raise UserError("integration.no_sources")
        self._feeds = {f.name: f for f in feeds}
        if len(self._feeds) < len(feeds):
            names = [f.name for f in feeds]
            raise UserError("integration.source_twice", found=next(n for n in names if names.count(n) > 1))
        self.currency, self.rates, self.timezone = currency, dict(rates or {}), timezone
        self._tables: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> Feed:
        if name not in self._feeds:
            near = suggest(str(name), self._feeds)
            raise UserError("integration.unknown_source", found=name, wanted=list(self._feeds), near=near)
        return self._feeds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._feeds)

    def __len__(self) -> int:
        return len(self._feeds)

    @property
    def held(self) -> pd.DataFrame:
        """Which source holds which common column: what each one calls it."""
        import pandas as pd

        columns = dict.fromkeys(c for feed in self.values() for c in feed.held)
        rows = [{"column": c, **{n: f.column_of(c) if c in f.held else None for n, f in self.items()}} for c in columns]
        return pd.DataFrame(rows)

    @property
    def unmapped(self) -> pd.DataFrame:
        """Values that no code map and no standard form knows, of all sources."""
        import pandas as pd

        return pd.concat([f.unmapped for f in self.values()], ignore_index=True)

    @property
    def source(self) -> Source:
        """All sources as one footnote."""
        names = [f.file or f.name for f in self.values()]
        kept = sum(int(f.keys.notna().sum()) for f in self.values())
        return Source(" + ".join(names), "", kept, sum(len(f.table) for f in self.values()) - kept)

    def kind(self, column: str) -> str:
        """The kind of a common column; the first source that holds it says."""
        return next((f.kind(column) for f in self.values() if column in f.held), "text")

    def clean(self, name: str) -> pd.DataFrame:
        """A source's rows in their standard form, its times in the common zone, its money in the common currency."""
        if name not in self._tables:
            self._tables[name] = self._brought(self[name])
        return self._tables[name]

    def _brought(self, feed: Feed) -> pd.DataFrame:
        table = feed.clean
        times = [c for c in table if feed.kind(c) == "time"]
        if times and self._zone(times[0]) is not None:
            table = table.copy()
            for column in times:
                moved = table[column].dt.tz_localize(zone_offset(feed.timezone or ""), ambiguous="NaT")
                table[column] = moved.dt.tz_convert(zone_offset(self._zone(column) or "")).dt.tz_localize(None)
        money = [c for c in table if feed.kind(c) == "money"]
        for column in money:
            to = self.currency_of(column)
            if feed.currency and to and feed.currency != to:
                table = table.assign(**{column: (table[column] * self.rates[feed.currency]).round()})
        return table

    def _zone(self, column: str) -> str | None:
        """The zone that a column of times is brought to; ``None`` where no source names one."""
        having = [f for f in self.values() if any(f.kind(c) == "time" for c in f.held)]
        named = {f.timezone for f in having}
        if named == {None}:
            return None
        if None in named:
            missing = [f.name for f in having if f.timezone is None]
            raise UserError("integration.no_timezone", found=missing, column=column)
        if len(named) > 1 and self.timezone is None:
            found = [f"{f.name}: {f.timezone}" for f in having]
            raise UserError("integration.two_timezones", found=found, column=column)
        return self.timezone or next(iter(named))

    def currency_of(self, column: str) -> str | None:
        """The one currency of a column of money.

        Raises
        ------
        UserError
            ``integration.two_currencies``, ``integration.no_currency``: two currencies are not added.
        """
        having = [f for f in self.values() if column in f.held and f.kind(column) == "money"]
        named = {f.currency for f in having}
        if len(named) <= 1 and (self.currency is None or named <= {None, self.currency}):
            return self.currency or next(iter(named), None)
        found = [f"{f.name}: {f.currency or '?'}" for f in having]
        if None in named:
            raise UserError("integration.no_currency", found=found, column=column)
        lacking = named - {self.currency} - set(self.rates)
        if self.currency is None or lacking:
            raise UserError("integration.two_currencies", found=found, column=column)
        return self.currency

    def codes(self, column: str) -> Result:
        """What every code of a column means in each source, and what a merge without maps would have made of it.

        Parameters
        ----------
        column : str
            A common column with a map in every source that holds it.

        Returns
        -------
        Result
            Kind ``integration.codes``; ``table``: ``source``, ``code``, ``meaning``, ``rows``, ``clash``.
        """
        import pandas as pd

        rows = []
        for feed in self.values():
            if column not in feed.held:
                continue
            if column not in feed.codes:
                raise UserError("integration.no_code_map", table=feed.file or feed.name, column=column)
            written = trimmed(feed.table[feed.column_of(column)]).str.upper()
            known = {str(code).strip().upper(): means for code, means in feed.codes[column].items()}
            counts = written.value_counts()
            for code in sorted({*known, *counts.index}):
                rows.append((feed.name, code, known.get(code), int(counts.get(code, 0))))
            rows.append((feed.name, None, None, int(written.isna().sum())))
        if not rows:
            raise UserError("integration.unknown_field", found=column, wanted=list(self.held["column"]))
        table = pd.DataFrame(rows, columns=["source", "code", "meaning", "rows"])
        table = table[(table["rows"] > 0) | table["code"].notna()].reset_index(drop=True)
        met = table[table["meaning"].notna()].groupby("code")["meaning"].nunique()
        clashes = tuple(sorted(met[met > 1].index))
        table["clash"] = table["code"].isin(clashes)
        stray = table["meaning"].isna() & table["code"].notna()
        facts = {
            "column": column,
            "rows": int(table["rows"].sum()),
            "sources": table["source"].nunique(),
            "codes": int(table["code"].nunique()),
            "meanings": int(table["meaning"].nunique()),
            "clashes": len(clashes),
            "clash_codes": clashes,
            "clash_rows": int(table.loc[table["clash"], "rows"].sum()),
            "unmapped_rows": int(table.loc[stray, "rows"].sum()),
            "missing_rows": int(table.loc[table["code"].isna(), "rows"].sum()),
        }
        notes = []
        if clashes:
            notes.append(Note("integration.note.clash", {"codes": clashes, "n": facts["clash_rows"]}))
        if facts["unmapped_rows"]:
            codes = tuple(table.loc[stray, "code"])
            notes.append(Note("integration.note.unmapped", {"codes": codes, "n": facts["unmapped_rows"]}))
        return Result("integration.codes", table, {"column": column}, facts, tuple(notes), self.source)

    def __repr__(self) -> str:
        return f"<Sources {', '.join(f'{n}: {len(f.table)}' for n, f in self.items())}>"
