"""The cube: a star, the measures that mean something on it, and an engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import labels, privacy
from ..errors import UserError, suggest
from ..star import Level, Star
from .engines import DuckDBEngine
from .measures import Measure, check, reader, sales_measures
from .members import OTHERS_CODE, Members
from .protect import default_policy
from .query import Condition
from .view import Filter, View

if TYPE_CHECKING:
    from ..privacy import Policy

__all__ = ["Cube", "masked"]


class Cube:
    """A star with measures, to be looked at in views.

    Parameters
    ----------
    star : Star
    measures : sequence of Measure, optional
        Where none are given, those that a table of sales allows: revenue, orders, customers and the like.
    engine : optional
        What answers queries; DuckDB on the star's own store by default.
    privacy : crmlab.privacy.Policy, optional
        Which cells are hidden because too few people stand behind them. By default facts and levels with specific data
        (health and the like, as their columns are called) are protected and ordinary sales are not;
        ``Policy(minimum=5, everything=True)`` protects all, ``Policy.none()`` nothing.

    Examples
    --------
    >>> from crmlab.star import Star, Fact, Dimension
    >>> star = Star(
    ...     [Fact("sales", {"who": ["B2C", "B2C", "B2B"], "how": ["store", "web", "web"], "amount": [100, 50, 30]},
    ...           keys={"segment": "who", "channel": "how"})],
    ...     [Dimension("segment", {"segment": ["B2C", "B2B"]}, key="segment"),
    ...      Dimension("channel", {"channel": ["store", "web"]}, key="channel")],
    ... )
    >>> cube = Cube(star, measures=[Measure.sum("revenue", "sales", "amount", unit="money"), Measure.count("lines")])
    >>> view = cube.view(by=["segment"], measures=["revenue"])
    >>> [(row["labels"], row["values"]["revenue"]) for row in view.rows("en")]
    [({'segment': 'B2B'}, 30), ({'segment': 'B2C'}, 150), ({}, 180)]
    >>> view.slice(channel="web").totals()
    {'revenue': 80}
    """

    def __init__(
        self,
        star: Star,
        measures: Iterable[Measure] | None = None,
        *,
        engine: Any = None,
        privacy: Policy | None = None,
    ) -> None:
        self.star = star
        columns = {fact: told["columns"] for fact, told in star.meta["facts"].items()}
        if measures is None:
            measures = next((found for f, cs in columns.items() if (found := sales_measures(f, cs))), [])
        self.measures: dict[str, Measure] = check(measures, columns)
        if not self.measures:
            raise UserError("cube.no_measures")
        self.readers = {name: reader(m, self.measures) for name, m in self.measures.items()}
        self.engine = engine or DuckDBEngine(star)
        self.levels: dict[str, Level] = star.levels
        self._members = {name: Members(star, level) for name, level in self.levels.items()}
        self.policy = default_policy(self) if privacy is None else privacy

    @cached_property
    def exact_readers(self) -> dict[str, Any]:
        """The readers of cells that hold fractions."""
        return {name: reader(m, self.measures, exact=True) for name, m in self.measures.items()}

    @property
    def dimensions(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Dimension (in each of its roles) to its hierarchies, each a tuple of level ids from coarse to fine."""
        return {
            role: {
                h: tuple(self._id(role, c) for c in columns)
                for h, columns in self.star.dimensions[d].hierarchies.items()
            }
            for role, d in self.star.roles.items()
        }

    def _id(self, role: str, column: str) -> str:
        return next(lv.id for lv in self.levels.values() if lv.role == role and lv.column == column)

    # -- names --------------------------------------------------------------------------------------------------------

    def level(self, name: str) -> Level:
        """The level that a person means by ``name``: its id, ``dimension.column``, or a dimension with one level.

        Raises
        ------
        UserError
            ``cube.unknown_level`` or ``cube.ambiguous_level``.
        """
        if name in self.levels:
            return self.levels[name]
        alike = [lv for lv in self.levels.values() if name in (f"{lv.role}.{lv.column}", lv.column)]
        if len(alike) == 1:
            return alike[0]
        if alike:
            raise UserError("cube.ambiguous_level", found=name, near=[lv.id for lv in alike])
        if name in self.star.roles:
            hierarchy = next(iter(self.dimensions[name].values()))
            return self.levels[hierarchy[0]]
        raise UserError("cube.unknown_level", found=name, wanted=list(self.levels), near=suggest(name, self.levels))

    def measure(self, name: str) -> Measure:
        """The measure called ``name``."""
        if name not in self.measures:
            raise UserError(
                "cube.unknown_measure", found=name, wanted=list(self.measures), near=suggest(name, self.measures)
            )
        return self.measures[name]

    def role(self, name: str) -> str:
        """The dimension (in one of its roles) called ``name``, or to which the level of that name belongs."""
        if name in self.star.roles:
            return name
        if name in self.levels or "." in name:
            return self.level(name).role
        raise UserError(
            "cube.unknown_dimension", found=name, wanted=list(self.star.roles), near=suggest(name, self.star.roles)
        )

    def depth(self, level: str) -> int:
        """How far below the top of its hierarchy a level stands."""
        depth, at = 0, self.levels[level]
        while at.parents:
            depth, at = depth + 1, self.levels[at.parents[0]]
        return depth

    def drill(self, view: View, to: str) -> tuple[str, str | None, tuple[str, ...]]:
        """Role, level to drill from (``None``: the dimension is not shown) and hierarchy, for a view's drill-down."""
        role = self.role(to)
        shown = [x for x in (*view.by, *view.columns) if self.levels[x].role == role]
        hierarchies = list(self.dimensions[role].values())
        # a name that is a level as well as a dimension means the dimension: its finest level shown
        level = to if to in shown and to not in self.star.roles else None
        if level is None and shown:
            inside = [x for x in shown if any(x in h for h in hierarchies)]
            level = max(inside, key=self.depth) if inside else None
        if level is None:
            return role, None, hierarchies[0]
        for hierarchy in hierarchies:
            if level in hierarchy:
                return role, level, hierarchy
        raise UserError("cube.no_hierarchy", found=level, dimension=role)

    def members(
        self, level: str, search: str | None = None, limit: int | None = None, lang: str | None = None
    ) -> list[dict]:
        """The members of a level, in order: ``value`` and ``label``; those whose label or value contains ``search``.

        A person is found by the whole name only, and comes back as a token that names nobody.
        """
        at = self.level(level)
        table = self.member_table(at.id)
        wanted = search.casefold() if search else ""
        found = []
        for code, value in enumerate(table.values):
            label = self.label(at, code, lang)
            text = str(value).casefold()
            if wanted in label.casefold() or (wanted == text if at.personal else wanted in text):
                found.append({"value": table.key(code), "label": label})
                if limit is not None and len(found) == limit:
                    break
        return found

    def member_table(self, level: str) -> Members:
        """Codes, values and labels of a level."""
        return self._members[level]

    def is_time(self, level: str) -> bool:
        """Whether a level's members are periods that follow each other."""
        at = self.levels[level]
        if not self.star.meta["dimensions"][at.dimension]["dated"]:
            return False
        spans = self.member_table(level).spans
        return all(a[1] < b[0] for a, b in zip(spans, spans[1:], strict=False))

    def label(self, level: Level, code: int | None, lang: str | None = None) -> str:
        """A member in words; masked where it names a person."""
        if level.personal and code is not None and code != OTHERS_CODE:
            return masked(level.column, self.member_table(level.id).value(code))
        return self.member_table(level.id).label(code, lang)

    # -- views --------------------------------------------------------------------------------------------------------

    def view(
        self,
        by: Sequence[str] | str = (),
        measures: Sequence[str] | str | None = None,
        *,
        columns: Sequence[str] | str = (),
    ) -> View:
        """Look at measures (the first by default) by levels."""
        names = self._list(measures) if measures is not None else (next(iter(self.measures)),)
        if not names:
            raise UserError("cube.no_measures")
        rows = tuple(dict.fromkeys(self.level(x).id for x in self._list(by)))
        across = tuple(dict.fromkeys(self.level(x).id for x in self._list(columns) if self.level(x).id not in rows))
        return View(self, rows, across, tuple(dict.fromkeys(self.measure(m).name for m in names)))

    @staticmethod
    def _list(names: Sequence[str] | str) -> tuple[str, ...]:
        return (names,) if isinstance(names, str) else tuple(names)

    def view_from(self, said: Mapping[str, Any]) -> View:
        """The view that :meth:`View.to_dict` said; everything is checked as if a person had written it."""
        from .plain import view_from

        return view_from(self, said)

    def filter(self, level: str, value: Any, *, single: bool) -> Filter:
        """A filter from what a person gave, its members checked."""
        table = self.member_table(level)
        if hasattr(value, "tolist"):  # a numpy array, a pandas column or one of its values
            value = value.tolist()
        if not single and isinstance(value, tuple):
            if len(value) != 2:
                raise UserError("cube.bad_range", found=value, level=level)
            low, high = table.between(*value)
            values = table.values
            if low > high and all(v is not None for v in value) and table.between(value[1], value[0])[0] < low:
                raise UserError("cube.empty_range", found=value, level=level)
            inside = low <= high and values
            return Filter(
                level,
                low=values[low] if inside and value[0] is not None else value[0],
                high=values[high] if inside and value[1] is not None else value[1],
            )
        many = not single and isinstance(value, list | set | frozenset | range)
        codes = {table.code(v) for v in (value if many else [value])}
        if many and not codes:
            raise UserError("cube.empty_set", level=level)
        ordered = sorted(codes, key=lambda c: (c is None, c if c is not None else 0))
        return Filter(level, tuple(table.value(c) for c in ordered))

    def condition(self, wanted: Filter) -> Condition:
        """A filter in codes."""
        level, table = self.levels[wanted.level], self.member_table(wanted.level)
        if wanted.members is not None:
            return Condition(level, codes=frozenset(table.code(m) for m in wanted.members))
        return Condition(level, span=table.between(wanted.low, wanted.high))

    def preaggregate(self, *levels: str, max_share: float = 0.05, most: int = 8) -> list[Any]:
        """Aggregate the facts ahead to some levels: questions about these and coarser ones need not read the facts.

        Parameters
        ----------
        *levels : str
            The levels of one cuboid. Without them cuboids are chosen by size.
        max_share : float
            How long a chosen cuboid may be, as a share of its facts.
        most : int
            How many cuboids to choose per fact.

        Returns
        -------
        list of Cuboid
        """
        from .cuboids import choose

        sets = []
        for fact, info in self.star.meta["facts"].items():
            chosen = [tuple(self.level(n).id for n in levels)] if levels else choose(self, fact, max_share, most)
            sets += [(fact, names) for names in chosen if all(self.levels[n].role in info["roles"] for n in names)]
        return self.engine.preaggregate(self, sets)

    def explain_measure(self, name: str, lang: str | None = None) -> str:
        """How a measure is computed, in a sentence."""
        measure = self.measure(name)
        formula = labels.text(
            f"cube.formula_{measure.kind}",
            lang,
            column=labels.name(measure.column, lang) if measure.kind != "calc" else measure.column,
            fact=labels.name(measure.fact, lang) if measure.fact else "",
            numerator=labels.name(measure.numerator, lang) if measure.numerator else "",
            denominator=labels.name(measure.denominator, lang) if measure.denominator else "",
        )
        said = labels.describe(name, lang)
        return f"{said} {formula}" if said else formula

    def __repr__(self) -> str:
        return f"<Cube {self.star.name or '—'}: {', '.join(self.star.roles)}; {', '.join(self.measures)}>"


def masked(column: str, value: Any) -> Any:
    """A value of a personal column, masked as its kind is."""
    return privacy.mask(value, privacy.personal_kind(column) or "name")
