"""The raw layer: what the hospital's old registration system exports, with its habits.

It writes dd/mm/yyyy, money as ``1.234.567``, gender as L (laki-laki) or P (perempuan), names with titles and some in
capitals, units and payers by their Indonesian names, and holds some patients under two record numbers. The date of
a day stands on its first line only, and a time that lies before the one ahead of it belongs to the next day. The
reference way back to clean tables is `crmlab.datasets.hospital.records`.
"""

import hashlib

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.visits import DIAGNOSES

PATIENT_HEADER = (
    "NO_RM;NIK;NAMA;JK;TGL_LAHIR;NO_HP;WA;ALAMAT;KOTA;PEKERJAAN;PENJAMIN;ASAL;TGL_DAFTAR;TGL_WAFAT;VIP;ALERGI;KONDISI"
)
VISIT_HEADER = "TANGGAL;NO_KUNJUNGAN;NO_RM;POLI;DOKTER;PENJAMIN;MASUK;PERIKSA;SELESAI;DIAGNOSIS;TAGIHAN;ULANG;GALAT"
UNITS = (
    *("UMUM", "ANAK", "DALAM", "KANDUNGAN", "JANTUNG", "SARAF", "GIGI", "MATA", "THT", "KULIT", "ORTOPEDI", "REHAB"),
    *("MCU", "IGD"),
)
OCCUPATIONS = ("BELUM BEKERJA", "PELAJAR", "KARYAWAN", "PNS", "WIRAUSAHA", "IRT", "PENSIUNAN")
SOURCES = ("SENDIRI", "RUJUKAN", "KORPORAT", "IKLAN")
ALLERGIES = ("", "OBAT", "MAKANAN", "DEBU")
CONDITIONS = ("", "HIPERTENSI", "DM", "ASMA", "JANTUNG", "GINJAL")
DIAGNOSIS_CODES = tuple(f"D{k + 1:02}" for k in range(len(DIAGNOSES)))
_KINDS = tuple(planted.DUPLICATE_KINDS)
_KEEPS_NATIONAL_ID = 0.4


def write(world, folder, written):
    """Write the export: ``pasien.csv`` and ``kunjungan.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    second = prepare(world)
    for name, header, rows in (
        ("pasien.csv", PATIENT_HEADER, _patient_rows(world)),
        ("kunjungan.csv", VISIT_HEADER, _visit_rows(world, second)),
    ):
        data = ("\r\n".join([header, *rows]) + "\r\n").encode()
        (folder / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        written[f"raw/{name}"] = {"rows": len(rows), "content": digest, "file": digest}


def prepare(world):
    """Choose who has two record numbers, and how the two differ; note it among the truths.

    Returns
    -------
    numpy.ndarray
        For each patient the position of the second record, -1 where there is none.
    """
    draws, people = world.draws("raw.duplicates"), world.people
    alone = np.ones(people.n, dtype=bool)
    alone[people.twins.ravel()] = False
    alone[people.households.ravel()] = False
    able = np.flatnonzero(alone)
    count = round(planted.DUPLICATES * people.n)
    doubled = np.sort(able[np.argsort(draws.uniform(len(able)), kind="stable")[:count]])
    edges = np.rint(np.cumsum([0, *planted.DUPLICATE_KINDS.values()]) * count).astype(np.int64)
    kinds = np.repeat(np.arange(len(_KINDS)), np.diff(edges))
    kind = kinds[np.argsort(draws.uniform(count), kind="stable")]
    world.doubled, world.double_kind = doubled, kind
    world.raw_duplicates = {
        "record_number": category(np.arange(count), [record_number(people.n + 1 + k) for k in range(count)]),
        "patient_id": (doubled + 1).astype(np.int32),
        "kind": category(kind, _KINDS),
    }
    second = np.full(people.n, -1)
    second[doubled] = people.n + np.arange(count)
    return second


def record_number(k):
    """Write a medical record number."""
    return f"RM{k:06}"


def payer_codes(names):
    """Name payers as the old system does: without what they all are called."""
    return [name.removeprefix("Asuransi ").removesuffix(" Kesehatan").upper() for name in names]


def _date(days):
    days = np.datetime64(planted.FIRST_DAY, "D") + days
    return [f"{d[8:]}/{d[5:7]}/{d[:4]}" for d in np.datetime_as_string(days).tolist()]


def _money(values):
    """Write rupiah with points between the thousands."""
    return [f"{value:,}".replace(",", ".") for value in values.tolist()]


def _clock(seconds):
    return [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in seconds.tolist()]


def _phone(number, style):
    digits = f"8000{number:07}"
    return (
        f"0{digits}",
        f"+62{digits}",
        f"62 {digits[:3]} {digits[3:7]} {digits[7:]}",
        f"0{digits[:3]}-{digits[3:7]}-{digits[7:]}",
    )[style]


def _misspell(name, spot):
    """Swap two neighbouring letters inside a word of a name, as a hurried clerk does."""
    places = [k for k in range(1, len(name) - 1) if " " not in name[k : k + 2] and name[k] != name[k + 1]]
    k = places[spot % len(places)]
    return name[:k] + name[k + 1] + name[k] + name[k + 2 :]


def _title(child, woman):
    return "An. " if child else "Ny. " if woman else "Tn. "


def _patient_rows(world):
    people, places = world.people, world.places
    draws = world.draws("raw.patients")
    n, doubled, kind = people.n, world.doubled, world.double_kind
    who = np.concatenate([np.arange(n), doubled])
    style = draws.choose(len(who), (0.6, 0.2, 0.1, 0.1))
    # a duplicate with another way of writing the phone has another way than the first record
    other = (style[doubled] + 1 + draws.whole(len(doubled), 3)) % 4
    style[n:] = np.where(np.isin(kind, (0, 2)), other, style[doubled])
    spot = draws.whole(len(doubled), 100)
    names = list(people.names) + [
        _misspell(people.names[k], s) if how else people.names[k]
        for k, how, s in zip(doubled.tolist(), kind.tolist(), spot.tolist(), strict=True)
    ]
    has_id = np.concatenate([np.ones(n, dtype=bool), draws.chance(len(doubled), _KEEPS_NATIONAL_ID)])
    loud, titled = draws.chance(len(who), 0.35), draws.chance(len(who), 0.5)
    # the second record came later, when the first was not found
    later = np.minimum(people.registered[doubled] + 30 + draws.whole(len(doubled), 700), planted.N_DAYS - 1)
    registered = _date(np.concatenate([people.registered, later]))
    born, ended = _date(people.born[who]), _date(np.minimum(people.deceased[who], planted.N_DAYS - 1))
    alive = people.deceased[who] >= planted.N_DAYS
    payers = payer_codes(world.tables["payers"]["payer"].to_pylist())
    return [
        ";".join(
            (
                record_number(row + 1),
                people.national_id[k] if has_id[row] else "",
                (_title(people.child[k], people.female[k]) if titled[row] else "")
                + (names[row].upper() if loud[row] else names[row]),
                "P" if people.female[k] else "L",
                born[row],
                _phone(int(people.phone[k]), int(style[row])),
                "Y" if people.whatsapp[k] else "T",
                people.address[k],
                places.city[people.city[k]],
                OCCUPATIONS[people.occupation[k]],
                payers[people.payer[k]],
                SOURCES[people.source[k]],
                registered[row],
                "" if alive[row] else ended[row],
                "Y" if people.vip[k] else "",
                ALLERGIES[people.allergy[k]],
                CONDITIONS[people.condition[k]],
            )
        )
        for row, k in enumerate(who.tolist())
    ]


def _visit_rows(world, second):
    seen = world.visits
    draws = world.draws("raw.visits")
    # half of a doubled patient's later visits are written under the second number
    under = (second[seen.patient] >= 0) & draws.chance(seen.n, 0.5)
    record = np.where(under, second[seen.patient], seen.patient) + 1
    start = seen.arrival + seen.wait
    end = np.where(seen.emergency, seen.arrival, start) + seen.length
    first = np.append(True, seen.day[1:] != seen.day[:-1])
    payers = payer_codes(world.tables["payers"]["payer"].to_pylist())
    days = _date(np.arange(planted.N_DAYS))
    urgent = seen.emergency.tolist()
    columns = (
        [days[k] if new else "" for k, new in zip(seen.day.tolist(), first.tolist(), strict=True)],
        [f"K{k}" for k in range(1, seen.n + 1)],
        [record_number(k) for k in record.tolist()],
        [UNITS[k] for k in seen.unit.tolist()],
        [f"DR{k + 1:02}" for k in seen.doctor.tolist()],
        [payers[k] for k in world.payer[seen.event].tolist()],
        _clock(seen.arrival),
        ["" if now else at for at, now in zip(_clock(start % 86_400), urgent, strict=True)],
        _clock(end % 86_400),
        [DIAGNOSIS_CODES[k] for k in seen.diagnosis.tolist()],
        _money(seen.bill),
        [str(k) for k in seen.repeated.tolist()],
        ["Y" if wrong else "" for wrong in seen.error.tolist()],
    )
    return [";".join(row) for row in zip(*columns, strict=True)]
