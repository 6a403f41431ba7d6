"""A programme's tools: is it worth its money, when is it done, what may go wrong, whom to buy from, is it on course.

Every input is a plain table (a frame, or a list of dicts as JSON keeps it), so that one file can hold a whole
programme. :func:`business_case` weighs :data:`FLOWS`; :func:`npv_curve`, :func:`sensitivity` and :func:`simulate_case`
say how sure that is, :func:`decide` holds it against criteria; :func:`total_cost` compares ways to pay
(:data:`COSTS`). :func:`plan`, :func:`pert` and :func:`simulate` read :data:`TASKS`. :func:`risks` reads :data:`RISKS`
and starts from :func:`failure_causes`; :func:`vendors` and :func:`weight_switches` read scores and start from
:func:`software_template`; :func:`earned_value` reads :data:`PROGRESS`, :func:`priorities` ideas.
"""

from .cases import CRITERIA, business_case, decide, npv_curve
from .choosing import SOFTWARE_CRITERIA, software_template, vendors, weight_switches
from .costs import total_cost, yearly
from .ordering import priorities
from .planning import pert, plan
from .progress import earned_value
from .simulation import simulate
from .tables import COSTS, FLOWS, PROGRESS, RISKS, TASKS
from .threats import FAILURE_CAUSES, failure_causes, risks
from .uncertainty import sensitivity, simulate_case

__all__ = [
    "COSTS",
    "CRITERIA",
    "FAILURE_CAUSES",
    "FLOWS",
    "PROGRESS",
    "RISKS",
    "SOFTWARE_CRITERIA",
    "TASKS",
    "business_case",
    "decide",
    "earned_value",
    "failure_causes",
    "npv_curve",
    "pert",
    "plan",
    "priorities",
    "risks",
    "sensitivity",
    "simulate",
    "simulate_case",
    "software_template",
    "total_cost",
    "vendors",
    "weight_switches",
    "yearly",
]
