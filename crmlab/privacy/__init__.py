"""Personal data: the right to use them, and what must happen before anyone sees them.

Masking loads nothing heavy, for the cube lives on it; the rest loads when it is first used.
"""

from __future__ import annotations

from ..lazy import attach
from .masking import KINDS, find_personal, mask, mask_email, mask_name, mask_number, mask_rows, personal_kind
from .policy import Policy

_LATER = {
    "Blacklist": "flags",
    "blacklist": "flags",
    "CampaignList": "campaigns",
    "Suppression": "campaigns",
    "campaign_list": "campaigns",
    "ConsentLedger": "consent",
    "audit": "consent",
    "Pseudonyms": "pseudonyms",
    "age_bands": "anonymity",
    "enough": "anonymity",
    "first_digits": "anonymity",
    "generalise": "anonymity",
    "hide_small_groups": "anonymity",
    "k_anonymity": "anonymity",
    "attack": "suppression",
    "suppress": "suppression",
    "Erasure": "erasure",
    "PersonFile": "requests",
    "check_identity": "requests",
    "correct": "requests",
    "erase": "erasure",
    "person": "requests",
    "breach_deadline": "law",
    "data_classes": "law",
    "fine_cap": "law",
    "PRINCIPLES": "principles",
    "Checklist": "principles",
    "compare_checklists": "principles",
    "cookie_funnel": "cookies",
    "Role": "roles",
    "role_view": "roles",
    "sign": "signatures",
    "verify": "signatures",
}

__all__ = [
    "KINDS",
    "Policy",
    "find_personal",
    "mask",
    "mask_email",
    "mask_name",
    "mask_number",
    "mask_rows",
    "personal_kind",
    *_LATER,
]

__getattr__, __dir__ = attach(__name__, _LATER)
