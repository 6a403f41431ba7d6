"""One example of each Result, the worked numbers of the programme's tools among them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from crmlab import Result
from crmlab.analytics import programme

NODES = [
    {"node": "E1", "layer": "enabler", "title": "Basis data pelanggan"},
    {"node": "E2", "layer": "enabler", "title": "WhatsApp terhubung CRM"},
    {"node": "E3", "layer": "enabler", "title": "Gudang data waktu nyata"},
    {"node": "C1", "layer": "enabling_change", "title": "Pelatihan tim toko dan layanan"},
    {"node": "C2", "layer": "enabling_change", "title": "Satu identitas pelanggan"},
    {"node": "C3", "layer": "business_change", "title": "Penawaran per segmen"},
    {"node": "C4", "layer": "business_change", "title": "Keluhan ditangani dalam 24 jam"},
    {"node": "B1", "layer": "benefit", "title": "Belanja ulang naik", "owner": "Ani", "measure": "retensi"},
    {"node": "B2", "layer": "benefit", "title": "Keluhan berulang turun", "owner": "Budi", "measure": "keluhan"},
    {"node": "B3", "layer": "benefit", "title": "Marjin per pelanggan naik", "owner": "Citra"},
    {"node": "O1", "layer": "objective", "title": "Retensi 85% pada 2022"},
    {"node": "O2", "layer": "objective", "title": "Laba naik Rp2 miliar pada 2022"},
]
_EDGES = "E1-C2 E2-C1 C1-C4 C2-C3 C2-C4 C3-B1 C3-B3 C4-B2 B1-O1 B2-O1 B3-O2 B1-O2"
EDGES = [dict(zip(("from", "to"), e.split("-"), strict=True)) for e in _EDGES.split()]


def phases() -> Result:
    form = programme.blank("phases")
    for row in form[:12]:
        row.update(status="done", evidence=None if row["item"] == "risk_plan" else "dokumen")
    return programme.phases(form)


def factors(n: int = 6) -> Result:
    form = programme.blank("success_factors")
    for k, row in enumerate(form):
        row.update(status="green" if k < n else "amber" if k < 8 else "red", evidence="wawancara")
    return programme.success_factors(form)


def life_cycle() -> Result:
    form = programme.blank("life_cycle")
    for row in form:
        if row["item"] in programme.PLANS:
            here = row["item"] not in ("procurement_plan", "phase_review")
            row.update(status="in_place" if here else "lacking", evidence="folder" if here else None)
    return programme.life_cycle(form)


def objectives() -> Result:
    return programme.objectives(
        [
            {
                "sentence": "menghasilkan 200 tambahan prospek memenuhi syarat pada Q4",
                "actual": 170,
                "objective": "prospek",
            },
            {"sentence": "menaikkan NPS dari 32 menjadi 40 sebelum Juni 2026", "actual": 41, "objective": "NPS"},
            {"sentence": "meningkatkan loyalitas", "objective": "loyalitas"},
        ]
    )


def alignment() -> Result:
    kpis = [{"kpi": f"K{k}", "objective": f"O{k}"} for k in range(1, 5)] + [{"kpi": "K9", "objective": None}]
    features = [
        {"feature": "Kampanye", "kpi": "K1"},
        {"feature": "Tiket", "kpi": "K2"},
        {"feature": "Bot", "kpi": None},
    ]
    return programme.alignment([{"objective": f"O{k}"} for k in range(1, 6)], kpis, features)


def raci(without: int | None = 7) -> list[dict]:
    rows = []
    for k in range(1, 13):
        if k != without:
            rows.append(
                {"task": f"Tugas {k}", "role": "programme_director" if k % 2 else "executive_sponsor", "letter": "A"}
            )
        rows.append({"task": f"Tugas {k}", "role": "Tim data" if k % 3 else "Tim toko", "letter": "R"})
        rows.append({"task": f"Tugas {k}", "role": "steering_committee", "letter": "I"})
    return rows


MEMBERS = [
    {"member": "Ani", "role": "programme_director", "body": "steering_committee", "side": "business"},
    {"member": "Ani", "role": "programme_director", "body": "programme_team", "side": "business"},
    {"member": "Budi", "role": "executive_sponsor", "body": "steering_committee", "side": "business"},
    {"member": "Citra", "role": "lead_developer", "body": "programme_team", "side": "it"},
]


def buy_in() -> Result:
    rows = [("Ani", 5, 4), ("Budi", 5, 2), ("Citra", 2, 5), ("Dedi", 1, 2)]
    return programme.buy_in([{"stakeholder": s, "rational": r, "emotional": e} for s, r, e in rows])


def change() -> Result:
    return programme.change(
        [
            {"measure": "CSAT", "position": "dekat pelanggan", "target": 85, "current": 72, "action": "pelatihan",
             "environment": "pesaing baru"},
            {"measure": "Jam tanggap", "target": 24, "current": 40, "better": "low"},
            {"measure": "NPS", "target": 30, "current": 32},
        ]
    )  # fmt: skip


LOG = pd.DataFrame(
    [
        (case, process, activity, function, front)
        for case in range(1, 26)
        for process, activity, function, front in (
            ("Keluhan", "Terima", "CS", 1), ("Keluhan", "Periksa stok", "Gudang", 0),
            ("Keluhan", "Ganti uang", "Keuangan", 0), ("Keluhan", "Kabari", "CS", 1),
            ("Kampanye", "Susun", "Pemasaran", 0), ("Kampanye", "Kirim", "Pemasaran", 0),
        )
        if not (case % 5 == 0 and activity == "Periksa stok")
    ],
    columns=["case", "process", "activity", "function", "front"],
)  # fmt: skip


def acceptance() -> Result:
    cases = [{"case": k, "passed": k > 4, "severity": {1: 1, 2: 3, 3: 3, 4: 4}.get(k)} for k in range(1, 41)]
    return programme.acceptance(cases)


def outcomes() -> Result:
    rows = [
        {"objective": "prospek", "baseline": 400, "target": 600, "actual": 570},
        {"objective": "retensi", "baseline": 0.7, "target": 0.8, "actual": 0.82},
        {"objective": "keluhan", "baseline": 50, "target": 30, "actual": 55},
        {"objective": "NPS", "target": 40, "actual": 38},
    ]
    return programme.outcomes(rows)


def shops(rng: np.random.Generator, n: int = 12, gain: float = 8.0) -> pd.DataFrame:
    """Shops followed for eight quarters, half of them with the programme from the fifth on."""
    rows = []
    for shop in range(2 * n):
        own, size = shop < n, rng.normal(100, 10)
        for quarter in range(8):
            value = size + 2 * quarter + gain * (own and quarter >= 4) + rng.normal(0, 3)
            rows.append((f"S{shop}", f"20{19 + quarter // 4}-Q{quarter % 4 + 1}", int(own), value))
    return pd.DataFrame(rows, columns=["shop", "quarter", "programme", "sales"])


def effect() -> Result:
    table = shops(np.random.default_rng(4))
    return programme.effect(table, value="sales", treated="programme", period="quarter", since="2020-Q1", unit="shop")


def data_review() -> Result:
    people = pd.DataFrame({"kode_plg": ["P1", "P2"], "no_telp": ["0812 3456 7890", None]})
    return programme.data_review(people, ask=["operational", "strategic"], costs=100.0)


def situation() -> Result:
    from crmlab import datasets

    tables = datasets.load_retail("S").tables
    answers = [{"question": "q_market_share", "answer": "sekitar 4%", "evidence": "survei asosiasi 2020"}]
    return programme.situation(tables, as_of="2020-12-31", answers=answers)


EXAMPLES: dict[str, Callable[[], Result]] = {
    "acceptance": acceptance,
    "alignment": alignment,
    "benefits": lambda: programme.benefits(NODES, EDGES),
    "buy_in": buy_in,
    "change": change,
    "compared": lambda: programme.compared(factors(4), factors(7)),
    "data_review": data_review,
    "dependents": lambda: programme.dependents(NODES, EDGES, node="E1"),
    "effect": effect,
    "governance": lambda: programme.governance(raci(), MEMBERS),
    "life_cycle": life_cycle,
    "mission": lambda: programme.mission({"for_customers": "Rumah yang rapi", "for_employees": "Tempat tumbuh"}),
    "objectives": objectives,
    "outcomes": outcomes,
    "phases": phases,
    "processes": lambda: programme.processes(LOG),
    "situation": situation,
    "success_factors": factors,
    "swim_lane": lambda: programme.swim_lane(LOG, process="Keluhan"),
    "vignettes": lambda: programme.vignettes(dict(programme.VIGNETTES) | {"case_sanctions": "discontinuous"}),
    "vision": lambda: programme.vision("Kita akan melayani pelanggan dengan penawaran yang disesuaikan"),
}
