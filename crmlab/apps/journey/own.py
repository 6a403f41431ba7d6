"""A reader's own event log as a company of the journey map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError
from .companies import EVERYBODY, Company

if TYPE_CHECKING:
    import pandas as pd

    from ...analytics.journeys import Log
    from ...ingest import Ingested
    from ...results import Result

__all__ = ["Own"]

ALL_STEPS = "journey_steps"
"""The one stage of a log that tells none."""
FEWEST, MOST_GROUPS, FUNNEL = 2, 6, 5
STAGE = "told_stage"
STILL = 0.95
"""So large a share of the silences between two events of a case are shorter than the one after which it is over."""


class Own(Company):
    """What :func:`crmlab.ingest.read` read as ``"events"``.

    Stages are those that the log tells: each touchpoint belongs to the stage in which it stands most often, and stages
    follow one another as people come to them. Personas are the values of the first column of the reader's own that
    divides the events into a few groups.

    Parameters
    ----------
    read : Ingested
    """

    name, credited = "own", "channel"

    def __init__(self, read: Ingested) -> None:
        super().__init__()
        self.read = read
        scale = (read.params.get("scales") or {}).get("score")
        self.scale = None if scale is None else tuple(scale)
        self.credited = "channel" if self._has("channel") else "touchpoint"

    def _has(self, column: str) -> bool:
        return column in self.read.table and bool(self.read.table[column].notna().any())

    @cached_property
    def group(self) -> str:
        """The column that says whose way a case is; empty where there is none."""
        from ...schema import EVENTS

        table = self.read.table
        for column in table:
            # a group is what a person has all along: a column whose value changes from event to event is none
            if column in EVENTS.names or column in self.read.personal or table[column].isna().all():
                continue
            if not FEWEST <= table[column].nunique() <= MOST_GROUPS:
                continue
            if (table.groupby("person_id")[column].nunique() <= 1).mean() > STILL:
                return str(column)
        return ""

    @cached_property
    def personas(self) -> tuple[str, ...]:
        """Whose way can be drawn, the most frequent group first."""
        if not self.group:
            return (EVERYBODY,)
        return (EVERYBODY, *(str(v) for v in self.read.table[self.group].value_counts().index))

    @cached_property
    def _events(self) -> pd.DataFrame:
        table = self.read.table.drop(columns="stage", errors="ignore")
        if self.group:
            table[self.group] = table[self.group].astype("str")
        return table.assign(**{STAGE: self._stages})

    @cached_property
    def _stages(self) -> pd.Series:
        table = self.read.table
        if not self._has("stage"):
            return table["touchpoint"].where(table["touchpoint"].isna(), ALL_STEPS)
        usual = table.dropna(subset=["stage"]).groupby("touchpoint")["stage"].agg(lambda s: s.mode().iloc[0])
        return table["touchpoint"].map(usual).fillna(ALL_STEPS).str.replace("`", "'")

    def _rules(self) -> Mapping[str, str]:
        """A sentence for each stage, in the order in which people come to them."""
        told = self._events.dropna(subset=["person_id", "occurred_at"]).sort_values("occurred_at", kind="stable")
        case = told["case_id"].fillna(told["person_id"]) if self._has("case_id") else told["person_id"]
        place = told.groupby(case).cumcount() / case.map(case.value_counts())
        order = place.groupby(told[STAGE]).mean().sort_values(kind="stable").index
        return {str(s): f"{STAGE} == {str(s)!r}" for s in order}

    @cached_property
    def log(self) -> Log:
        """The events of everybody who is known; a case is what the log says, else a person."""
        import pandas as pd

        from ...analytics import journeys
        from ...analytics.journeys.events import CONTRACT

        table = self._events
        if self._has("case_id"):  # an event outside every case is a way of its own person
            table = table.assign(case_id=table["case_id"].fillna(table["person_id"]))
        key = table["case_id" if self._has("case_id") else "person_id"]
        gaps = table.sort_values("occurred_at")["occurred_at"].groupby(key).diff().dropna()
        gaps = gaps[gaps > pd.Timedelta(0)]
        keep = [STAGE, *([self.group] if self.group else [])]
        contract = [c for c in CONTRACT if c in table and table[c].notna().any()]
        return journeys.event_log(
            table[[*contract, *keep]],
            as_of=table["occurred_at"].max(),
            quiet=gaps.quantile(STILL) if len(gaps) else None,
            stages=self._rules(),
            keep=keep,
            source=self.read.source,
        )

    @cached_property
    def _usual(self) -> tuple[str, ...]:
        """The busiest touchpoints, in the order in which people usually meet them."""
        from ...analytics.journeys import draft_map

        return draft_map(self.log, persona=EVERYBODY, score_scale=self.scale, most=FUNNEL).steps

    @property
    def booked(self) -> tuple[str, ...]:
        """The steps of the funnel."""
        return self._usual

    @property
    def goals(self) -> tuple[str, ...]:
        """What attribution may explain: the last of the usual steps first."""
        return (*reversed(self._usual), *(t for t in self.log.touchpoints if t not in self._usual))

    @property
    def watched(self) -> tuple[str, ...]:
        """Touchpoints at which a signal may be given, the busiest first."""
        return tuple(str(t) for t in self.read.table["touchpoint"].value_counts().index)

    @cached_property
    def spans(self) -> Mapping[str, tuple[Any, str, dict[str, Any]]]:
        """From each usual step to the next, in the unit that suits how fast people are."""
        steps = self._usual
        if len(steps) < 2:
            raise UserError("journey_map.one_touchpoint")
        unit = self._unit
        within = {"minutes": "60min", "hours": "24h", "days": "7d"}[unit]
        pairs = zip(steps, steps[1:], strict=False)
        return {f"step_{k}": (a, b, {"unit": unit, "within": [within]}) for k, (a, b) in enumerate(pairs, 1)}

    @property
    def _unit(self) -> str:
        hours = self.log.rows("SELECT median(date_diff('second', ts, later)) FROM events WHERE later IS NOT NULL")[0][0]
        hours = (hours or 0) / 3600
        return "minutes" if hours < 2 else "hours" if hours < 48 else "days"

    def span_label(self, span: str, lang: str) -> str:
        """From where to where, in words."""
        start, end, _ = self.spans[span]
        return f"{labels.name(start, lang)} → {labels.name(end, lang)}"

    def signals(self, touchpoint: str) -> Result:
        """Who has just met a touchpoint again and again."""
        from ...analytics import journeys

        rule = f"touchpoint == {touchpoint!r}"
        return journeys.signals(self.read, rule, as_of=self.read.table["occurred_at"].max())
