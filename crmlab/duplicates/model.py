"""How alike two rows must be: weights of agreement and disagreement, and what speaks against, as data.

The weights are those of Fellegi and Sunter. ``m`` is how often two rows of *one* person show a level, ``u`` how often
two rows of *different* people do; the level weighs ``log2(m / u)`` bits. Nothing is trained: ``m`` and ``u`` are
written down here for a reader to see and change. Only how common a value is gets counted in the table itself, for two
people called Muhammad Hidayat prove less than two people called Xaverius Manurung.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DEFAULT", "MISSING", "Comparison", "Contradiction", "Level", "Model"]

MISSING = "missing"
"""The level of a field that one of the two rows lacks; it weighs nothing."""


@dataclass(frozen=True)
class Level:
    """One degree of likeness of a field.

    Parameters
    ----------
    name : str
    m, u : float
        How often two rows of one person, and of different people, show it.
    common : bool
        Count in the table how common the value is; ``u`` is then what is assumed before counting.
    times : float
        How many values lie as near as this, where ``common`` is counted of the two values that are near.

    Examples
    --------
    >>> Level("same", 0.98, 0.49).weight
    1.0
    """

    name: str
    m: float
    u: float
    common: bool = False
    times: float = 1.0

    @property
    def weight(self) -> float:
        """Bits for (above zero) or against being one person, before values are counted."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    """A field and its levels, from the most alike to the least."""

    field: str
    levels: tuple[Level, ...]

    def __getitem__(self, name: str) -> Level:
        return next(level for level in self.levels if level.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the levels, the most alike first."""
        return tuple(level.name for level in self.levels)


@dataclass(frozen=True)
class Contradiction:
    """What speaks against two rows being one person, whatever else agrees.

    Parameters
    ----------
    name : str
        ``twins``, ``household`` ...: the reason that is given.
    when : mapping
        Field -> the levels that it must show, all of them at once.
    unless : mapping
        Field -> levels any of which lifts the contradiction.
    any_of : mapping
        Field -> levels any of which must be there too.
    at_most : float
        The probability that is left.
    """

    name: str
    when: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    any_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_most: float = 0.0


@dataclass(frozen=True)
class Model:
    """All comparisons and contradictions.

    Parameters
    ----------
    comparisons : tuple of Comparison
    contradictions : tuple of Contradiction
        The first that holds gives the reason.
    duplicates_per_row : float
        How many second rows a row is expected to have, before anything is compared.
    weight_of_assumed : float
        How many rows the assumed ``u`` of a ``common`` level is worth beside those of the table.

    Examples
    --------
    >>> DEFAULT.table().query("field == 'gender'")[["level", "m", "u"]].values.tolist()
    [['same', 0.98, 0.5], ['other', 0.02, 0.5]]
    >>> DEFAULT.change("gender", "other", m=0.05)["gender"]["other"].m
    0.05
    """

    comparisons: tuple[Comparison, ...]
    contradictions: tuple[Contradiction, ...] = ()
    duplicates_per_row: float = 0.05
    weight_of_assumed: float = 1000.0

    def __getitem__(self, name: str) -> Comparison:
        found = next((c for c in self.comparisons if c.field == name), None)
        if found is None:
            raise UserError(
                "duplicates.unknown_field", wanted=self.fields, found=name, near=suggest(str(name), self.fields)
            )
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that can be compared."""
        return tuple(c.field for c in self.comparisons)

    def prior(self, rows: int) -> float:
        """Bits that speak for a pair before it is looked at: two of many rows are hardly ever one person."""
        chance = min(self.duplicates_per_row / (rows + 0.2 * self.weight_of_assumed), 0.5)
        return math.log2(chance / (1 - chance))

    def change(self, field: str, level: str, **values: Any) -> Model:
        """The same model with another ``m``, ``u``, ``common`` or ``times`` at one level."""
        comparison = self[field]
        if level not in comparison.names:
            raise UserError(
                "duplicates.unknown_level",
                wanted=comparison.names,
                found=level,
                near=suggest(level, comparison.names),
                field=field,
            )
        levels = tuple(replace(x, **values) if x.name == level else x for x in comparison.levels)
        for x in levels:
            if not 0 < x.m <= 1 or not 0 < x.u <= 1:
                raise UserError("duplicates.not_a_chance", found=min(x.m, x.u), field=field, level=x.name)
        changed = replace(comparison, levels=levels)
        return replace(self, comparisons=tuple(changed if c.field == field else c for c in self.comparisons))

    def without(self, *names: str) -> Model:
        """The same model without some of its contradictions."""
        return replace(self, contradictions=tuple(c for c in self.contradictions if c.name not in names))

    def table(self) -> pd.DataFrame:
        """The weights, one row a level."""
        import pandas as pd

        rows = [
            {"field": c.field, "level": x.name, "m": x.m, "u": x.u, "weight": x.weight, "common": x.common}
            for c in self.comparisons
            for x in c.levels
        ]
        return pd.DataFrame(rows)

    def to_dict(self) -> dict[str, Any]:
        """The model as plain data, good for a TOML or JSON file and for :meth:`from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Model:
        """A model from what :meth:`to_dict` gave, changed or not.

        Examples
        --------
        >>> Model.from_dict(DEFAULT.to_dict()) == DEFAULT
        True
        """

        def tuples(mapping: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
            return {key: tuple(names) for key, names in mapping.items()}

        return cls(
            tuple(Comparison(c["field"], tuple(Level(**x) for x in c["levels"])) for c in told["comparisons"]),
            tuple(
                Contradiction(
                    c["name"],
                    tuples(c["when"]),
                    tuples(c.get("unless", {})),
                    tuples(c.get("any_of", {})),
                    c.get("at_most", 0.0),
                )
                for c in told.get("contradictions", ())
            ),
            told.get("duplicates_per_row", 0.05),
            told.get("weight_of_assumed", 1000.0),
        )


# the numbers of twins differ in their last digit only, so "near" lifts nothing
_SAME_ID = {"national_id": ("same",)}
_OTHER_NAME = ("family", "other")
_ONE_HOME = {"phone": ("same",), "address": ("same",), "email": ("same",)}

DEFAULT = Model(
    comparisons=(
        Comparison(
            "name",
            (
                Level("same", 0.76, 0.0005, common=True),
                Level("near", 0.15, 0.0005, common=True, times=3),
                Level("part", 0.05, 0.004),  # all words of the one are in the other, or initials for them
                Level("first", 0.015, 0.01),  # the word that a person goes by, and nothing else
                Level("family", 0.01, 0.04),  # another word, as brothers and sisters share
                Level("other", 0.015, 0.945),
            ),
        ),
        Comparison(
            "phone", (Level("same", 0.80, 0.0001, common=True), Level("near", 0.04, 0.0001), Level("other", 0.16, 1.0))
        ),
        Comparison(
            "email", (Level("same", 0.80, 0.0001, common=True), Level("near", 0.05, 0.0005), Level("other", 0.15, 1.0))
        ),
        Comparison(
            "national_id",
            (Level("same", 0.97, 0.000001, common=True), Level("near", 0.02, 0.0001), Level("other", 0.01, 1.0)),
        ),
        Comparison(
            "born_on",
            (
                Level("same", 0.93, 0.00005, common=True),
                Level("near", 0.04, 0.002),  # day and month changed about, or one digit
                Level("other", 0.03, 1.0),
            ),
        ),
        Comparison(
            "address", (Level("same", 0.60, 0.001, common=True), Level("near", 0.15, 0.01), Level("other", 0.25, 0.99))
        ),
        Comparison("city", (Level("same", 0.85, 0.05, common=True), Level("other", 0.15, 0.95))),
        Comparison("postcode", (Level("same", 0.80, 0.002, common=True), Level("other", 0.20, 1.0))),
        Comparison("gender", (Level("same", 0.98, 0.5), Level("other", 0.02, 0.5))),
    ),
    contradictions=(
        Contradiction("twins", {"name": _OTHER_NAME, "born_on": ("same",)}, _SAME_ID, {"address": ("same", "near"),
                                                                                    "phone": ("same",)}),
        Contradiction("household", {"name": _OTHER_NAME}, _SAME_ID, _ONE_HOME),
        Contradiction("other_national_id", {"national_id": ("other",)}),
        Contradiction("other_birth_date", {"born_on": ("other",)}, {**_SAME_ID, "email": ("same",)}),
        # Ardi Hapsari and Ardi Aritonang with one phone: a new name, or another person
        Contradiction(
            "other_last_name",
            {"name": ("first",)},
            {**_SAME_ID, "email": ("same",), "born_on": ("same", "near")},
            at_most=0.9,
        ),
        # one thing contradicts, another that is as good speaks for: a person should look
        Contradiction("other_birth_date_one_email", {"born_on": ("other",)}, _SAME_ID, at_most=0.9),
        Contradiction("other_name_one_national_id", {"name": _OTHER_NAME, **_SAME_ID}, at_most=0.9),
    ),
)  # fmt: skip
"""The default matcher's weights and contradictions."""
