"""The programme that puts CRM to work: where a company stands, what it wants, who leads, what depends on what.

And what came of it. After Akbar (2021), chapter 4 and section 9.2.

Its tools are small forms. What is given is plain data (a table, or a list of dictionaries as JSON holds it), so that a
project file keeps it as it is and two dates can be compared; what comes back is a Result. What was not answered is
``incomplete``, never nothing.

- Strategy: :func:`situation` with its :func:`bank` of questions, :func:`vision`, :func:`mission`, :func:`objectives`,
  :func:`alignment`, :func:`benefits` and :func:`dependents`, :func:`buy_in`.
- Foundations: :func:`phases` with their gates, :func:`governance`, :func:`success_factors`, :func:`life_cycle`,
  :func:`change`, :func:`vignettes`.
- Specification and test: :func:`processes`, :func:`swim_lane`, :func:`data_review`, :func:`acceptance`.
- Evaluation: :func:`outcomes` against targets, :func:`effect` against a control.

:func:`blank` makes an empty form, :func:`compared` holds two dates of one form together.
"""

from .benefits import LAYERS, benefits, dependents
from .checklists import (
    LIFE_CYCLE,
    PHASES,
    PLANS,
    SUCCESS_FACTORS,
    blank,
    compared,
    life_cycle,
    phases,
    success_factors,
)
from .objectives import objectives, read_objective
from .outcomes import effect, outcomes
from .people import VIGNETTES, buy_in, change, governance, vignettes
from .situation import bank, prepared, situation
from .statements import MISSION, VISION, alignment, mission, vision
from .working import acceptance, data_review, processes, swim_lane

__all__ = [
    "LAYERS",
    "LIFE_CYCLE",
    "MISSION",
    "PHASES",
    "PLANS",
    "SUCCESS_FACTORS",
    "VIGNETTES",
    "VISION",
    "acceptance",
    "alignment",
    "bank",
    "benefits",
    "blank",
    "buy_in",
    "change",
    "compared",
    "data_review",
    "dependents",
    "effect",
    "governance",
    "life_cycle",
    "mission",
    "objectives",
    "outcomes",
    "phases",
    "prepared",
    "processes",
    "read_objective",
    "situation",
    "success_factors",
    "swim_lane",
    "vignettes",
    "vision",
]
