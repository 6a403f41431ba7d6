"""The truth layer: who is what in secret, row by row. It is for checking answers, not for analysis."""

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.retail import campaigns, planted


def build(world):
    """Make the tables of the truth layer."""
    people = world.people
    consumers = np.arange(people.n_consumers)
    sends = world.campaigns
    breached = np.flatnonzero(sends["breach"] >= 0)
    return {
        "customer_segment": {
            "customer_id": people.ids[consumers],
            "segment_true": category(people.segment, planted.SEGMENTS),
            "fake": people.fake,
        },
        "household_phone": {
            "customer_id": people.ids[people.sharing[:, 0]],
            "other_customer_id": people.ids[people.sharing[:, 1]],
        },
        "pos_duplicate": world.pos_duplicates,
        "source_keys": world.sources.keys,
        "consent_breach": {
            "send_id": (breached + 1).astype(np.int32),
            "kind": category(sends["breach"][breached], campaigns.BREACHES),
        },
        "lab_cluster_group": {
            "unit_id": np.arange(1, len(world.lab_groups) + 1, dtype=np.int32),
            "group": (world.lab_groups + 1).astype(np.int32),
        },
    }
