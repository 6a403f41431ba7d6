"""The raw registration export, and the reference way back to clean tables."""

import re

import pandas as pd
import pytest

from crmlab.datasets import load_hospital
from crmlab.datasets.hospital import planted, raw, realised, records


@pytest.fixture(scope="module", params=["S", "M"])
def export(request):
    return load_hospital(request.param, layer="raw")


@pytest.fixture(scope="module")
def clean(export):
    return load_hospital(export.size, layer="clean").tables


@pytest.fixture(scope="module")
def truth(export):
    return load_hospital(export.size, layer="truth").tables


def test_the_old_system_has_its_habits(export):
    register, book = export.tables["pasien"], export.tables["kunjungan"]
    assert set(register["JK"]) == {"L", "P"}
    assert register["TGL_LAHIR"].str.fullmatch(r"\d\d/\d\d/\d{4}").all()
    assert book["TAGIHAN"].str.fullmatch(r"\d{1,3}(\.\d{3})*").all()
    assert export.path("kunjungan").read_bytes().count(b"\r\n") == len(book) + 1
    styles = {re.sub(r"\d+", "9", phone) for phone in register["NO_HP"]}
    assert styles == {"9", "+9", "9 9 9 9", "9-9-9"}
    assert {name[:4] for name in register["NAMA"] if "." in name} == {"Tn. ", "Ny. ", "An. "}
    # a day's date stands on its first line only
    assert 0 < (book["TANGGAL"] != "").sum() <= planted.N_DAYS
    assert (book["SELESAI"] < book["MASUK"]).any()


def test_nobody_real_stands_in_the_export(export):
    register = export.tables["pasien"]
    assert register["NO_HP"].map(records.canonical_phone).str.fullmatch(r"\+628000\d{7}").all()
    assert register.loc[register["NIK"] != "", "NIK"].str.fullmatch(r"00\d{14}").all()


def test_reference_finds_every_duplicate_and_merges_no_family(export, truth):
    merged = realised.merged_pairs(export.tables["pasien"])
    wanted = truth["patient_duplicate"].set_index("record_number")["patient_id"].map(raw.record_number)
    assert merged.sort_index().to_dict() == wanted.sort_index().to_dict()


def test_duplicates_are_of_the_planted_kinds(export, truth):
    pairs = truth["patient_duplicate"]
    register = export.tables["pasien"].set_index("NO_RM")
    patients = len(register) - len(pairs)
    assert len(pairs) == round(planted.DUPLICATES * patients)
    shares = pairs["kind"].value_counts(normalize=True)
    for kind, share in planted.DUPLICATE_KINDS.items():
        assert abs(shares[kind] - share) <= 1 / len(pairs)
    original = register.loc[pairs["patient_id"].map(raw.record_number)]
    second = register.loc[pairs["record_number"]]
    same_name = (
        original["NAMA"].map(records.canonical_name).to_numpy() == second["NAMA"].map(records.canonical_name).to_numpy()
    )
    same_phone = original["NO_HP"].to_numpy() == second["NO_HP"].to_numpy()
    assert ((pairs["kind"] == "phone_format").to_numpy() == (same_name & ~same_phone)).all()
    assert ((pairs["kind"] == "name_typo").to_numpy() == (~same_name & same_phone)).all()
    assert ((pairs["kind"] == "both").to_numpy() == (~same_name & ~same_phone)).all()
    assert len(truth["twins"]) == round(planted.TWINS * patients / 2)


def test_reference_reproduces_the_clean_patients(export, clean):
    got = records.clean_patients(export.tables["pasien"], clean["regions"], clean["payers"])
    wanted = clean["patients"][got.columns]
    pd.testing.assert_frame_equal(got, wanted, check_dtype=False)


def test_reference_reproduces_the_clean_visits(export, clean):
    got = records.clean_visits(export.tables["kunjungan"], export.tables["pasien"], clean["payers"])
    pd.testing.assert_frame_equal(got, clean["visits"][got.columns], check_dtype=False)
