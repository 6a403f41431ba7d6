"""What a column looks like: its kind, its range, its commonest values, and the patterns that its texts follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..ingest.dates import read_dates
from ..ingest.numerals import read_numbers
from ..privacy import mask, personal_kind

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from .cells import Cells

__all__ = ["describe", "kind_of", "patterns"]

_SAMPLE = 2000
_MOST = 0.95
_FEW = 50
_TOP = 10
_BINS = 20
_PERSONAL = ("name", "address", "text", "birth_date")


def kind_of(name: str, cells: Cells) -> str:
    """What a column seems to hold: ``empty``, ``boolean``, ``date``, ``integer``, ``number``, ``phone``, ``email``,
    ``nik``, ``id``, ``category`` or ``text``.

    Judged by at most 2,000 distinct values; a guess, and called one.
    """
    import numpy as np
    import pandas as pd

    n_present = int(cells.present.sum())
    if not n_present:
        return "empty"
    if cells.is_bool:
        return "boolean"
    if cells.is_date:
        return "date"
    if cells.is_number:
        values = cells.numbers[0][cells.present]
        whole = bool((values == np.floor(values)).all()) if len(values) else False
        if personal_kind(name) == "phone" or (personal_kind(name, []) == "nik"):
            return personal_kind(name) or "integer"
        if whole and len(values) > 1 and len(np.unique(values)) == len(values) and _names_a_key(name):
            return "id"
        return "integer" if whole else "number"
    found, at = cells.coded
    counts = np.bincount(at[cells.present & (at >= 0)], minlength=len(found))
    used = np.flatnonzero(counts)
    some = [found[int(k)].as_py() for k in used[:_SAMPLE]]
    told = personal_kind(name, some[:300])
    if told in ("phone", "email", "nik"):
        return told
    series = pd.Series(some, dtype="str")
    zeros = series.str.match(r"0\d")
    if not zeros.any():
        numbers = read_numbers(series)
        reads = ~np.isnan(numbers.values) | np.array([r == "number_style" for r in numbers.reasons])
        if (reads.mean() >= _MOST) or (numbers.style.ask and not numbers.reasons.astype(bool).all()):
            whole = ~series.str.contains(r"[.,]").any()
            if whole and len(used) >= 0.95 * n_present and _names_a_key(name):
                return "id"
            return "integer" if whole else "number"
    dates = read_dates(series)
    if (np.array([r != "unreadable_date" for r in dates.reasons]).mean()) >= _MOST:
        return "date"
    distinct_share = len(used) / n_present
    digits = series.str.contains(r"\d").mean()
    if distinct_share >= 0.9 and digits >= 0.9 and not series.str.contains(r"\s").any() and n_present > 1:
        return "id"
    if len(used) <= _FEW and (distinct_share <= 0.5 or n_present < 10):
        return "category"
    return "text"


def _names_a_key(name: str) -> bool:
    low = f"_{name.lower()}_"
    words = ("_id_", "id_", "_no_", "_nomor_", "_kode_", "_code_", "_key_", "_sku_", "_number_")
    return any(w in low for w in words)


def _table() -> np.ndarray:
    """Every byte of a text to the byte of its pattern: digits to 9, letters to A and a, the rest as it is."""
    import numpy as np

    table = np.arange(256, dtype=np.uint8)
    table[ord("0") : ord("9") + 1] = ord("9")
    table[ord("A") : ord("Z") + 1] = ord("A")
    table[ord("a") : ord("z") + 1] = ord("a")
    return table


def patterns(texts: pa.Array) -> pa.Array:
    """The pattern of every text: ``B 1234 XY`` is ``A 9999 AA``.

    Letters outside ASCII stay as they are.

    Examples
    --------
    >>> import pyarrow as pa
    >>> patterns(pa.array(["PLG-0012", "budi@contoh.id"], pa.large_string())).to_pylist()
    ['AAA-9999', 'aaaa@aaaaaa.aa']
    """
    import numpy as np
    import pyarrow as pa

    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if texts.offset:
        texts = pa.concat_arrays([texts])
    validity, offsets, data = texts.buffers()
    if data is None or not data.size:
        return texts
    # one look-up for every byte of the column at once
    mapped = _table()[np.frombuffer(data, dtype=np.uint8)]
    return pa.LargeStringArray.from_buffers(len(texts), offsets, pa.py_buffer(mapped.tobytes()), validity)


def describe(name: str, cells: Cells, *, personal: bool, kind: str | None = None) -> dict[str, Any]:
    """Everything that a page about one column shows, as plain data; what tells who somebody is, is masked."""
    import numpy as np

    kind = kind or kind_of(name, cells)
    n, present = len(cells), cells.present
    told: dict[str, Any] = {
        "column": name,
        "kind": kind,
        "rows": n,
        "missing": int(n - present.sum()),
        "distinct": None,
        "low": None,
        "high": None,
        "mean": None,
        "median": None,
        "sd": None,
        "shortest": None,
        "longest": None,
        "personal": None,
        "top": [],
        "patterns": [],
        "bins": [],
    }
    found, counts = cells.counted
    used = np.flatnonzero(counts)
    told["distinct"] = len(used)
    secret = personal_kind(name, [found[int(k)].as_py() for k in used[:200]]) or ("name" if personal else None)
    told["personal"] = secret
    order = used[np.argsort(-counts[used], kind="stable")[:_TOP]]
    shown = [(found[int(k)].as_py(), int(counts[k])) for k in order]
    if counts[used].max(initial=0) > 1 or len(used) <= _TOP:  # ten of a thousand values that stand once say nothing
        told["top"] = [(mask(v, secret) if secret else v, c) for v, c in shown]
    if kind in ("integer", "number"):
        _numbers(told, cells)
    elif kind == "date":
        _dates(told, cells)
    elif kind not in ("empty", "boolean") and not cells.is_number:
        _texts(told, found, counts, used)
    return told


def _numbers(told: dict[str, Any], cells: Cells) -> None:
    import numpy as np

    values = cells.numbers[0][cells.present]
    values = values[np.isfinite(values)]
    if not len(values):
        return
    told |= {
        "low": float(values.min()),
        "high": float(values.max()),
        "mean": float(values.mean()),
        "median": float(np.median(values)),
        "sd": float(values.std(ddof=1)) if len(values) > 1 else None,
        "zeros": int((values == 0).sum()),
        "negative": int((values < 0).sum()),
    }
    counts, edges = np.histogram(values, bins=min(_BINS, max(1, len(np.unique(values[:1000])))))
    told["bins"] = [(float(a), float(b), int(c)) for a, b, c in zip(edges, edges[1:], counts, strict=False)]


def _dates(told: dict[str, Any], cells: Cells) -> None:
    import numpy as np

    values = cells.dates[0]
    values = values[cells.present & ~np.isnat(values)].astype("datetime64[D]")
    if not len(values):
        return
    told |= {"low": str(values.min()), "high": str(values.max())}
    step = "datetime64[Y]" if values.max() - values.min() > np.timedelta64(1000, "D") else "datetime64[M]"
    when, counts = np.unique(values.astype(step), return_counts=True)
    told["bins"] = [(str(w), str(w + 1), int(c)) for w, c in zip(when[-60:], counts[-60:], strict=True)]


def _texts(told: dict[str, Any], found: pa.Array, counts: np.ndarray, used: np.ndarray) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(used):
        return
    here = found.take(pa.array(used))
    lengths = pc.min_max(pc.utf8_length(here)).as_py()
    told |= {"shortest": lengths["min"], "longest": lengths["max"]}
    if told["kind"] == "text" and lengths["max"] > 40:
        return  # sentences have no pattern
    coded = patterns(here).dictionary_encode()
    sums = np.bincount(coded.indices.to_numpy(), weights=counts[used])
    order = np.argsort(-sums, kind="stable")[:_TOP]
    whole = counts[used].sum()
    told["patterns"] = [(coded.dictionary[int(k)].as_py(), float(sums[k] / whole)) for k in order]
