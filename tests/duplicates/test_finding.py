"""Finding: the planted truths, the book's example, what keeps people apart, and what is said of the search."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

import crmlab as crm
from crmlab.duplicates import DEFAULT, Block, Model, curve, find

PERSON = {
    "id": "1",
    "nama": "Rina Lubis",
    "telepon": "081234567890",
    "email": "rina@contoh.id",
    "nik": "0000001505900001",
    "tgl_lahir": "1990-05-15",
    "alamat": "Jl. Melati No. 12",
    "kota": "Depok",
    "jk": "P",
}
# other people, so that values have a frequency and L stands beside P
OTHERS = [
    {
        "id": f"x{k}",
        "nama": f"{first} {last}",
        "telepon": f"08139{k:07}",
        "email": f"x{k}@contoh.id",
        "nik": f"0000000101{k:06}",
        "tgl_lahir": f"19{60 + k}-03-{k + 1:02}",
        "alamat": f"Jl. Mawar No. {k}",
        "kota": "Bogor",
        "jk": "L",
    }
    for k, (first, last) in enumerate(
        [("Agus", "Hakim"), ("Dewi", "Sinaga"), ("Rina", "Tanjung"), ("Rini", "Halim"), ("Rini", "Kusuma"),
         ("Rina", "Kusuma"), ("Rina", "Wijaya"), ("Rini", "Wijaya"), ("Rini", "Lukito"), ("Joko", "Lubis")]
    )
]  # fmt: skip


def pair(**other) -> crm.duplicates.Found:
    """One person and another row, among others."""
    return find(pd.DataFrame([PERSON, {**PERSON, "id": "2", **other}, *OTHERS]), key="id")


def together(found, one="1", other="2") -> bool:
    return found.entity_of[one] == found.entity_of[other]


def test_the_three_rows_of_budi_are_one_person_with_one_number(budi):
    found = find(budi, key="id")
    assert found.facts["entities"] == 1
    merged = crm.duplicates.merge(budi, found)
    assert merged.table["telepon"].tolist() == ["+6281234567890"]
    assert merged.table["id"].tolist() == ["A"]


@pytest.mark.parametrize("without", [(), ("email",), ("email", "phone")])
def test_what_is_planted_in_pt_xyz_is_found_again_and_households_stay_apart(pos, truth, without):
    """R-T17; the POS copies the e-mail address of the first entry, so the harder searches do without."""
    pairs, shared = truth
    found = find(pos, key="KODE_PLG", fields=dict.fromkeys(without))
    facts = curve(found, pairs).facts
    assert facts["n"] == len(pairs) >= 20
    assert facts["entity_precision"] >= 0.95
    assert facts["entity_recall"] >= 0.90
    assert len(shared) > 0
    assert not any(together(found, a, b) for a, b in shared.itertuples(index=False))
    if "phone" not in without:
        assert found.facts["rule_household"] >= len(shared)


@pytest.mark.parametrize("without", [(), ("national_id",), ("national_id", "phone")])
def test_patients_with_two_record_numbers_are_found_and_twins_are_not_merged(without):
    """H-T18; twins share birth date, address, phone and last name."""
    patients = crm.datasets.load_hospital("S", layer="raw").tables["pasien"]
    told = crm.datasets.load_hospital("S", layer="truth").tables
    double, twins = told["patient_duplicate"], told["twins"]
    pairs = pd.DataFrame({"left": [f"RM{k:06}" for k in double["patient_id"]]})
    pairs["right"] = double["record_number"].astype(str)
    found = find(patients, key="NO_RM", fields=dict.fromkeys(without))
    facts = curve(found, pairs).facts
    assert facts["n"] == len(pairs) > 50
    assert facts["entity_precision"] >= 0.95
    assert facts["entity_recall"] >= 0.90
    kin = zip(twins["patient_id"], twins["other_patient_id"], strict=True)
    assert len(twins) > 0
    assert not any(together(found, f"RM{a:06}", f"RM{b:06}") for a, b in kin)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"nama": "RINA  LUBIS, S.E.", "telepon": "+62 812-3456-7890"},
        {"nama": "Hj. Rina Lubsi"},
        {"nama": "Lubis Rina", "email": None},
        {"nama": "Rina L."},
        {"nama": "Rinna L."},
        {"nama": "Ryna Loebis"},
        {"nama": "Rina"},
        {"telepon": None, "email": None, "nik": None},
        {"tgl_lahir": "1990-05-16"},
        {"tgl_lahir": "05/15/1990", "email": "r.lubis@contoh.id"},
        {"alamat": "Jalan Kenanga 4", "kota": "Bogor", "telepon": "081999888777"},
        {"nik": "0000001505900002"},
    ],
)
def test_one_person_written_differently_is_found(other):
    assert together(pair(**other)), pair(**other).why("1", "2").table


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        # a sister born on the same day, whose name is one letter away and as usual as hers
        ({"nama": "Rini Lubis", "nik": "0000001505900003", "email": None}, "twins"),
        ({"nama": "Rini Lubis", "nik": None, "email": None}, "twins"),
        ({"nama": "Siti Lubis", "nik": None, "email": None}, "twins"),
        ({"nama": "Joko Lubis", "nik": None, "tgl_lahir": "1985-01-30", "jk": "L"}, "household"),
        ({"nama": "Joko Lubis", "nik": None, "tgl_lahir": None, "jk": "L"}, "household"),
        # a mother and a daughter of one name
        ({"nik": None, "tgl_lahir": "2012-11-02", "email": None}, "other_birth_date"),
        ({"nik": "0000009911220044"}, "other_national_id"),
    ],
)
def test_who_shares_a_home_is_not_one_person(other, rule):
    found = pair(**other)
    assert not together(found)
    said = found.table.set_index(["left", "right"]).loc[("1", "2")]
    assert (said["rule"], said["verdict"], said["score"]) == (rule, "no_match", 0.0)
    assert found.why("1", "2").notes


def test_brothers_who_share_the_name_behind_muhammad_are_two():
    brothers = [{**PERSON, "nama": name, "nik": None, "email": None, "id": k} for k, name in
                (("1", "Muhammad Sulaiman"), ("2", "Ahmad Sulaiman"))]  # fmt: skip
    found = find(pd.DataFrame([*brothers, *OTHERS]), key="id")
    assert found.why("1", "2").facts["rule"] == "twins"
    assert together(pair(nama="Hj. Siti Rina Lubis", nik=None, email=None)), "Siti stands before a name, or not"


def test_another_last_name_is_for_a_person_to_judge():
    found = pair(nama="Rina Aritonang", nik=None, email=None, tgl_lahir=None)
    assert found.table.set_index(["left", "right"]).loc[("1", "2"), ["verdict", "rule"]].tolist() == [
        "review",
        "other_last_name",
    ]
    assert together(pair(nama="Rina Aritonang", nik=None)), "one e-mail address and birth date: she has married"


def test_two_good_signs_against_each_other_are_for_a_person_to_judge():
    found = pair(tgl_lahir="1961-11-02", nik=None)
    assert found.table["verdict"].iloc[0] == "review"
    assert found.table["rule"].iloc[0] == "other_birth_date_one_email"


def test_a_common_name_proves_less_than_a_rare_one():
    rows = [{"id": f"{k}", "nama": "Muhammad Hidayat", "kota": f"Kota {k}"} for k in range(40)]
    rows += [{"id": f"r{k}", "nama": "Xaverius Manurung", "kota": f"Kota {k}"} for k in range(2)]
    found = find(pd.DataFrame(rows), key="id", blocks=[["name_sound"]], review=0.0005)
    bits = {key: found.why(*key).facts["bits"] for key in (("0", "1"), ("r0", "r1"))}
    assert bits["r0", "r1"] > bits["0", "1"] + 3


def test_a_number_that_everybody_has_makes_nobody_one_person():
    names = crm.datasets.load_retail("S", layer="raw").tables["pos_pelanggan"]["NAMA"].str.title()
    names = names[~names.str.split().str[0].duplicated()].head(30)
    found = find(pd.DataFrame({"id": range(30), "nama": names, "telepon": "0812-9999-1111"}), key="id")
    assert found.facts["entities"] == 30


def test_guessed_columns_and_unreadable_values_are_said(pos):
    found = find(pos.assign(NO_HP=pos["NO_HP"].where(pos.index > 2, "tidak ada hp")), key="KODE_PLG")
    said = [note.render("en") for note in found.notes]
    assert any("phone = NO_HP" in s and "born_on = TGL_LAHIR" in s for s in said)
    assert any("3 values" in s and "NO_HP" in s for s in said)
    assert found.facts["rows"] == len(pos)


def test_a_group_that_is_too_large_is_left_out_and_said(pos):
    found = find(pos, key="KODE_PLG", blocks=[["city"]], largest_group=100)
    assert found.facts["skipped_groups"] > 0
    assert found.facts["unseen_rows"] == found.blocks["skipped_rows"].sum()
    assert any("100 rows were not compared" in note.render("en") for note in found.notes)


def test_too_many_pairs_make_groups_smaller_and_this_is_said(pos, monkeypatch):
    from crmlab.duplicates import finding

    monkeypatch.setattr(finding, "MOST_PAIRS", 3000)
    found = find(pos, key="KODE_PLG", blocks=[["city"]], largest_group=200)
    assert found.facts["pairs_compared"] <= 3000
    assert found.params["largest_group"] < 200
    assert any("lowered" in note.render("en") for note in found.notes)


def test_weights_are_data_that_a_person_can_change(budi):
    assert Model.from_dict(DEFAULT.to_dict()) == DEFAULT
    strict = DEFAULT.change("phone", "same", m=0.1)
    assert find(budi, key="id", model=strict).table["bits"].max() < find(budi, key="id").table["bits"].max()
    home = pd.DataFrame([PERSON, {**PERSON, "id": "2", "nama": "Rini Lubis", "nik": None}, *OTHERS])
    lenient = find(home, key="id", model=DEFAULT.without("twins", "household"))
    assert together(lenient), "without the contradictions, twins would be merged"
    assert "0 twins" in lenient.explain("en")


def test_a_very_long_chain_is_said():
    rows = pd.DataFrame({"id": range(70), "nama": "Xaverius Manurung", "hp": "0812-3456-7890"})
    chain = pd.DataFrame({"left": range(69), "right": range(1, 70), "verdict": "match"})
    found = find(rows, key="id", decisions=chain)
    assert found.facts["entities"] == 1
    assert any("70 rows" in note.render("en") for note in found.notes)


def test_a_result_can_be_stored_and_says_what_is_then_missing(found):
    again = pickle.loads(pickle.dumps(found))
    assert again.facts == found.facts
    pd.testing.assert_frame_equal(again.table, found.table)
    with pytest.raises(crm.UserError, match="find again"):
        again.why("PLG000001", "PLG000002")


def test_values_in_why_are_masked(found):
    first = found.table.iloc[0]
    shown = found.why(first["left"], first["right"]).table.to_csv()
    assert "•" in shown
    assert "contoh.id" in shown and found.standard()["name"].iloc[0] not in shown


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"key": "nomor"}, "duplicates.no_column"),
        ({"fields": {"nma": "nama"}}, "duplicates.unknown_field"),
        ({"fields": {"name": "nma"}}, "duplicates.no_column"),
        ({"fields": {"name": None, "phone": None}}, "duplicates.nothing_to_compare"),
        ({"threshold": 1.0}, "duplicates.not_a_threshold"),
        ({"threshold": 0.5, "review": 0.8}, "duplicates.review_above_threshold"),
        ({"blocks": ["postcode"]}, "duplicates.block_needs"),
        ({"blocks": [Block("name_sound", "birth_year")]}, "duplicates.block_needs"),
        ({"blocks": []}, "duplicates.no_block"),
        ({"decisions": pd.DataFrame({"left": ["A"], "right": ["B"], "verdict": ["ya"]})}, "duplicates.unknown_verdict"),
        ({"decisions": pd.DataFrame({"left": ["A"], "right": ["Z"], "verdict": ["match"]})}, "duplicates.unknown_key"),
    ],
)
def test_what_can_not_be_used_is_said(budi, how, code):
    with pytest.raises(crm.UserError) as caught:
        find(budi, **{"key": "id", **how})
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")


def test_two_columns_of_one_name_are_refused(budi):
    with pytest.raises(crm.UserError) as refused:
        find(budi.set_axis(["id", "nama", "nama"], axis=1), key="id")
    assert refused.value.code == "duplicates.column_twice"


def test_keys_must_name_rows(budi):
    with pytest.raises(crm.UserError, match="more than once"):
        find(budi.assign(id=["A", "B", "B"]), key="id")
    with pytest.raises(crm.UserError, match="empty"):
        find(budi.assign(id=["A", None, "B"]), key="id")


@pytest.mark.parametrize("rows", [0, 1])
def test_tables_with_nobody_to_compare(budi, rows):
    found = find(budi.head(rows), key="id")
    assert found.facts["entities"] == rows
    assert found.facts["duplicate_share"] == 0
    assert len(crm.duplicates.merge(budi.head(rows), found).table) == rows


def test_customers_written_worse_than_pt_xyzs_are_found_too():
    """The benchmark's table, smaller: slips, initials, titles, moves, gaps, households and twins."""
    from tests.benchmarks.duplicates import make

    table, one, apart = make(8_000)
    found = find(table, key="kode")
    facts = curve(found, one).facts
    assert facts["entity_precision"] >= 0.95
    assert facts["entity_recall"] >= 0.90
    merged = sum(together(found, a, b) for a, b in apart.itertuples(index=False))
    assert merged <= 0.01 * len(apart)
