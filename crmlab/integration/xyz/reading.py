"""The five sources as they stand: nothing is understood yet, every row knows its number."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError

if TYPE_CHECKING:
    import pandas as pd

    from ...ingest.ingested import Ingested
    from ...ingest.raw import RawTable

__all__ = ["FILES", "SHEETS", "SHOP", "Raw", "read"]

FILES = ("pos.csv", "pos_pelanggan.csv", "web.csv", "finance.xlsx", "wa_export.txt", "hr.csv")
SHEETS = ("Pelanggan", "Faktur", "Transfer")
SHOP = "Admin XYZ"
"""The name under which the shop writes in its WhatsApp group."""

_HEADER_ROW = 4


@dataclass(frozen=True, eq=False)
class Raw:
    """The tables of the five sources as they stood.

    Parameters
    ----------
    pos, pos_customers, web, cards, invoices, transfers, staff : RawTable
    chat : Ingested
    cells : dict
        By sheet of the finance book: column -> letter.
    reference : Retail
        The star layer from which the master tables (calendar, cities, stores, products, channels) are taken: no source
        holds these.
    """

    pos: RawTable
    pos_customers: RawTable
    web: RawTable
    cards: RawTable
    invoices: RawTable
    transfers: RawTable
    staff: RawTable
    chat: Ingested
    cells: dict[str, dict[str, str]]
    reference: Any

    def master(self, name: str) -> pd.DataFrame:
        """A master table of PT XYZ, as ``dim_product``."""
        return self.reference.tables[name]

    @property
    def hash(self) -> str:
        """SHA-256 over the hashes of the files."""
        import hashlib

        hashes = [t.hash for t in (self.pos, self.pos_customers, self.web, self.cards, self.staff)]
        return hashlib.sha256("".join([*hashes, self.chat.source.hash]).encode()).hexdigest()


def read(source: Any, *, reference: Any = None) -> Raw:
    """Open the five sources of PT XYZ.

    Parameters
    ----------
    source : Retail or path
        The data set, or a folder with the six files of :data:`FILES`.
    reference : Retail, optional
        Whose master tables to use; by default those of the data set, or of size S for a folder.

    Returns
    -------
    Raw
    """
    from ...datasets import load_retail
    from ...ingest import read_whatsapp
    from ...ingest.raw import Limits
    from ...ingest.sources import open_source
    from ...schema import SALES
    from ..feeds import letters

    if isinstance(source, str | os.PathLike):
        folder = Path(source)
        missing = [f for f in FILES if not (folder / f).is_file()]
        if missing:
            raise UserError("integration.no_file", found=missing, wanted=FILES, folder=folder.name)
        paths = {f: folder / f for f in FILES}
        known = reference or load_retail("S")
    else:
        shop = load_retail(source.size, layer="raw")
        paths = {f: shop.path(f.rsplit(".", 1)[0]) for f in FILES}
        known = reference or load_retail(source.size)

    def opened(file: str, **how: Any) -> RawTable:
        return open_source(paths[file], SALES, **{"header_row": 1, **how}, limits=Limits())

    book = paths["finance.xlsx"]
    cards, invoices, transfers = (opened("finance.xlsx", sheet=s, header_row=_HEADER_ROW) for s in SHEETS)
    return Raw(
        opened("pos.csv", separator=";"),
        opened("pos_pelanggan.csv", separator=";"),
        opened("web.csv", separator=","),
        cards,
        invoices,
        transfers,
        opened("hr.csv", separator=";"),
        read_whatsapp(paths["wa_export.txt"], date_order="day", me=SHOP),
        {s: letters(book, s, _HEADER_ROW) for s in SHEETS},
        known,
    )
