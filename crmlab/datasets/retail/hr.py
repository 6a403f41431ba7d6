"""The personnel office's list, ``hr.csv``: who works or has worked at PT XYZ, with L (laki-laki) and P (perempuan)."""

import numpy as np

from crmlab.datasets.retail import planted, staff, written

HEADER = "NIP;NAMA;JK;TGL_LAHIR;JABATAN;BAGIAN;KODE_TOKO;NO_HP;TGL_MASUK;TGL_KELUAR"
_JOBS = (
    *("Sales Lapangan", "Kepala Toko", "Kasir", "Pramuniaga", "Agen Layanan", "Staf Pemasaran", "Staf Gudang"),
    *("Staf Keuangan", "Staf Personalia", "Manajer"),
)
_UNITS = ("Penjualan", "Toko", "Layanan", "Pemasaran", "Gudang", "Keuangan", "Personalia", "Direksi")


def rows(world):
    """Give the rows of the list.

    Returns
    -------
    list of str
    """
    people = world.staff
    jobs = dict(zip(staff.JOBS, _JOBS, strict=True))
    units = dict(zip(staff.UNITS, _UNITS, strict=True))
    born, hired = written.dashed(people.born), written.dashed(people.hired)
    left = written.dashed(np.minimum(people.left, planted.N_DAYS))
    return [
        ";".join(
            (
                staff.number(k + 1),
                people.name[k],
                "P" if people.female[k] else "L",
                born[k],
                jobs[people.job[k]],
                units[people.unit[k]],
                f"T{people.store[k]}" if people.store[k] else "",
                f"08000{people.phone[k]:07}",
                hired[k],
                left[k] if people.left[k] < planted.N_DAYS else "",
            )
        )
        for k in range(people.n)
    ]
