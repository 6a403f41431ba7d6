"""One table under examination: its profile, its duplicates, its gaps, and what its reader takes home."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError
from .masked import Veil

if TYPE_CHECKING:
    import pandas as pd

    from ..duplicates import Found, Merged, ReviewQueue
    from ..ingest import Ingested
    from ..quality import Profile, RuleSet
    from ..results import Result

__all__ = ["Examination"]

AT_ONCE = 20_000  # people that are compared before a reader misses them
_STANDARD = {"name": "name", "phone": "phone", "email": "email", "province": "province", "postal_code": "postal_code"}
_RISKY = r"^\s*[=+\-@]|[\x00-\x08\x09\x0a-\x1f]"  # what sheets.cell may change
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
    private : collection of str, optional
        Columns to be masked whose names tell nobody that they are personal.
    """

    def __init__(self, ingested: Ingested, contract: str, as_of: Any = None, private: Collection[str] = ()) -> None:
        self.ingested, self.contract = ingested, contract
        self.veil = Veil(ingested, private)
        self.own_rules: RuleSet | None = None
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
        """The profile under the rules in use."""
        from .. import quality

        return quality.profile(self.table, self.rules, as_of=self.as_of)

    @property
    def rules(self) -> RuleSet:
        """The reader's own rules, or those of the contract."""
        from .. import quality

        return self.own_rules or quality.rules(self.contract)

    def rule_by(self, rules: RuleSet | None) -> None:
        """Measure by other rules, by those of the contract with ``None``; rules that can't be used change nothing."""
        before, profile = self.own_rules, self.__dict__.get("profile")
        self.own_rules = rules
        self._forget("profile")
        try:
            _ = self.profile
        except Exception:
            self.own_rules = before
            if profile is not None:
                self.__dict__["profile"] = profile
            raise

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

    @property
    def pending(self) -> bool:
        """Whether comparing people will take long enough to show the rest first."""
        return self.searchable and "_searched" not in self.__dict__ and len(self.table) > AT_ONCE

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

    @cached_property
    def _places(self) -> dict[Any, int]:
        return {key: at for at, key in enumerate(self.table["customer_id"].tolist())}

    def place(self, key: Any) -> int:
        """A key's row of the table, by which a page calls it: the key itself may be somebody's phone number."""
        return self._places[key]

    def key(self, place: Any) -> Any:
        """The key of a row of the table."""
        at = int(place)
        if not 0 <= at < len(self.table):
            raise UserError("clinic.no_such_row", found=str(place))
        return self.table["customer_id"].iloc[at]

    def written(self, key: Any, field: str) -> Any:
        """What stands in a field, as its source writes it."""
        return self.table[field].iloc[self._places[key]] if field in self.table else None

    def draw_the_line(self, threshold: float, review: float) -> None:
        """Count as one person from one probability on, and review from another."""
        self.threshold = min(max(threshold, 0.5), 0.999)
        self.review = min(max(review, 0.01), self.threshold)
        self._forget("found")

    def decide(self, left: Any, right: Any, verdict: str | None) -> None:
        """Keep, or take back, what the reader says of the pair of two rows."""
        left, right = self.key(left), self.key(right)
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
                    archive.writestr(f"{name}.toml", self.rules.to_toml())
                    continue
                frame = tables[key]
                archive.writestr(f"{name}.csv", _as_csv(self.veil.over(frame) if masked else frame))
        return labels.text("clinic.archive", lang), out.getvalue()


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

    safe = frame.copy()
    for column in safe.columns:
        values = safe[column]
        if getattr(values.dtype, "tz", None) is not None:
            safe[column] = values.dt.tz_localize(None)
        elif values.dtype == object or values.dtype.kind not in "iufbM":
            texts = values.astype("str")
            risky = texts.str.contains(_RISKY, regex=True).fillna(False).to_numpy(dtype=bool)  # few are: only those
            if risky.any():
                safe[column] = values.astype(object)
                safe.loc[risky, column] = [cell(v) for v in values[risky]]
    safe.columns = [cell(str(c)) for c in frame.columns]
    return b"\xef\xbb\xbf" + safe.to_csv(index=False).encode()
