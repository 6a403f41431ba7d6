"""A look at a source before it is read: what would be matched with what, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..schema import contract as contract_named
from .columns import Options, type_columns
from .ingested import Ingested
from .mapping import match_columns
from .questions import Question
from .raw import Limits, RawTable
from .reading import read
from .sources import open_source
from .survey import scale_questions

if TYPE_CHECKING:
    from ..schema import Table

__all__ = ["Preview", "PreviewColumn", "inspect"]

_SAMPLES = 5
_OPENING = ("sheet", "table", "query", "encoding", "separator", "header_row", "limits")


@dataclass(frozen=True)
class PreviewColumn:
    """One column of a source: some values, and what it would be taken for.

    ``how`` is ``given``, ``name``, ``strong``, ``elimination`` or ``weak`` (empty where nothing matches),
    ``confidence`` runs from 0 to 1, and ``style`` says how its values are written, where that is settled.
    """

    source: str
    samples: tuple[str, ...]
    canonical: str | None = None
    how: str = ""
    confidence: float = 0.0
    style: str | None = None


@dataclass(frozen=True)
class Preview:
    """What :func:`inspect` found.

    Parameters
    ----------
    name, kind : str
    columns : tuple of PreviewColumn
        Empty while a question about the source itself (its sheet, say) is open.
    questions : tuple of Question
        What must be answered before :meth:`read` can succeed.
    rows : int
        Rows that would be read.
    sheet, header_row, guesses
        What was chosen or guessed about the source.
    problem : UserError or None
        What stands in the way that no question settles.
    """

    name: str
    kind: str
    columns: tuple[PreviewColumn, ...] = ()
    questions: tuple[Question, ...] = ()
    rows: int = 0
    sheet: str | None = None
    header_row: int | None = None
    guesses: Mapping[str, Any] = field(default_factory=dict)
    problem: UserError | None = None
    _source: Any = None
    _options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def mapping(self) -> dict[str, str]:
        """Suggested ``columns=``: source column -> canonical column."""
        return {c.source: c.canonical for c in self.columns if c.canonical}

    def answered(self, answers: Mapping[Question, Any] | None = None, **options: Any) -> dict[str, Any]:
        """The keyword arguments for :func:`crmlab.ingest.read` with ``answers`` (question -> choice) worked in."""
        merged: dict[str, Any] = {**self._options, **options}
        for question, choice in (answers or {}).items():
            for parameter, value in question.answer(choice).items():
                if isinstance(value, Mapping):
                    before = merged.get(parameter)
                    merged[parameter] = {**(before if isinstance(before, Mapping) else {}), **value}
                else:
                    merged[parameter] = value
        return merged

    def again(self, answers: Mapping[Question, Any] | None = None, **options: Any) -> Preview:
        """Look again with more answers; the source is opened anew only where an answer is about the source itself."""
        merged = self.answered(answers, **options)
        return inspect(self._reopen(merged), **merged)

    def read(self, answers: Mapping[Question, Any] | None = None, **options: Any) -> Ingested:
        """Read the source with the answers; see :func:`crmlab.ingest.read`."""
        merged = self.answered(answers, **options)
        return read(self._reopen(merged), **merged)

    def _reopen(self, merged: Mapping[str, Any]) -> Any:
        original, raw = self._source
        changed = any(merged.get(k) != self._options.get(k) for k in _OPENING)
        return original if raw is None or changed else raw


def inspect(
    source: Any, as_: str = "sales", columns: Mapping[str, str | None] | None = None, **options: Any
) -> Preview:
    """Look at a source without reading it to a table; takes the parameters of :func:`crmlab.ingest.read`.

    Examples
    --------
    >>> import pandas as pd
    >>> import crmlab as crm
    >>> frame = pd.DataFrame({"Tgl": ["03/04/2020"], "Nota": ["A1"], "Pelanggan": ["P1"], "Jumlah": ["1.234"]})
    >>> look = crm.ingest.inspect(frame)
    >>> [(q.kind, q.column, q.choices) for q in look.questions]
    [('meaning_of', 'Jumlah', ('quantity', 'amount')), ('date_order', 'Tgl', ('day', 'month'))]
    >>> look = look.again({look.questions[0]: "amount", look.questions[1]: "day"})
    >>> [(q.kind, q.choices) for q in look.questions]
    [('decimal', (',', '.'))]
    >>> look.read({look.questions[0]: ","}).table["amount"].tolist()
    [1234.0]
    """
    contract = contract_named(as_)
    kept = {"as_": as_, **({"columns": dict(columns)} if columns else {}), **options}
    opening = {k: v for k, v in options.items() if k in _OPENING and k != "limits"}
    original = source.origin if isinstance(source, RawTable) else source
    try:
        raw = open_source(source, contract, limits=options.get("limits") or Limits(), **opening)
    except UserError as error:
        asked = error.values.get("questions")
        if not asked:
            raise
        return Preview(str(error.table or ""), "", questions=tuple(asked), _source=(original, None), _options=kept)
    raw.origin = original
    return _look(raw, contract, columns, options, kept)


def _look(
    raw: RawTable,
    contract: Table,
    columns: Mapping[str, str | None] | None,
    options: Mapping[str, Any],
    kept: Mapping[str, Any],
) -> Preview:
    plan = match_columns(raw.frame, contract, columns, raw.name)
    questions = list(plan.questions)
    style_options = Options(
        **{k: options[k] for k in ("decimal", "date_order", "short_units", "timezone", "today") if k in options}
    )
    styles: dict[str, str] = {}
    problem = None
    if not len(raw.frame) and not raw.refused:
        problem = UserError("ingest.no_rows", table=raw.name, found=tuple(raw.frame.columns[:30]))
    else:
        try:
            how = {m.canonical: m.how for m in plan.matches}
            typed = type_columns(raw.frame, plan.by_canonical, how, contract, style_options, raw.name, raw.rows)
            if contract.name == "sales":
                from .amounts import settle_amounts, settle_costs

                settle_amounts(typed, plan.by_canonical, options.get("discount"), raw.name)
                settle_costs(typed, plan.by_canonical, options.get("cost"), raw.name)
            questions += typed.questions
            styles = {g["source"]: g["style"] for g in typed.guesses}
        except UserError as error:
            problem = error
    questions += scale_questions(plan, contract.name, options)
    matches = {m.source: m for m in plan.matches}
    seen = []
    for name in raw.frame.columns:
        match = matches.get(name)
        samples = tuple(str(v) for v in raw.frame[name].dropna().head(_SAMPLES * 4) if str(v).strip())[:_SAMPLES]
        seen.append(
            PreviewColumn(
                name,
                samples,
                match.canonical if match else None,
                match.how if match else "",
                match.confidence if match else 0.0,
                styles.get(name),
            )
        )
    return Preview(
        raw.name, raw.kind, tuple(seen), tuple(questions), len(raw.frame) + len(raw.refused), raw.sheet,
        raw.header_row, dict(raw.guesses), problem, (raw.origin, raw), kept,
    )  # fmt: skip
