"""Codes to one meaning, by a map for each source; what no map tells is asked for, never guessed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note
from .standardised import Standardised, data, finish, texts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["CodeMap", "code_maps", "codes"]


@dataclass(frozen=True)
class CodeMap:
    """What the codes of one field mean in one source.

    Parameters
    ----------
    field, source : str
    meanings : mapping
        Code, as the source writes it, to the canonical value.

    Examples
    --------
    >>> code_maps("gender")["finance"].meanings
    {'P': 'male', 'W': 'female'}
    """

    field: str
    source: str
    meanings: Mapping[str, str]

    def meaning(self, code: str) -> str | None:
        """What a code means here; ``None`` where the map does not know it."""
        return self._by_key.get(_key(code))

    @property
    def _by_key(self) -> dict[str, str]:
        return {_key(code): meaning for code, meaning in self.meanings.items()}


def _key(code: Any) -> str:
    return " ".join(str(code).split()).casefold()


def code_maps(field: str, maps: Any = None) -> dict[str, CodeMap]:
    """The maps of one field, by source: those of crmlab, or a person's own.

    Parameters
    ----------
    field : str
        As ``"gender"``.
    maps : mapping, or path of a TOML file, optional
        ``{source: {code: meaning}}`` for this field, or ``{field: {source: {code: meaning}}}``. A source that is given
        here takes the place of crmlab's.

    Raises
    ------
    UserError
        ``standardise.unknown_field``, ``standardise.bad_maps``, ``standardise.code_twice``.
    """
    own = _own(field, maps)
    known = data("codes.toml")
    if field not in known and not own:
        raise UserError("standardise.unknown_field", found=field, wanted=sorted(known), near=suggest(field, known))
    told = {**known.get(field, {}), **own}
    out = {}
    for source, meanings in told.items():
        seen: dict[str, str] = {}
        for code, meaning in meanings.items():
            if seen.setdefault(_key(code), meaning) != meaning:
                raise UserError("standardise.code_twice", field=field, source=source, found=code)
        out[source] = CodeMap(field, source, {str(c): str(m) for c, m in meanings.items()})
    return out


def _own(field: str, maps: Any) -> Mapping[str, Mapping[str, str]]:
    if maps is None:
        return {}
    where = None
    if isinstance(maps, str | Path):
        where = Path(maps).name
        try:
            maps = tomllib.loads(Path(maps).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UserError("standardise.bad_maps", table=where, found=str(error)) from None
    if not isinstance(maps, Mapping):
        raise UserError("standardise.bad_maps", found=type(maps).__name__)
    inner = maps.get(field, maps)
    deep = isinstance(inner, Mapping) and all(
        isinstance(m, Mapping) and not any(isinstance(v, Mapping) for v in m.values()) for m in inner.values()
    )
    if not deep:
        raise UserError("standardise.bad_maps", table=where, found=sorted(map(str, maps)))
    return inner


def codes(values: Any, *, field: str, source: Any = None, maps: Any = None, mixed: str = "refuse") -> Standardised:
    """Codes as canonical values, by the map of the source they come from.

    ``P`` is a woman in a system of L and P (laki-laki, perempuan) and a man in one of P and W (pria, wanita). Without
    the source nothing tells which, so the function asks. It also refuses a column in which a code of *another* known
    system shows that two sources were thrown together: there, its own codes can't be trusted either.

    Parameters
    ----------
    values : pandas.Series, pyarrow.Array or sequence
    field : str
        What the codes are about: a section of ``codes.toml`` (``gender``, ``channel``, ``status``) or of ``maps``.
    source : str, or a column of them
        Which system wrote the codes: one name, or one for every row.
    maps : mapping or path of a TOML file, optional
        A person's own maps; see :func:`code_maps`.
    mixed : {"refuse", "unmapped"}
        What to do with a column of two systems: refuse it, or leave unmapped every code that they read differently.

    Returns
    -------
    Standardised
        ``detail``: ``source`` of each row.

    Raises
    ------
    UserError
        ``standardise.source_needed``, ``standardise.unknown_source``, ``standardise.mixed_codes``,
        ``standardise.source_length``.

    Examples
    --------
    >>> import pandas as pd
    >>> merged = pd.DataFrame({"jk": ["L", "P", "P", "W"], "from": ["pos", "pos", "finance", "finance"]})
    >>> codes(merged["jk"], field="gender", source=merged["from"]).values.tolist()
    ['male', 'female', 'male', 'female']
    """
    import numpy as np
    import pandas as pd

    if mixed not in ("refuse", "unmapped"):
        raise UserError("standardise.unknown_option", parameter="mixed", found=mixed, wanted=("refuse", "unmapped"))
    known = code_maps(field, maps)
    column = texts(values)
    given = column.dropna()
    if source is None:
        raise _source_needed(field, known, given)
    origin = _origins(source, column, known, field)
    out = np.full(len(column), None, dtype=object)
    reason = out.copy()
    notes = []
    written = column.to_numpy(dtype=object)
    there = column.notna().to_numpy()
    for name in dict.fromkeys(o for o in origin.tolist() if o is not None):
        rows = np.flatnonzero((origin == name) & there)
        doubtful = _doubtful(known, name, written, rows, mixed)
        for code in dict.fromkeys(written[rows].tolist()):
            at = rows[written[rows] == code]
            meaning = known[name].meaning(code)
            if meaning is not None and _key(code) not in doubtful:
                out[at] = meaning
            else:
                reason[at] = "mixed_codes" if meaning is not None else "unknown_code"
    reason[np.equal(origin, None) & there] = "no_source"
    left = pd.Series(written[np.equal(reason, "unknown_code")]).value_counts()
    if len(left):
        notes.append(
            Note("standardise.note.unmapped_codes", {"field": field, "codes": list(left.index), "n": int(left.sum())})
        )
    if set(left.index.map(_key)) & {"0", "1"}:
        notes.append(Note("standardise.note.zero_one", {"field": field}))
    counts = pd.Series(out).value_counts().to_dict()
    return finish(
        "codes",
        values,
        pd.Series(out).astype("str"),
        pd.Series(reason),
        detail={"source": pd.Series(origin).astype("str").to_numpy()},
        params={"field": field, "sources": sorted({o for o in origin.tolist() if o is not None})},
        facts={"codes": int(given.nunique()), **{f"n_{k}": int(v) for k, v in counts.items()}},
        notes=notes,
    )


def _origins(source: Any, column: pd.Series, known: Mapping[str, CodeMap], field: str) -> np.ndarray:
    """The source of every row."""
    import numpy as np
    import pandas as pd

    if isinstance(source, str):
        origin = np.full(len(column), source, dtype=object)
    else:
        names = texts(source)
        if len(names) != len(column):
            raise UserError("standardise.source_length", wanted=len(column), found=len(names))
        origin = names.astype("object").where(names.notna(), None).to_numpy(dtype=object)
    for name in pd.unique(origin):
        if name is not None and name not in known:
            near = suggest(str(name), known)
            raise UserError(
                "standardise.unknown_source", field=field, found=name, wanted=sorted(known), near=near or None
            )
    return origin


def _source_needed(field: str, known: Mapping[str, CodeMap], given: pd.Series) -> UserError:
    """The question, with what each source would make of the codes that stand there."""
    found = list(dict.fromkeys(given.tolist()))[:6]
    readings = []
    for source, one in sorted(known.items()):
        read = [f"{c} = {one.meaning(c)}" for c in found if one.meaning(c) is not None]
        if read:
            readings.append(f"{source} ({', '.join(read)})")
    return UserError("standardise.source_needed", field=field, found=found, wanted=readings or sorted(known))


def _doubtful(known: Mapping[str, CodeMap], name: str, written: np.ndarray, rows: np.ndarray, mixed: str) -> set[str]:
    """Codes that can't be trusted, as codes of another system stand beside them that read them differently."""
    mine = known[name]
    present = {_key(c): c for c in dict.fromkeys(written[rows].tolist())}
    strangers = [k for k in present if mine.meaning(k) is None]
    doubtful: set[str] = set()
    for other in known.values():
        foreign = [k for k in strangers if other.meaning(k) is not None]
        clash = {k for k in present if _read_apart(mine, other, k)}
        if other.source != name and foreign and clash:
            if mixed == "refuse":
                at = [int(r) + 1 for r in rows if _key(written[r]) in foreign]
                raise UserError(
                    "standardise.mixed_codes",
                    rows=at,
                    field=mine.field,
                    source=name,
                    other=other.source,
                    found=[present[k] for k in foreign],
                    clash=sorted(present[k] for k in clash),
                )
            doubtful |= clash
    return doubtful


def _read_apart(one: CodeMap, other: CodeMap, code: str) -> bool:
    """Whether both maps know a code and read it differently."""
    mine, yours = one.meaning(code), other.meaning(code)
    return mine is not None and yours is not None and mine != yours
