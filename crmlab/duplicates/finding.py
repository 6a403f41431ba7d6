"""Find: the pairs of a table that may be one person, their scores and verdicts, and the persons they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Note, Result, Source
from .account import VERDICTS, Histogram, Work, conflicts_of, facts_of, notes_of, pair_table, with_chains
from .blocking import candidates, usable
from .clusters import cluster
from .fields import settle
from .model import DEFAULT, Model
from .records import Records
from .scoring import Scorer

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MASKS", "VERDICTS", "Found", "find"]

LARGEST_GROUP = 200
MOST_PAIRS = 60_000_000
LEAST = 0.01
"""Pairs of a lower probability are counted, not listed, but those that share a phone, an e-mail or a national id."""


@dataclass(frozen=True, eq=False, repr=False)
class Found(Result):
    """What :func:`find` found: a :class:`~crmlab.results.Result` with the persons and the account of the search.

    Attributes
    ----------
    table : pandas.DataFrame
        Pairs, the likeliest first: ``left``, ``right``, ``score`` (probability), ``bits``, ``verdict``, ``rule`` (what
        contradicts), ``blocks`` (where they met), and the level of every field.
    entities : pandas.DataFrame
        Every key and the entity it belongs to, named by its first key; ``rows`` is how many belong to it.
    blocks : pandas.DataFrame
        What every block held, and what was left out because a group was too large.
    conflicts : pandas.DataFrame
        Where A is B and B is C, but A is not C: the link that was not made (``kept_apart``), or was made although the
        two ends are not alike (``kept_together``).
    histogram : pandas.DataFrame
        How many of the compared pairs have which score.
    model : Model
    decisions : pandas.DataFrame
        What persons decided; it stands above every score.
    """

    entities: Any = None
    blocks: Any = None
    conflicts: Any = None
    histogram: Any = None
    model: Model = DEFAULT
    decisions: Any = None
    _work: Work | None = field(default=None, repr=False)

    def __reduce__(self):  # the work holds arrays of the whole table; what was found does without
        return _found, (
            (self.kind, self.table, dict(self.params), dict(self.facts), self.notes, self.source),
            (self.entities, self.blocks, self.conflicts, self.histogram, self.model, self.decisions),
        )

    @property
    def entity_of(self) -> dict[Any, Any]:
        """Key -> the first key of its entity."""
        return dict(zip(self.entities[self.params["key"]].tolist(), self.entities["entity"].tolist(), strict=True))

    def standard(self) -> pd.DataFrame:
        """The fields of every row in their standard forms, in the order of the keys. Not masked."""
        return self.at_work().records.frame()

    def why(self, left: Any, right: Any) -> Result:
        """What speaks for and against two rows being one person: bits, field by field; values are masked.

        Parameters
        ----------
        left, right
            Keys; the two need not have met in a block.

        Returns
        -------
        Result
            Of kind ``duplicates.why``.
        """
        import pandas as pd

        from ..privacy import mask

        work = self.at_work()
        a, b = sorted((work.records.row(left), work.records.row(right)))
        scored = work.score([a], [b])
        rows = [{"field": "prior", "left": None, "right": None, "level": None, "bits": work.scorer.prior}]
        for name, values in work.records.values.items():
            if name not in scored.levels:
                continue
            shown = [None if values.codes[k] < 0 else str(values.values[values.codes[k]]) for k in (a, b)]
            kind = MASKS.get(name)
            shown = [mask(v, kind) if kind and v is not None else v for v in shown]
            rows.append(
                {
                    "field": name,
                    "left": shown[0],
                    "right": shown[1],
                    "level": work.scorer.level_name(name, int(scored.levels[name][0])),
                    "bits": float(scored.weights[name][0]),
                }
            )
        rule = int(scored.rule[0])
        facts = {
            "left": work.records.keys[a],
            "right": work.records.keys[b],
            "bits": float(scored.bits[0]),
            "score": float(scored.score[0]),
            "rule": self.model.contradictions[rule].name if rule >= 0 else None,
            "verdict": _verdict(float(scored.score[0]), self.params["threshold"], self.params["review"]),
        }
        notes = (Note("duplicates.contradicted", {"rule": f"duplicates_{facts['rule']}"}),) if facts["rule"] else ()
        table = pd.DataFrame(rows).astype({"left": "object", "right": "object", "level": "object"})
        for column in ("left", "right", "level"):  # None, not NaN: these are shown
            table[column] = table[column].where(table[column].notna(), None)
        return Result("duplicates.why", table, self.params, facts, notes, self.source)

    def at(self, threshold: float | None = None, review: float | None = None) -> Found:
        """The same pairs and scores under other thresholds; nothing is compared anew."""
        work = self.at_work()
        threshold = self.params["threshold"] if threshold is None else threshold
        review = min(self.params["review"], threshold) if review is None else review
        _check_thresholds(threshold, review)
        params = {**self.params, "threshold": threshold, "review": review}
        return _assemble(work, params, self.decisions, self.source)

    def decided(self, decisions: pd.DataFrame) -> Found:
        """The same search with the decisions of persons, which stand above every score.

        Parameters
        ----------
        decisions : pandas.DataFrame
            ``left``, ``right`` and ``verdict`` (``match``, ``no_match`` or ``unsure``); what else it holds is kept. The
            last one on a pair counts.
        """
        return _assemble(self.at_work(), dict(self.params), _decisions(decisions), self.source)

    def at_work(self) -> Work:
        """The compared rows and their scorer, for the other parts of this room.

        Raises
        ------
        UserError
            ``duplicates.search_is_over``: the Result was stored and opened again.
        """
        if self._work is None:
            raise UserError("duplicates.search_is_over")
        return self._work


def _found(result: tuple, more: tuple) -> Found:
    return Found(*result, *more)


# how the values of a field are hidden from a reader
MASKS = {
    "name": "name",
    "phone": "phone",
    "email": "email",
    "national_id": "nik",
    "born_on": "birth_date",
    "address": "address",
}


def find(
    table: pd.DataFrame,
    *,
    key: str,
    fields: Mapping[str, str | None] | None = None,
    threshold: float = 0.95,
    review: float = 0.5,
    blocks: Sequence[Any] | None = None,
    model: Model = DEFAULT,
    decisions: pd.DataFrame | None = None,
    largest_group: int = LARGEST_GROUP,
    source: Source | None = None,
) -> Found:
    """Find the rows of a table that are the same person.

    Nothing is learned from the data: values are brought to one form, rows meet in blocks, every field of a pair weighs
    for or against, and contradictions (twins, households) have the last word.

    Parameters
    ----------
    table : pandas.DataFrame
    key : str
        The column that names a row; once each.
    fields : mapping, optional
        Field (``name``, ``phone``, ``email``, ``national_id``, ``born_on``, ``address``, ``city``, ``postcode``,
        ``gender``) -> column. What is not told is guessed from the columns' names, and said; ``None`` leaves a field
        out.
    threshold : float
        Probability from which a pair is a match.
    review : float
        Probability from which a person should look.
    blocks : sequence, optional
        Of :class:`Block`, or of its parts: ``["phone", ("name_sound", "birth_year")]``. By default all that the fields
        allow.
    model : Model
        Weights and contradictions.
    decisions : pandas.DataFrame, optional
        As of :class:`ReviewQueue`; they stand above every score.
    largest_group : int
        A group of a block that has more rows is left out, and said.
    source : Source, optional

    Returns
    -------
    Found
        Of kind ``duplicates.found``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "id": [1, 2, 3],
    ...     "nama": ["Budi Santoso", "BUDI SANTOSO", "Budi Santosa"],
    ...     "hp": ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"],
    ... })
    >>> found = find(table, key="id")
    >>> found.facts["entities"], found.entities["entity"].tolist()
    (1, [1, 1, 1])
    """
    _check_thresholds(threshold, review)
    used, guessed = settle(table.columns, key, fields)
    chosen = usable(blocks, list(used))
    unknown = [f for f in used if f not in model.fields]
    if unknown:
        raise UserError("duplicates.unknown_field", wanted=model.fields, found=unknown[0], near=())
    records = Records(table, key, used)
    scorer = Scorer(records, model)
    met = candidates(records, chosen, largest_group, MOST_PAIRS)
    histogram = Histogram()
    scored = scorer.pairs(met.left, met.right, least=min(LEAST, review), tally=histogram.count)
    work = Work(
        records,
        scorer,
        scored,
        chosen,
        met.largest,
        met.table,
        histogram.frame(),
        len(met.left),
        met.unseen,
        guessed,
    )
    params = {
        "key": key,
        "fields": used,
        "threshold": threshold,
        "review": review,
        "blocks": [b.name for b in chosen],
        "largest_group": met.largest,
    }
    source = source or Source(str(table.attrs.get("name", "")), "", records.n, 0)
    decided = None if decisions is None else _decisions(decisions)
    found = _assemble(work, params, decided, source)
    if met.largest < largest_group:
        note = Note("duplicates.smaller_groups", {"asked": largest_group, "used": met.largest})
        found = replace(found, notes=(*found.notes, note))
    return found


def _check_thresholds(threshold: float, review: float) -> None:
    for value in (threshold, review):
        if not 0 < value < 1:
            raise UserError("duplicates.not_a_threshold", found=value)
    if review > threshold:
        raise UserError("duplicates.review_above_threshold", wanted=threshold, found=review)


def _verdict(score: float, threshold: float, review: float) -> str:
    return "match" if score >= threshold else "review" if score >= review else "no_match"


def _decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    gone = [c for c in ("left", "right", "verdict") if c not in decisions]
    if gone:
        raise UserError("duplicates.no_column", wanted=["left", "right", "verdict"], found=gone[0], near=())
    allowed = ("match", "no_match", "unsure")
    for verdict in decisions["verdict"].dropna().unique():
        if verdict not in allowed:
            raise UserError(
                "duplicates.unknown_verdict", wanted=allowed, found=verdict, near=suggest(str(verdict), allowed)
            )
    return decisions[decisions["verdict"].notna()].reset_index(drop=True)


def _assemble(work: Work, params: dict[str, Any], decisions: pd.DataFrame | None, source: Source | None) -> Found:
    """Verdicts, persons and facts under given thresholds and decisions."""
    import numpy as np
    import pandas as pd

    records, model = work.records, work.scorer.model
    threshold, review = params["threshold"], params["review"]
    by_pair: dict[tuple[int, int], str] = {}
    for row in () if decisions is None else decisions.itertuples(index=False):
        a, b = records.row(row.left), records.row(row.right)
        by_pair[(min(a, b), max(a, b))] = row.verdict
    scored = with_chains(work, work.scored, threshold, by_pair)
    verdict = np.where(scored.score >= threshold, 0, np.where(scored.score >= review, 1, 2))
    decided = np.zeros(len(scored), dtype=bool)
    if by_pair:
        place = {pair: k for k, pair in enumerate(zip(scored.left.tolist(), scored.right.tolist(), strict=True))}
        for pair, said in by_pair.items():
            if said != "unsure":
                verdict[place[pair]] = VERDICTS.index(said)
                decided[place[pair]] = True
    limits = np.array([c.at_most for c in model.contradictions] + [1.0])
    contradicted = (limits[scored.rule] < review) & (scored.rule >= 0)
    apart = np.flatnonzero((verdict == 2) & (decided | contradicted))
    links = np.flatnonzero(verdict == 0)
    # decisions first, then the strongest; equal ones in the order of their keys
    links = links[np.lexsort((scored.right[links], scored.left[links], -scored.bits[links], ~decided[links]))]
    made = cluster(
        records.n,
        zip(scored.left[links].tolist(), scored.right[links].tolist(), strict=True),
        zip(scored.left[apart].tolist(), scored.right[apart].tolist(), strict=True),
    )
    head = np.asarray(made.head, dtype=np.int64)
    sizes = np.bincount(head, minlength=records.n)
    keys = records.keys
    entities = pd.DataFrame({params["key"]: keys, "entity": keys[head], "rows": sizes[head]})
    pairs = pair_table(work, scored, verdict, decided)
    conflicts = conflicts_of(work, scored, verdict, made, head)
    facts = facts_of(work, scored, verdict, sizes, conflicts, decided)
    return Found(
        "duplicates.found",
        pairs,
        params,
        facts,
        notes_of(work, facts, params),
        source,
        entities,
        work.table,
        conflicts,
        work.histogram,
        model,
        decisions,
        work,
    )
