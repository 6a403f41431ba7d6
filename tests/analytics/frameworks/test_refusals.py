"""What is refused, what is left open, and what stays true for any answers."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab import forms
from crmlab.analytics import frameworks

DAY = "2024-12-31"
SCORES = st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=9, max_size=9)


def refused(call, *args, **kwargs):
    with pytest.raises(crm.UserError) as error:
        call(*args, **kwargs)
    for lang in crm.labels.LANGUAGES:
        assert error.value.render(lang)
    return error.value


def chain(scores):
    return forms.answer(frameworks.model("value_chain"), scores, evidence=["seen"] * 9, as_of=DAY)


# -- the value chain


@given(SCORES)
def test_a_blocked_stage_has_a_weak_one_before_it(scores):
    told = frameworks.value_chain(chain(scores))
    blocked = told.table["stage_blocked"].tolist()
    for k in range(5):
        weak = any(s is not None and s < 2 for s in scores[:k])
        assert (blocked[k] is True) == weak
        if not weak:
            assert pd.isna(blocked[k]) if None in scores[:k] else blocked[k] is False
    assert told.facts["complete"] == (None not in scores)
    for fact, its in (("mean_stage", scores[:5]), ("mean_support", scores[5:])):
        assert told.facts[fact] == (None if None in its else pytest.approx(sum(its) / len(its)))


@given(SCORES, st.integers(0, 4))
def test_an_open_answer_is_never_read_as_zero(scores, at):
    if scores[at] is None:
        return
    opened = [*scores[:at], None, *scores[at + 1 :]]
    before, after = (frameworks.value_chain(chain(s)).facts for s in (scores, opened))
    assert after["mean_stage"] is None
    assert after["n_blocked"] <= before["n_blocked"]  # nothing is blocked by what is not known


def test_a_weak_first_stage_holds_up_all_later_ones():
    told = frameworks.value_chain(chain([1, 4, 4, 4, 4, 4, 4, 4, 4]))
    assert told.facts["n_blocked"] == 4 and told.facts["mend_first"] == "customer_portfolio"
    assert told.facts["help"] == "10-portfolio-analysis"


def test_the_lowest_of_a_few_good_scores_is_not_the_weakest_link():
    few = frameworks.value_chain(chain([4, None, None, None, 4, None, None, None, None]))
    assert few.facts["mend_first"] is None and few.facts["help"] is None
    low = frameworks.value_chain(chain([4, None, None, None, 4, None, None, 1, None]))
    assert low.facts["mend_first"] == "crm_people"
    assert frameworks.value_chain(chain([4] * 8 + [3])).facts["mend_first"] == "crm_processes"


def test_nine_equal_scores_are_flagged_and_all_are_the_weakest():
    told = frameworks.value_chain(chain([3] * 9))
    assert "forms.note.straight_lined" in [n.code for n in told.notes] and told.table["weakest"].all()


def test_scores_need_evidence_and_their_own_form():
    form = frameworks.model("value_chain")
    assert refused(forms.answer, form, [3] * 9, as_of=DAY).code == "forms.no_evidence"
    assert refused(forms.answer, form, [5] * 9, evidence=["x"] * 9, as_of=DAY).code == "forms.off_scale"
    other = forms.answer(frameworks.model("gartner"), [3] * 8, as_of=DAY)
    assert refused(frameworks.value_chain, other).code == "forms.other_form"
    assert refused(frameworks.orientation, other).code == "forms.other_form"
    assert refused(frameworks.model, "gartnr").near == ("gartner",)


# -- evidence from data


def test_tables_of_pt_xyz_propose_eight_scores_and_leadership_stays_with_people(shop):
    told = frameworks.value_chain_evidence(shop, as_of="2020-12-31")
    assert told.facts["left"] == ["leadership_and_culture"] and told.facts["answered"] == 8
    assert told.facts["weakest"] == ["customer_intimacy"]
    answers = frameworks.proposed(told)
    assert answers.missing == ["leadership_and_culture"]
    for lang in crm.labels.LANGUAGES:
        said = [frameworks.evidence_said(a, lang) for a in answers.answers if a.score is not None]
        assert all("n = " in s for s in said)
    full = forms.overrule(answers, {"leadership_and_culture": 3}, evidence={"leadership_and_culture": "the minutes"},
                          as_of="2021-01-15")  # fmt: skip
    told = frameworks.value_chain(full)
    assert told.facts["by_data"] == 8 and told.facts["overruled"] == 0
    assert told.facts["blocked"] == ["network_development", "value_proposition", "customer_lifecycle"]


def test_proposals_are_kept_byte_for_byte_and_may_be_overruled(shop, tmp_path):
    answers = frameworks.proposed(frameworks.value_chain_evidence(shop, as_of="2020-12-31"))
    path = forms.save(answers, tmp_path / "a.json")
    back = forms.open(path, frameworks.model("value_chain"))
    spoilt = tmp_path / "c.json"
    spoilt.write_text(path.read_text().replace("frameworks.measured.share", "frameworks.measured.nonsense"))
    assert refused(forms.open, spoilt, frameworks.model("value_chain")).code == "forms.not_answers"
    assert back == answers and forms.save(back, tmp_path / "b.json").read_bytes() == path.read_bytes()
    after = forms.overrule(back, {"customer_intimacy": 2}, evidence={"customer_intimacy": "interviews of May"},
                           as_of="2021-01-15")  # fmt: skip
    told = frameworks.value_chain(after)
    assert told.facts["overruled"] == 1 and told.facts["by_data"] == 7
    note = next(n for n in told.notes if n.code == "frameworks.note.overruled")
    assert "interviews of May" in note.render("en") and "0" in note.render("id")


def test_nothing_after_the_day_is_used(shop):
    early = frameworks.value_chain_evidence(shop, as_of="2019-06-30")
    cut = dict(shop)
    for name, column in (("sales", "ordered_at"), ("answers", "answered_on"), ("complaints", "complained_at")):
        cut[name] = shop[name][shop[name][column] <= "2019-06-30 23:59:59"]
    again = frameworks.value_chain_evidence(cut, as_of="2019-06-30")
    pd.testing.assert_frame_equal(early.table, again.table)


def test_a_complaint_settled_after_the_day_was_open_then():
    table = pd.DataFrame(
        {"complained_at": ["2024-12-27 10:00"] * 40, "resolved_at": ["2025-01-02"] * 40, "reopened": False}
    )
    row = frameworks.value_chain_evidence({"complaints": table}, as_of=DAY).table.iloc[0]
    assert row["measured"] == 0 and row["n"] == 40
    backwards = table.assign(resolved_at="2024-12-01")
    assert refused(frameworks.value_chain_evidence, {"complaints": backwards}, as_of=DAY).rows[0] == 1


def test_few_cases_propose_nothing():
    table = pd.DataFrame({"customer_id": range(29), "profit": 1.0})
    told = frameworks.value_chain_evidence({"portfolio": table}, as_of=DAY)
    assert told.table.iloc[0]["verdict"] == "too_few" and pd.isna(told.table.iloc[0]["score"])
    assert frameworks.proposed(told).missing == frameworks.model("value_chain").ids


def test_one_segment_for_everybody_holds_nothing():
    """All stay where they were, and it means nothing: kappa is not defined, and no score is proposed."""
    table = pd.DataFrame({"customer_id": range(50), "before": "all", "now": "all"})
    told = frameworks.value_chain_evidence({"segments": table}, as_of=DAY)
    assert pd.isna(told.table.iloc[0]["measured"]) and told.table.iloc[0]["verdict"] == "too_few"


def test_kappa_by_hand():
    """20 and 30 of 60 stay, 5 change each way: agreed 50/60, by chance (25² + 35²)/60² = 0.5139, kappa 0.6571."""
    before = ["a"] * 25 + ["b"] * 35
    now = ["a"] * 20 + ["b"] * 5 + ["b"] * 30 + ["a"] * 5
    table = pd.DataFrame({"customer_id": range(60), "before": before, "now": now})
    row = frameworks.value_chain_evidence({"segments": table}, as_of=DAY).table.iloc[0]
    assert round(row["measured"], 4) == 0.6571 and row["score"] == 3


def test_thresholds_are_data_and_may_be_changed():
    table = pd.DataFrame({"customer_id": range(40), "profit": [1.0] * 32 + [None] * 8})
    rules = frameworks.evidence_rules()
    next(m for m in rules["measures"] if m["measure"] == "profit_known")["thresholds"] = [0.5, 0.6, 0.7, 0.8]
    strict = frameworks.value_chain_evidence({"portfolio": table}, as_of=DAY).table.iloc[0]["score"]
    assert (
        strict,
        frameworks.value_chain_evidence({"portfolio": table}, as_of=DAY, rules=rules).table.iloc[0]["score"],
    ) == (3, 4)
    rules["measures"][0]["thresholds"] = [0.5, 0.4]
    bad = refused(frameworks.value_chain_evidence, {"portfolio": table}, as_of=DAY, rules=rules)
    assert bad.code == "frameworks.bad_thresholds"
    rules["measures"] = [{**rules["measures"][0], "thresholds": [0.5], "measure": "profit_knwon"}]
    assert refused(frameworks.value_chain_evidence, {"portfolio": table}, as_of=DAY, rules=rules).code == (
        "frameworks.unknown_measure"
    )


def test_tables_that_can_not_be_used_are_refused():
    table = pd.DataFrame({"customer_id": [1, 1, 2], "profit": 1.0})
    twice = refused(frameworks.value_chain_evidence, {"portfolio": table}, as_of=DAY)
    assert twice.code == "frameworks.twice" and twice.rows == (1, 2)
    assert refused(frameworks.value_chain_evidence, {"portfoli": table}, as_of=DAY).near == ("portfolio",)
    assert refused(frameworks.value_chain_evidence, {}, as_of=DAY).code == "frameworks.nothing_measured"
    bare = pd.DataFrame({"customer_id": [1], "updated_at": ["2024-01-01"]})
    assert refused(frameworks.value_chain_evidence, {"profiles": bare}, as_of=DAY).code == "frameworks.no_fields"


def test_default_values_count_as_missing():
    born = pd.to_datetime(["1900-01-01", "1980-05-05"])
    records = pd.DataFrame({"customer_id": [1, 2], "phone": ["0811", " - "], "born_on": born})
    rules = frameworks.evidence_rules() | {"fewest": 2}
    row = frameworks.value_chain_evidence({"records": records}, as_of=DAY, rules=rules).table.iloc[0]
    assert row["measured"] == 0


def test_a_number_nought_and_a_key_nought_are_answers():
    records = pd.DataFrame({"customer_id": [0, 1], "children": [0, 2], "phone": ["0811", "0"]})
    rules = frameworks.evidence_rules() | {"fewest": 2}
    row = frameworks.value_chain_evidence({"records": records}, as_of=DAY, rules=rules).table.iloc[0]
    assert row["measured"] == 0.5


# -- IDIC


def world():
    from .test_worked_numbers import idic_tables

    return idic_tables()


def test_idic_without_a_customer_id_is_refused():
    sales, *rest = world()
    error = refused(frameworks.idic, sales.assign(customer_id=None), *rest, as_of=DAY)
    assert error.code == "frameworks.no_customer_ids"


def test_two_ids_of_a_person_are_one_customer():
    sales, customers, interactions, offers = world()
    persons = pd.DataFrame({"customer_id": [1, 3], "person_id": [1, 1]})  # both of the tier "high"
    told = frameworks.idic(sales, customers, interactions, offers, as_of=DAY, persons=persons)
    assert told.facts["people"] == 119 and told.facts["differentiate_n"] == 119
    assert told.facts["interact_hits"] == 59 and told.facts["customize_hits"] == 44
    assert "frameworks.note.joined_ids" in [n.code for n in told.notes]
    split = pd.DataFrame({"customer_id": [1, 2], "person_id": [1, 1]})
    error = refused(frameworks.idic, sales, customers, interactions, offers, as_of=DAY, persons=split)
    assert error.code == "frameworks.two_tiers" and error.rows == (1,)
    doubled = pd.concat([customers, customers.head(1)])
    assert refused(frameworks.idic, sales, doubled, interactions, offers, as_of=DAY).code == "frameworks.twice"


def test_a_step_that_nobody_reaches_has_no_share_and_the_chain_none():
    sales, customers, interactions, offers = world()
    lonely = interactions[interactions["direction"] == "outgoing"]
    told = frameworks.idic(sales, customers, lonely, offers, as_of=DAY)
    shares = told.table.set_index("step")["share"]
    assert shares["interact"] == 0 and pd.isna(shares["customize"]) and pd.isna(shares["chain"])
    assert told.kind == "frameworks.idic_broken"
    assert [n.code for n in told.notes] == ["frameworks.note.empty_steps"]


def test_an_offer_for_another_tier_is_not_tailored():
    sales, customers, interactions, offers = world()
    swapped = offers.assign(offer_tier=offers["offer_tier"].map({"high": "low", "low": "high"}))
    assert frameworks.idic(sales, customers, interactions, swapped, as_of=DAY).facts["customize_hits"] == 0
    one = frameworks.idic(sales, customers, interactions, offers, as_of=DAY, tier="high")
    assert one.facts["interact_n"] == 60 and one.facts["differentiate_n"] == 60
    assert (
        refused(frameworks.idic, sales, customers, interactions, offers, as_of=DAY, tier="gold").code
        == "frameworks.no_tier"
    )
    odd = interactions.assign(direction="masuk")
    assert refused(frameworks.idic, sales, customers, odd, offers, as_of=DAY).code == "frameworks.bad_direction"


def test_nothing_after_the_day_reaches_a_step():
    sales, customers, interactions, offers = world()
    told = frameworks.idic(sales, customers, interactions, offers.assign(offered_at="2025-01-01"), as_of=DAY)
    assert told.facts["customize_hits"] == 0


# -- assignments


def test_blanks_leave_a_mark_open_and_doubles_are_refused():
    told = frameworks.grade(
        "crm_types", {"calls_routed": "operasional", "basket_patterns": " ", "who_will_leave": None}
    )
    assert told.kind == "frameworks.grading_incomplete" and told.facts["share"] is None
    assert (told.facts["answered"], told.facts["right"]) == (1, 1)
    pairs = [("calls_routed", "operasional"), ("calls_routed", "analitis")]
    assert refused(frameworks.grade, "crm_types", pairs).code == "frameworks.assigned_twice"
    assert refused(frameworks.grade, "crm_types", {"calls_routd": "x"}).near == ("calls_routed",)
    assert refused(frameworks.grade, "crm_types", {"calls_routed": "sosial"}).code == "frameworks.no_class"
    assert refused(frameworks.grade, "crm_history", {}).code == "frameworks.no_exercise"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("ANALITIK", "analytical_crm"), ("analitikal", "analytical_crm"), ("analitiss", "analytical_crm"),
     ("kolaboratif.", "collaborative_crm"), ("Operasionl", "operational_crm"), ("crm stratejik", "strategic_crm")],
)  # fmt: skip
def test_synonyms_and_small_slips_are_understood(word, meant):
    told = frameworks.grade("crm_types", {"who_will_leave": word})
    assert told.table.set_index("item").loc["who_will_leave", "given_class"] == meant


@pytest.mark.parametrize(
    "word",
    ["author_hakansson", "Håkansson", "hakansson", "HÅKANSSON", "Ha\u030akan Ha\u030akansson",
     "Håkan Håkansson (penyunting), “International Marketing and Purchasing of Industrial Goods” (1982)"],
)  # fmt: skip
def test_an_item_is_understood_by_its_words_with_or_without_accents(word):
    told = frameworks.grade("relationship_schools", {word: "IMP"})
    assert told.table.set_index("item")["is_right"].dropna().to_dict() == {"author_hakansson": True}


def test_words_that_fit_two_items_or_none_are_refused():
    for word in ("David", "Hunt dan Morgan", "Kotler", "", None, 7):  # David Ford, David Ballantyne
        told = refused(frameworks.grade, "relationship_schools", {word: "IMP"})
        assert told.code == "frameworks.unknown_items"
    assert "Shelby Hunt" in refused(frameworks.grade, "relationship_schools", {"Shelby Hunnt": "IMP"}).near
    twice = {"Ford": "IMP", "author_ford": "Nordik"}
    assert refused(frameworks.grade, "relationship_schools", twice).code == "frameworks.assigned_twice"
    ladder = ["agraria", "Agrarian economy", "jasa", "industri"]
    assert refused(frameworks.order, ladder, "value_ladder").code == "frameworks.not_an_order"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", frameworks.exercises())
def test_what_a_page_shows_can_be_handed_in(name, lang):
    """Sentences of the items and names of the classes, as they are read, are answers."""
    shown = frameworks.exercise(name, lang)
    if not shown["classes"]:
        assert frameworks.order(list(shown["items"].values()), name).facts["n"] == len(shown["items"])
        return
    table = frameworks.grade(name, {}).table
    right = {shown["items"][i]: shown["classes"][c] for i, c in zip(table["item"], table["right_class"], strict=True)}
    assert frameworks.grade(name, right).facts["share"] == 1


def test_true_for_everything_fails_the_misconceptions():
    items = list(frameworks.exercise("misconceptions")["items"])
    told = frameworks.grade("misconceptions", dict.fromkeys(items, True))
    assert told.facts["share"] == 0.5 and len(told.notes) == 5


def test_an_order_must_hold_every_item_once():
    items = list(frameworks.exercise("crm_history")["items"])
    assert items == sorted(items)  # not in the order that is asked for
    assert refused(frameworks.order, items[:-1]).code == "frameworks.not_an_order"
    assert refused(frameworks.order, [*items[:-1], items[0]]).code == "frameworks.not_an_order"


@given(st.permutations(["rolodex", "sales_meetings", "customer_mainframe", "act_contacts", "siebel_sfa",
                        "open_source_crm", "cloud_and_mobile_crm"]))  # fmt: skip
def test_an_order_and_its_mirror_share_the_pairs(items):
    told, mirror = frameworks.order(items), frameworks.order(items[::-1])
    assert told.facts["right"] + mirror.facts["right"] == 21
    right = ["rolodex", "sales_meetings", "customer_mainframe", "act_contacts", "siebel_sfa", "open_source_crm"]
    right.append("cloud_and_mobile_crm")
    by_hand = sum(items.index(a) < items.index(b) for k, a in enumerate(right) for b in right[k + 1 :])
    assert told.facts["right"] == by_hand


def test_orientations_that_are_equal_or_open_conclude_nothing():
    form = frameworks.model("kotler")
    equal = frameworks.orientation(forms.answer(form, [5, 5, 5, 5, 5, 5, 1, 1, 1, 2, 2, 2], as_of=DAY))
    assert equal.facts["why"] == "equal" and equal.facts["leading"] is None
    gap = frameworks.orientation(forms.answer(form, [5] * 11 + [None], as_of=DAY))
    assert gap.facts["why"] == "incomplete"
    clear = frameworks.orientation(forms.answer(form, [2, 2, 2, 3, 3, 3, 1, 1, 1, 5, 4, 5], as_of=DAY))
    assert clear.facts["leading"] == "customer_orientation"


# -- sufficiency


def test_what_is_missing_is_named():
    empty = pd.DataFrame({"customer_id": [], "date": [], "amount": []})
    told = frameworks.data_sufficiency(empty, as_of=DAY)
    assert [n.code for n in told.notes] == ["frameworks.note.no_rows"] and not told.facts["runs"]
    many = pd.DataFrame({"Pelanggan_ID": range(40), "TGL": "2024-05-01", "omzet": 5})
    assert frameworks.data_sufficiency(many, as_of=DAY).facts["runs"]
    assert not frameworks.data_sufficiency(many, as_of="2024-04-30").facts["runs"]
    own = many.rename(columns={"TGL": "saat_nota"})
    assert frameworks.data_sufficiency(own, as_of=DAY).facts["missing"] == ["date"]
    assert frameworks.data_sufficiency(own, as_of=DAY, columns={"date": "saat_nota"}).facts["runs"]
    words = many.assign(omzet="banyak")
    told = frameworks.data_sufficiency(words, as_of=DAY)
    assert told.facts["too_few"] == ["amount"] and "frameworks.note.unreadable" in [n.code for n in told.notes]
    assert refused(frameworks.data_sufficiency, [1], as_of=DAY).code == "frames.no_table"
    assert refused(frameworks.data_sufficiency, many, as_of=DAY, columns={"date": "x"}).code == "frames.missing_column"


# -- data files


def test_every_help_is_a_notebook_of_the_course():
    from crmlab.course import originals

    known = {path.stem for path in (originals() / "id").glob("*.ipynb")}
    asked = {item.help for name in frameworks.models() for item in frameworks.model(name).items} - {""}
    assert asked and asked <= known


def test_every_rule_has_a_measure_and_an_item():
    from crmlab.analytics.frameworks.measures import MEASURES

    rules = frameworks.evidence_rules()["measures"]
    assert {r["measure"] for r in rules} == set(MEASURES)
    assert {r["item"] for r in rules} <= set(frameworks.model("value_chain").ids)
    assert all(
        len(r["thresholds"]) == 3 for r in rules if r["item"] == "value_proposition"
    )  # a rival is not in the data
