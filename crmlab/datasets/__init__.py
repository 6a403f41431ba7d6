"""Synthetic data sets in which truths are planted, so that an analysis can be checked against them.

`load_retail` gives PT XYZ, a retailer of household goods, 2016 to 2020. The people in it do not exist.
"""

from crmlab.datasets.dataset import LAYERS, Dataset
from crmlab.datasets.retail import is_ready, load_retail, make_retail

__all__ = ["LAYERS", "Dataset", "is_ready", "load_retail", "make_retail"]
