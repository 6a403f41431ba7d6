"""What only a person can decide, as data: an app shows it as a dropdown, an answer is a parameter of ``read``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import labels
from ..errors import UserError, suggest

__all__ = ["NO_CUSTOMER", "ROW_IS_ORDER", "STANDS_FOR", "Question", "check_choice"]

ROW_IS_ORDER = "#row"
"""Stands for a column in ``columns=``: every row is one order, in a table of customers one customer."""

STANDS_FOR = {
    "sales": {ROW_IS_ORDER: "order_id", "#none": "customer_id"},
    "survey": {"#none": "customer_id"},
    "customers": {ROW_IS_ORDER: "customer_id"},
    "events": {},
    "posts": {},
}
"""By contract, what can stand for a column that the source does not have."""

NO_CUSTOMER = "#none"
"""Stands for a column in ``columns=``: the source does not say who bought."""


def check_choice(parameter: str, said: Any, choices: tuple[str, ...]) -> None:
    """Refuse a value that a parameter does not know, in itself or in a mapping of columns.

    Raises
    ------
    UserError
        ``ingest.unknown_option``.
    """
    for one in said.values() if isinstance(said, Mapping) else (said,):
        if one is not None and one not in choices:
            near = suggest(str(one), choices)
            wanted = tuple(f"“{c}”" for c in choices)  # a bare comma could not be told from those between the choices
            raise UserError("ingest.unknown_option", parameter=parameter, found=one, wanted=wanted, near=near)


@dataclass(frozen=True)
class Question:
    """One thing to decide.

    Parameters
    ----------
    kind : str
        ``source_of`` (which source column is the canonical ``column``), ``meaning_of`` (which canonical column the
        source ``column`` is), ``decimal``, ``date_order``, ``discount``, ``cost``, ``short_units``, ``sheet``,
        ``table``,
        ``separator``, ``csat_scale``, ``ces_scale``, ``score_scale``, ``ces_easy``.
    column : str, optional
    choices : tuple of str
        Values of the parameter, the likeliest first.
    examples : tuple of str
        Values from the source that show the doubt.

    Examples
    --------
    >>> question = Question("decimal", "Harga", (",", "."), ("1.234",))
    >>> question.answer(",")
    {'decimal': {'Harga': ','}}
    >>> question.render("en")
    'Is “1.234” in the column “Harga” more than a thousand, or a number with decimals?'
    """

    kind: str
    column: str | None = None
    choices: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def parameter(self) -> str:
        """The parameter of :func:`crmlab.ingest.read` that answers it."""
        return "columns" if self.kind in ("source_of", "meaning_of") else self.kind

    def answer(self, choice: str | None) -> dict[str, Any]:
        """The keyword arguments for :func:`crmlab.ingest.read` that say ``choice``."""
        if self.kind == "source_of":
            return {"columns": {choice: self.column}}
        if self.kind == "meaning_of":
            return {"columns": {self.column: choice}}
        if self.kind in ("decimal", "date_order"):
            return {self.kind: {self.column: choice}}
        if self.kind in ("csat_scale", "ces_scale", "score_scale") and isinstance(choice, str):
            low, _, high = choice.partition("-")
            return {self.kind: (int(low), int(high))}
        return {self.kind: choice}

    def render(self, lang: str | None = None) -> str:
        """The question in words."""
        column = labels.name(self.column, lang) if self.kind == "source_of" else self.column
        shown = ", ".join(f"“{e}”" for e in self.examples)
        return labels.text(f"ingest.question.{self.kind}", lang, column=column, examples=shown)

    def choice_label(self, choice: str | None, lang: str | None = None) -> str:
        """A choice in words: a column's name, or what a parameter's value means."""
        if choice is None:
            return labels.text("ingest.choice.leave", lang)
        spoken = {
            ("decimal", ","): "decimal_comma",
            ("decimal", "."): "decimal_dot",
            ("date_order", "day"): "day_first",
            ("date_order", "month"): "month_first",
            ("discount", "amount"): "discount_amount",
            ("discount", "percent"): "discount_percent",
            ("discount", "share"): "discount_share",
            ("cost", "line"): "cost_line",
            ("cost", "unit"): "cost_unit",
            ("short_units", "id"): "short_units_id",
            ("short_units", "en"): "short_units_en",
            ("source_of", ROW_IS_ORDER): "row_is_order",
            ("source_of", NO_CUSTOMER): "no_customer",
            ("separator", "\t"): "tab",
            ("ces_easy", "high"): "ces_high",
            ("ces_easy", "low"): "ces_low",
        }.get((self.kind, choice))
        if spoken == "row_is_order" and self.column == "customer_id":
            spoken = "row_is_customer"
        if spoken:
            return labels.text(f"ingest.choice.{spoken}", lang)
        return labels.name(choice, lang) if self.kind == "meaning_of" else choice
