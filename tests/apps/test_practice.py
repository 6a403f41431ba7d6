"""The exercises in the gallery: the sets, and a pack to take away that holds no more than a pack."""

from __future__ import annotations

import io
import zipfile

import pytest

from crmlab.apps import practice


@pytest.mark.parametrize("name", practice.names())
def test_a_set_and_its_pack(name):
    shown = practice.pack(name)
    assert shown["points"] == sum(q["points"] for q in shown["questions"])
    assert not any("digests" in q or "seal" in q for q in shown["questions"])
    packed = practice.packed(name)
    assert packed == practice.packed(name)
    held = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    files = ("pack.json", "data.py", f"{name}.id.ipynb", f"{name}.en.ipynb")
    assert sorted(held) == sorted(f"{name}/{file}" for file in files)


@pytest.mark.parametrize("name", ["src", "../src", "", "99-nothing"])
def test_what_is_no_set_is_not_given(name):
    assert practice.pack(name) is None
    assert practice.packed(name) is None
