"""The raw layer: what five systems of PT XYZ export, each with its habits.

The finance book, the online shops, WhatsApp and the personnel office have modules of their own. Here is the till (POS);
`crmlab.datasets.retail.pos` has the reference way back to clean tables. The POS knows the consumers, and the sales of
the stores and of WhatsApp. It writes dd/mm/yyyy, money as ``1.234.567``, gender as L (laki-laki) or P (perempuan),
separates by semicolons, and holds some customers twice. What stands on a receipt once stands in the export once: on its
first line.
"""

import hashlib

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.retail import finance, hr, planted, sources, web, whatsapp, written

CUSTOMER_HEADER = "KODE_PLG;NAMA;JK;TGL_LAHIR;NO_HP;EMAIL;ALAMAT;KOTA;TGL_DAFTAR;MEMBER"
SALES_HEADER = "NO_STRUK;TGL;JAM;KODE_PLG;SALURAN;KODE_TOKO;STATUS;ONGKIR;BARIS;SKU;QTY;HARGA;DISKON;JUMLAH"
_CHANNEL_CODE = {planted.STORE: "TOKO", planted.WHATSAPP: "WA"}
_STATUS_CODE = ("SELESAI", "BATAL", "RETUR")
_MARK = "\ufeff"  # before a file that was saved from Excel
_KINDS = tuple(planted.DUPLICATE_KINDS)


def write(world, folder, noted):
    """Write what the systems export, and note rows and hashes of every file."""
    folder.mkdir(parents=True, exist_ok=True)
    draws = world.draws("raw.pos")
    codes = prepare(world)

    def note(name, data, **facts):
        (folder / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        noted[f"raw/{name}"] = {**facts, "content": digest, "file": digest}

    for name, header, rows in (
        ("pos_pelanggan.csv", CUSTOMER_HEADER, _customer_rows(world, draws)),
        ("pos.csv", SALES_HEADER, _sales_rows(world, draws, codes)),
        ("hr.csv", _MARK + hr.HEADER, hr.rows(world)),
    ):
        note(name, ("\r\n".join([header, *rows]) + "\r\n").encode(), rows=len(rows))
    rows = web.rows(world)
    note("web.csv", ("\n".join([web.HEADER, *rows]) + "\n").encode(), rows=len(rows))
    chat = whatsapp.lines(world)
    note("wa_export.txt", ("\n".join(chat) + "\n").encode(), rows=len(chat))
    book = folder / "finance.xlsx"
    counts = finance.write(world, book)
    parts = {name: {"sheet": finance.SHEETS[name], "rows": count} for name, count in counts.items()}
    note(book.name, book.read_bytes(), rows=sum(counts.values()), parts=parts)


def prepare(world):
    """Choose who is in the POS twice, and how, and who is in the other sources; note it among the truths.

    Returns
    -------
    numpy.ndarray
        For each customer the position of his second entry, -1 where there is none.
    """
    world.sources = sources.Sources(world)
    draws = world.draws("raw.duplicates")
    people = world.people
    n = people.n_consumers
    alone = np.ones(n, dtype=bool)
    alone[people.sharing.ravel()] = False
    able = np.flatnonzero(alone & ~people.fake)
    count = round(planted.DUPLICATES * n)
    doubled = np.sort(able[np.argsort(draws.uniform(len(able)), kind="stable")[:count]])
    kinds = np.repeat(np.arange(len(_KINDS)), _largest_remainder(count, planted.DUPLICATE_KINDS.values()))
    kind = kinds[np.argsort(draws.uniform(count), kind="stable")]
    world.doubled, world.double_kind = doubled, kind
    world.pos_duplicates = {
        "pos_code": category(np.arange(count), [_code(n + 1 + k) for k in range(count)]),
        "customer_id": people.ids[doubled],
        "kind": category(kind, _KINDS),
    }
    second = np.full(people.n, -1)
    second[doubled] = n + np.arange(count)
    return second


def _largest_remainder(total, shares):
    exact = [total * share for share in shares]
    whole = [int(x) for x in exact]
    by_rest = sorted(range(len(exact)), key=lambda k: (whole[k] - exact[k], k))
    for k in by_rest[: total - sum(whole)]:
        whole[k] += 1
    return whole


def _code(number):
    return f"PLG{number:06}"


def _phone(number, style):
    digits = f"8000{number:07}"
    return (
        f"0{digits}",
        f"+62{digits}",
        f"62 {digits[:3]} {digits[3:7]} {digits[7:]}",
        f"0{digits[:3]}-{digits[3:7]}-{digits[7:]}",
    )[style]


def _misspell(name, spot):
    """Swap two neighbouring letters of a name, as a hurried cashier does."""
    k = 1 + spot % max(len(name) - 2, 1)
    while k + 1 < len(name) and (name[k] == name[k + 1] or " " in name[k : k + 2]):
        k += 1
    if k + 1 >= len(name):
        return name + name[-1]
    return name[:k] + name[k + 1] + name[k] + name[k + 2 :]


def _customer_rows(world, draws):
    people, places = world.people, world.places
    n = people.n_consumers
    doubled, kind = world.doubled, world.double_kind
    who = np.concatenate([np.arange(n), doubled])
    style = draws.choose(len(who), (0.6, 0.2, 0.1, 0.1))
    # a duplicate with another way of writing the phone has another way than the first entry
    other = (style[doubled] + 1 + draws.whole(len(doubled), 3)) % 4
    style[n:] = np.where(np.isin(kind, (0, 2)), other, style[doubled])
    spot = draws.whole(len(doubled), 100)
    names = list(people.names[:n]) + [
        _misspell(people.names[k], s) if how in (1, 2) else people.names[k]
        for k, how, s in zip(doubled.tolist(), kind.tolist(), spot.tolist(), strict=True)
    ]
    gender = np.where(people.female, "P", "L")[who].tolist()
    known = people.gender_known[who].tolist()
    born, registered = written.slashed(people.born[who]), written.slashed(people.registered[who])
    member = people.member[who].tolist()
    at = who.tolist()
    # capitals, as tills print, for some of the names
    loud = draws.chance(len(who), 0.3).tolist()
    return [
        ";".join(
            (
                _code(row + 1),
                names[row].upper() if loud[row] else names[row],
                gender[row] if known[row] else "",
                born[row],
                _phone(int(people.phone[k]), int(style[row])),
                f"{people.names[k].lower().replace(' ', '.')}.{k + 1}@contoh.id",
                people.address[k],
                places.city[people.city[k]],
                registered[row],
                "Y" if member[row] else "T",
            )
        )
        for row, k in enumerate(at)
    ]


def _sales_rows(world, draws, second):
    orders, lines, sums = world.orders, world.lines, world.totals
    held = np.isin(orders.channel, list(_CHANNEL_CODE))
    # from a year after registering, half of a doubled customer's purchases are rung up under the second code
    customer = orders.customer
    under_second = (second[customer] >= 0) & draws.chance(orders.n, 0.5)
    code = np.where(under_second, second[customer], customer) + 1
    rows = np.flatnonzero(held[lines.order])
    at = lines.order[rows]
    status = np.zeros(orders.n, dtype=np.int64)
    status[lines.order[world.returns["line"]]] = 2
    status[orders.cancelled] = 1
    dates = written.slashed(np.arange(planted.N_DAYS))
    first = np.append(True, at[1:] != at[:-1])
    top = at[first]
    once = (
        [dates[k] for k in orders.day[top].tolist()],
        written.clock(orders.second[top]),
        [_code(k) for k in code[top].tolist()],
        [_CHANNEL_CODE[k] for k in orders.channel[top].tolist()],
        [f"T{k}" if k else "" for k in orders.store[top].tolist()],
        [_STATUS_CODE[k] for k in status[top].tolist()],
        written.points(sums["shipping"][top]),
    )
    heads = [";".join(head) for head in zip(*once, strict=True)]
    each = (
        [f"TRX{k:08}" for k in orders.ids[at].tolist()],
        [str(k) for k in lines.line[rows].tolist()],
        [f"SKU{k + 1:04}" for k in lines.product[rows].tolist()],
        [str(k) for k in lines.quantity[rows].tolist()],
        written.points(lines.unit_price[rows]),
        written.points(lines.discount[rows]),
        written.points(lines.amount[rows]),
    )
    blank = ";" * (len(once) - 1)
    receipt = (np.cumsum(first) - 1).tolist()
    tops = [heads[k] if new else blank for k, new in zip(receipt, first.tolist(), strict=True)]
    return [
        f"{number};{head};" + ";".join(rest)
        for (number, *rest), head in zip(zip(*each, strict=True), tops, strict=True)
    ]
