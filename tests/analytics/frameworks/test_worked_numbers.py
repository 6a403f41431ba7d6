"""The worked numbers of the models, each with the place that it comes from."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab import forms
from crmlab.analytics import frameworks

DAY = "2024-12-31"


def chain(stages, supports):
    scores = [*stages, *supports]
    return forms.answer(frameworks.model("value_chain"), scores, evidence=["seen"] * 9, as_of=DAY)


def test_the_value_chain_of_the_book():
    """Akbar (2021), 2.3 and 4.1, Buttle's chain: stages 3 2 4 1 2, conditions 2 4 3 1."""
    told = frameworks.value_chain(chain([3, 2, 4, 1, 2], [2, 4, 3, 1]))
    assert told.facts["mean_stage"] == pytest.approx(2.40) and told.facts["mean_support"] == pytest.approx(2.50)
    assert told.facts["weakest_stages"] == ["value_proposition"] and told.facts["weakest_supports"] == ["crm_processes"]
    assert told.facts["blocked"] == ["customer_lifecycle"] and told.facts["mend_first"] == "value_proposition"
    assert told.table["stage_blocked"].tolist()[:5] == [False, False, False, False, True]


def test_idic_of_the_book():
    """Akbar (2021), 2.3, Peppers and Rogers: 150 of 200, 60 of 120, 45 of 60, chain 28.1 %."""
    told = frameworks.idic(*idic_tables(), as_of=DAY)
    assert told.table["share"].round(4).tolist() == [0.75, 1.0, 0.5, 0.75, 0.2812]
    assert told.table["hits"].tolist()[:4] == [150, 120, 60, 45] and told.table["n"].tolist()[:4] == [200, 120, 120, 60]
    assert told.facts["weakest"] == "interact"
    low, high = told.facts["identify_low"], told.facts["identify_high"]
    assert (round(low, 4), round(high, 4)) == (0.6857, 0.8049)  # Wilson, by hand: 0.7453 ± 0.0596
    assert told.facts["chain_low"] < 0.28125 < told.facts["chain_high"]


def idic_tables(known=150, anonymous=50, people=120, both=60, own=45):
    """A known buyer's number runs round the customers."""
    ids = [k % people + 1 for k in range(known)] + [None] * anonymous
    sales = pd.DataFrame({"customer_id": ids, "ordered_at": "2024-05-01"})
    customers = pd.DataFrame({"customer_id": range(1, people + 1), "tier": ["high", "low"] * (people // 2)})
    ways = [(c, "outgoing") for c in range(1, people + 1)] + [(c, "incoming") for c in range(1, both + 1)]
    interactions = pd.DataFrame(ways, columns=["customer_id", "direction"]).assign(occurred_at="2024-06-01")
    offers = customers.head(both).rename(columns={"tier": "offer_tier"}).assign(offered_at="2024-07-01")
    offers.loc[offers.index >= own, "offer_tier"] = None  # the same for all
    return sales, customers, interactions, offers


def test_gartners_competencies():
    """Akbar (2021), 2.3, with Gartner's list: 3 2 4 1 2 3 4 2 give 21 of 40."""
    form = frameworks.model("gartner")
    told = forms.summary(forms.answer(form, [3, 2, 4, 1, 2, 3, 4, 2], as_of=DAY))
    assert (told.facts["total"], told.facts["most"], told.facts["share"]) == (21, 40, 0.525)
    assert told.facts["lowest"] == ["organisational_collaboration"]
    # three are equal behind the lowest: "the lowest two" can't be cut between them
    assert told.facts["next_lowest"] == ["crm_strategy", "crm_processes", "crm_metrics"]
    assert told.facts["help"][0] == "18-journey-mapping" and len(told.facts["help"]) == 4
    few = forms.summary(forms.answer(form, [3, 2, 4, 1, 2, 3, 4, None], as_of=DAY))
    assert few.kind == "forms.incomplete" and few.facts["share"] is None


def test_payne_and_frow_nine_of_ten():
    """Akbar (2021), 2.3: ten activities, nine right, the wrong one explained; performance assessment has no type."""
    told = frameworks.grade("payne_frow", KEY | {"estimate_lifetime_value": "manajemen informasi"})
    assert (told.facts["right"], told.facts["n"], told.facts["share"]) == (9, 10, 0.9)
    assert [n.code for n in told.notes] == ["frameworks.reason.payne_frow.estimate_lifetime_value"]
    kinds = told.table.set_index("item")["crm_type"]
    assert kinds["choose_segments"] == "strategic_crm" and kinds["mine_buying_patterns"] == "analytical_crm"
    assert kinds[["report_retention_to_board", "set_service_standards"]].isna().all()


KEY = {
    "choose_segments": "strategi",
    "set_crm_goals": "Strategy development",
    "design_the_offer": "Penciptaan nilai",
    "estimate_lifetime_value": "value creation",
    "answer_on_whatsapp": "integrasi multi-saluran",
    "hand_over_to_store": "multisaluran",
    "report_retention_to_board": "penilaian kinerja",
    "set_service_standards": "Performance assessment",
    "merge_customer_records": "informasi",
    "mine_buying_patterns": "information_management",
}

TYPES = {
    "board_rewards_retention": "strategis",
    "mission_around_customers": "CRM Strategis",
    "heroes_of_service": "strategic",
    "campaign_sent_by_itself": "operasional",
    "sales_pipeline_tool": "Operational CRM",
    "calls_routed": "oprasional",
    "who_will_leave": "analitik",
    "offers_by_segment_value": "analitis",
    "basket_patterns": "analitikal",
    "forecast_with_supplier": "kolaboratif",
    "stock_data_exchanged": "kolaborasi",
    "joint_promotion": "kolaboratip",
}


def test_four_types_ten_of_twelve():
    """Akbar (2021), 1.3: twelve vignettes in a student's own spelling, two of them mixed up."""
    assert frameworks.grade("crm_types", TYPES).facts["share"] == 1
    told = frameworks.grade("crm_types", TYPES | {"heroes_of_service": "operasional", "calls_routed": "analitis"})
    assert (told.facts["right"], told.facts["n"]) == (10, 12) and round(told.facts["share"], 3) == 0.833
    # rows: key, columns: given, in the order strategic, operational, analytical, collaborative
    assert told.params["confusion"] == [[2, 1, 0, 0], [0, 2, 1, 0], [0, 0, 3, 0], [0, 0, 0, 3]]


def test_all_threes_conclude_nothing():
    """Akbar (2021), 1.3, Kotler's orientations: a straight line of answers."""
    told = frameworks.orientation(forms.answer(frameworks.model("kotler"), [3] * 12, as_of=DAY))
    assert told.facts["why"] == "straight_lined" and told.facts["leading"] is None
    with_id = told.notes[0].render("id")
    assert with_id.startswith("Tidak dapat disimpulkan")


def test_history_with_one_pair_of_neighbours_swapped():
    """Akbar (2021), 1.4: seven decades, 20 of 21 pairs right."""
    right = ["rolodex", "sales_meetings", "customer_mainframe", "act_contacts", "siebel_sfa", "open_source_crm"]
    right.append("cloud_and_mobile_crm")
    told = frameworks.order([right[0], right[2], right[1], *right[3:]])
    assert (told.facts["right"], told.facts["pairs"], told.facts["distance"]) == (20, 21, 1)
    assert round(told.facts["share"], 3) == 0.952
    assert frameworks.order(right).facts["share"] == 1 and frameworks.order(right[::-1]).facts["tau"] == -1


SCHOOLS = {
    "Ford": "IMP",
    "Hakansson": "imp",
    "Peter Naude": "Mazhab IMP",
    "Snehota": "IMP school",
    "Gronroos": "nordik",
    "Gummesson": "Nordic",
    "Christopher": "anglo-australia",
    "Payne": "Anglo-Australian",
    "Helen Peck": "anglo australia",
    "ballantyne": "Anglo-Australian school",
    "Dwyer": "Amerika Utara",
    "Shelby Hunt": "North American",
    "author_morgan": "amerika utara",
    "Sheth": "Mazhab Amerika Utara",
    "Kewajiban timbal balik": "guanxi",
    "Business by invitation": "Guanxi",
}


def test_five_schools_fourteen_of_sixteen():
    """Akbar (2021), 3.3.1: authors as a student writes them, a Swede and a title taken for the wrong school."""
    assert frameworks.grade("relationship_schools", SCHOOLS).facts["share"] == 1
    told = frameworks.grade("relationship_schools", SCHOOLS | {"Hakansson": "Nordik", "Dwyer": "IMP"})
    assert (told.facts["right"], told.facts["n"], told.facts["share"]) == (14, 16, 0.875)
    assert [n.code.rpartition(".")[2] for n in told.notes] == ["author_hakansson", "author_dwyer"]
    # IMP, Nordic, Anglo-Australian, North American, guanxi
    assert [sum(line) for line in told.params["confusion"]] == [4, 2, 4, 4, 2]
    assert told.params["confusion"][0] == [3, 1, 0, 0, 0]


def the_key(name):
    """An assignment answered as its key says, class by class."""
    table = frameworks.grade(name, {}).table
    return dict(zip(table["item"], table["right_class"], strict=True))


def test_ecosystem_twelve_of_fifteen():
    """Akbar (2021), 8: by the limit that the book prints, two midmarket suites pass for enterprise ones."""
    right = the_key("crm_ecosystem")
    assert len(set(right.values())) == 9
    printed = {"vendor_suite_for_distributor": "enterprise", "vendor_suite_for_clinics": "perusahaan besar"}
    told = frameworks.grade("crm_ecosystem", right | printed | {"vendor_integration": "infrastructure"})
    assert (told.facts["right"], told.facts["n"], told.facts["share"]) == (12, 15, 0.8)
    assert (told.facts["mistaken_key"], told.facts["mistaken_for"]) == ("ecosystem_midmarket", "ecosystem_enterprise")
    assert "kemungkinan salah cetak dari USD 1 miliar" in told.notes[0].render("id")
    assert "1 miliar" in frameworks.exercise("crm_ecosystem", "id")["hint"]


def test_ten_entities_seventeen_of_twenty():
    """Akbar (2021), 7.3: twenty offers, two of each of the ten entities, three of them mixed up."""
    right = the_key("marketable_entities")
    assert sorted(map(list(right.values()).count, set(right.values()))) == [2] * 10
    slips = {"Obligasi": "barang", "tax return by an accountant": "informasi", "Pulau wisata": "experience"}
    kept = {k: v for k, v in right.items() if k not in ("offer_bonds", "offer_tax_advice", "offer_island")}
    told = frameworks.grade("marketable_entities", kept | slips)
    assert (told.facts["right"], told.facts["n"], told.facts["share"]) == (17, 20, 0.85)
    assert len(told.params["confusion"]) == 10 and len(told.notes) == 3


def test_ladder_of_value_from_agrarian_to_experience():
    """Akbar (2021), 7.2: four economies after each other; service before industry costs one pair of six."""
    right = ["Ekonomi agraria", "industri", "Ekonomi jasa", "pengalaman"]
    assert frameworks.order(right, "value_ladder").facts["share"] == 1
    told = frameworks.order([right[0], right[2], right[1], right[3]], "value_ladder")
    assert (told.facts["right"], told.facts["pairs"], told.facts["distance"]) == (5, 6, 1)


def test_maslow_by_the_rubric():
    """Akbar (2021), 7.1.3: ten experiences on five levels; 8 right, one a level off, one three levels off."""
    right = the_key("maslow_experience")
    told = frameworks.grade("maslow_experience", right | {"moment_premium_phone": "aktualisasi diri"})
    assert told.kind == "frameworks.grading_levels" and told.facts["points"] == 19
    two = {"moment_premium_phone": "kasih sayang", "moment_warm_meal": "esteem"}
    told = frameworks.grade("maslow_experience", right | two)
    off = told.table.set_index("item")["levels_off"]
    assert (off["moment_premium_phone"], off["moment_warm_meal"], off["moment_staples"]) == (-1, 3, 0)
    assert (told.facts["right"], told.facts["near"], told.facts["points"], told.facts["most"]) == (8, 1, 17, 20)
    assert told.facts["points_share"] == 0.85 and told.facts["share"] == 0.8
    few = frameworks.grade("maslow_experience", right | {"moment_staples": None})
    assert few.kind == "frameworks.grading_incomplete" and few.facts["points_share"] is None
    assert few.table.set_index("item")["levels_off"].isna()["moment_staples"]


def test_sales_without_dates_can_not_be_analysed():
    """Akbar (2021), 1.2, the fifth misconception."""
    told = frameworks.data_sufficiency(pd.DataFrame({"customer_id": [1, 2], "amount": [3, 4]}), as_of=DAY)
    assert told.kind == "frameworks.insufficient" and told.facts["missing"] == ["date"]
    assert told.notes[0].render("id") == "CRM analitik tidak dapat dijalankan: kolom Tanggal."


def test_six_disciplines_and_five_levels():
    """Akbar (2021), 7.1: six scores and their mean; five levels on a scale from 1."""
    six = forms.summary(forms.answer(frameworks.model("forrester"), [4, 3, 2, 5, 1, 3], as_of=DAY))
    assert six.facts["mean"] == 3.0 and six.facts["lowest"] == ["experience_governance"]
    five = forms.summary(forms.answer(frameworks.model("gentile"), [4, 3, 2, 5, 1], as_of=DAY))
    assert five.facts["mean"] == 3.0 and five.facts["share"] == 0.5


def test_five_ways_of_four_questions():
    """The article on customer-centricity: five ways, four questions each."""
    form = frameworks.model("customer_centricity")
    assert [sum(i.dimension == d for i in form.items) for d in form.dimensions] == [4] * 5
    told = forms.summary(forms.answer(form, [0] * 4 + [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4, as_of=DAY))
    assert list(told.facts["means"].values()) == [0, 1, 2, 3, 4] and told.facts["share"] == 0.5


def test_completeness_and_freshness_of_ten_fields():
    """Akbar (2021), 4.1, customer intimacy: 8 of 10 fields filled, 2 of them older than 24 months: 60 % fresh."""
    profiles = pd.DataFrame(
        {
            "customer_id": range(1, 6),
            "updated_at": ["2024-06-01"] * 4 + ["2022-01-01"],
            "phone": ["1", "2", "3", "-", "5"],
            "job": ["a", None, "c", "d", "e"],
        }
    )
    rules = frameworks.evidence_rules() | {"fewest": 5}
    told = frameworks.value_chain_evidence({"profiles": profiles}, as_of=DAY, rules=rules)
    row = told.table.iloc[0]
    assert row["measured"] == pytest.approx(0.6) and row["score"] == 2 and row["n"] == 10


def test_elements_of_the_offer_are_counted():
    """Akbar (2021), 4.1, network: five elements, three covered: 60 %, and no interval for a count of all."""
    elements = pd.DataFrame({"element": [1, 2, 3, 4, 5], "covered": [True, True, False, True, False]})
    row = frameworks.value_chain_evidence({"elements": elements}, as_of=DAY).table.iloc[0]
    assert row["measured"] == pytest.approx(0.6) and pd.isna(row["measured_low"])
    assert row["score"] == 2 and row["verdict"] == "real"
