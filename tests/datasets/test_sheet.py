"""The data sheet says something about every column there is, and about none that is not."""

import pytest

from crmlab import labels, schema
from crmlab.datasets import load_retail

UNITS = {None, "money", "share", "count", "number", "score", "points", "days", "m2"}
PERSONAL = ("name", "customer", "national_id", "born_on", "phone", "email", "address", "customer_id", "source_key")


@pytest.mark.parametrize("layer", ["star", "clean", "raw", "truth"])
def test_sheet_and_tables_agree(layer):
    shop = load_retail("S", layer)
    described = {name: list(table["columns"]) for name, table in shop.sheet.items()}
    assert described == {name: list(shop.tables[name].columns) for name in sorted(shop.names)}


@pytest.mark.parametrize("layer", ["star", "clean", "raw", "truth"])
def test_every_entry_is_complete(layer):
    for name, table in load_retail("S", layer).sheet.items():
        for part in ("grain", "meaning"):
            assert set(table[part]) == {"id", "en"}, name
            assert all(table[part].values()), name
        for column, facts in table["columns"].items():
            assert {"id", "en", "kind"} <= set(facts) <= {"id", "en", "kind", "unit", "personal"}, (name, column)
            assert facts["id"] and facts["en"] and facts["id"] != facts["en"], (name, column)
            assert facts["kind"] in schema.KINDS, (name, column)
            assert facts.get("unit") in UNITS, (name, column)


def test_kinds_fit_the_values():
    for layer in ("star", "clean"):
        shop = load_retail("S", layer)
        for name, table in shop.sheet.items():
            for column, facts in table["columns"].items():
                values = shop.tables[name][column]
                kind = facts["kind"]
                if kind in ("date", "datetime"):
                    assert values.dtype.kind == "M", (name, column)
                elif kind == "boolean":
                    assert values.dtype.kind == "b", (name, column)
                elif kind in ("amount", "integer", "quantity", "score"):
                    assert values.dtype.kind in "if", (name, column)
                elif kind == "share":
                    assert values.between(0, 1).all(), (name, column)
                assert (facts.get("unit") == "money") == (kind == "amount"), (name, column)


def test_what_points_to_a_person_is_marked():
    for layer in ("star", "clean", "raw"):
        for name, table in load_retail("S", layer).sheet.items():
            for column in PERSONAL:
                if column in table["columns"]:
                    assert table["columns"][column].get("personal"), (name, column)


def test_everything_that_is_seen_has_a_name():
    """Columns, and the words that stand in columns of categories, have names in both languages."""
    known = set(labels.catalogue("names")["names"])
    proper = {"city", "province", "island", "time_zone", "brand", "supplier_city", "quarter", "month", "week", "store"}
    wanted = set()
    for layer in ("star", "clean"):
        shop = load_retail("S", layer)
        for name, table in shop.sheet.items():
            wanted |= set(table["columns"])
            for column, facts in table["columns"].items():
                if facts["kind"] == "category" and column not in proper and shop.tables[name][column].dtype != bool:
                    words = shop.tables[name][column].dropna().unique()
                    wanted |= {v for v in words if isinstance(v, str) and v.islower()}  # others are proper names
    assert not wanted - known
