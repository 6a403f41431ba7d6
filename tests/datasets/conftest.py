"""Both worlds for the tests: S as it is committed, M made once for all tests and kept in the cache."""

import pytest

from crmlab.datasets import load_hospital, load_retail
from crmlab.datasets.hospital.reference import Hospital
from crmlab.datasets.retail.reference import Shop


def _shop(size):
    return Shop(*(load_retail(size, layer).tables for layer in ("clean", "star", "truth")))


@pytest.fixture(scope="session")
def small():
    return _shop("S")


@pytest.fixture(scope="session")
def standard():
    return _shop("M")


@pytest.fixture(scope="session", params=["S", "M"])
def shop(request):
    return request.getfixturevalue({"S": "small", "M": "standard"}[request.param])


def _clinic(size):
    return Hospital(*(load_hospital(size, layer).tables for layer in ("clean", "star", "truth")))


@pytest.fixture(scope="session")
def small_clinic():
    return _clinic("S")


@pytest.fixture(scope="session")
def standard_clinic():
    return _clinic("M")


@pytest.fixture(scope="session", params=["S", "M"])
def clinic(request):
    return request.getfixturevalue({"S": "small_clinic", "M": "standard_clinic"}[request.param])
