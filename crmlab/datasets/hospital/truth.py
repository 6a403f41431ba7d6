"""The truth layer: who is who in secret, row by row. It is for checking answers, not for analysis."""

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.hospital import planted


def build(world):
    """Make the tables of the truth layer."""
    people, survey = world.people, world.survey
    written = survey["writes"]
    ids = np.arange(1, len(survey["visit"]) + 1, dtype=np.int32)
    return {
        "patient_duplicate": world.raw_duplicates,
        "twins": {
            "patient_id": (people.twins[:, 0] + 1).astype(np.int32),
            "other_patient_id": (people.twins[:, 1] + 1).astype(np.int32),
        },
        "household_phone": {
            "patient_id": (people.households[:, 0] + 1).astype(np.int32),
            "other_patient_id": (people.households[:, 1] + 1).astype(np.int32),
        },
        "comment_topic": {
            "survey_id": ids[survey["yes"]][written],
            "topic_true": category(survey["topic"][written], planted.TOPICS),
        },
        "suspicious_access": {"access_id": (world.lookup["odd"] + 1).astype(np.int32)},
        "clinic_rank": clinic_rank(world),
    }


def clinic_rank(world):
    """Tell which clinic refers most, by plan."""
    return {
        "clinic_id": (world.house.clinic_of_rank + 1).astype(np.int32),
        "rank": np.arange(1, planted.CLINICS + 1, dtype=np.int32),
    }
