"""The finance book, ``finance.xlsx``: cards of customers, invoices of corporate accounts, transfers of consumers.

It has a title above the header, which stands in row 4, and a sum below; gender is P (pria) or W (wanita); money is
text; a phone may have become a number and lost its zero; one cell holds all items of an invoice.
"""

import datetime as dt

import numpy as np

from crmlab.datasets.retail import aftersales, planted, sources, workbook, written
from crmlab.errors import InternalError

SHEETS = {"finance_pelanggan": "Pelanggan", "finance_faktur": "Faktur", "finance_transfer": "Transfer"}
HEADER_ROW = 4
_CARD = (
    *("Kode", "Nama", "P/W", "Tgl Lahir", "No. HP", "Kota", "Bidang Usaha", "Jml Karyawan", "Termin (hari)"),
    "Plafon Kredit",
)
_INVOICE = (
    *("No. Faktur", "Tanggal", "Kode", "Nama Pelanggan", "Sales", "Rincian", "Bruto", "Diskon", "Nilai Faktur"),
    *("Jatuh Tempo", "Tgl Bayar", "Status"),
)
_TRANSFER = ("Tanggal", "Kode", "Nama Pengirim", "No. Struk", "Jumlah")
_INDUSTRIES = ("Perhotelan", "Restoran", "Perkantoran", "Pendidikan", "Kesehatan", "Ritel", "Properti")
_NO_PHONE, _PHONE_AS_NUMBER = 0.05, 0.10


def write(world, path):
    """Write the workbook.

    Returns
    -------
    dict of str to int
        Rows below the header, by sheet.
    """
    cards, invoices, transfers = _cards(world), _invoices(world), _transfers(world)
    sheets = {}
    for name, title, header, rows in (
        ("Pelanggan", "Kartu Pelanggan", _CARD, cards),
        ("Faktur", "Daftar Faktur Penjualan", _INVOICE, invoices),
        ("Transfer", "Penerimaan Transfer Bank", _TRANSFER, transfers),
    ):
        last = chr(ord("A") + len(header) - 1)
        top = (("PT XYZ",), (title,), ("Per 31 Desember 2020",), header)
        if len(top) + len(rows) > workbook.MOST_ROWS:
            raise InternalError(f"Sheet {name} of the finance book has more rows than Excel can open.")
        sheets[name] = ([*top, *rows], (f"A1:{last}1", f"A2:{last}2"))
    workbook.write(path, sheets)
    return {key: len(sheets[name][0]) - HEADER_ROW for key, name in SHEETS.items()}


def _shout(world, who):
    """Write names as the book does: in capitals, a title before a person, the form behind a company."""
    people = world.people
    if who >= people.n_consumers:
        form, name = people.names[who].split(" ", 1)
        return f"{name}, {form}".upper()
    title = "" if who % 5 == 0 else ("IBU " if people.female[who] else "BPK. ")
    return title + people.names[who].upper()


def _cards(world):
    people, held = world.people, world.sources.finance
    draws = world.draws("raw.finance.cards")
    luck = draws.uniform(len(held))
    consumer = held < people.n_consumers
    born = written.in_words(people.born[np.where(consumer, held, 0)])
    rows = []
    for k, who in enumerate(held.tolist()):
        digits = f"8000{people.phone[who]:07}"
        phone = f"0{digits[:4]}-{digits[4:7]}-{digits[7:]}"
        if luck[k] < _NO_PHONE:
            phone = "-"
        elif luck[k] < _NO_PHONE + _PHONE_AS_NUMBER:
            phone = int(digits)
        head = (sources.card(k), _shout(world, who))
        city = world.places.city[people.city[who]]
        if consumer[k]:
            gender = ("W" if people.female[who] else "P") if people.gender_known[who] else None
            rows.append((*head, gender, born[k], phone, city, None, None, None, None))
        else:
            at = who - people.n_consumers
            limit = written.rupiah(people.credit_limit[at : at + 1])[0]
            facts = (_INDUSTRIES[people.industry[at]], int(people.employees[at]), int(people.term_days[at]), limit)
            rows.append((*head, None, None, phone, city, *facts))
    return rows


def _invoices(world):
    orders, lines, sums, paid = world.orders, world.lines, world.totals, world.payments
    field = np.flatnonzero(orders.channel == planted.FIELD_SALES)
    starts, ends = np.searchsorted(lines.order, field), np.searchsorted(lines.order, field, side="right")
    at = np.searchsorted(paid["order"], field)
    due, late, defaulted = paid["due"][at], paid["late_days"][at], paid["defaulted"][at]
    paid_on = written.dashed(due + late)
    # what a customer pays after the book was closed is still open in it
    open_ = due + late >= planted.N_DAYS
    item = [
        f"SKU{product + 1:04} x {pieces} @ {price}"
        for product, pieces, price in zip(
            lines.product.tolist(), lines.quantity.tolist(), written.points(lines.unit_price), strict=True
        )
    ]
    first = planted.FIRST_DAY.toordinal()
    columns = zip(
        field.tolist(),
        starts.tolist(),
        ends.tolist(),
        written.rupiah(sums["gross"][field]),
        written.rupiah(sums["discount"][field]),
        written.rupiah(sums["total"][field]),
        due.tolist(),
        paid_on,
        open_.tolist(),
        defaulted.tolist(),
        strict=True,
    )
    rows = []
    for order, start, end, gross, discount, total, due_on, when, still_open, bad in columns:
        who = int(orders.customer[order])
        rep = world.staff.name[world.account_rep[who - world.people.n_consumers]]
        rows.append(
            (
                f"INV/{orders.ids[order]:08}",
                dt.date.fromordinal(first + int(orders.day[order])),
                sources.card(world.sources.card_of[who]),
                _shout(world, who),
                rep,
                "; ".join(item[start:end]),
                gross,
                discount,
                total,
                dt.date.fromordinal(first + due_on),
                "-" if bad or still_open else when,
                "MACET" if bad else "BELUM LUNAS" if still_open else "LUNAS",
            )
        )
    rows.append((None, None, None, "JUMLAH", *[None] * 4, written.rupiah(sums["total"][field].sum(keepdims=True))[0]))
    return rows


def _transfers(world):
    orders, sums = world.orders, world.totals
    transfer = world.methods == aftersales.METHODS.index("bank_transfer")
    held = np.isin(orders.customer, world.sources.finance)
    kept = np.flatnonzero(transfer & held & (orders.channel == planted.WHATSAPP) & ~orders.cancelled)
    first = planted.FIRST_DAY.toordinal()
    rows = [
        (
            dt.date.fromordinal(first + int(orders.day[k])),
            sources.card(world.sources.card_of[int(orders.customer[k])]),
            world.people.names[orders.customer[k]].upper(),
            f"TRX{orders.ids[k]:08}",
            amount,
        )
        for k, amount in zip(kept.tolist(), written.rupiah(sums["total"][kept]), strict=True)
    ]
    rows.append((None, None, "JUMLAH", None, written.rupiah(sums["total"][kept].sum(keepdims=True))[0]))
    return rows
