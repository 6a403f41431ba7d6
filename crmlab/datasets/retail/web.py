"""The online shops' export, ``web.csv``: one row a line of an order, of the own website and of the marketplace.

It separates by commas and writes ISO dates, money as ``1234567.00`` and gender as the platforms do: M, F, Male, Female.
What belongs to an order, such as its shipping, is repeated on each of its lines.
"""

import numpy as np

from crmlab.datasets.retail import planted, sources, written

HEADER = (
    "no_pesanan,kanal,waktu,id_akun,nama,email,telepon,jenis_kelamin,tgl_lahir,kota_kirim,status,metode_bayar,ongkir,"
    "sku,nama_barang,jumlah,harga,potongan,subtotal"
)
_CHANNELS = {planted.MARKETPLACE: ("marketplace", "MKP"), planted.WEBSITE: ("website", "WEB")}
_STATUS = ("selesai", "dibatalkan", "retur")
_METHODS = ("tunai", "debit", "kartu_kredit", "transfer", "dompet_digital", "cod", "faktur")
_GENDERS = (("M", "F"), ("Male", "Female"))
_OTHER_MAIL, _BIRTHDAY_GIVEN = 0.15, 0.70


def rows(world):
    """Give the rows of the export.

    Returns
    -------
    list of str
    """
    orders, lines, sums = world.orders, world.lines, world.totals
    online = np.isin(orders.channel, list(_CHANNELS))
    accounts = _accounts(world)
    status = np.zeros(orders.n, dtype=np.int64)
    status[lines.order[world.returns["line"]]] = 2
    status[orders.cancelled] = 1
    at = np.flatnonzero(online)
    heads = {}
    days = written.iso(np.arange(planted.N_DAYS))
    for k, clock, day, channel, who, city, state, method, shipping in zip(
        at.tolist(),
        written.clock(orders.second[at]),
        orders.day[at].tolist(),
        orders.channel[at].tolist(),
        orders.customer[at].tolist(),
        orders.city[at].tolist(),
        status[at].tolist(),
        world.methods[at].tolist(),
        sums["shipping"][at].tolist(),
        strict=True,
    ):
        shop, letters = _CHANNELS[channel]
        heads[k] = (
            f"{letters}-{k + 1:08},{shop},{days[day]}T{clock},{accounts[channel][who]},{world.places.city[city]},"
            f"{_STATUS[state]},{_METHODS[method]},{shipping}.00"
        )
    kept = np.flatnonzero(online[lines.order])
    names = world.shelf.name
    return [
        f"{heads[order]},SKU{product + 1:04},{names[product]},{pieces},{price}.00,{discount}.00,{amount}.00"
        for order, product, pieces, price, discount, amount in zip(
            lines.order[kept].tolist(),
            lines.product[kept].tolist(),
            lines.quantity[kept].tolist(),
            lines.unit_price[kept].tolist(),
            lines.discount[kept].tolist(),
            lines.amount[kept].tolist(),
            strict=True,
        )
    ]


def _accounts(world):
    """Write what each shop knows of each customer; the marketplace keeps mail, gender and birthday to itself."""
    people, held = world.people, world.sources.web
    draws = world.draws("raw.web.accounts")
    n = len(held)
    other = draws.chance(n, _OTHER_MAIL).tolist()
    loud = draws.chance(n, 0.2).tolist()
    long = draws.chance(n, 0.4).tolist()
    given = draws.chance(n, _BIRTHDAY_GIVEN).tolist()
    born = written.iso(people.born[held])
    known = {channel: {} for channel in _CHANNELS}
    for k, who in enumerate(held.tolist()):
        name = people.names[who]
        mail = f"{name.lower().replace(' ', '.')}.{who + 1}@contoh.id"
        if other[k]:
            mail = f"{name.lower().replace(' ', '')}{people.phone[who] % 1000:03}@contoh.id"
        if loud[k]:
            mail = mail.upper()
        gender = _GENDERS[long[k]][int(people.female[who])] if people.gender_known[who] else ""
        phone = f"628000{people.phone[who]:07}"
        key = sources.account(k)
        known[planted.WEBSITE][who] = f"{key},{name},{mail},{phone},{gender},{born[k] if given[k] else ''}"
        known[planted.MARKETPLACE][who] = f"{key},{name},,{phone},,"
    return known
