"""Standardising columns: the worked numbers, the traps, and that no row is lost."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab import labels
from crmlab.errors import UserError

standardise = crm.ingest.standardise


def accounts_for_every_row(column):
    facts = column.report.facts
    assert facts["rows"] == len(column) == sum(facts[s] for s in ("kept", "changed", "missing", "unmapped"))
    assert column.report.table["rows"].sum() == len(column)
    assert len(column.unmapped) == facts["unmapped"] == column.reasons.notna().sum()
    assert column.values[column.reasons.notna()].isna().all()


# phones --------------------------------------------------------------------------------------------------------------


def test_three_ways_of_writing_one_phone():
    """Row D07 of the mission map."""
    column = standardise.phone(["0812-3456-7890", "+62 812 3456 7890", "6281234567890"])
    assert set(column.values) == {"+6281234567890"}
    assert column.report.facts["distinct"] == 1


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0812.3456.7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("0062 812 345 678", "+62812345678"),
        ("'081234567890", "+6281234567890"),
        ("WA: 0812 3456 7890", "+6281234567890"),
        ("0856-123-4567 (WA)", "+628561234567"),
        ("+0812345678", "+62812345678"),
        ("0812/3456/7890", "+6281234567890"),
        ("0812 3456 7890 (Ibu Siti)", "+6281234567890"),
        ("０８１２３４５６７８９０", "+6281234567890"),  # full-width digits of a Japanese keyboard
        ("\u202a0812 3456 7890\u202c", "+6281234567890"),  # copied from a chat, with marks of direction
        ("6.281234567890E+12", "+6281234567890"),  # all its digits are there
        (81234567890, "+6281234567890"),
        (81234567890.0, "+6281234567890"),
        ("(021) 555-0123", "+62215550123"),
        ("(0274) 512345 ext. 12", "+62274512345"),
        ("62-21-5551234", "+62215551234"),
        ("62 800 0860 3354", "+6280008603354"),
        ("+1 212 555 0100", "+12125550100"),
        ("00 65 9123 4567", "+6591234567"),
    ],
)
def test_phones_as_people_write_them(written, number):
    assert standardise.phone([written]).values.tolist() == [number]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("8.12E+11", "digits_lost"),
        ("6,28123E+12", "digits_lost"),
        ("0", "placeholder"),
        ("0800000", "placeholder"),
        ("081200000000", "placeholder"),
        ("99999999", "placeholder"),
        ("555 1234", "no_area_code"),
        ("2155501234", "no_prefix"),
        ("0812", "too_short"),
        ("08123456789012345", "too_long"),
        ("0100 234 5678", "unknown_prefix"),
        ("08l2345678", "not_a_number"),
        ("tidak ada", "not_a_number"),
    ],
)
def test_what_is_no_phone_is_missing_with_its_reason(written, reason):
    column = standardise.phone([written])
    assert column.values.isna().all() and column.reasons.tolist() == [reason]
    assert column.reason(reason, "id") != column.reason(reason, "en")


def test_phones_that_lost_their_digits_do_not_become_one_customer():
    column = standardise.phone(["8.12E+11", 8.12e11, "8.12E+11"])
    # a float of 812000000000 may have been that, but noughts only are no number either
    assert column.values.isna().all()
    assert column.reasons.tolist() == ["digits_lost", "placeholder", "digits_lost"]
    assert column.report.notes[0].code == "standardise.note.digits_lost"


def test_several_numbers_in_a_cell_are_all_kept():
    column = standardise.phone(["0812-1111-2222 / 0813 1111 2222 ; 021-5551234", "081211112222 atau 081211112222"])
    assert column.values.tolist() == ["+6281211112222"] * 2
    assert column.detail["others"].tolist()[0] == "+6281311112222 +62215551234"
    assert pd.isna(column.detail["others"].iloc[1])
    assert column.report.notes[0].values["n"] == 1


def test_an_area_code_is_given_not_guessed():
    assert standardise.phone(["555 1234"], area_code="021").values.tolist() == ["+62215551234"]
    with pytest.raises(UserError) as caught:
        standardise.phone(["555 1234"], area_code="812")
    assert caught.value.render("id") == ('“812” bukan kode wilayah telepon. Caranya: tulis misalnya area_code="021".')


def test_the_report_hides_numbers_and_the_rows_show_them():
    column = standardise.phone(pd.Series(["0812-3456-7890", "2155501234", None], name="NO_HP"))
    assert "3456" not in column.report.table.to_string() and "5501" not in column.report.table.to_string()
    assert column.unmapped[["row", "given", "reason"]].to_numpy().tolist() == [[2, "2155501234", "no_prefix"]]
    assert column.values.name == "NO_HP"


PHONES = st.one_of(
    st.none(),
    st.text(alphabet="0123456789+-. ()/E,x", max_size=24),
    st.from_regex(r"\A(0|62|\+62|\+62 )8[1-35-9][0-9]{1,2}[- .]?[0-9]{4}[- .]?[0-9]{3,4}\Z"),
    st.floats(min_value=0, max_value=1e14),
    st.integers(0, 10**13),
)


@given(st.lists(PHONES, max_size=12))
def test_phones_once_standard_stay_and_every_row_is_accounted_for(values):
    once = standardise.phone(pd.Series(values, dtype="object"))
    accounts_for_every_row(once)
    again = standardise.phone(once.values)
    assert again.values.equals(once.values)
    assert again.report.facts["changed"] == 0 and again.report.facts["unmapped"] == 0
    assert once.values.dropna().str.fullmatch(r"\+[1-9][0-9]{7,14}").all()


@given(st.lists(PHONES, min_size=1, max_size=12), st.randoms())
def test_the_order_of_rows_makes_no_difference(values, random):
    series = pd.Series(values, dtype="object")
    order = list(series.index)
    random.shuffle(order)
    straight, shuffled = standardise.phone(series), standardise.phone(series.loc[order])
    assert shuffled.values.sort_index().equals(straight.values)
    assert shuffled.report.facts == straight.report.facts


@given(st.from_regex(r"\A8[1-35-9][0-9]{8,9}\Z"), st.sampled_from(["0", "62", "+62", "+62 ", "0062", ""]))
def test_the_quick_way_and_the_careful_way_agree(digits, begin):
    from crmlab.ingest.standardise.phones import _read

    value = standardise.phone([begin + digits]).values.tolist()[0]
    careful = _read(begin + digits, None)[0]
    assert value == careful or (pd.isna(value) and careful is None)


# names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown", "compared"),
    [
        ("BUDI  SANTOSO", "Budi Santoso", "budi santoso"),
        ("Drs. H. Budi Santoso, M.M.", "Budi Santoso", "budi santoso"),
        ("dr. Siti Aminah Sp.A", "Siti Aminah", "siti aminah"),
        ("BUDI SANTOSO SE", "Budi Santoso", "budi santoso"),
        ("Budi, S. Kom., M.M.", "Budi", "budi"),
        ("Prof. Dr. Ir. H. Joko W, M.Sc., Ph.D", "Joko W", "joko w"),
        ("M. Rizki", "M. Rizki", "muhammad rizki"),
        ("mohd rizki", "Mohd Rizki", "muhammad rizki"),
        ("Moh. Rizki", "Moh Rizki", "muhammad rizki"),
        ("MA'RUF AMIN", "Ma'ruf Amin", "maruf amin"),
        ("R.A. Kartini", "R.A. Kartini", "ra kartini"),
        ("AHMAD BIN ALI", "Ahmad bin Ali", "ahmad bin ali"),
        ("José", "José", "jose"),
        ("Søren Łukasz Strauß", "Søren Łukasz Strauß", "soren lukasz strauss"),
        ("Andi St", "Andi St", "andi st"),  # a name; Andi ST has a degree
        ("Andi ST", "Andi", "andi"),
        ("M", "M", "m"),  # stands for nothing by itself
        ("H.", "H.", "h"),
        ("PT. MAJU JAYA Tbk", "PT Maju Jaya Tbk", "maju jaya"),
        ("Maju Jaya Tbk., PT", "PT Maju Jaya Tbk", "maju jaya"),
        ("MAJU JAYA, CV", "CV Maju Jaya", "maju jaya"),
    ],
)
def test_names(written, shown, compared):
    column = standardise.name([written])
    assert column.values.tolist() == [shown]
    assert column.detail["compare"].tolist() == [compared]


def test_what_is_taken_off_a_name_is_kept():
    detail = standardise.name(["Drs. H. Budi, M.M.", "PT Bank Rakyat Indonesia (Persero) Tbk", "Budi (alm)"]).detail
    assert detail["titles"].tolist()[::2] == ["Drs., H., M.M.", "(alm)"]
    assert detail["form"].tolist()[1] == "PT (Persero) Tbk"


def test_a_doctor_of_letters_is_not_told_from_a_doctor_by_crmlab():
    """dr. and Dr. are two titles: both are kept as they were written."""
    assert standardise.name(["dr. Budi", "Dr. Budi"]).detail["titles"].tolist() == ["dr.", "Dr."]


@given(st.lists(st.one_of(st.none(), st.text(max_size=25), st.sampled_from(["PT A B", "H. Budi, SE"])), max_size=8))
def test_names_once_tidy_compare_alike(values):
    once = standardise.name(pd.Series(values, dtype="object"))
    accounts_for_every_row(once)
    shown = once.values.dropna()
    assert not shown.str.contains(r"\s\s|^\s|\s$").any()
    again = standardise.name(shown)
    assert again.report.facts["unmapped"] <= len(shown)


# codes ---------------------------------------------------------------------------------------------------------------

POS = ["L"] * 6 + ["P"] * 4
FINANCE = ["P"] * 5 + ["W"] * 5


def test_ten_from_the_pos_and_ten_from_finance():
    """Row W02 of the mission map: L 11, P 9; thrown together they would seem to be L 6, P 9, W 5."""
    merged = pd.DataFrame({"code": POS + FINANCE, "source": ["pos"] * 10 + ["finance"] * 10})
    assert merged["code"].value_counts().to_dict() == {"P": 9, "L": 6, "W": 5}
    column = standardise.codes(merged["code"], field="gender", source=merged["source"])
    assert column.values.value_counts().to_dict() == {"male": 11, "female": 9}
    facts = column.report.facts
    assert (facts["n_male"], facts["n_female"], facts["unmapped"]) == (11, 9, 0)
    apart = [standardise.codes(c, field="gender", source=s) for c, s in ((POS, "pos"), (FINANCE, "finance"))]
    assert sum((a.values == "male").sum() for a in apart) == 11


def test_without_a_source_nothing_is_guessed():
    with pytest.raises(UserError) as caught:
        standardise.codes(["L", "P"], field="gender")
    assert caught.value.render("en") == (
        "The codes of Gender (L, P) do not mean the same in every system. Wanted: finance (P = male), "
        "hr (L = male, P = female), pos (L = male, P = female). To mend it: say which system they come from with "
        "source=, or give a map of your own with maps=."
    )
    assert caught.value.render("id").startswith("Kode Jenis kelamin (L, P) tidak berarti sama di semua sistem.")


def test_two_systems_thrown_together_are_caught():
    with pytest.raises(UserError) as caught:
        standardise.codes(POS + FINANCE, field="gender", source="pos")
    assert caught.value.code == "standardise.mixed_codes"
    assert caught.value.rows == (16, 17, 18, 19, 20) and caught.value.values["clash"] == ["P"]
    column = standardise.codes(POS + FINANCE, field="gender", source="pos", mixed="unmapped")
    assert column.values.value_counts().to_dict() == {"male": 6}
    assert column.reasons.value_counts().to_dict() == {"mixed_codes": 9, "unknown_code": 5}
    accounts_for_every_row(column)


def test_zero_and_one_are_not_guessed():
    column = standardise.codes(["L", "1", "0", "", None, " p "], field="gender", source="pos")
    assert column.values.tolist()[0] == "male" and column.values.tolist()[5] == "female"
    assert column.unmapped["row"].tolist() == [2, 3] and column.report.facts["missing"] == 2
    assert [n.code for n in column.report.notes] == ["standardise.note.unmapped_codes", "standardise.note.zero_one"]
    own = standardise.codes(["1", "0"], field="gender", source="crm", maps={"crm": {"1": "female", "0": "male"}})
    assert own.values.tolist() == ["female", "male"]


def test_a_persons_own_map_is_a_file(tmp_path):
    path = tmp_path / "maps.toml"
    path.write_text('[gender.clinic]\n1 = "male"\n2 = "female"\n\n[payer.clinic]\nB = "bpjs"\n', encoding="utf-8")
    assert standardise.codes([1, 2.0], field="gender", source="clinic", maps=path).values.tolist() == ["male", "female"]
    assert standardise.codes(["B"], field="payer", source="clinic", maps=path).values.tolist() == ["bpjs"]
    with pytest.raises(UserError) as caught:
        standardise.codes(["B"], field="payer", source="klinik", maps=path)
    assert (caught.value.code, caught.value.wanted) == ("standardise.unknown_source", ["clinic"])
    path.write_text("[gender\n", encoding="utf-8")
    for bad in (path, {"L": "male"}, 5):
        with pytest.raises(UserError) as caught:
            standardise.codes(["L"], field="gender", source="pos", maps=bad)
        assert caught.value.code == "standardise.bad_maps"
    with pytest.raises(UserError) as caught:
        standardise.codes(["L"], field="gender", source="x", maps={"x": {"L": "male", "l": "female"}})
    assert caught.value.code == "standardise.code_twice"


def test_a_row_without_a_source_is_not_read():
    column = standardise.codes(["P", "P"], field="gender", source=["pos", None])
    assert column.values.tolist()[0] == "female" and column.reasons.tolist()[1] == "no_source"
    with pytest.raises(UserError) as caught:
        standardise.codes(["P", "P"], field="gender", source=["pos"])
    assert caught.value.code == "standardise.source_length"


# provinces -----------------------------------------------------------------------------------------------------------


def test_provinces_by_their_usual_names():
    written = [
        "Jabar",
        "DKI",
        "D.I. Yogyakarta",
        "Jogja",
        "SUMUT",
        "Prov. Jawa Timur",
        "Kep. Riau",
        "NTT",
        "Propinsi NAD",
    ]
    wanted = ["Jawa Barat", "DKI Jakarta", "DI Yogyakarta", "DI Yogyakarta", "Sumatera Utara", "Jawa Timur"]
    wanted += ["Kepulauan Riau", "Nusa Tenggara Timur", "Aceh"]
    column = standardise.province([*written, "Atlantis"])
    assert column.values.tolist()[:-1] == wanted and column.reasons.tolist()[-1] == "unknown_province"


def test_provinces_agree_with_the_shops_own_map():
    shop = crm.datasets.load_retail(layer="clean").tables
    told = shop["province_map_2022"]
    names = standardise.provinces(38).set_index("bps")["province"]
    assert len(standardise.provinces(34)) == 34 and len(names) == 38
    assert told["province_2022"].tolist() == names[told["province_code_2022"]].tolist()
    weights = tomllib.loads(
        resources.files("crmlab.ingest.standardise").joinpath("provinces.toml").read_text(encoding="utf-8")
    )["weights"]
    split = told[told["province_code"].duplicated(keep=False)]
    for old, rows in split.groupby(split["province_code"].map(names)):
        assert dict(zip(rows["province_2022"], rows["weight"], strict=True)) == weights[old]


def test_the_two_numberings_of_papua_are_not_guessed():
    assert standardise.province(["31", 32]).values.tolist() == ["DKI Jakarta", "Jawa Barat"]
    with pytest.raises(UserError) as caught:
        standardise.province(["31", "94"])
    assert caught.value.render("en") == (
        "The province codes 94 mean one thing to Statistics Indonesia and another to the Ministry of Home Affairs. "
        "Wanted: 94 = Papua (bps), 94 = Papua Tengah (kemendagri). To mend it: give the parameter "
        'numbering="bps" or numbering="kemendagri".'
    )
    assert standardise.province(["94", "93"], numbering="kemendagri").values.tolist() == [
        "Papua Tengah",
        "Papua Selatan",
    ]
    assert standardise.province(["92", "96"], numbering="bps").values.tolist() == ["Papua Barat Daya", "Papua Tengah"]


def test_34_provinces_and_38():
    new = ["Papua Selatan", "Papua Barat Daya", "Papua", "Bali"]
    assert standardise.province(new, to=34).values.tolist() == ["Papua", "Papua Barat", "Papua", "Bali"]
    old = standardise.province(["Papua", "Papua Barat", "Bali"], given=34, to=38)
    assert old.reasons.tolist()[:2] == ["one_to_several"] * 2 and old.values.tolist()[2] == "Bali"
    with pytest.raises(UserError) as caught:
        standardise.province(["Papua"], to=38)
    assert caught.value.code == "standardise.division_needed"
    with pytest.raises(UserError) as caught:
        standardise.province(["Bali", "Papua Tengah"], given=34)
    assert (caught.value.code, caught.value.rows) == ("standardise.not_yet_there", (2,))


def test_sums_by_province_keep_their_total_there_and_back():
    old = pd.DataFrame({"province": ["Papua", "Papua Barat", "Bali"], "year": 2020, "customers": [100, 60, 40]})
    new = standardise.crosswalk(old, given=34, to=38, measures=["customers"])
    assert new.table["customers"].sum() == pytest.approx(200)
    assert new.facts["estimated_rows"] == 6 and new.facts["estimated_share_customers"] == pytest.approx(0.8)
    back = standardise.crosswalk(new.table.drop(columns="estimated"), given=38, to=34, measures=["customers"])
    assert back.table.set_index("province")["customers"].to_dict() == pytest.approx(
        {"Papua": 100, "Papua Barat": 60, "Bali": 40}
    )
    with pytest.raises(UserError) as caught:
        standardise.crosswalk(old, given=34, to=38, measures=["customers"], weights={"Papua": {"Papua": 0.9}})
    assert caught.value.code == "standardise.bad_weights"
    with pytest.raises(UserError) as caught:
        standardise.crosswalk(old.replace("Bali", "Bal"), given=34, to=38, measures=["customers"])
    assert (caught.value.code, caught.value.near) == ("standardise.unknown_provinces", ("Bali",))


# units, post codes, e-mail, NIK, rupiah, dates -----------------------------------------------------------------------


def test_units_and_what_they_hold():
    column = standardise.units(
        ["Lusin", "kodi", "pcs.", "gross", "KG", "karton", "hasta"], quantity=[1, 2, 3, 1, 5, 2, 1]
    )
    assert column.detail["quantity"].tolist()[:6] == [12, 40, 3, 144, 5, 2]
    assert column.detail["base"].tolist()[5] == "carton" and column.reasons.tolist()[6] == "unknown_unit"
    assert column.report.notes[0].values["bases"] == ["carton", "kilogram", "piece"]
    known = standardise.units(["karton"], quantity=[2], pack_sizes={"carton": 24})
    assert known.detail[["base", "quantity"]].to_dict("records") == [{"base": "piece", "quantity": 48.0}]
    with pytest.raises(UserError) as caught:
        standardise.units(["lusin"], pack_sizes={"lusin": 10})  # a dozen is twelve
    assert caught.value.code == "standardise.bad_pack_size"


def test_units_have_one_meaning_each():
    told = tomllib.loads(
        resources.files("crmlab.ingest.standardise").joinpath("units.toml").read_text(encoding="utf-8")
    )
    spellings = [s for unit in told.values() for s in unit["also"]]
    assert len(spellings) == len(set(spellings))
    assert all(unit["base"] in told and told[unit["base"]]["factor"] == 1 for unit in told.values())


def test_post_codes():
    column = standardise.postal_code([12345.0, "Kode Pos 40115", "0123", "01234", "123456", "00000", "abc"])
    assert column.values.tolist()[:2] == ["12345", "40115"]
    wanted = ["not_five_digits", "starts_with_zero", "not_five_digits", "placeholder", "not_a_number"]
    assert column.reasons.tolist()[2:] == wanted


def test_emails_are_not_mended_by_guessing():
    column = standardise.email(["BUDI@Gmial.com", "siti@contoh", "a@b@c.id", "<mailto:x@y.co.id>", "budi..s@contoh.id"])
    assert column.values.tolist()[0] == "budi@gmial.com"
    assert column.detail["suggestion"].tolist()[0] == "budi@gmail.com"
    assert column.reasons.tolist()[1:3] == ["no_dot_in_host", "not_an_address"]
    assert column.reasons.tolist()[4] == "not_an_address"


def test_a_nik_tells_birthday_and_sex_and_loses_its_last_digit_in_a_spreadsheet():
    column = standardise.nik(["0074015208900003", "3174011302850001", "3174013113850001", "9974010101900001", 3.17e15])
    assert column.detail["gender"].tolist()[:2] == ["female", "male"]
    assert column.detail["born_on"].dt.date.astype("str").tolist()[:2] == ["1990-08-12", "1985-02-13"]
    assert column.detail["made_up"].tolist() == [True, False, False, False, False]
    assert column.reasons.tolist()[2:] == ["bad_birthday", "unknown_region", "digits_lost"]


def test_rupiah_and_dates_ask_as_reading_does():
    with pytest.raises(UserError) as caught:
        standardise.rupiah(["1.234", "5.678"])
    assert caught.value.code == "standardise.ambiguous_number"
    assert standardise.rupiah(["1.234", "5.678"], decimal=",").report.facts["total"] == 6912
    with pytest.raises(UserError) as caught:
        standardise.date(["03/04/2020"])
    assert caught.value.code == "standardise.ambiguous_date"
    column = standardise.date(["03/04/2020", "31/12/2020", "31/02/2020", None])
    assert column.report.facts["unmapped"] == 1 and column.report.facts["missing"] == 1
    assert str(column.report.facts["last"]) == "2020-12-31"
    with pytest.raises(UserError) as caught:
        standardise.rupiah(["Rp 5.000.000", "USD 300.50"])
    assert caught.value.code == "standardise.other_currency"


# all of them ---------------------------------------------------------------------------------------------------------

EVERY = {
    "phone": {},
    "name": {},
    "codes": {"field": "gender", "source": "pos"},
    "province": {},
    "units": {},
    "postal_code": {},
    "email": {},
    "nik": {},
    "rupiah": {},
    "date": {},
}


@pytest.mark.parametrize("way", EVERY)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_report_explains_itself(way, lang):
    column = getattr(standardise, way)(["x1", None, "31/12/2020"], **EVERY[way])
    for depth in ("short", "method", "reference"):
        assert column.report.explain(lang, depth)
    for note in column.report.notes:
        assert note.render(lang)
    for reason in column.reasons.dropna():
        assert column.reason(reason, lang)


@pytest.mark.parametrize("way", EVERY)
@pytest.mark.parametrize(
    "values",
    [
        [],
        [None],
        [np.nan, None],
        pd.Series([], dtype="str"),
        pa.array(["a", None]),
        [""],
        np.array(["b"], dtype=object),
    ],
    ids=["empty", "none", "nan", "empty series", "arrow", "blank", "numpy"],
)
def test_odd_columns(way, values):
    column = getattr(standardise, way)(values, **EVERY[way])
    accounts_for_every_row(column)


@pytest.mark.parametrize("way", [w for w in EVERY if w not in ("date", "rupiah")])
def test_the_index_of_what_was_given_stays(way):
    series = pd.Series(["a", None, "b"], index=[7, 3, 9], name="col")
    column = getattr(standardise, way)(series, **EVERY[way])
    assert column.values.index.tolist() == [7, 3, 9] and column.detail.index.tolist() == [7, 3, 9]
    assert column.unmapped["row"].isin([1, 3]).all()


def test_whole_numbers_with_gaps_are_amounts():
    given = pd.Series([5000, None, 7000], dtype="Int64")
    column = crm.ingest.standardise.rupiah(given)
    assert column.status.tolist() == ["kept", "missing", "kept"] and column.report.facts["total"] == 12_000


def test_a_table_by_a_plan():
    raw = pd.DataFrame({"HP": ["0812 3456 7890", "0"], "JK": ["L", "P"], "NAMA": ["BUDI", "H. ALI"], "n": [1, 2]})
    plan = {"HP": "phone", "JK": {"as": "codes", "field": "gender", "source": "pos"}, "NAMA": "name"}
    done = standardise.table(raw, plan)
    assert done.table["n"].tolist() == [1, 2] and raw["HP"].tolist() == ["0812 3456 7890", "0"]
    assert done.report.table["unmapped"].tolist() == [1, 0, 0]
    assert done["NAMA"].detail["titles"].tolist()[1] == "H."
    for lang in ("id", "en"):
        assert done.report.explain(lang, "short")
    with pytest.raises(UserError) as caught:
        standardise.table(raw, {"Hp": "phone"})
    assert caught.value.near == ("HP",)
    with pytest.raises(UserError) as caught:
        standardise.table(raw, {"HP": "phones"})
    assert caught.value.near == ("phone",)


def test_every_reason_and_note_has_words_and_no_words_are_left_over():
    folder = resources.files("crmlab").joinpath("ingest", "standardise")
    code = "\n".join(p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".py"))
    told = labels.catalogue("standardise")
    assert set(told["text"]["note"]) == set(re.findall(r'"standardise\.note\.(\w+)"', code))
    assert set(told["error"]) == set(re.findall(r'"standardise\.(\w+)"', code)) - {"table", "crosswalk"}
    readers = {"date_style", "date_too_early", "future_date", "huge_number", "infinite_number", "number_style"}
    readers |= {"short_unit", "unreadable_date", "unreadable_number"}
    assert all(f'"{reason}"' in code for reason in set(told["text"]["reason"]) - readers)
