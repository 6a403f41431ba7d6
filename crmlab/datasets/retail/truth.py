"""The truth layer: who is what in secret, row by row. It is for checking answers, not for analysis."""

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.retail import planted


def build(world):
    """Make the tables of the truth layer."""
    people = world.people
    consumers = np.arange(people.n_consumers)
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
    }
