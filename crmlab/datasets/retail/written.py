"""How Indonesian systems write days, money, phones and names; each raw source has its own way."""

import numpy as np

from crmlab.datasets.retail import planted

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"),
    *("November", "Desember"),
)


def iso(days):
    """Write day numbers as 2020-12-31."""
    return np.datetime_as_string(np.datetime64(planted.FIRST_DAY, "D") + days).tolist()


def slashed(days):
    """Write day numbers as 31/12/2020."""
    return [f"{d[8:]}/{d[5:7]}/{d[:4]}" for d in iso(days)]


def dashed(days):
    """Write day numbers as 31-12-2020."""
    return [f"{d[8:]}-{d[5:7]}-{d[:4]}" for d in iso(days)]


def in_words(days):
    """Write day numbers as 31 Desember 2020."""
    return [f"{int(d[8:])} {MONTHS[int(d[5:7]) - 1]} {d[:4]}" for d in iso(days)]


def points(values):
    """Write rupiah with points between the thousands."""
    distinct, place = np.unique(values, return_inverse=True)
    texts = [f"{value:,}".replace(",", ".") for value in distinct.tolist()]
    return [texts[k] for k in place.tolist()]


def rupiah(values):
    """Write rupiah as Rp 1.234.567,-"""
    return [f"Rp {text},-" for text in points(values)]


def clock(seconds):
    """Write seconds of the day as 23:59:59."""
    return [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in seconds.tolist()]


def chat_phone(number):
    """Write a phone number as WhatsApp shows one that is not saved."""
    digits = f"8000{number:07}"
    return f"+62 {digits[:3]}-{digits[3:7]}-{digits[7:]}"
