"""Standard reports: the worked numbers, totals from sums, and what a reader must be told."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.analytics import reports


def by(result, column):
    return result.table.set_index(column)


def codes(result):
    return [note.code for note in result.notes]


# sales against quota -------------------------------------------------------------------------------------------------


def test_quota_the_worked_example(sales, quota):
    report = reports.sales_against_quota(sales, quota, month="2020-03", by="sales_rep")
    share = by(report, "sales_rep")["attainment_share"]
    assert [round(share[who], 4) for who in ("Ani", "Budi", "Citra")] == [1.125, 0.56, 1.3]
    total = report.table[report.table["row"] == "total"].iloc[0]
    assert (total["revenue"], total["target"]) == (1120, 1200)
    assert round(total["attainment_share"], 4) == round(report.facts["attainment_share"], 4) == 0.9333
    assert report.facts["gap"] == -80


def test_quota_the_mean_of_percents_is_nowhere(sales, quota):
    report = reports.sales_against_quota(sales, quota, month="2020-03")
    for lang in crm.labels.LANGUAGES:
        texts = [report.explain(lang, depth) for depth in ("short", "method", "reference")]
        texts += [str(report.figure(lang).to_plotly_json()), report.table.to_string(), str(report.facts)]
        assert not any(word in text for text in texts for word in ("99,5", "99.5", "0.995"))
    assert "93,33%" in report.explain("id", "short")
    assert "93.33%" in report.explain("en", "method")


def test_quota_who_has_none_is_named_and_stays_out_of_the_total(sales, quota):
    more = pd.concat(
        [sales, pd.DataFrame({"sales_rep": ["Dewi", None], "ordered_at": "2020-03-05", "amount": [70, 5]})]
    )
    report = reports.sales_against_quota(more, quota, month="2020-03")
    dewi = by(report, "sales_rep").loc["Dewi"]
    assert dewi["flag"] == "no_quota"
    assert pd.isna(dewi["attainment_share"])
    assert round(report.facts["attainment_share"], 4) == 0.9333
    assert codes(report) == ["reports.no_rep", "reports.no_quota"]
    assert "Dewi" in report.notes[1].render("id")


def test_quota_who_sold_nothing_weighs_on_the_total(sales, quota):
    more = pd.concat([quota, pd.DataFrame({"sales_rep": ["Eka"], "month": "2020-03", "target": [100]})])
    report = reports.sales_against_quota(sales, more, month="2020-03")
    eka = by(report, "sales_rep").loc["Eka"]
    assert (eka["flag"], eka["attainment_share"], eka["gap"]) == ("no_sales", 0, -100)
    assert report.facts["target"] == 1300


def test_quota_an_incomplete_month_is_flagged(sales, quota):
    early = sales[sales["ordered_at"] <= "2020-03-20"]
    assert "reports.incomplete_month" in codes(reports.sales_against_quota(early, quota, month="2020-03"))
    assert codes(reports.sales_against_quota(sales, quota, month="2020-03")) == []
    told = reports.sales_against_quota(sales, quota, month="2020-03", through="2020-03-30")
    assert codes(told) == ["reports.incomplete_month"]


def test_quota_a_quota_of_zero_has_no_percentage(sales, quota):
    quota.loc[1, "target"] = 0
    report = reports.sales_against_quota(sales, quota, month="2020-03")
    assert by(report, "sales_rep").loc["Budi", "flag"] == "no_quota"
    assert report.facts["attainment_share"] == (450 + 390) / 700


def test_quota_several_months_add_up_before_they_are_divided(sales, quota):
    both = pd.concat([quota, quota.assign(month="2020-02")])
    report = reports.sales_against_quota(sales, both, month=("2020-02", "2020-03"))
    assert report.facts["revenue"] == 1120 + 999
    assert report.facts["target"] == 2400


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"month": "March"}, "bad_month"),
        ({"month": ("2020-05", "2020-03")}, "months_backwards"),
        ({"by": "rep"}, "missing_column"),
        ({"through": "soon"}, "bad_day"),
    ],
)
def test_quota_what_cant_be_asked(sales, quota, change, code):
    with pytest.raises(crm.UserError) as caught:
        reports.sales_against_quota(sales, quota, **{"month": "2020-03", **change})
    assert caught.value.code == f"reports.{code}"
    assert caught.value.render("id") != caught.value.render("en")


def test_quota_twice_or_negative_is_refused(sales, quota):
    with pytest.raises(crm.UserError, match="Ani 2020-03"):
        reports.sales_against_quota(sales, pd.concat([quota, quota.head(1)]))
    with pytest.raises(crm.UserError, match="negative"):
        reports.sales_against_quota(sales, quota.assign(target=[-1, 2, 3]))
    with pytest.raises(crm.UserError, match="empty"):
        reports.sales_against_quota(sales, quota.head(0))


@given(st.data())
def test_quota_totals_are_sums_of_what_is_shown(data):
    reps = [f"r{i}" for i in range(data.draw(st.integers(1, 6)))]
    amounts = data.draw(st.lists(st.tuples(st.sampled_from(reps), st.integers(-50, 500)), min_size=1, max_size=30))
    goals = data.draw(st.dictionaries(st.sampled_from(reps), st.integers(0, 400), min_size=1))
    sales = pd.DataFrame(amounts, columns=["sales_rep", "amount"]).assign(ordered_at="2020-03-31")
    quota = pd.DataFrame({"sales_rep": list(goals), "target": list(goals.values())}).assign(month="2020-03")
    report = reports.sales_against_quota(sales, quota)
    members = report.table[report.table["row"] == "member"]
    assert members["revenue"].sum() == sales["amount"].sum(), "nobody is dropped"
    held = members[members["flag"] != "no_quota"]
    assert (report.facts["revenue"], report.facts["target"] or 0) == (held["revenue"].sum(), sum(goals.values()))
    if report.facts["target"]:
        assert report.facts["attainment_share"] == held["revenue"].sum() / sum(goals.values())


# the way to a gap ----------------------------------------------------------------------------------------------------


def test_gap_the_worked_example(ways):
    report = reports.gap_path(*ways, month="2020-03", path=["West"])
    parts = report.table.set_index(["level", "member"])["gap"]
    assert parts["region", "West"] == -100
    assert (parts["sales_rep", "Budi"], parts["sales_rep", "Ani"]) == (-120, 20)
    assert parts["customer", "CV Maju"] == -110
    assert report.facts["way"] == ("West", "Budi", "CV Maju")
    assert report.facts["gap"] == -90
    share = report.table.set_index("member")["share_of_gap"]
    assert (round(share["Budi"], 2), round(share["Ani"], 2)) == (1.2, -0.2)


def test_gap_follows_the_largest_part_unless_told_otherwise(ways):
    assert reports.gap_path(*ways).facts["way"] == ("West", "Budi", "CV Maju")
    back = reports.gap_path(*ways, path=["West", "Ani"])
    assert back.facts["way"] == ("West", "Ani", "PT Satu")
    with pytest.raises(crm.UserError, match="West"):
        reports.gap_path(*ways, path=["Wst"])


def test_gap_of_zero_ends_the_way(ways):
    sales, quota = ways
    sales["amount"] = quota["target"]
    report = reports.gap_path(sales, quota)
    assert report.facts["way"] == ()
    assert codes(report) == ["reports.no_gap"]
    assert set(report.table["level"]) == {"region"}


def test_gap_a_quota_without_customers_is_handed_out_and_said_so(ways):
    sales, quota = ways
    before = sales.assign(ordered_at="2019-03-10", amount=[100, 300, 100, 100])
    by_rep = quota.groupby(["region", "sales_rep", "month"], as_index=False)["target"].sum()
    report = reports.gap_path(pd.concat([sales, before]), by_rep, month="2020-03")
    customers = report.table[report.table["level"] == "customer"].set_index("member")
    assert customers["target"].to_dict() == {"CV Maju": 225, "UD Dua": 75}
    assert codes(report) == ["reports.handed_out"]
    alone = reports.gap_path(sales, by_rep, month="2020-03")
    assert "reports.no_basis" in codes(alone)
    assert alone.facts["way"] == ("West", "Budi")


@given(st.lists(st.tuples(*(st.integers(0, 2),) * 3, st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=30))
def test_gap_every_level_sums_to_what_it_explains(cells):
    table = pd.DataFrame(cells, columns=["region", "sales_rep", "customer", "amount", "target"])
    table[["region", "sales_rep", "customer"]] = table[["region", "sales_rep", "customer"]].astype(str)
    quota = table.groupby(["region", "sales_rep", "customer"], as_index=False)["target"].sum().assign(month="2020-03")
    report = reports.gap_path(table.assign(ordered_at="2020-03-31"), quota)
    above = report.facts["gap"]
    for _, level in report.table.groupby("depth"):
        assert level["gap"].sum() == above
        chosen = level[level["chosen"]]
        above = chosen["gap"].iloc[0] if len(chosen) else None


@given(st.integers(0, 10**6), st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_gap_a_target_handed_out_keeps_every_rupiah(target, basis):
    from crmlab.analytics.reports.quota import _handed_out

    parts = _handed_out(target, pd.Series(basis, index=[f"c{i}" for i in range(len(basis))]))
    assert parts.sum() == target


# the call centre -----------------------------------------------------------------------------------------------------

LOG = [
    ("2023-05-02 08:05", "answered", 10, 100), ("2023-05-02 08:20", "answered", 30, 200),
    ("2023-05-02 08:40", "abandoned", 60, None), ("2023-05-02 10:00", "answered", 20, 300),
    ("2023-05-03 10:00", "answered", 5, 60),
]  # fmt: skip


@pytest.fixture
def calls():
    return pd.DataFrame(LOG, columns=["called_at", "outcome", "wait_seconds", "handling_seconds"])


def test_calls_ratios_are_of_sums(calls):
    report = reports.call_centre(calls, day="2023-05-02", within=20)
    hours = report.table.set_index("hour")
    assert hours.loc[8, ["offered", "answered_calls", "answered_in_time", "abandoned"]].tolist() == [3, 2, 1, 1]
    assert hours.loc[8, "service_level_share"] == 1 / 3
    assert hours.loc[9, "offered"] == 0
    assert pd.isna(hours.loc[9, "service_level_share"]), "of nothing there is no share"
    facts = report.facts
    assert facts["service_level_share"] == 2 / 4 != (1 / 3 + 1) / 2
    assert facts["mean_wait_seconds"] == 60 / 3
    assert facts["mean_handling_seconds"] == 600 / 3
    assert facts["abandoned_share"] == 1 / 4
    assert facts["busiest_hour"] == 8


def test_calls_all_days_and_strange_ones(calls):
    calls.loc[3, "outcome"] = "voicemail"
    calls.loc[4, "wait_seconds"] = -1
    report = reports.call_centre(calls)
    assert report.facts["offered"] == 5
    assert report.facts["answered_calls"] == 3
    assert report.facts["mean_wait_seconds"] == 20
    assert codes(report) == ["reports.other_outcomes", "reports.unmeasured_calls"]


def test_calls_of_a_log_without_outcomes_are_answered_and_it_is_said(calls):
    report = reports.call_centre(calls.drop(columns="outcome").dropna())
    assert report.facts["answered_calls"] == report.facts["offered"] == 4
    assert codes(report) == ["reports.no_outcomes"]


def test_calls_none_that_day(calls):
    report = reports.call_centre(calls, day="2023-06-01")
    assert report.facts["offered"] == 0
    assert codes(report) == ["reports.no_calls"]
    assert report.figure("id").layout.title.text
    with pytest.raises(crm.UserError):
        reports.call_centre(calls, within="soon")


# patients ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def visits():
    rows = [
        ("p1", "2023-01-03"),
        ("p1", "2023-01-20"),
        ("p2", "2023-01-21"),
        ("p1", "2023-03-01"),
        ("p3", "2023-03-31"),
    ]
    return pd.DataFrame(rows, columns=["patient_id", "visited_at"])


def test_patients_of_a_year_are_not_the_sum_of_months(visits):
    report = reports.patients_a_month(visits)
    months = report.table.set_index("month")
    assert months.loc[["2023-01", "2023-02", "2023-03"], "visits"].tolist() == [3, 0, 2]
    assert months.loc[["2023-01", "2023-02", "2023-03"], "patients"].tolist() == [2, 0, 2]
    assert months.loc["2023-03", "first_time_patients"] == 1
    assert (report.facts["patients"], report.facts["patients_of_months"]) == (3, 4)
    assert report.facts["visits_per_patient"] == 5 / 3
    assert report.notes == ()


def test_patients_without_a_number_are_visits_only_and_a_short_month_is_flagged(visits):
    visits.loc[len(visits)] = [None, "2023-04-02"]
    report = reports.patients_a_month(visits)
    assert report.facts["patients"] == 3
    assert report.facts["visits"] == 6
    assert codes(report) == ["reports.incomplete_month", "reports.nameless_visits"]
    with pytest.raises(crm.UserError, match="1999"):
        reports.patients_a_month(visits, year=1999)


def test_patients_of_a_year_that_goes_on(visits):
    report = reports.patients_a_month(visits, year=2023)
    assert report.facts["months"] == 3
    assert report.facts["patients"] == 3


def test_patients_do_not_depend_on_the_order_of_rows(visits):
    shuffled = visits.sample(frac=1, random_state=random.Random(1).randint(0, 9))
    assert reports.patients_a_month(shuffled).table.equals(reports.patients_a_month(visits).table)


def test_columns_may_be_called_as_the_data_sets_call_them(sales, quota, visits):
    months = pd.to_datetime(quota["month"])
    named = quota.drop(columns="month").assign(month_starts_on=months)
    assert reports.sales_against_quota(sales, named).facts["target"] == 1200
    renamed = visits.rename(columns={"visited_at": "checked_in_at"})
    assert reports.patients_a_month(renamed).facts["visits"] == 5
    with pytest.raises(crm.UserError, match="visited_at"):
        reports.patients_a_month(visits.drop(columns="visited_at"))


# time ----------------------------------------------------------------------------------------------------------------


def test_time_lost_the_worked_example():
    report = reports.time_lost(20, 3, [10, 20, 30], 22)
    assert report.table["hours"].tolist() == [220, 440, 660]
    with pytest.raises(crm.UserError):
        reports.time_lost(20, 3, -1)


# all of them ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_report_explains_and_draws_itself(lang, sales, quota, ways, calls, visits):
    found = [
        reports.sales_against_quota(sales, quota),
        reports.gap_path(*ways),
        reports.call_centre(calls),
        reports.patients_a_month(visits),
        reports.time_lost(20, 3, [10, 20]),
    ]
    for result in found:
        for depth in ("short", "method", "reference"):
            assert len(result.explain(lang, depth)) > 20
        figure = result.figure(lang)
        assert figure.data
        assert figure.layout.title.text
        assert crm.charts.spec(result, lang)["alt"]


def test_a_persons_customers_are_masked_in_the_figure(ways):
    drawn = str(crm.charts.spec(reports.gap_path(*ways), "en"))
    assert "CV Maju" not in drawn
    assert "Budi" in drawn


@pytest.mark.parametrize("written", ["zone", "text", "mixed"])
def test_a_day_is_a_day_where_it_happened(sales, quota, written):
    """00:30 on 1 April in Jakarta is still March in UTC, and no March sale."""
    late = sales.assign(ordered_at=["2020-03-31 23:30:00"] * 3 + ["2020-04-01 00:30:00"] * 3)
    want = reports.sales_against_quota(late, quota).table
    aware = pd.to_datetime(late["ordered_at"]).dt.tz_localize("Asia/Jakarta")
    told = {
        "zone": aware,
        "text": late["ordered_at"] + "+07:00",
        "mixed": late["ordered_at"] + pd.Series(["+07:00", "+08:00", "+09:00"] * 2),
    }[written]
    found = reports.sales_against_quota(late.assign(ordered_at=told), quota)
    assert found.table["revenue"].tolist() == want["revenue"].tolist() == [450, 280, 0, 730]
    assert "reports.utc" not in [n.code for n in found.notes]
    utc = reports.sales_against_quota(late.assign(ordered_at=aware.dt.tz_convert("UTC")), quota)
    assert "reports.utc" in [n.code for n in utc.notes]


def test_rows_without_a_time_or_an_amount_are_counted_and_said(sales, quota, visits):
    holes = sales.assign(
        ordered_at=[None, *sales["ordered_at"][1:]], amount=[200, None, *sales["amount"].astype(float)[2:]]
    )
    report = reports.sales_against_quota(holes, quota)
    said = {n.code: n.values["n"] for n in report.notes if "n" in n.values}
    assert (said["reports.undated"], said["reports.no_amount"]) == (1, 1)
    when = [c for c in visits.columns if c.endswith("_at")][0]
    undated = visits.assign(**{when: [None, *visits[when][1:]]})
    found = reports.patients_a_month(undated)
    months = found.table[found.table["row"] == "member"]
    assert months["visits"].sum() == found.facts["visits"] == len(visits) - 1
    with pytest.raises(crm.UserError) as caught:
        reports.patients_a_month(visits.assign(**{when: "kemarin"}))
    assert caught.value.code == "reports.no_times"


def test_a_report_in_one_line_names_no_customer(ways):
    named = tuple(t.rename(columns={"customer": "nama_pelanggan"}) for t in ways)
    report = reports.gap_path(*named, levels=("region", "sales_rep", "nama_pelanggan"), month="2020-03")
    assert report.facts["way"][-1] == "CV Maju"
    assert "Maju" not in repr(report) + report._repr_html_() + str(report.explain("id"))
