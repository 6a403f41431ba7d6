"""What a page hides of people: names, numbers and addresses, and what the law calls specific, as health."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ..ingest import Ingested

__all__ = ["Veil", "sample"]

_KINDS = {
    "name": "name",
    "phone": "phone",
    "email": "email",
    "national_id": "nik",
    "address": "address",
    "born_on": "birth_date",
}
_KEYS = ("entity", "from_key", "left", "right")  # what logs and decisions call the customer's key


def _kind(column: str, values: Sequence[Any], personal: bool) -> str | None:
    from ..privacy import personal_kind
    from ..privacy.classes import specific

    known = _KINDS.get(column) if personal or column != "name" else None
    kind = known or personal_kind(column, values) or ("text" if specific(column) else None)
    return kind or ("name" if personal else None)


def sample(column: str, values: Sequence[str], canonical: str | None) -> list[str]:
    """Values of a column of a file that is not read yet, those of a personal column masked.

    Examples
    --------
    >>> sample("No HP", ["0812 3456 7890"], "phone"), sample("Warna", ["merah"], None)
    (['0812 •••• •890'], ['merah'])
    >>> sample("Alergi", ["kacang"], None), sample("Pembeli", ["Siti Rahma"], "name")
    (['••••'], ['S••• R•••'])
    """
    from ..privacy import mask

    bare = canonical or ("name" if column.strip().casefold() in ("nama", "name") else column)
    kind = _kind(bare, values, bare == "name")
    return [str(mask(v, kind)) for v in values] if kind else list(values)


class Veil:
    """The masks of one table.

    Parameters
    ----------
    ingested : Ingested
    more : collection of str, optional
        Columns that nobody would recognise as personal by their names.
    """

    def __init__(self, ingested: Ingested, more: Collection[str] = ()) -> None:
        self._more = set(more)
        self._canonical = ingested.columns
        self._personal = set(ingested.personal)
        self.kinds: dict[str, str] = {}
        self.kinds = {c: k for c in map(str, ingested.table.columns) if (k := self._of(c, ingested.table[c]))}

    def _of(self, column: str, values: pd.Series) -> str | None:
        bare = column.removesuffix(" (2)")
        bare = self._canonical.get(bare, bare)  # refused rows stand under the headers of their source
        if column in self._more or bare in self._more:
            return "text"
        told = values.dropna().head(200).astype("str").tolist()
        if bare in _KEYS and bare not in self.kinds and "customer_id" in self.kinds:
            return self.kinds["customer_id"]
        return _kind(bare, told, bare in self._personal)

    @property
    def key(self) -> str | None:
        """How the customer's key is masked, when it tells who somebody is."""
        return self.kinds.get("customer_id")

    def over(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame of this table's rows, or of what is told about them, masked."""
        import numpy as np
        import pandas as pd

        from ..privacy import mask

        out = frame.copy()
        kinds = {c: self._of(str(c), frame[c]) for c in frame.columns}
        for column, kind in kinds.items():
            if kind:
                codes, values = pd.factorize(out[column])
                masked = np.array([*(mask(str(v), kind) for v in values), None], dtype=object)
                out[column] = pd.Series(masked[codes], index=out.index, dtype="str")  # missing has the code -1
        if "reason_value" in out and "reason_column" in out:  # it repeats what stands in that column
            of = [kinds.get(c, "text") if isinstance(c, str) else None for c in out["reason_column"]]
            out["reason_value"] = [mask(v, k) if k else v for v, k in zip(out["reason_value"], of, strict=True)]
        return out

    def value(self, column: str, value: Any) -> Any:
        """One value, masked where its column is."""
        from ..privacy import mask

        kind = self.kinds.get(column)
        return mask(str(value), kind) if kind and value is not None and value == value else value
