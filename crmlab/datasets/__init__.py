"""Synthetic data sets in which truths are planted, so that an analysis can be checked against them.

`load_retail` gives PT XYZ, a retailer of household goods, 2016 to 2020; `load_hospital` gives RS Sehat Nusantara, a
private hospital, 2021 to 2024. The people in them do not exist.
"""

from crmlab.datasets.dataset import LAYERS, Dataset
from crmlab.datasets.hospital import load_hospital, make_hospital
from crmlab.datasets.retail import is_ready, load_retail, make_retail

__all__ = ["LAYERS", "Dataset", "is_ready", "load_hospital", "load_retail", "make_hospital", "make_retail"]
