"""What a CRM system does by itself, tried on a company's own records before it is bought.

A :class:`Rule` is data: on which kind of record, when (a sentence), what is done, who gets it, and which fields it
sets. :func:`dry_run` says what rules would do to records, refuses rules that may go round for ever (:func:`loops`),
lists those that stand in each other's way and keeps the audit log. :func:`escalate` and :func:`assign` are the two
rules that every vendor shows; :func:`watch` says when a customer's sales reach a value.

:func:`contact_value` and :func:`channels` compare e-mail, WhatsApp and the like by what a contact brings;
:func:`worth_recording` asks whether a record of a customer is worth its cost. :func:`integration` fills in the form of
five ways to integrate as far as a log of contacts can.
"""

from .checklist import integration, integration_form
from .contact import channels, contact_value
from .desk import assign, escalate
from .events import watch
from .records import worth_recording
from .rules import Rule, loops, read_rules, write_rules
from .running import DryRun, dry_run

__all__ = [
    "DryRun",
    "Rule",
    "assign",
    "channels",
    "contact_value",
    "dry_run",
    "escalate",
    "integration",
    "integration_form",
    "loops",
    "read_rules",
    "watch",
    "worth_recording",
    "write_rules",
]
