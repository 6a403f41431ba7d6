"""Headers: which row holds them, and which canonical column each one names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..schema import Table

__all__ = ["Synonyms", "find_header", "key_of", "synonyms"]

_DEEPEST_HEADER = 30
_NUMBER = re.compile(r"^[-+(]?\s*(rp\.?|idr|[$£€])?\s*\d[\d.,' ]*(e[-+]?\d+)?\s*(%|,-|rb|jt|juta)?\)?$", re.IGNORECASE)
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ t].*)?$", re.IGNORECASE)


def key_of(header: Any) -> str:
    """A header as the synonyms write it: lower case, words joined by ``_``, without a unit in brackets.

    Examples
    --------
    >>> [key_of(h) for h in ("InvoiceNo", "CustomerID", "Harga Satuan (Rp)", "TGL.", "No. Faktur", "order-date")]
    ['invoice_no', 'customer_id', 'harga_satuan', 'tgl', 'no_faktur', 'order_date']
    """
    text = re.sub(r"[(\[].*?[)\]]", " ", str(header))
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", text)
    text = re.sub(r"[^0-9a-z]+", "_", text.lower()).strip("_")
    return re.sub(r"_(rp|idr|rupiah)$", "", text)


class Synonyms:
    """The headers that one table contract knows; see ``synonyms.toml``.

    Examples
    --------
    >>> known = synonyms("sales")
    >>> known.meaning("tgl"), known.meaning("pelanggan"), known.meaning("jumlah"), known.meaning("cuaca")
    (('strong', ('ordered_at',)), ('weak', ('customer_id',)), ('unclear', ('quantity', 'amount')), None)
    """

    def __init__(self, table: str) -> None:
        text = resources.files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8")
        section = tomllib.loads(text).get(table, {})
        self._meaning: dict[str, tuple[str, tuple[str, ...]]] = {}
        for strength in ("weak", "strong"):
            for canonical, headers in section.get(strength, {}).items():
                for header in headers:
                    self._meaning[header] = (strength, (canonical,))
        for header, choices in section.get("unclear", {}).items():
            self._meaning[header] = ("unclear", tuple(choices))
        self.headers = tuple(self._meaning)

    def meaning(self, key: str) -> tuple[str, tuple[str, ...]] | None:
        """How strongly a header (as :func:`key_of` writes it) names which canonical columns."""
        return self._meaning.get(key)


@cache
def synonyms(table: str) -> Synonyms:
    """The synonyms for the contract called ``table``."""
    return Synonyms(table)


def _looks_like_name(cell: Any) -> bool:
    if not isinstance(cell, str) or not cell.strip():
        return False
    text = cell.strip()
    return not _NUMBER.match(text) and not _DATE.match(text) and len(text) < 80


def _is_year(cell: Any) -> bool:
    return isinstance(cell, int | float) and 1900 <= cell <= 2100


def find_header(rows: Sequence[Sequence[Any]], contract: Table) -> tuple[int | None, int]:
    """The position of the header among the first rows, and how many of its cells the synonyms know.

    The row with most known headers wins, if it has two or more; else the first row of at least two texts and nothing
    but texts that is about as wide as the table. Titles above the header are narrower.

    Examples
    --------
    >>> from crmlab.schema import SALES
    >>> find_header([["Laporan Penjualan", "", ""], ["Tanggal", "Nota", "Total"], ["1/2/2020", "A1", "5000"]], SALES)
    (1, 3)
    """
    known = synonyms(contract.name)
    canonical = set(contract.names)
    best, most, first = None, 0, None
    widths = [sum(_filled(c) for c in row) for row in rows]
    usual = sorted(w for w in widths if w)[len([w for w in widths if w]) // 2] if any(widths) else 0
    for at, row in enumerate(rows[:_DEEPEST_HEADER]):
        cells = [c for c in row if _filled(c)]
        if not cells:
            continue
        keys = {key_of(c) for c in cells if isinstance(c, str)}
        hits = sum(1 for k in keys if k in canonical or known.meaning(k))
        # a sale by "WhatsApp" in a "Toko" knows two headers as well, but has a date and an amount
        if hits <= len(cells) / 2 and any(not isinstance(c, str) and not _is_year(c) for c in cells):
            continue
        if hits > most and all(
            _looks_like_name(c) or isinstance(c, str) and key_of(c) in canonical for c in cells if isinstance(c, str)
        ):
            best, most = at, hits
        if first is None and all(_looks_like_name(c) for c in cells) and len(cells) >= max(1, 0.5 * usual):
            first = at
    if most >= 2 or (most == 1 and best == first):
        return best, most
    return first, 0


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
