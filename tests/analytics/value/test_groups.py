"""The value of groups: sums of customers' values, with ends that add up as the models' errors do."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError


@pytest.fixture(scope="module")
def values():
    sales = crm.datasets.load_retail("S", "clean").tables["sales"]
    sales = sales[sales["status"] != "cancelled"].rename(columns={"gross_amount": "amount"})
    summary = crm.value.summary(sales, as_of="2020-12-31")
    return crm.value.lifetime_value(
        crm.value.fit_bg_nbd(summary), crm.value.fit_gamma_gamma(summary), summary, discount=0.1
    )


def test_groups_add_up_to_the_whole(values):
    ids = values.table["customer_id"]
    groups = pd.DataFrame({"customer_id": ids, "half": ["odd" if i % 2 else "even" for i in range(len(ids))]})
    found = crm.value.value_by(values, groups, by="half")
    assert found.table["value"].sum() == pytest.approx(values.facts["total"])
    assert found.table["value_share"].sum() == pytest.approx(1)
    # the whole's own interval is that of its customers' shared errors: sums of ends come close to it, never inside
    low, high = found.table["value_low"].sum(), found.table["value_high"].sum()
    assert low <= values.facts["total_low"] * 1.001
    assert high >= values.facts["total_high"] * 0.999
    for lang in ("id", "en"):
        for depth in ("short", "method", "reference"):
            assert found.explain(lang, depth)


def test_who_is_in_no_group_is_counted(values):
    some = values.table["customer_id"].iloc[:40].to_frame().assign(kind="some")
    found = crm.value.value_by(values, some, by="kind")
    assert [n for n in found.notes if n.code == "value.without_group"][0].values["n"] == len(values.table) - 40
    with pytest.raises(UserError):
        crm.value.value_by(values, {"customer_id": ["nobody"], "kind": ["x"]}, by="kind")
    with pytest.raises(UserError):
        crm.value.value_by(values, {"customer_id": ["nobody"]}, by="kind")
