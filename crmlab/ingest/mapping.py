"""From the headers of a source to canonical columns: what is clear is matched, what could mean two things is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import UserError, suggest
from .headers import key_of, synonyms
from .questions import STANDS_FOR, Question
from .units import header_currency

if TYPE_CHECKING:
    import pandas as pd

    from ..schema import Table

__all__ = ["Match", "Plan", "match_columns"]

_BY_ELIMINATION = ({"quantity", "amount"}, {"customer", "product"})
_MISSING = {
    ("sales", "order_id"): "ingest.missing_order",
    ("sales", "customer_id"): "ingest.missing_customer",
    ("survey", "customer_id"): "ingest.missing_customer",
    ("customers", "customer_id"): "ingest.missing_customer_key",
}
_CONFIDENCE = {"given": 1.0, "name": 1.0, "strong": 0.95, "elimination": 0.8, "weak": 0.7}


@dataclass(frozen=True)
class Match:
    """Which canonical column a source column was taken for, how, and how sure that is (0 to 1)."""

    source: str
    canonical: str
    how: str

    @property
    def confidence(self) -> float:
        """How sure the match is, 0 to 1."""
        return _CONFIDENCE[self.how]


@dataclass
class Plan:
    """The matches, what must be asked, and which column also could have been which."""

    matches: list[Match] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)

    @property
    def by_source(self) -> dict[str, str]:
        """Source column -> canonical column."""
        return {m.source: m.canonical for m in self.matches}

    @property
    def by_canonical(self) -> dict[str, str]:
        """Canonical column -> source column."""
        return {m.canonical: m.source for m in self.matches}


def _given(
    columns: Mapping[str, str | None], headers: list[str], contract: Table, table: str
) -> tuple[list[Match], set[str]]:
    """The person's own matches, checked; and the columns to leave as they are."""
    if not isinstance(columns, Mapping):
        raise UserError("ingest.columns_no_mapping", table=table, found=type(columns).__name__)
    by_key: dict[str, list[str]] = {}
    for header in headers:
        by_key.setdefault(key_of(header), []).append(header)
    matches, left = [], set()
    for source, canonical in columns.items():
        if source in STANDS_FOR[contract.name] and canonical == STANDS_FOR[contract.name][source]:
            matches.append(Match(source, canonical, "given"))
            continue
        found = source if source in headers else None
        if found is None and len(by_key.get(key_of(source), [])) == 1:
            found = by_key[key_of(source)][0]
        if found is None:
            if source in contract.names and canonical in headers:
                raise UserError(
                    "ingest.columns_reversed",
                    table=table,
                    found=f"{{{source!r}: {canonical!r}}}",
                    wanted=f"{{{canonical!r}: {source!r}}}",
                )
            raise UserError("ingest.unknown_source_column", table=table, found=source, near=suggest(source, headers))
        if canonical is None:
            left.add(found)
        elif canonical not in contract.names:
            raise UserError(
                "ingest.unknown_canonical",
                table=table,
                found=canonical,
                near=suggest(canonical, contract.names),
                names=contract.names,
            )
        else:
            matches.append(Match(found, canonical, "given"))
    for canonical in {m.canonical for m in matches}:
        sources = [m.source for m in matches if m.canonical == canonical]
        if len(sources) > 1:
            raise UserError("ingest.column_given_twice", table=table, found=tuple(sources), column=canonical)
    return matches, left


def match_columns(frame: pd.DataFrame, contract: Table, columns: Mapping[str, str | None] | None, table: str) -> Plan:
    """Match the columns of ``frame`` with those of ``contract``.

    Examples
    --------
    >>> import pandas as pd
    >>> from crmlab.schema import SALES
    >>> frame = pd.DataFrame(columns=["Tgl", "No Faktur", "Pelanggan", "Total", "Jumlah"])
    >>> match_columns(frame, SALES, None, "a.csv").by_source["Jumlah"]
    'quantity'
    """
    headers = [str(c) for c in frame.columns]
    plan = Plan()
    plan.matches, left = _given(columns or {}, headers, contract, table)
    known = synonyms(contract.name)
    taken = {m.canonical for m in plan.matches}
    free = [h for h in headers if h not in left and h not in {m.source for m in plan.matches}]
    meanings = {h: ("name", (key_of(h),)) if key_of(h) in contract.names else known.meaning(key_of(h)) for h in free}
    for how in ("name", "strong", "weak"):
        claims: dict[str, list[str]] = {}
        for header in free:
            meaning = meanings[header]
            if meaning and meaning[0] == how and meaning[1][0] not in taken:
                claims.setdefault(meaning[1][0], []).append(header)
        for canonical, sources in claims.items():
            if len(sources) > 1 and (
                contract[canonical].required or contract[canonical].kind in ("amount", "quantity")
            ):
                plan.questions.append(Question("source_of", canonical, tuple(sources), _samples(frame, sources)))
                plan.errors.append(
                    UserError("ingest.which_column", table=table, wanted=canonical, near=sources, column=canonical)
                )
            else:
                plan.matches.append(Match(sources[0], canonical, how))
                plan.others.update({canonical: sources[1:]} if sources[1:] else {})
            taken.add(canonical)
    _unclear(plan, frame, meanings, taken, table)
    _missing(plan, frame, contract, taken, left, table)
    return plan


def _unclear(
    plan: Plan,
    frame: pd.DataFrame,
    meanings: Mapping[str, tuple[str, tuple[str, ...]] | None],
    taken: set[str],
    table: str,
) -> None:
    """Headers such as ``jumlah``: settled where only one meaning is left, else asked."""
    for header, meaning in meanings.items():
        if not meaning or meaning[0] != "unclear" or not any(set(meaning[1]) == pair for pair in _BY_ELIMINATION):
            continue
        open_ = [c for c in meaning[1] if c not in taken]
        if "amount" in open_ and header_currency(header):  # "Jumlah (Rp)"
            plan.matches.append(Match(header, "amount", "strong"))
            taken.add("amount")
            continue
        if len(open_) == 1:
            plan.matches.append(Match(header, open_[0], "elimination"))
            taken.add(open_[0])
        elif len(open_) > 1 and "amount" in open_:
            plan.questions.append(Question("meaning_of", header, tuple(open_), _samples(frame, [header])))
            plan.errors.append(
                UserError("ingest.unclear_column", table=table, found=header, wanted=tuple(open_), column=header)
            )
            taken.update(open_)
        # a "nama" that may be the customer's or the product's is kept as it stands: nothing depends on it


def _missing(plan: Plan, frame: pd.DataFrame, contract: Table, taken: set[str], left: set[str], table: str) -> None:
    """Ask for the required columns that nothing was matched with."""
    known = synonyms(contract.name)
    for canonical in contract.required:
        # "customer" is the canonical name of a person's name, but alone it mostly is what tells customers apart
        for match in plan.matches if canonical not in taken else ():
            if match.how == "name" and known.meaning(key_of(match.source)) == ("weak", (canonical,)):
                plan.matches[plan.matches.index(match)] = Match(match.source, canonical, "weak")
                taken.add(canonical)
                break
    used = {m.source for m in plan.matches}
    free = [c for c in frame.columns if c not in used and c not in left]
    for canonical in contract.required:
        if canonical in taken or (canonical == "amount" and {"quantity", "unit_price"} <= taken):
            continue
        candidates = _candidates(frame, free, contract, canonical)
        # names, phones and addresses tell customers apart too, if a person says so
        if canonical == "customer_id" and contract.name == "sales":
            telling = [plan.by_canonical[c] for c in ("customer", "phone", "email") if c in plan.by_canonical]
            candidates = telling + candidates
        if canonical == "amount" and "unit_price" in plan.by_canonical:
            candidates.insert(0, plan.by_canonical["unit_price"])  # a "harga" with no quantity may be the sale itself
        stand_in = [s for s, c in STANDS_FOR[contract.name].items() if c == canonical]
        plan.questions.append(Question("source_of", canonical, tuple(candidates + stand_in)))
        there = tuple(map(str, frame.columns[:30]))
        code = _MISSING.get((contract.name, canonical), "ingest.missing_column")
        plan.errors.append(
            UserError(code, table=table, wanted=canonical, found=there, near=candidates[:3], column=canonical)
        )


def _candidates(frame: pd.DataFrame, free: list[str], contract: Table, canonical: str) -> list[str]:
    """The free columns that could be ``canonical``, by what stands in them and by their names; the likeliest first."""
    import numpy as np

    from .dates import read_dates
    from .numerals import read_numbers

    known = synonyms(contract.name)
    kind = contract[canonical].kind
    words = [h for h in known.headers if canonical in (known.meaning(h) or ("", ()))[1]] + [canonical]
    scored = []
    for place, name in enumerate(free[:200]):
        cells = frame[name].dropna()
        cells = (cells if cells.dtype.kind in "iufbM" else cells[cells.astype("str").str.strip() != ""]).head(200)
        if not len(cells):
            continue
        meaning = known.meaning(key_of(name))
        if meaning and canonical not in meaning[1]:
            continue
        score = 2.0 if meaning and canonical in meaning[1] else 1.0 if suggest(key_of(name), words, n=1) else 0.0
        if kind in ("date", "datetime"):
            fits = float((~np.isnat(read_dates(cells, order="day").values)).mean())
            score += 2.0 if fits > 0.5 and cells.dtype.kind not in "iuf" else -2.0
        elif kind in ("amount", "quantity"):
            numbers = read_numbers(cells, decimal=",")
            share = float((numbers.values == numbers.values).mean())
            score += share if share > 0.8 else -1.0
        elif kind == "id":
            different = cells.nunique() / len(cells)
            score += 0.5 if different > 0.3 and cells.dtype.kind not in "fM" else 0.0
        if score > 0.4:
            scored.append((-score, place, name))
    return [name for _, _, name in sorted(scored)]


def _samples(frame: pd.DataFrame, names: list[str]) -> tuple[str, ...]:
    """The first value of each column, or the first three of a single one."""
    n = 3 if len(names) == 1 else 1
    return tuple(str(v) for name in names for v in frame[name].dropna().head(n) if str(v).strip())
