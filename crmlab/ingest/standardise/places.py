"""Provinces, 34 and 38 of them, and post codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note, Result
from .standardised import Standardised, data, each_distinct, finish, texts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["crosswalk", "postal_code", "province", "provinces"]

_SETS = (34, 38)
_NUMBERINGS = ("bps", "kemendagri")


def provinces(number: int = 38) -> pd.DataFrame:
    """The provinces: ``province``, ``bps``, ``kemendagri`` (codes of today), ``since``, ``old`` (what it was part of).

    Parameters
    ----------
    number : {34, 38}
        As divided before or after 2022.

    Examples
    --------
    >>> len(provinces(34)), provinces(38).set_index("province").loc["Papua Selatan", "kemendagri"]
    (34, '93')
    """
    import pandas as pd

    _check_set("number", number)
    rows = [
        {
            "province": p["name"],
            "bps": p["bps"],
            "kemendagri": p.get("kemendagri", p["bps"]),
            "since": p.get("since"),
            "old": p.get("from", p["name"]),
        }
        for p in data("provinces.toml")["province"]
        if number == 38 or "since" not in p
    ]
    return pd.DataFrame(rows).astype({"since": "Int64"})


def _check_set(parameter: str, said: Any) -> None:
    if said not in _SETS:
        raise UserError("standardise.unknown_option", parameter=parameter, found=said, wanted=_SETS)


def _plain(text: str) -> str:
    low = re.sub(r"[.,]", " ", text.casefold())
    low = re.sub(r"^\s*(?:provinsi|propinsi|prov|prop|province of)\b", " ", low)
    low = re.sub(r"\b(?:province)\s*$", " ", low)
    low = re.sub(r"\bd\s+i\b", "di", re.sub(r"\bd\s+k\s+i\b", "dki", low))
    low = re.sub(r"\bp\s+a\s+p\s+u\s+a\b", "papua", low)
    return " ".join(low.split())


@cache
def _by_name() -> dict[str, str]:
    out = {}
    for p in data("provinces.toml")["province"]:
        for spelling in (p["name"], *p.get("also", ())):
            out[_plain(spelling)] = p["name"]
    return out


@cache
def _by_code(numbering: str) -> dict[str, str]:
    return {p.get(numbering, p["bps"]): p["name"] for p in data("provinces.toml")["province"]}


@cache
def _old_of() -> dict[str, str]:
    """The four provinces of 2022 and what they were part of."""
    return {p["name"]: p["from"] for p in data("provinces.toml")["province"] if "from" in p}


def province(
    values: Any, *, given: int | None = None, to: int | None = None, numbering: str | None = None
) -> Standardised:
    """Provinces by their full names.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence
        Names, their usual short forms (``Jabar``, ``DKI``, ``Jogja``), or codes.
    given : {34, 38}, optional
        How Indonesia was divided when the source was written. It matters to ``Papua`` and ``Papua Barat`` only, which
        are smaller since 2022; a source that names one of the four new provinces shows it by itself.
    to : {34, 38}, optional
        The division that is wanted; as given by default. From 38 to 34 is one to one; from 34 to 38 an old Papua
        can't be assigned row by row, and such rows are unmapped with the reason ``one_to_several``: split their sums
        with :func:`crosswalk`.
    numbering : {"bps", "kemendagri"}, optional
        Whose codes they are. Asked for when a code stands there that means two provinces.

    Returns
    -------
    Standardised
        ``detail``: ``bps``, the code of Statistics Indonesia.

    Raises
    ------
    UserError
        ``standardise.numbering_needed``, ``standardise.division_needed``, ``standardise.unknown_option``.

    Examples
    --------
    >>> province(["Jabar", "D.K.I. Jakarta", "jogja", "Prov. Sumut", "32"]).values.tolist()
    ['Jawa Barat', 'DKI Jakarta', 'DI Yogyakarta', 'Sumatera Utara', 'Jawa Barat']
    >>> province(["Papua Selatan", "Papua"], to=34).values.tolist()
    ['Papua', 'Papua']
    """
    import numpy as np
    import pandas as pd

    for parameter, said in (("given", given), ("to", to)):
        if said is not None:
            _check_set(parameter, said)
    if numbering is not None and numbering not in _NUMBERINGS:
        raise UserError("standardise.unknown_option", parameter="numbering", found=numbering, wanted=_NUMBERINGS)
    column = texts(values)
    clash = {c for c, name in _by_code("bps").items() if _by_code("kemendagri").get(c) != name}
    clash |= {c for c, name in _by_code("kemendagri").items() if _by_code("bps").get(c) != name}
    used = column.dropna()
    in_doubt = used[used.isin(clash)]
    if numbering is None and len(in_doubt):
        code = str(in_doubt.iloc[0])
        readings = tuple(f"{code} = {_by_code(n).get(code, '—')} ({n})" for n in _NUMBERINGS)
        raise UserError("standardise.numbering_needed", found=sorted(set(in_doubt)), wanted=readings)
    by_code = _by_code(numbering or "bps")

    def read(text: str) -> tuple[str | None, str | None]:
        name = by_code.get(text) if text.isdigit() else _by_name().get(_plain(text))
        if name is None:
            return None, "unknown_code" if text.isdigit() else "unknown_province"
        return name, None

    parts = each_distinct(column, read, ("value", "reason"))
    out = parts["value"].to_numpy(dtype=object).copy()
    reason = parts["reason"].to_numpy(dtype=object).copy()
    new = set(_old_of())
    divided = set(data("provinces.toml")["weights"])
    present = set(pd.unique(out)) - {None}
    told = given or (38 if present & new else None)
    if given == 34 and present & new:
        at = np.flatnonzero(np.isin(out, list(new)))
        raise UserError("standardise.not_yet_there", rows=[int(k) + 1 for k in at], found=sorted(present & new))
    if to is not None and told is None and present & divided:
        raise UserError("standardise.division_needed", found=sorted(present & divided))
    notes = []
    if to == 34:
        out = np.array([_old_of().get(v, v) for v in out], dtype=object)
    elif to == 38 and told == 34:
        several = np.isin(out, list(divided))
        out[several], reason[several] = None, "one_to_several"
        if several.any():
            notes.append(Note("standardise.note.one_to_several", {"n": int(several.sum())}))
    codes_of = {p["name"]: p["bps"] for p in data("provinces.toml")["province"]}
    return finish(
        "province",
        values,
        pd.Series(out),
        pd.Series(reason),
        detail={"bps": pd.Series([codes_of.get(v) for v in out]).astype("str").to_numpy()},
        params={"given": told, "to": to or told, "numbering": numbering},
        facts={"provinces": len(set(pd.unique(out)) - {None})},
        notes=notes,
    )


def crosswalk(
    table: pd.DataFrame,
    *,
    given: int,
    to: int,
    measures: Sequence[str],
    province: str = "province",
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> Result:
    """A table of sums by province brought from 34 provinces to 38 or back; the totals stay what they were.

    Where one province became several its sums are split by ``weights``, which are an assumption: people of the census
    of 2020, unless a person gives his own. Such rows are marked in the column ``estimated``.

    Parameters
    ----------
    table : pandas.DataFrame
        Further columns (a year, a segment) are kept apart.
    given, to : {34, 38}
    measures : sequence of str
        Columns that may be added up. Ratios may not: give their parts and divide afterwards.
    province : str
        The column of canonical names, as :func:`province` gives them.
    weights : mapping, optional
        ``{"Papua": {"Papua": .24, "Papua Selatan": .12, ...}}``; each adds up to 1.

    Returns
    -------
    Result
        Kind ``standardise.crosswalk``.

    Raises
    ------
    UserError
        ``standardise.bad_weights``, ``standardise.unknown_column``, ``standardise.unknown_provinces``.

    Examples
    --------
    >>> import pandas as pd
    >>> old = pd.DataFrame({"province": ["Papua", "Bali"], "customers": [100, 50]})
    >>> new = crosswalk(old, given=34, to=38, measures=["customers"])
    >>> new.table.set_index("province")["customers"].round(1).to_dict()
    {'Papua': 24.0, 'Papua Selatan': 12.0, 'Papua Tengah': 31.0, 'Papua Pegunungan': 33.0, 'Bali': 50.0}
    """
    _check_set("given", given)
    _check_set("to", to)
    for column in (province, *measures):
        if column not in table:
            raise UserError(
                "standardise.unknown_column", found=column, near=suggest(column, [str(c) for c in table.columns])
            )
    split = {k: dict(v) for k, v in (weights or data("provinces.toml")["weights"]).items()}
    members = set(provinces(38)["province"])
    for old, shares in split.items():
        if abs(sum(shares.values()) - 1) > 1e-9 or min(shares.values()) < 0 or not {old, *shares} <= members:
            raise UserError("standardise.bad_weights", found=old, total=round(sum(shares.values()), 6))
    names = table[province]
    strange = sorted(set(names.dropna()) - set(provinces(given)["province"]))
    if strange:
        at = [int(k) + 1 for k in names.isin(strange).to_numpy().nonzero()[0]]
        near = suggest(strange[0], members)
        raise UserError("standardise.unknown_provinces", rows=at, found=strange, near=near or None, number=given)
    rows = []
    for record in table.to_dict("records"):
        name = record[province]
        if given == 34 and to == 38 and name in split:
            for new, share in split[name].items():
                parts = {m: record[m] * share for m in measures}
                rows.append({**record, province: new, **parts, "estimated": True})
        else:
            new = _old_of().get(name, name) if to == 34 else name
            rows.append({**record, province: new, "estimated": False})
    import pandas as pd

    out = pd.DataFrame(rows, columns=[*table.columns, "estimated"])
    by = [c for c in out.columns if c not in measures and c != "estimated"]
    grouped = out.groupby(by, dropna=False, sort=False, as_index=False)
    out = grouped.agg({**dict.fromkeys(measures, "sum"), "estimated": "any"})[[*table.columns, "estimated"]]
    facts: dict[str, Any] = {"rows_before": len(table), "rows_after": len(out), "given": given, "to": to}
    for m in measures:
        whole, guess = float(table[m].sum()), float(out.loc[out["estimated"], m].sum())
        facts[f"total_{m}"] = whole
        facts[f"estimated_share_{m}"] = guess / whole if whole else None
    facts["estimated_rows"] = int(out["estimated"].sum())
    params = {"given": given, "to": to, "measures": tuple(measures), "weights": split}
    note = Note("standardise.note.weights_assumed", {"n": facts["estimated_rows"]})
    return Result("standardise.crosswalk", out, params, facts, (note,) if facts["estimated_rows"] else ())


def postal_code(values: Any) -> Standardised:
    """Indonesian post codes: five digits, the first not 0.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence

    Returns
    -------
    Standardised

    Examples
    --------
    >>> postal_code(["12345", 40115.0, "kode pos 50 123", "1234", "00000"]).values.tolist()
    ['12345', '40115', '50123', nan, nan]
    """

    def read(text: str) -> tuple[str | None, str | None]:
        digits = re.sub(r"(?i)^\s*(?:kode\s*pos|kodepos|id)?\s*[-.:]?\s*|[\s.\-]", "", text)
        if not digits.isdigit() or not digits.isascii():
            return None, "not_a_number"
        if set(digits) == {"0"}:
            return None, "placeholder"
        if len(digits) != 5:
            return None, "not_five_digits"
        return (None, "starts_with_zero") if digits[0] == "0" else (digits, None)

    column = texts(values)
    parts = each_distinct(column, read, ("value", "reason"))
    return finish("postal_code", values, parts["value"], parts["reason"])
