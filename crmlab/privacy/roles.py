"""Who sees which rows and columns: a matrix of roles. A role that nobody described sees nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Result
from .masking import find_personal, mask

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Role", "role_view"]


@dataclass(frozen=True)
class Role:
    """What one role may see.

    Parameters
    ----------
    name : str
    rows : mapping
        Column to the members that the role sees; without it all rows.
    columns : sequence of str, optional
        The columns it sees; all by default.
    unmasked : sequence of str
        Personal columns that it sees as they are; all others are masked.
    """

    name: str
    rows: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    columns: Sequence[str] | None = None
    unmasked: Sequence[str] = ()


def role_view(table: pd.DataFrame, roles: Sequence[Role], role: str) -> Result:
    """A table as a role sees it.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"region": ["west", "east"], "phone": ["081234567890", "081234567891"]})
    >>> seen = role_view(people, [Role("sales_west", {"region": ["west"]})], "sales_west")
    >>> seen.table.values.tolist(), seen.facts["rows"], seen.facts["seen"]
    ([['west', '0812•••••890']], 2, 1)
    """
    known = {r.name: r for r in roles}
    if role not in known:
        raise UserError("privacy.unknown_role", found=role, near=suggest(role, known))
    mine = known[role]
    for name in (*mine.rows, *(mine.columns or ())):
        if name not in table.columns:
            raise UserError("privacy.unknown_column", found=name, wanted=[str(c) for c in table.columns])
    kept = table
    for column, members in mine.rows.items():
        kept = kept[kept[column].isin(list(members))]
    personal = find_personal(table.columns, table.head(200).to_dict("records"))
    shown = [c for c in table.columns if mine.columns is None or c in mine.columns]
    covered = {c: kind for c, kind in personal.items() if c in shown and c not in mine.unmasked}
    seen = kept[shown].assign(**{c: [mask(v, kind) for v in kept[c]] for c, kind in covered.items()})
    facts = {
        "rows": len(table),
        "seen": len(seen),
        "columns": len(table.columns),
        "columns_seen": len(shown),
        "masked": len(covered),
    }
    return Result("privacy.role_view", seen.reset_index(drop=True), {"role": role}, facts)
