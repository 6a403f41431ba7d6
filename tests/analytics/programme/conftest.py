from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def retail_star():
    """The star of PT XYZ, size S."""
    import crmlab as crm

    return crm.datasets.load_retail("S").tables
