"""Days and moments of RS Sehat Nusantara, whose day 0 is 2021-01-01."""

from functools import partial

from crmlab.datasets import columns
from crmlab.datasets.hospital import planted

dates = partial(columns.dates, epoch=planted.FIRST_DAY)
moments = partial(columns.moments, epoch=planted.FIRST_DAY)
