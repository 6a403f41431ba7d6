"""Erased is erased: not in a note, not in a page address, not in a key made of the id."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab.privacy import erase, person


@pytest.fixture
def tables():
    return {
        "customers": pd.DataFrame(
            {
                "customer_id": [17, 18],
                "name": ["Siti Rahma", "Siti Rahma"],
                "email": ["siti.r@contoh.id", "lain@contoh.id"],
                "phone": ["+6281234567890", "081298765432"],
                "referred_by": [None, 17],
                "version_key": ["17@1900-01-01", "18@1900-01-01"],
            }
        ),
        "orders": pd.DataFrame(
            {
                "customer_id": [17, 18],
                "order_id": ["a", "b"],
                "instructions": pd.Categorical(["titip Siti Rahma, 0812-3456-7890", "untuk Siti Rahma"]),
                "amount": [100, 50],
            }
        ),
        "web": pd.DataFrame({"order_id": ["a", "b"], "url": ["/akun?mail=siti.r@contoh.id", "/"], "hits": [2, 3]}),
        "chats": pd.DataFrame({"sender": ["6281234567890", "0811"], "text": ["halo", "17 buah"]}),
    }


def test_the_person_is_gone_from_notes_addresses_and_keys(tables):
    done = erase(tables, 17, at="2020-12-31", by="desk", refers=["referred_by"])
    after = done.tables
    mine = " ".join(after[name].iloc[0].astype(str).str.cat(sep=" ") for name in ("customers", "orders", "web"))
    for trace in ("siti", "rahma", "3456", "17@"):
        assert trace not in mine.lower()
    assert after["orders"]["instructions"].tolist() == ["titip ••••, ••••", "untuk Siti Rahma"]
    new = after["customers"]["customer_id"].iloc[0]
    assert after["customers"]["version_key"].tolist() == [f"{new}@1900-01-01", "18@1900-01-01"]
    assert after["customers"]["referred_by"].iloc[1] == new == after["orders"]["customer_id"].iloc[0]
    assert done.facts["totals_unchanged"]
    assert tables["orders"]["instructions"].iloc[0].startswith("titip Siti"), "the old tables are as they were"


def test_somebody_of_the_same_name_keeps_it(tables):
    after = erase(tables, 17, at="2020-12-31", by="desk").tables
    assert after["customers"]["name"].iloc[1] == "Siti Rahma"
    assert after["orders"]["instructions"].iloc[1] == "untuk Siti Rahma"


def test_what_stands_in_the_rows_of_others_is_told_and_left(tables):
    done = erase(tables, 17, at="2020-12-31", by="desk")
    assert done.tables["chats"].equals(tables["chats"])
    assert done.facts["traces"] == 1
    (note,) = [n for n in done.notes if n.code == "privacy.traces_left"]
    assert note.values["where"] == ["chats.sender (1)"]
    assert "chats.sender" in note.render("id")
    clean = erase({k: t for k, t in tables.items() if k != "chats"}, 17, at="2020-12-31", by="desk")
    assert clean.facts["traces"] == 0


def test_numbers_that_lost_their_zero_are_emptied_and_no_total():
    shop = {
        "customers": pd.DataFrame({"customer_id": [1, 2], "phone": [81234567890, 81234567891]}),
        "orders": pd.DataFrame({"customer_id": [1.0, None], "amount": [5, 7]}),
    }
    done = erase(shop, 1, at="2020-12-31", by="desk")
    phones = done.tables["customers"]["phone"]
    assert phones.isna().tolist() == [True, False]
    assert phones.iloc[1] == 81234567891
    assert done.facts["totals_unchanged"]
    new = done.tables["customers"]["customer_id"].iloc[0]
    assert done.tables["orders"]["customer_id"].iloc[0] == new, "a pseudonym still joins where ids were floats"


def test_a_table_of_persons_has_names_whatever_stands_beside_them():
    shop = {"customers": pd.DataFrame({"customer_id": [1, 2], "name": ["Siti", "Budi"], "catatan": ["ibu Ani", ""]})}
    section = person(shop, 1).sections["customers"]
    assert section[["name", "catatan"]].values.tolist() == [["S•••", "••••"]]
    assert erase(shop, 1, at="2020-12-31", by="desk").tables["customers"].loc[0, ["name", "catatan"]].isna().all()
