"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def accesses(rng, variant):
    """A month of reads in a customer database, and the policy that says which role may read which region."""
    policy = pd.DataFrame(
        {
            "role": ["front_west", "front_east", "analyst", "analyst", "analyst", "admin", "admin", "admin"],
            "region": ["west", "east", "west", "east", "central", "west", "east", "central"],
        }
    )
    n = 260
    role = rng.choice(["front_west", "front_east", "analyst", "admin", "intern"], n, p=[0.28, 0.26, 0.18, 0.2, 0.08])
    region = rng.choice(["west", "east", "central"], n, p=[0.42, 0.4, 0.18])
    home = np.array(["west", "east", "central"])[np.where(role == "front_west", 0, 1)]
    stays = np.isin(role, ["front_west", "front_east"]) & (rng.random(n) < 0.6)
    ticket = np.where(role == "admin", rng.choice(["approved", "submitted", "rejected", "none"], n, p=[0.5, 0.25, 0.1, 0.15]), "none")
    role[:5] = ["intern", "intern", "admin", "front_west", "front_east"]
    region[:5] = ["west", "central", "east", "east", "west"]
    ticket[:5] = ["none", "none", "submitted", "none", "none"]
    stays[:5] = False
    log = pd.DataFrame(
        {
            "access_id": np.arange(1, n + 1),
            "role": role,
            "region": np.where(stays, home, region),
            "ticket": ticket,
            "rows_read": rng.integers(3, 900, n),
        }
    )
    what = {
        "id": {"clinic": "jaringan klinik", "bank": "bank perkreditan", "hotel": "jaringan hotel"},
        "en": {"clinic": "chain of clinics", "bank": "rural bank", "hotel": "chain of hotels"},
    }
    return {"log": log, "policy": policy, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def principles(rng, variant):
    """One data set's answers to the nine principles of the book, with the OECD principle that each belongs to."""
    names = [
        ("purpose_specification", "purpose_specification"), ("data_collection", "collection_limitation"),
        ("limited_application", "use_limitation"), ("data_quality", "data_quality"), ("use_limitation", "use_limitation"),
        ("openness", "openness"), ("access", "individual_participation"), ("security", "security_safeguards"),
        ("accountability", "accountability"),
    ]
    one, other = (2, 4) if rng.random() < 0.5 else (4, 2)
    rest = rng.permutation([0, 1, 3, 5, 6, 7, 8])
    good = int(rng.integers(2, 5))
    bare = int(rng.integers(1, 3))
    unsaid = int(rng.integers(1, 7 - good - bare + 1)) if good + bare < 6 else 1
    unsaid = min(unsaid, 2)
    answer, shown = ["no"] * 9, [""] * 9
    for i in [one, *rest[:good]]:
        answer[i], shown[i] = "yes", f"procedure {int(rng.integers(1, 9))}.{int(rng.integers(1, 9))}"
    for i in rest[good : good + bare]:
        answer[i] = "yes"
    for i in rest[good + bare : good + bare + unsaid]:
        answer[i] = "open"
    answer[other] = "no"
    audit = pd.DataFrame({"principle": [a for a, _ in names], "oecd": [b for _, b in names], "answer": answer, "evidence": shown})
    what = {
        "id": {"clinic": "data janji temu sebuah klinik", "shop": "data anggota sebuah toko", "school": "data alumni sebuah sekolah"},
        "en": {"clinic": "a clinic's appointments", "shop": "a shop's members", "school": "a school's alumni"},
    }
    return {"audit": audit, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def register(rng, variant):
    """Customers and what they said about being written to: given and withdrawn, by channel, in one year."""
    people, n = 80, 480
    customers = pd.DataFrame(
        {
            "customer_id": np.arange(1, people + 1),
            "region": rng.choice(["west", "central", "east"], people, p=[0.4, 0.25, 0.35]),
            "spend": rng.integers(150_000, 9_500_000, people),
        }
    )
    minutes = rng.choice(360 * 24 * 60, n, replace=False)
    consents = pd.DataFrame(
        {
            "customer_id": rng.integers(1, people - 7, n),
            "channel": rng.choice(["email", "whatsapp", "sms"], n),
            "action": np.where(rng.random(n) < 0.66, "give", "withdraw"),
            "recorded_at": pd.Timestamp("2020-01-01") + pd.to_timedelta(minutes, unit="min"),
        }
    )
    day = pd.Timestamp("2020-06-15") + pd.Timedelta(days=int(rng.integers(0, 120)))
    channel = {"clinic": "whatsapp", "shop": "email", "bank": "sms"}[variant]
    what = {"id": {"clinic": "klinik", "shop": "toko", "bank": "bank"}, "en": {"clinic": "clinic", "shop": "shop", "bank": "bank"}}
    words = {k: {"what": v[variant]} for k, v in what.items()}
    return {"customers": customers, "consents": consents, "day": str(day.date()), "channel": channel, "words": words}


def campaign(rng, variant):
    """A ledger of consent to marketing, and messages that were sent, each with what it cost."""
    people, n, m = 90, 210, 240
    second = rng.choice(330 * 86400, n, replace=False)
    action = np.where(rng.random(n) < 0.68, "give", "withdraw")
    who, channel = rng.integers(1, people - 8, n), rng.choice(["email", "whatsapp"], n)
    ties = 14
    who = np.concatenate([who, who[:ties]])
    channel = np.concatenate([channel, channel[:ties]])
    second = np.concatenate([second, second[:ties]])
    action[:ties] = "give"
    action = np.concatenate([action, np.repeat("withdraw", ties)])
    at = pd.Timestamp("2020-01-01") + pd.to_timedelta(second, unit="s")
    short = (action == "give") & (rng.random(n + ties) < 0.35)
    expires = pd.Series(at + pd.to_timedelta(rng.integers(30, 120, n + ties), unit="D")).where(short)
    consents = pd.DataFrame({"customer_id": who, "channel": channel, "action": action, "recorded_at": at, "expires_at": expires})
    consents = consents.iloc[rng.permutation(n + ties)].reset_index(drop=True)
    # half of the messages go to people who are in the ledger, some of them soon after a tie
    told = rng.integers(0, n, m)
    told[:ties] = np.arange(ties)
    known = rng.random(m) < 0.85
    known[:ties] = True
    later = rng.integers(1, 150 * 86400, m)
    later[:ties] = rng.integers(60, 4000, ties)
    to = np.where(known, who[told], rng.integers(people - 8, people + 1, m))
    sent = np.where(known, np.minimum(second[told] + later, 364 * 86400), rng.integers(0, 364 * 86400, m))
    sends = pd.DataFrame(
        {
            "send_id": np.arange(1, m + 1),
            "customer_id": to,
            "channel": np.where(known, channel[told], rng.choice(["email", "whatsapp"], m)),
            "sent_at": pd.Timestamp("2020-01-01") + pd.to_timedelta(sent, unit="s"),
            "cost": rng.integers(4_000, 29_000, m),
        }
    )
    what = {
        "id": {"clinic": "Sebuah klinik gigi", "shop": "Sebuah toko perlengkapan bayi", "gym": "Sebuah sanggar senam"},
        "en": {"clinic": "A dental clinic", "shop": "A shop for babies' things", "gym": "A gym"},
    }
    return {"consents": consents, "sends": sends, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def people(rng, variant):
    """A table without names: job, district, age band, and what each person spent in a year."""
    n = 430
    job = rng.choice(["trader", "farmer", "teacher", "nurse", "driver", "judge"], n, p=[0.29, 0.24, 0.17, 0.13, 0.11, 0.06])
    job[:2] = "pilot"
    dearer = np.where(np.isin(job, ["driver", "judge", "pilot"]), 2.6, 1.0)
    table = pd.DataFrame(
        {
            "job": job,
            "district": rng.choice(["north", "south", "hill", "coast", "town"], n, p=[0.3, 0.27, 0.2, 0.15, 0.08]),
            "age_band": rng.choice(["18-29", "30-44", "45-59", "60+"], n, p=[0.33, 0.32, 0.22, 0.13]),
            "amount": (rng.lognormal(13.2, 0.6, n) * dearer).round(0),
        }
    )
    what = {
        "id": {"clinic": ("klinik", "tagihan pasien"), "shop": ("swalayan", "belanja anggota"), "bank": ("koperasi simpan pinjam", "tabungan anggota")},
        "en": {"clinic": ("clinic", "patients' bills"), "shop": ("supermarket", "members' spending"), "bank": ("savings cooperative", "members' savings")},
    }
    words = {k: {"what": v[variant][0], "measure": v[variant][1]} for k, v in what.items()}
    return {"people": table, "minimum": int(rng.integers(3, 7)), "words": words}


def published(rng, variant):
    """A table of amounts with its totals, as it was published: cells of few people were left empty."""
    units = {
        "hospital": ["eye", "heart", "skin", "dental"], "lab": ["blood", "urine", "x_ray", "genetic"], "insurer": ["life", "health", "motor", "fire"],
    }[variant]
    groups = ["under_30", "30_to_44", "45_to_59", "over_60"]
    cells = rng.integers(9_000_000, 90_000_000, (4, 4))
    row, row2 = rng.choice(4, 2, replace=False)
    column, column2 = rng.choice(4, 2, replace=False)
    cells[row, column] = rng.integers(1_100_000, 3_900_000)
    cells[row, column2] = rng.integers(4_500_000, 8_500_000)
    cells[row2, column2] = rng.integers(10_000_000, 19_000_000)
    whole = np.zeros((5, 5))
    whole[:4, :4] = cells
    whole[4, :4], whole[:4, 4], whole[4, 4] = cells.sum(0), cells.sum(1), cells.sum()
    for i, j in ((row, column), (row, column2), (row2, column2)):
        whole[i, j] = np.nan
    table = pd.DataFrame(
        {"unit": np.repeat([*units, "all"], 5), "age": np.tile([*groups, "all"], 5), "amount": whole.ravel()}
    )
    what = {
        "id": {"hospital": "rumah sakit", "lab": "laboratorium", "insurer": "perusahaan asuransi"},
        "en": {"hospital": "hospital", "lab": "laboratory", "insurer": "insurer"},
    }
    words = {k: {"what": v[variant]} for k, v in what.items()}
    return {"published": table, "unit": units[row], "age": groups[column], "words": words}


def page_views(rng, variant):
    """Page views of a web shop with the answer to the cookie question and, where something was bought, its value."""
    visits, n = 190, 560
    session = np.concatenate([np.arange(1, visits + 1), rng.integers(1, visits + 1, n - visits)])
    says = rng.random(visits + 1) < 0.48
    mixed = rng.random(visits + 1) < 0.2
    answer = says[session].astype(object)
    turned = mixed[session] & (rng.random(n) < 0.5)
    answer[turned] = ~says[session][turned]
    blank = rng.random(n) < 0.06
    answer[blank] = None
    value = np.where(rng.random(n) < 0.3, rng.integers(45_000, 900_000, n), 0)
    number = session.astype(float)
    number[rng.random(n) < 0.03] = np.nan
    events = pd.DataFrame({"session_id": number, "cookie_consent": answer, "order_value": value})
    what = {
        "id": {"books": "toko buku daring", "tickets": "situs tiket", "plants": "toko tanaman daring"},
        "en": {"books": "online bookshop", "tickets": "ticket site", "plants": "online plant shop"},
    }
    return {"events": events.iloc[rng.permutation(n)].reset_index(drop=True), "words": {k: {"what": v[variant]} for k, v in what.items()}}


def breach(rng, variant):
    """When a leak became known and where, which clock the head office reads, and the books of two years."""
    zone, office = {"makassar": ("WIB", "WITA"), "jayapura": ("WIB", "WIT"), "jakarta": ("WIT", "WIB")}[variant]
    day = pd.Timestamp("2024-01-04") + pd.Timedelta(days=7 * int(rng.integers(0, 48)) + int(rng.integers(0, 2)))
    hour, minute = int(rng.integers(8, 20)), int(rng.integers(1, 60))
    revenue = rng.integers(2_100_000_000, 7_900_000_000, 24)
    books = pd.DataFrame(
        {
            "year": np.repeat([2022, 2023], 12),
            "month": np.tile(np.arange(1, 13), 2),
            "revenue": revenue,
            "profit": (revenue * rng.uniform(0.04, 0.2, 24)).round(0),
        }
    )
    return {"books": books, "known_at": f"{day.date()} {hour:02d}:{minute:02d}", "zone": zone, "office": office}
