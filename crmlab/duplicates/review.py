"""The clerical review: a queue of doubtful pairs, and what persons decided, as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..privacy import mask
from ..results import Note, Result
from ..sheets import cell
from .finding import MASKS, Found

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ReviewQueue"]

_COLUMNS = ("left", "right", "verdict", "reason", "by", "at")
_VERDICTS = ("match", "no_match", "unsure")


class ReviewQueue:
    """Pairs for a person to look at, the least certain first.

    Parameters
    ----------
    found : Found
    decisions : pandas.DataFrame, optional
        Earlier decisions; the queue goes on where they end.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.duplicates import find
    >>> table = pd.DataFrame({"id": [1, 2], "nama": ["Siti Aminah", None], "hp": ["081234567890", "0812-3456-7890"]})
    >>> queue = ReviewQueue(find(table, key="id"))
    >>> [(pair["left"], pair["right"]) for pair in queue]
    [(1, 2)]
    >>> queue.decide(1, 2, "match", reason="asked her", by="ratna")
    >>> len(queue), queue.apply().entities["entity"].tolist()
    (0, [1, 1])
    """

    def __init__(self, found: Found, decisions: pd.DataFrame | None = None) -> None:
        import pandas as pd

        self._found = found
        if decisions is None:
            decisions = found.decisions
        if decisions is None:
            decisions = pd.DataFrame(columns=list(_COLUMNS), dtype="object")
        self._rows: dict[tuple[Any, Any], dict[str, Any]] = {}
        for row in decisions.to_dict("records"):
            said = {k: None if v is None or v != v or v is pd.NaT else v for k, v in row.items()}
            if said.get("verdict") is not None:
                more = {k: said.get(k) for k in ("reason", "by", "at")}
                self.decide(said["left"], said["right"], said["verdict"], **more)

    def _pair(self, left: Any, right: Any) -> tuple[Any, Any]:
        """Two keys as the table holds them, in the order of the table."""
        records = self._found.at_work().records
        a, b = records.row(left), records.row(right)
        if a == b:
            raise UserError("duplicates.same_key", found=left)
        return records.keys[min(a, b)], records.keys[max(a, b)]

    def decide(
        self, left: Any, right: Any, verdict: str, *, reason: str | None = None, by: str | None = None, at: Any = None
    ) -> None:
        """Keep a decision; a later one on the same pair takes its place.

        Parameters
        ----------
        left, right
            Keys, in any order.
        verdict : {"match", "no_match", "unsure"}
        reason, by : str, optional
        at : datetime, optional
            When. Who and when are kept only if they are given: nothing is taken from the machine.
        """
        if verdict not in _VERDICTS:
            raise UserError(
                "duplicates.unknown_verdict", wanted=_VERDICTS, found=verdict, near=suggest(str(verdict), _VERDICTS)
            )
        one, other = self._pair(left, right)
        row = {"left": one, "right": other, "verdict": verdict, "reason": reason, "by": by, "at": at}
        self._rows.pop((one, other), None)
        self._rows[one, other] = row

    def undecide(self, left: Any, right: Any) -> None:
        """Take a decision back."""
        self._rows.pop(self._pair(left, right), None)

    @property
    def decisions(self) -> pd.DataFrame:
        """All decisions, in the order in which they were made."""
        import pandas as pd

        return pd.DataFrame(list(self._rows.values()), columns=list(_COLUMNS)).astype({"verdict": "object"})

    @property
    def open(self) -> pd.DataFrame:
        """The pairs that wait, the least certain first: there a decision changes most."""
        import numpy as np

        pairs = self._found.table
        at = np.flatnonzero((pairs["verdict"] == "review").to_numpy())
        if self._rows:
            held = zip(pairs["left"].iloc[at], pairs["right"].iloc[at], strict=True)
            at = at[[pair not in self._rows for pair in held]] if len(at) else at
        waiting = pairs.iloc[at].assign(doubt=lambda t: 0.5 - (t["score"] - 0.5).abs())
        order = np.lexsort((np.arange(len(waiting)), -waiting["doubt"].to_numpy()))
        return waiting.iloc[order].reset_index(drop=True)

    def __len__(self) -> int:
        return len(self.open)

    def __iter__(self):
        return iter(self.open.to_dict("records"))

    def side_by_side(self, left: Any, right: Any, *, masked: bool = True) -> pd.DataFrame:
        """Two rows, field by field, with the level of likeness; masked unless asked otherwise."""
        import pandas as pd

        work = self._found.at_work()
        one, other = self._pair(left, right)
        rows = [work.records.row(one), work.records.row(other)]
        scored = work.score(*[[r] for r in rows])
        out = []
        for name, values in work.records.values.items():
            shown = [None if values.codes[r] < 0 else str(values.values[values.codes[r]]) for r in rows]
            kind = MASKS.get(name)
            if masked and kind:
                shown = [mask(v, kind) if v is not None else None for v in shown]
            level = work.scorer.level_name(name, int(scored.levels[name][0])) if name in scored.levels else None
            out.append({"field": name, "left": shown[0], "right": shown[1], "level": level})
        return pd.DataFrame(out)

    def apply(self) -> Found:
        """The search with these decisions, which stand above every score."""
        return self._found.decided(self.decisions)

    def report(self) -> Result:
        """How far the review is: a Result of kind ``duplicates.review``."""
        made = self.decisions
        counts = {v: int((made["verdict"] == v).sum()) for v in _VERDICTS}
        waiting = self.open
        facts = {"open": len(waiting), "decided": len(made), **counts}
        notes: tuple[Note, ...] = ()
        return Result("duplicates.review", waiting, self._found.params, facts, notes, self._found.source)

    # files ---------------------------------------------------------------------------------------------------------

    def to_frame(self, *, masked: bool = True) -> pd.DataFrame:
        """Decided and waiting pairs as one table, a line a pair, with both rows beside each other.

        The columns ``verdict``, ``reason``, ``by`` and ``at`` are for a person to fill; :meth:`filled` reads them back.
        """
        import pandas as pd

        records = self._found.at_work().records
        scores = {(p["left"], p["right"]): p["score"] for p in self._found.table.to_dict("records")}
        lines = list(self._rows.values())
        lines += [{"left": p["left"], "right": p["right"]} for p in self]
        out = []
        for line in lines:
            row = {c: line.get(c) for c in _COLUMNS} | {"score": scores.get((line["left"], line["right"]))}
            for name, values in records.values.items():
                for side in ("left", "right"):
                    code = values.codes[records.row(line[side])]
                    shown = None if code < 0 else str(values.values[code])
                    hide = masked and name in MASKS and shown is not None
                    row[f"{name}_{side}"] = mask(shown, MASKS[name]) if hide else shown
            out.append(row)
        shown = [f"{name}_{side}" for name in records.values for side in ("left", "right")]
        return pd.DataFrame(out, columns=["left", "right", "score", "verdict", "reason", "by", "at", *shown])

    def export(self, path: Any, *, masked: bool = True) -> Path:
        """Write the queue as CSV, XLSX or Parquet, for a person who reviews in a spreadsheet.

        Text that a spreadsheet would run as a formula gets an apostrophe in front.
        """
        path = Path(path)
        frame = self.to_frame(masked=masked)
        if path.suffix == ".parquet":
            frame.to_parquet(path, index=False)
        elif path.suffix in (".csv", ".xlsx"):
            safe = frame.map(cell)
            safe.to_csv(path, index=False) if path.suffix == ".csv" else safe.to_excel(path, index=False)
        else:
            raise UserError("duplicates.unknown_format", found=path.name)
        return path

    @classmethod
    def filled(cls, found: Found, told: Any) -> ReviewQueue:
        """The queue with the decisions of a table or of a file that :meth:`export` wrote and a person filled in.

        Parameters
        ----------
        found : Found
        told : pandas.DataFrame or path
        """
        import pandas as pd

        if not isinstance(told, pd.DataFrame):
            path = Path(told)
            readers = {".csv": pd.read_csv, ".xlsx": pd.read_excel, ".parquet": pd.read_parquet}
            if path.suffix not in readers:
                raise UserError("duplicates.unknown_format", found=path.name)
            told = readers[path.suffix](path)
        gone = [c for c in ("left", "right", "verdict") if c not in told]
        if gone:
            raise UserError("duplicates.no_column", wanted=list(_COLUMNS), found=gone[0], near=suggest(gone[0], told))
        told = told[told["verdict"].notna() & (told["verdict"].astype("str").str.strip() != "")]
        told = told.assign(verdict=told["verdict"].astype("str").str.strip().str.lower())
        return cls(found, told)
