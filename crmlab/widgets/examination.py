"""One table under examination: its profile, its duplicates, its gaps, and what its reader takes home."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels

if TYPE_CHECKING:
    import pandas as pd

    from ..duplicates import Found, Merged, ReviewQueue
    from ..ingest import Ingested
    from ..quality import Profile
    from ..results import Result

__all__ = ["Examination"]

_STANDARD = {"name": "name", "phone": "phone", "email": "email", "province": "province", "postal_code": "postal_code"}
_IDENTIFYING = {"name", "phone", "email", "born_on", "national_id"}


class Examination:
    """What is worked out about one table, each part when it is first asked for.

    Parameters
    ----------
    ingested : Ingested
    contract : str
        What it was read as.
    as_of : datetime.date, optional
        Until when timeliness is counted; the latest date in the table by default.
    """

    def __init__(self, ingested: Ingested, contract: str, as_of: Any = None) -> None:
        self.ingested, self.contract = ingested, contract
        self.as_of = as_of or _latest(ingested.table)
        self.codes: str | None = None
        self.threshold, self.review = 0.95, 0.5
        self._decisions: Any = None

    # -- codes --------------------------------------------------------------------------------------------------------

    @cached_property
    def code_maps(self) -> dict[str, Mapping[str, str]]:
        """The maps that fit the codes of gender in this table, when it has such codes."""
        column = self.ingested.table.get("gender")
        if column is None:
            return {}
        from ..ingest.standardise.coding import code_maps

        found = {str(v).strip().casefold() for v in column.dropna().unique()}
        if not found or found <= {"male", "female"}:
            return {}
        known = code_maps("gender")
        fitting = {}
        for name, codes in known.items():
            meanings = {code: codes.meaning(code) for code in sorted(column.dropna().astype("str").unique())}
            if all(meanings.values()) and meanings not in fitting.values():  # two systems may write alike
                fitting[name] = meanings
        return fitting

    def read_codes(self, source: str | None) -> None:
        """Read the codes of gender as those of a source; ``None`` takes it back."""
        self.codes = source if source in self.code_maps else None
        self._forget("table", "profile", "gaps", "found", "_searched")

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows in use, the codes in words where their system is known."""
        table = self.ingested.table
        if self.codes is None:
            return table
        from ..ingest.standardise import codes

        return table.assign(gender=codes(table["gender"], field="gender", source=self.codes).values)

    # -- quality ------------------------------------------------------------------------------------------------------

    @cached_property
    def profile(self) -> Profile:
        """The profile under the rules of the contract."""
        from .. import quality

        return quality.profile(self.table, quality.rules(self.contract), as_of=self.as_of)

    def source_row(self, row: int) -> int:
        """Where the row-th row of the table stands in the source."""
        return int(self.ingested.places[row - 1])

    @cached_property
    def gaps(self) -> Result:
        """Which questions of CRM the table can answer."""
        from .. import quality

        return quality.required_data({self.contract: self.table})

    # -- duplicates ---------------------------------------------------------------------------------------------------

    @property
    def searchable(self) -> bool:
        """Whether it is a list of people that can be compared."""
        return self.contract == "customers" and bool(_IDENTIFYING & set(self.table.columns))

    @cached_property
    def _searched(self) -> Found:
        from ..duplicates import find

        fields = {c: c for c in (*_IDENTIFYING, "address", "city", "gender", "postal_code") if c in self.table}
        return find(self.table, key="customer_id", fields=fields)

    @cached_property
    def found(self) -> Found:
        """The pairs under the reader's thresholds, with the reader's decisions."""
        found = self._searched.at(self.threshold, self.review)
        return found if self._decisions is None else found.decided(self._decisions)

    @property
    def queue(self) -> ReviewQueue:
        """The pairs that wait."""
        from ..duplicates import ReviewQueue

        return ReviewQueue(self.found)

    def draw_the_line(self, threshold: float, review: float) -> None:
        """Count as one person from one probability on, and review from another."""
        self.threshold = min(max(threshold, 0.5), 0.999)
        self.review = min(max(review, 0.01), self.threshold)
        self._forget("found")

    def decide(self, left: str, right: str, verdict: str | None) -> None:
        """Keep, or take back, what the reader says of a pair."""
        queue = self.queue
        if verdict is None:
            queue.undecide(left, right)
        else:
            queue.decide(left, right, verdict)
        self._decisions = queue.decisions
        self._forget("found")

    @property
    def merged(self) -> Merged:
        """One row a person."""
        from ..duplicates import merge

        return merge(self.table, self.found)

    # -- discharge ----------------------------------------------------------------------------------------------------

    def contents(self, lang: str) -> list[tuple[str, str, int]]:
        """What the reader takes home: key, what it is in words, rows."""
        rows = len(self.table)
        people = self.found.facts["entities"] if self.searchable else rows
        made = 0 if self._decisions is None else len(self._decisions)
        doubles = rows - people
        counts = [
            ("clean", "clean" if self.searchable else "clean_plain", people),
            ("refused", "refused", len(self.ingested.quarantine)),
        ]
        if self.searchable:
            members = doubles + self.found.facts["merged_entities"]
            counts += [("merged", "merged", members), ("lineage", "lineage", 0), ("changes", "changes", 0)]
            counts += [("decisions", "decisions", made)]
        counts += [("quality", "quality", len(self.profile.table)), ("rules", "rules", 0)]
        return [(key, labels.text(f"clinic.file_{about}_about", lang, n=n), n) for key, about, n in counts]

    def discharge(self, lang: str, masked: bool) -> tuple[str, bytes]:
        """Everything as one ZIP file.

        Parameters
        ----------
        lang : {"id", "en"}
        masked : bool
            Hide what tells who somebody is.
        """

        tables: dict[str, pd.DataFrame] = {}
        if self.searchable:
            from ..ingest.standardise import table as standardise

            merged = self.merged
            plan = {c: way for c, way in _STANDARD.items() if c in merged.table}
            done = standardise(merged.table, plan)
            keys = merged.log.sources.assign(
                source_row=[int(self.ingested.places[r]) for r in merged.log.rows.tolist()]
            )
            tables |= {
                "clean": done.table,
                "merged": keys.merge(merged.log.members[["entity", merged.log.key]], on=merged.log.key, how="left"),
                "lineage": merged.log.lineage,
                "changes": done.report.table,
                "decisions": self.queue.decisions,
            }
        else:
            tables["clean"] = self.table
        tables["refused"] = self.ingested.quarantine.assign(
            reason=[labels.text(f"ingest.reason.{r}", lang) for r in self.ingested.quarantine["reason"]]
        )
        tables["quality"] = self.profile.table.assign(
            dimension=[labels.text(f"quality.dimension.{d}", lang) for d in self.profile.table["dimension"]]
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, _, _ in self.contents(lang):
                name = labels.text(f"clinic.file_{key}", lang)
                if key == "rules":
                    from .. import quality

                    archive.writestr(f"{name}.toml", quality.rules(self.contract).to_toml())
                    continue
                frame = tables[key]
                archive.writestr(f"{name}.csv", _as_csv(self._masked(frame) if masked else frame))
        return labels.text("clinic.archive", lang), out.getvalue()

    def _masked(self, frame: pd.DataFrame) -> pd.DataFrame:
        from ..privacy import mask, personal_kind

        out = frame.copy()
        for column in out.columns:
            bare = str(column).removesuffix(" (2)")
            bare = self.ingested.columns.get(bare, bare)  # refused rows stand under the headers of their source
            values = out[column].dropna().head(200).astype("str").tolist()
            kind = _KINDS.get(bare) or ("name" if bare in self.ingested.personal else personal_kind(bare, values))
            if kind or bare in ("reason_value", "value"):
                out[column] = out[column].map(
                    lambda v, kind=kind: mask(str(v), kind or "text"), na_action="ignore"
                )  # a refused value may be anything
        return out


_KINDS = {
    "name": "name",
    "phone": "phone",
    "email": "email",
    "national_id": "nik",
    "address": "address",
    "born_on": "birth_date",
}


def _latest(table: pd.DataFrame) -> Any:
    """The latest date that says when something was done, but birth dates."""
    days = [
        table[c].max().date()
        for c in ("ordered_at", "answered_at", "updated_at", "registered_on")
        if c in table and table[c].notna().any()
    ]
    return max(days) if days else None


def _as_csv(frame: pd.DataFrame) -> bytes:
    """A frame as a CSV file that a spreadsheet opens without running anything."""
    from ..sheets import cell

    safe = frame.map(cell)
    safe.columns = [cell(str(c)) for c in frame.columns]
    return b"\xef\xbb\xbf" + safe.to_csv(index=False).encode()


def read_source(path: Path, contract: str) -> Ingested:
    """Read one of PT XYZ's raw files."""
    from .. import ingest

    return ingest.read(path, contract)
