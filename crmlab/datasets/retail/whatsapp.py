"""The export of the WhatsApp group for orders, ``wa_export.txt``, as an Android phone in Indonesian writes it."""

import numpy as np

from crmlab.datasets.retail import planted, written

SHOP = "Admin XYZ"
_GREETINGS = (
    "Halo kak, mau pesan:",
    "Permisi kak mau order ya",
    "Assalamualaikum, saya pesan:",
    "Pagi, order dong kak:",
)
_CONFIRM = ("Siap Kak {name}", "Baik kak {name}, terima kasih", "Oke Kak {name} 🙏")
_PAID = (
    "sudah transfer ya kak",
    "sdh tf kak, tolong dicek",
    "<Media tidak disertakan>",
    "Sudah saya bayar ya, makasih 🙏",
)
_OPENING = (
    "01/01/16 08.00 - Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun di luar chat ini, termasuk "
    "WhatsApp, yang dapat membaca atau mendengarkannya.",
    f'01/01/16 08.00 - {SHOP} membuat grup "Order XYZ"',
)
_ANSWER_SECONDS = 40 * 60


def lines(world):
    """Give the lines of the export.

    Returns
    -------
    list of str
    """
    messages = sorted(_orders(world), key=lambda message: message[:2])
    days = [f"{d[8:]}/{d[5:7]}/{d[2:4]}" for d in written.iso(np.arange(planted.N_DAYS))]
    out = list(_OPENING)
    for day, second, _, sender, said in messages:
        out.append(f"{days[day]} {second // 3600:02}.{second // 60 % 60:02} - {sender}: {said[0]}")
        out.extend(said[1:])
    return out


def _orders(world):
    """Give the messages around every order: what is wanted, what it comes to, and often that it is paid."""
    orders, goods, sums = world.orders, world.lines, world.totals
    draws = world.draws("raw.whatsapp")
    at = np.flatnonzero(orders.channel == planted.WHATSAPP)
    n = len(at)
    greeting, confirm = draws.whole(n, len(_GREETINGS)).tolist(), draws.whole(n, len(_CONFIRM)).tolist()
    paid, pays = draws.whole(n, len(_PAID)).tolist(), draws.chance(n, 0.5).tolist()
    wait, pause = draws.whole(n, _ANSWER_SECONDS).tolist(), (60 + draws.whole(n, _ANSWER_SECONDS)).tolist()
    regrets = draws.chance(n, 0.02).tolist()
    starts, ends = np.searchsorted(goods.order, at).tolist(), np.searchsorted(goods.order, at, side="right").tolist()
    total = written.points(sums["total"][at])
    names, contact, shelf = world.people.names, world.sources.contact, world.shelf.name
    for k, order in enumerate(at.tolist()):
        who, day = int(orders.customer[order]), int(orders.day[order])
        second = int(orders.second[order])
        wanted = [
            f"- {shelf[goods.product[j]]} {goods.quantity[j]}" + ("x" if j % 3 else " pcs")
            for j in range(starts[k], ends[k])
        ]
        yield day, second, order, contact[who], [_GREETINGS[greeting[k]], *wanted]
        if regrets[k]:
            yield day, min(second + 20, 86_399), order, contact[who], ["Pesan ini dihapus"]
        answer = min(second + wait[k], 86_399)
        first = names[who].split(" ")[0]
        yield (
            day,
            answer,
            order,
            SHOP,
            [f"{_CONFIRM[confirm[k]].format(name=first)}, no. struk TRX{order + 1:08}, total Rp{total[k]}"],
        )
        if orders.cancelled[order]:
            yield day, min(answer + pause[k], 86_399), order, contact[who], ["maaf kak, ga jadi ya. batal dulu"]
        elif pays[k]:
            yield day, min(answer + pause[k], 86_399), order, contact[who], [_PAID[paid[k]]]
