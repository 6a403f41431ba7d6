"""Personal columns are recognised and masked before anyone sees them; rule 14."""

import subprocess
import sys

import pytest

from crmlab.privacy import find_personal, mask, mask_rows, personal_kind


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("phone", "phone"),
        ("No. HP", "phone"),
        ("NO_HP", "phone"),
        ("Nomor Telepon", "phone"),
        ("no_wa", "phone"),
        ("Email", "email"),
        ("alamat_email", "email"),
        ("NIK", "nik"),
        ("No KTP", "nik"),
        ("customer", "name"),
        ("Nama Pelanggan", "name"),
        ("Nama Penerima", "name"),
        ("ALAMAT", "address"),
        ("TGL_LAHIR", "birth_date"),
        ("comment", "text"),
        ("product", None),
        ("customer_id", None),
        ("Nama Barang", None),
        ("shop", None),
        ("teknik", None),
        ("amount", None),
    ],
)
def test_columns_are_recognised_by_name(column, kind):
    assert personal_kind(column) == kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["081234567890", "+62 812-3456-7890", "62 813 5555 0123"], "phone"),
        (["siti@contoh.id", None, "budi@contoh.id"], "email"),
        (["0012345678901234", "0098765432109876"], "nik"),
        (["81234567890", "85212345678"], "phone"),
        (["8000012345", "8000012346"], None),
        (["INV0812", "A1"], None),
        (["5000", "0812"], None),
        ([], None),
    ],
)
def test_columns_are_recognised_by_what_stands_in_them(values, kind):
    assert personal_kind("kolom x", values) == kind


@pytest.mark.parametrize(
    ("value", "kind", "masked"),
    [
        ("08123456890", "phone", "0812••••890"),
        ("+6281234567890", "phone", "+62812•••••890"),
        ("0812 3456 7890", "phone", "0812 •••• •890"),
        ("12345", "phone", "•••••"),
        ("siti.rahma@contoh.id", "email", "s••••@contoh.id"),
        ("not an address", "email", "••••"),
        ("0012345678901234", "nik", "••••••••••••1234"),
        ("1234", "nik", "••••"),
        ("Siti Rahma", "name", "S••• R•••"),
        ("Jl. Dahlia 5", "address", "••••"),
        ("11/12/1980", "birth_date", "1980"),
        ("rahasia saya", "text", "••••"),
        (None, "phone", None),
        (float("nan"), "name", None),
    ],
)
def test_each_kind_is_masked_in_its_way(value, kind, masked):
    assert mask(value, kind) == masked


def test_rows_are_masked_and_left_as_they_were():
    rows = [
        {"order_id": "A1", "phone": "08123456890", "customer": "Budi"},
        {"order_id": "A2", "phone": None, "customer": None},
    ]
    found = find_personal(rows[0], rows)
    assert found == {"phone": "phone", "customer": "name"}
    assert mask_rows(rows, found) == [
        {"order_id": "A1", "phone": "0812••••890", "customer": "B•••"},
        {"order_id": "A2", "phone": None, "customer": None},
    ]
    assert rows[0]["phone"] == "08123456890"


def test_declared_columns_count_whatever_they_look_like():
    assert find_personal(["panggilan"], declared=["panggilan"]) == {"panggilan": "name"}


def test_masking_loads_no_pandas():
    code = (
        "import sys, crmlab.privacy as p; p.mask('0812', 'phone'); sys.exit(bool({'pandas', 'numpy'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
