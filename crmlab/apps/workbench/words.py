"""The worked example's words and tables: what PT XYZ's programme team wrote, in either language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ... import labels
from ...analytics.projects import SOFTWARE_CRITERIA

__all__ = ["fields", "speaker", "tables"]

_TASKS = (
    ("vision", (), (3, 5, 8)),
    ("processes", ("vision",), (8, 12, 20)),
    ("data_audit", ("vision",), (6, 10, 18)),
    ("cleaning", ("data_audit",), (18, 26, 45)),
    ("vendor", ("processes",), (8, 10, 18)),
    ("setup", ("vendor",), (12, 18, 30)),
    ("integration", ("setup", "cleaning"), (8, 12, 25)),
    ("training", ("setup",), (5, 8, 12)),
    ("trial_run", ("integration", "training"), (8, 10, 15)),
    ("launch", ("trial_run",), (1, 2, 4)),
)
_NODES = (
    ("E1", "enabler"), ("E2", "enabler"), ("C1", "enabling_change"), ("C2", "enabling_change"),
    ("P1", "business_change"), ("P2", "business_change"), ("B1", "benefit"), ("B2", "benefit"), ("O1", "objective"),
)  # fmt: skip
_EDGES = (("E1", "C1"), ("E2", "C2"), ("C1", "P1"), ("C2", "P1"), ("C1", "P2"), ("P1", "B1"), ("P2", "B2"),
          ("B1", "O1"), ("B2", "O1"))  # fmt: skip
_RISKS = (  # name, probability, impact as a part of the investment
    ("poor_customer_data", 0.4, 0.15),
    ("departments_uncoordinated", 0.3, 0.12),
    ("incentives_for_old_aims", 0.25, 0.10),
    ("technology_as_the_solution", 0.2, 0.10),
    ("benefits_unmeasured_untested", 0.15, 0.08),
)
_SCORES = (("A", (5, 2, 5, 3), True), ("B", (3, 5, 2, 4), True), ("C", (5, 4, 4, 5), False), ("D", (4, 4, 3, 3), True))
_COSTS = (  # option, item, part of the investment, every, per user
    ("build", "making", 0.9, "once", False), ("build", "upkeep", 0.30, "year", False),
    ("buy", "licence", 0.5, "once", False), ("buy", "upkeep", 0.15, "year", False),
    ("rent", "seats", 0.0012, "month", True), ("rent", "setup", 0.2, "once", False),
)  # fmt: skip
_RACI = (
    ("approve", "sponsor", "A"), ("approve", "finance", "C"), ("approve", "director", "R"),
    ("design", "director", "A"), ("design", "crm", "R"), ("design", "it", "C"),
    ("data", "it", "A/R"), ("data", "crm", "C"), ("data", "branch", "I"),
    ("measure", "crm", "A"), ("measure", "finance", "R"), ("measure", "sponsor", "I"),
)  # fmt: skip
_MEMBERS = (
    ("sponsor", "executive_sponsor", "steering_committee", "business"),
    ("director", "programme_director", "steering_committee", "business"),
    ("director", "programme_director", "programme_team", "business"),
    ("crm", "team_member", "programme_team", "business"),
    ("it", "team_member", "programme_team", "it"),
)
_STAKEHOLDERS = (("sponsor", 5, 4), ("branch", 4, 2), ("cashiers", 2, 4), ("it", 4, 3), ("field_sales", 2, 2))
_FLOWS = (("investment", "cost", 0, 0), ("expected_loss", "cost", 0, 0), ("contact_money", "cost", 1, None),
          ("gain", "benefit", 1, None), ("latent_gain", "latent", 2, None))  # fmt: skip
_CRITERIA = (("npv", 0, None), ("risk_share", None, 0.35), ("discounted_payback", None, 3))
_ASKED = ("title", "client", "author", "decision", "background", "do_nothing", "do_this")
MUST_HAVE = "WhatsApp"


def speaker(lang: str) -> Callable[..., str]:
    """Says the example's words in one language."""
    return lambda key, **values: labels.text(f"workbench.ex_{key}", lang, **values)


def fields(lang: str) -> dict[str, Any]:
    """What is asked once."""
    say = speaker(lang)
    told = {"start": "2021-03-01", "deadline": 85, "users": 40, "use_years": 5, "day": "2021-02-01"}
    return {**told, **{name: say(f"field_{name}") for name in _ASKED}}


def tables(lang: str, base: float, criteria: list[str]) -> dict[str, tuple[dict[str, Any], ...]]:
    """Every table of the example.

    Parameters
    ----------
    lang : {"id", "en"}
    base : float
        What is invested; amounts are parts of it.
    criteria : list of str
        The four criteria of software as they are called.
    """
    say = speaker(lang)

    def rows(columns: str, given: Any) -> tuple[dict[str, Any], ...]:
        return tuple(dict(zip(columns.split(), row, strict=True)) for row in given)

    def many(key: str, names: Any) -> list[str]:
        return [say(f"{key}_{n}") for n in names]

    return {
        "flows": rows("entry kind first last", _FLOWS),
        "criteria": rows("measure least most", _CRITERIA),
        "objectives": rows(
            "objective sentence owner baseline actual",
            [(f"O{k}", say(f"objective_{k}"), say(f"role_{who}"), base_value, actual)
             for k, who, base_value, actual in ((1, "crm", 70, 74), (2, "marketing", 2, 3), (3, "board", None, None))],
        ),
        "nodes": rows(
            "node layer title owner measure",
            [(n, layer, say(f"node_{n}"), *(many("owner", [n]) + many("measure", [n]) if layer == "benefit" else
              (None, None))) for n, layer in _NODES],
        ),
        "edges": rows("from to", _EDGES),
        "tasks": rows(
            "task after optimistic likely pessimistic",
            [(say(f"task_{n}"), ", ".join(many("task", after)) or None, *days) for n, after, days in _TASKS],
        ),
        "risks": rows(
            "risk probability impact mitigation contingency owner",
            [(labels.name(n, lang), p, _whole(part * base), say(f"mitigate_{k}"), say(f"fallback_{k}"),
              say(f"role_{('it', 'director', 'finance', 'crm', 'finance')[k - 1]}"))
             for k, (n, p, part) in enumerate(_RISKS, 1)],
        ),
        "weights": (
            *rows("criterion weight must_have",
                  [(c, w, False) for c, w in zip(criteria, SOFTWARE_CRITERIA.values(), strict=True)]),
            {"criterion": MUST_HAVE, "weight": None, "must_have": True},
        ),
        "scores": tuple(
            {"vendor": f"Vendor {name}", **dict(zip(criteria, scores, strict=True)), MUST_HAVE: has}
            for name, scores, has in _SCORES
        ),
        "costs": rows(
            "option item amount every per_user",
            [(say(f"option_{o}"), say(f"item_{i}"), _whole(part * base), every, each)
             for o, i, part, every, each in _COSTS],
        ),
        "raci": rows("task role letter", [(say(f"raci_{t}"), say(f"role_{r}"), letter) for t, r, letter in _RACI]),
        "members": rows("member role body side", [(say(f"role_{m}"), *rest) for m, *rest in _MEMBERS]),
        "stakeholders": rows("stakeholder rational emotional", [(say(f"role_{s}"), r, e) for s, r, e in _STAKEHOLDERS]),
    }  # fmt: skip


def _whole(amount: float) -> int:
    """An amount without small change."""
    return round(amount / 1_000) * 1_000
