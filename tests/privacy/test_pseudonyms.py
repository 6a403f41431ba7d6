"""Stable inside a project, different outside it, of no use without the key."""

import hashlib
import os
import pickle
import stat

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.errors import UserError
from crmlab.privacy import Pseudonyms

ONE, TWO = Pseudonyms(bytes(32)), Pseudonyms(bytes(31) + b"\x01")


def test_stable_in_a_project_and_different_across_projects():
    assert ONE.of("C-1") == Pseudonyms(bytes(32)).of("C-1")
    assert ONE.of("C-1") != TWO.of("C-1")
    assert ONE.of("C-1", "product") != ONE.of("C-1", "person")
    assert ONE.of("b", "a") != ONE.of("", "ab"), "a namespace does not run into its value"


def test_a_key_that_lost_its_type_still_joins():
    assert len({ONE.of(v) for v in (17, 17.0, "17", " 17 ", np.int64(17), np.float64(17))}) == 1
    assert ONE.of("017") != ONE.of("17")
    assert ONE.of(None) is ONE.of(float("nan")) is None


@given(st.lists(st.text(min_size=1), unique_by=str.strip, max_size=60))
def test_different_values_have_different_pseudonyms(values):
    made = ONE.column(values)
    assert len(set(made)) == len(values)
    assert not any(v in m for v, m in zip(values, made, strict=True) if len(v) > 3)


def test_collision_free_at_our_sizes():
    made = ONE.column(range(200_000))
    assert len(set(made)) == 200_000
    numbers = {ONE.number(i) for i in range(50_000)}
    assert len(numbers) == 50_000
    assert max(numbers) < 0
    assert min(numbers) >= -(2**63)


def test_tables_still_join():
    customers = pd.DataFrame({"customer_id": [1, 2], "city": ["Bogor", "Depok"]})
    orders = pd.DataFrame({"order_id": ["a", "b", "c"], "customer_id": [2, 1, 2], "referred_by": [1, None, 1]})
    spaces = {"customer_id": "person", "referred_by": "person"}
    made = ONE.tables({"customers": customers, "orders": orders}, spaces)
    joined = made["orders"].merge(made["customers"], on="customer_id")
    assert joined.set_index("order_id")["city"].to_dict() == {"a": "Depok", "b": "Bogor", "c": "Depok"}
    assert made["orders"]["referred_by"].tolist()[0] == made["customers"]["customer_id"].tolist()[0]
    assert made["orders"]["referred_by"].isna().tolist() == [False, True, False]
    assert customers["customer_id"].tolist() == [1, 2]
    with pytest.raises(UserError):
        ONE.tables({"customers": customers}, ["customr_id"])


def test_the_key_is_random_private_and_made_once(tmp_path):
    path = tmp_path / "project" / "pseudonyms.key"
    made = Pseudonyms.create(path)
    assert Pseudonyms.open(path).of("x") == made.of("x")
    assert Pseudonyms.create(tmp_path / "other.key").of("x") != made.of("x")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)
        with pytest.raises(UserError, match="chmod 600"):
            Pseudonyms.open(path)
        path.chmod(0o600)
    with pytest.raises(UserError, match="exists"):
        Pseudonyms.create(path)
    with pytest.raises(UserError, match="no key file"):
        Pseudonyms.open(tmp_path / "none.key")
    path.write_text("not a key")
    with pytest.raises(UserError, match="whole key"):
        Pseudonyms.open(path)


def test_the_key_is_not_shown_and_not_pickled():
    secret = Pseudonyms(b"s" * 32)
    assert "ssss" not in repr(secret)
    with pytest.raises(UserError, match="beside the data"):
        pickle.dumps(secret)
    for weak in (b"short", "s" * 32):
        with pytest.raises(UserError, match="too short"):
            Pseudonyms(weak)


def test_a_salted_hash_is_enumerated_and_a_keyed_one_is_not():
    salt, phones = "known-salt", [f"0812345{i:05d}" for i in range(100_000)]
    victim = "081234512345"
    leaked = hashlib.sha256((salt + victim).encode()).hexdigest()
    assert [p for p in phones if hashlib.sha256((salt + p).encode()).hexdigest() == leaked] == [victim]
    keyed = Pseudonyms(os.urandom(32)).of(victim)
    guesser = Pseudonyms(os.urandom(32))
    assert keyed not in {guesser.of(p) for p in phones[:20_000]} | {
        hashlib.sha256((salt + p).encode()).hexdigest()[:16] for p in phones
    }


def test_missing_stays_missing_and_ids_join_however_a_spreadsheet_left_them():
    project = Pseudonyms(bytes(range(32)))
    numbers = pd.Series([17, None], dtype="Int64")
    assert project.column(numbers) == project.column(["17.0", None]) == project.column([17.0, float("nan")])
    assert project.of(pd.NA) is None is project.number(pd.NA)
    assert project.of("0017") != project.of(17), "a leading zero is part of an id"
