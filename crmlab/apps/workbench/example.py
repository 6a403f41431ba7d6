"""PT XYZ keeps more of its loyal customers: the worked example, measured from the shop's tables."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

from ... import labels
from ...analytics.ledger import Ledger, assumed, computed, measured, retention_programme
from ...analytics.projects import SOFTWARE_CRITERIA
from ...intervals import newcombe
from ...widgets.workbench_project import Project
from . import words

__all__ = ["SEGMENTS", "YEAR", "Example"]

SEGMENTS = ("loyal", "regular", "promo_hunter")
YEAR = 2020
ARMS = ("test", "control")
TRANSFER = (0.2, 0.5, 0.8)  # of an effect on lapsed customers, how much holds for those who are still there
REACH = (0.45, 0.6, 0.75)
CONTACTS, CONTACT_COST = 4, 500.0
RATE, YEARS = 0.12, 3
INVESTED = 0.03  # of a year's margin of the three segments: the example fits a shop of any size


class Example:
    """The worked example on one size of PT XYZ.

    Parameters
    ----------
    size : {"S", "M", "L"}
    """

    def __init__(self, size: str = "S") -> None:
        self.size = size
        self._projects: dict[str, Project] = {}

    def __call__(self, lang: str) -> Project:
        """The project in one language."""
        if lang not in self._projects:
            self._projects[lang] = self._project(lang)
        return self._projects[lang]

    # -- what is measured ---------------------------------------------------------------------------------------------

    @cached_property
    def segments(self) -> Any:
        """Buyers of the year and what one of them brings: a row a segment, the mean with its 95 % interval (t)."""
        import pandas as pd
        from scipy.stats import t

        from ... import datasets

        tables = datasets.load_retail(self.size).tables
        lines = tables["fact_sales_line"]
        year = lines[pd.to_datetime(lines["date"]).dt.year == YEAR]
        each = year.groupby("customer_key")["margin"].sum().rename("margin").reset_index()
        each = each.merge(tables["dim_customer"][["customer_key", "segment"]], on="customer_key")
        rows = []
        for segment in SEGMENTS:
            margins = each.loc[each["segment"] == segment, "margin"]
            n, mean = len(margins), float(margins.mean())
            half = float(t.ppf(0.975, n - 1) * margins.std(ddof=1) / math.sqrt(n))
            rows.append({"segment": segment, "customers": n, "margin": mean, "margin_low": mean - half,
                         "margin_high": mean + half})  # fmt: skip
        return pd.DataFrame(rows)

    @cached_property
    def pilot(self) -> dict[str, Any]:
        """The randomised win-back campaigns: how many more came back within 60 days with the voucher than without."""
        from ... import datasets

        tables = datasets.load_retail(self.size, layer="clean").tables
        sends = tables["campaign_sends"].merge(tables["campaigns"][["campaign_id", "campaign_kind"]], on="campaign_id")
        arms = sends[sends["campaign_kind"] == "win_back"].groupby("arm")["converted"].agg(["sum", "size"])
        (hits, n), (other, m) = ([int(x) for x in arms.loc[arm]] for arm in ARMS)
        low, high = (float(x) for x in newcombe(hits, n, other, m))
        return {"effect": hits / n - other / m, "low": low, "high": high, "n": n, "m": m}

    @cached_property
    def scale(self) -> float:
        """What is invested: the amounts of costs and risks are parts of it."""
        table = self.segments
        return _round(INVESTED * float((table["customers"] * table["margin"]).sum()))

    # -- the project --------------------------------------------------------------------------------------------------

    def ledger(self, lang: str) -> Ledger:
        """From segment to value, offer, effect and net present value."""
        say = words.speaker(lang)
        pilot, base = self.pilot, self.scale
        source = say("source_segments", year=str(YEAR), size=self.size)
        trial = say("source_pilot", n=pilot["n"], m=pilot["m"], size=self.size)
        head, finance = say("role_crm"), say("role_finance")
        book = retention_programme(
            self.segments, effect=(pilot["low"], pilot["effect"], pilot["high"]), effect_source=trial, reach=REACH,
            contacts=CONTACTS, contact_cost=CONTACT_COST, investment=(0.8 * base, base, 1.4 * base), rate=RATE,
            years=YEARS, owner=head, source=source,
        )  # fmt: skip
        entries = dict(book.entries)
        owners = dict.fromkeys(("investment", "rate", "years"), finance)
        out = []
        for name, entry in entries.items():
            if name == "effect":
                ends = {"low": pilot["low"], "high": pilot["high"]}
                out.append(measured("pilot_effect", pilot["effect"], **ends, unit="share", source=trial))
                part = dict(zip(("low", "value", "high"), TRANSFER, strict=True))
                out.append(assumed("carries_over", **part, unit="share", owner=head))
                out.append(computed("effect", "pilot_effect * carries_over", unit="share"))
            elif name == "npv":
                late = _round(0.1 * base)
                out.append(assumed("expected_loss", 0.0, unit="money", owner=say("role_board")))
                latent = {"low": 0.0, "high": 2 * late, "owner": say("role_marketing")}
                out.append(assumed("latent_gain", late, **latent, unit="money"))
                formula = "latent_gain * (annuity(rate, years) - annuity(rate, 1))"
                out.append(computed("latent_value", formula, unit="money"))
                out.append(computed("npv", f"{entry.formula} - expected_loss", unit="money"))
            elif name in owners:
                ends = {"low": entry.low, "high": entry.high, "unit": entry.unit}
                out.append(assumed(name, entry.value, **ends, owner=owners[name]))
            else:
                out.append(entry)
        return Ledger(out, outcome="npv")

    def _project(self, lang: str) -> Project:
        criteria = [labels.name(c, lang) for c in SOFTWARE_CRITERIA]
        project = Project(self.ledger(lang), words.tables(lang, self.scale, criteria), words.fields(lang), lang)
        # read as a file is read: an example that its own rules refuse would not open
        return Project.from_json(project.linked().to_json())


def _round(amount: float) -> float:
    """To two digits that count."""
    digits = 1 - math.floor(math.log10(abs(amount)))
    return float(round(amount, digits))
