"""One lab on PT XYZ for tests that only read, a small one for those that change things."""

from __future__ import annotations

import pytest

from crmlab.warehouse.lab import sql_lab


@pytest.fixture(scope="module")
def shop_lab():
    return sql_lab()


@pytest.fixture
def lab():
    people = {"id": [1, 2, 3, 4], "phone": ["0812 3456 7890", "081234567891", None, "0813 9999 0000"],
              "city": ["Bogor", "Depok", "Bogor", None]}  # fmt: skip
    orders = {"order_id": [10, 11, 12], "id": [1, 1, None], "amount": [5, 7, 9]}
    return sql_lab({"people": people, "orders": orders}, seconds=5, memory="200MB")
