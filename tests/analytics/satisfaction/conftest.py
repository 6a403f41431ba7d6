"""RS Sehat Nusantara as the analyses of satisfaction take it: every answer with its visit and its payer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import crmlab as crm

TRUTHS = Path(__file__).parents[3] / "datasets" / "hospital" / "truths.json"


def answers_of(tables):
    seen = tables["visits"][["visit_id", "checked_in_at", "wait_minutes", "payer_id", "unit_id"]]
    asked = tables["survey_invitations"][["survey_id", "visit_id", "patient_id"]]
    found = tables["survey_answers"].merge(asked).merge(seen)
    group = tables["payers"].set_index("payer_id")["payer_group"]
    found["payer_group"] = found["payer_id"].map(group).astype(str)
    found["year"] = found["checked_in_at"].dt.year
    found["answered_on"] = pd.to_datetime(found["answered_on"])
    found["unhappy"] = found["nps"] <= 6
    return found


@pytest.fixture(scope="session")
def clinic():
    """The tables of size S."""
    return crm.datasets.load_hospital(layer="clean").tables


@pytest.fixture(scope="session")
def answers(clinic):
    return answers_of(clinic)


@pytest.fixture(scope="session")
def planted():
    """Truths of size S by id and what: the planted value."""
    found = json.loads(TRUTHS.read_text(encoding="utf-8"))["sizes"]["S"]
    return {(key, f["what"]): f["planted"] for key, truth in found.items() for f in truth["found"]}


@pytest.fixture(scope="session")
def called(answers):
    """Detractors whom somebody called back, soon or late or not yet; made here, as the hospital kept no such list."""
    rng = np.random.default_rng(5)
    wait = pd.to_timedelta(rng.exponential(36, len(answers)).round(), unit="h")
    called = (answers["answered_on"] + wait).where(answers["unhappy"] & (rng.random(len(answers)) < 0.8))
    return answers.assign(contacted_at=called, patient_id=answers["patient_id"].where(answers.index % 40 != 0))
