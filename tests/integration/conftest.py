"""One run of PT XYZ at its smallest size, and a folder of its raw files to damage."""

import shutil

import pytest

import crmlab as crm
from crmlab.integration.xyz.reading import FILES


@pytest.fixture(scope="session")
def run():
    return crm.integration.retail(crm.datasets.load_retail("S"))


@pytest.fixture
def folder(tmp_path):
    """A copy of the six raw files."""
    shop = crm.datasets.load_retail("S", layer="raw")
    for name in FILES:
        shutil.copy(shop.path(name.rsplit(".", 1)[0]), tmp_path / name)
    return tmp_path
