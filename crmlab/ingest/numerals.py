"""Numbers as people write them: ``1.234.567``, ``1,234,567``, ``Rp 1.234.567,-``, ``1,2 jt``, ``1.2E+07``.

The style is decided once per column over all its values. Every distinct value is put in a class that proves a style,
proves nothing, or could be either; a column in which nothing proves a style and something could be either is a coin
toss, and coin tosses are for a person to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .cells import DISSENT, distinct, is_missing, some, texts_of
from .units import EN_SCALES, ID_SCALES, MONEY, SCALES, SIGNS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

__all__ = ["HUGE", "NumberColumn", "NumberStyle", "guess_style", "read_numbers"]

HUGE = 1e15
"""From here on a number can't be money: more than a thousand trillion, and past what a float counts exactly."""

# the parts of a written number: sign, currency, digits, scale, currency again, a dash for "no sen"
_WHOLE = (
    rf"^(?P<open>\()?(?P<minus>[-+])?\s*(?P<money>{SIGNS})?\s*(?P<minus2>[-+])?\s*"
    r"(?P<digits>\d[\d.,' ]*?|[.,]\d+)(?P<exponent>e[-+]?\d+)?\s*(?P<dash>[.,](?:-{1,2}|–|—))?"
    rf"\s*(?P<scale>rb|ribu|k|juta|jt|million|mn|mio|m|miliar|milyar|billion|bn|b|triliun|trilyun|t)?\s*(?P<percent>%)?"
    rf"\s*(?P<money2>{SIGNS})?(?P<minus3>-)?(?P<close>\))?$"
)

# What the digits of a value prove. "sign" is the decimal sign that follows from the shape.
_EITHER_POINT, _EITHER_COMMA, _DECIMAL_COMMA, _DECIMAL_POINT = 5, 6, 7, 8  # places in _SHAPES
_SHAPES = (
    ("plain", r"^\d+$", None),
    ("comma", r"^\d{1,3}(\.\d{3}){2,}$", "1.234.567"),
    ("dot", r"^\d{1,3}(,\d{3}){2,}$", "1,234,567"),
    ("comma", r"^\d{1,3}(\.\d{3})+,\d+$", "1.234,5"),
    ("dot", r"^\d{1,3}(,\d{3})+\.\d+$", "1,234.5"),
    ("either", r"^[1-9]\d{0,2}\.\d{3}$", "1.234"),
    ("either", r"^[1-9]\d{0,2},\d{3}$", "1,234"),
    ("comma", r"^\d*,\d+$", "1,5"),
    ("dot", r"^\d*\.\d+$", "1.5"),
)


@dataclass(frozen=True)
class NumberStyle:
    """How a column writes its numbers, and what spoke for it.

    Parameters
    ----------
    decimal : {",", ".", None}
        The decimal sign; ``None`` where no value shows any sign, or where it can't be told.
    proof : str or None
        A value of the column that shows the style.
    ask : bool
        Nothing proves a style, and some values could be read in two ways.
    examples : tuple of str
        The values that could be either, for the question.
    currency : tuple of str
        Currencies written beside the values.
    comma, dot, either : int
        How many distinct values prove a decimal comma, a decimal point, or could be either.
    """

    decimal: str | None
    proof: str | None = None
    ask: bool = False
    examples: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    comma: int = 0
    dot: int = 0
    either: int = 0


@dataclass
class NumberColumn:
    """The numbers of a column: NaN where missing or unreadable, and which values were unreadable and why."""

    values: np.ndarray
    reasons: np.ndarray  # of object: None, or the name of a reason
    style: NumberStyle
    percent: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Parsed:
    """Distinct values of a column taken apart."""

    texts: pa.Array
    digits: pa.Array
    parts: dict[str, pa.Array]
    missing: np.ndarray
    readable: np.ndarray
    shape: np.ndarray  # index into _SHAPES, -1 where none fits
    signal: np.ndarray  # the proof outside the digits: "," "." or ""


def _take_apart(texts: pa.Array) -> _Parsed:
    import numpy as np
    import pyarrow.compute as pc

    clean = pc.replace_substring_regex(texts, "[\u00a0\u202f\u2009\\s]+", " ")
    clean = pc.utf8_trim_whitespace(pc.utf8_lower(clean))
    clean = pc.replace_substring_regex(clean, "[\u2212\u2013](\\s*[\\d(a-z.])", r"-\1")
    # "Rp -" is how a spreadsheet's accounting format writes that there is nothing
    unsigned = pc.replace_substring_regex(clean, rf"^(?:{SIGNS})\s*", "")
    missing = is_missing(unsigned).to_numpy(zero_copy_only=False)
    fields = pc.extract_regex(clean, _WHOLE)
    readable = pc.is_valid(fields).to_numpy(zero_copy_only=False)
    parts = {f.name: pc.fill_null(pc.struct_field(fields, f.name), "") for f in fields.type}
    digits = pc.utf8_trim_whitespace(parts["digits"])
    # spaces and apostrophes only ever group digits, so they say nothing about the other two signs
    grouped = pc.match_substring_regex(digits, r"^\d{1,3}([ ']\d{3})+([.,]\d+)?$")
    digits = pc.if_else(grouped, pc.replace_substring_regex(digits, "[ ']", ""), digits)
    shape = np.full(len(texts), -1, dtype=np.int8)
    for i, (_, pattern, _) in enumerate(_SHAPES):
        fits = pc.match_substring_regex(digits, pattern).to_numpy(zero_copy_only=False)
        shape = np.where((shape < 0) & fits, i, shape)
    # where spaces or apostrophes group the digits, and before an exponent (1.234E+05), a single sign marks decimals
    certain = pc.or_(grouped, pc.not_equal(parts["exponent"], "")).to_numpy(zero_copy_only=False)
    shape[certain & (shape == _EITHER_POINT)] = _DECIMAL_POINT
    shape[certain & (shape == _EITHER_COMMA)] = _DECIMAL_COMMA
    dash = parts["dash"].to_pandas().str[:1].to_numpy(dtype=object)
    rupiah = pc.or_(
        pc.match_substring_regex(parts["money"], "^(rp|idr)"), pc.match_substring_regex(parts["money2"], "^(rp|idr)")
    ).to_numpy(zero_copy_only=False)
    plain_scale = pc.equal(parts["scale"], "").to_numpy(zero_copy_only=False)
    # "Rp 1.234": rupiah have no sen, never three decimals, so the sign groups thousands
    # "1.234,-" and "500,-" show a decimal comma, "1,234.-" a decimal point; in "1.234.-" the point can't mark decimals
    # as it groups thousands before the dash, and "500.-" shows nothing
    points = pc.match_substring(digits, ".").to_numpy(zero_copy_only=False)
    commas = pc.match_substring(digits, ",").to_numpy(zero_copy_only=False)
    signal = np.select(
        [(dash == ",") & commas, dash == ",", (dash == ".") & points, (dash == ".") & commas], [".", ",", ",", "."], ""
    )
    signal = np.where((signal == "") & rupiah & plain_scale & (shape == _EITHER_POINT), ",", signal)
    signal = np.where((signal == "") & rupiah & plain_scale & (shape == _EITHER_COMMA), ".", signal)
    return _Parsed(texts, digits, parts, missing, readable & ~missing, shape, signal)


def _decide(p: _Parsed) -> NumberStyle:
    import numpy as np

    kinds = np.array([k for k, _, _ in _SHAPES] + ["none"])[p.shape]
    kinds = np.where(p.readable, kinds, "none")
    ambiguous = kinds == "either"
    comma = (kinds == "comma") | (p.readable & (p.signal == ","))
    dot = (kinds == "dot") | (p.readable & (p.signal == "."))
    ambiguous &= ~(comma | dot)
    n_comma, n_dot, n_either = int(comma.sum()), int(dot.sum()), int(ambiguous.sum())
    money = _currencies(p)
    few = DISSENT * (n_comma + n_dot)
    decimal, ask, mask = None, False, None
    # a lone "12.5" among hundreds of "12.500" is as likely a slip as a proof; "1.234.567" and "1.234,5" are no slips
    plain = p.readable & np.isin(p.shape, (_DECIMAL_COMMA, _DECIMAL_POINT)) & (p.signal == "")
    n_plain = int(plain.sum())
    if n_comma + n_dot == n_plain and 0 < n_plain <= DISSENT * (n_plain + n_either):
        ask, mask = True, ambiguous
    elif n_comma and n_dot <= few:
        decimal, mask = ",", comma
    elif n_dot and n_comma <= few:
        decimal, mask = ".", dot
    elif n_comma or n_dot:
        ask, mask = True, comma | dot
    elif n_either:
        ask, mask = True, ambiguous
    examples = tuple(some(p.texts, mask, 3)) if mask is not None else ()
    if ask and (n_comma or n_dot):  # proven styles that contradict each other or the rest: show some of each
        shown = (comma, dot) if n_comma and n_dot else (ambiguous, plain)
        examples = tuple(text for kind in shown for text in some(p.texts, kind, 2))
    return NumberStyle(
        decimal,
        examples[0] if examples and not ask else None,
        ask,
        examples if ask else (),
        money,
        n_comma,
        n_dot,
        n_either,
    )


def _currencies(p: _Parsed) -> tuple[str, ...]:
    import pyarrow.compute as pc

    found = set()
    for part in ("money", "money2"):
        for sign in pc.unique(p.parts[part]).to_pylist():
            if sign:
                found.add(MONEY[sign.rstrip(".")])
    return tuple(sorted(found))


def guess_style(series: pd.Series) -> NumberStyle:
    """How a column of texts writes its numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> guess_style(pd.Series(["1.234.567", "12.500"])).decimal
    ','
    >>> guess_style(pd.Series(["1.234", "12.500"])).ask
    True
    """
    texts, _ = distinct(texts_of(series))
    return _decide(_take_apart(texts))


def read_numbers(series: pd.Series, *, decimal: str | None = None, short_units: str | None = None) -> NumberColumn:
    """The numbers of a column.

    Parameters
    ----------
    series : pandas.Series
        Texts, numbers, or a mixture.
    decimal : {",", "."}, optional
        The decimal sign; guessed from all values when not given. Values that contradict it are refused, not bent.
    short_units : {"id", "en"}, optional
        What ``M`` means: ``"id"`` miliar (10^9), ``"en"`` million (10^6). Only needed where nothing else in the
        column tells.

    Returns
    -------
    NumberColumn
        Where ``style.ask`` is true and no ``decimal`` was given, the values that could be either are not read.

    Examples
    --------
    >>> import pandas as pd
    >>> read_numbers(pd.Series(["Rp 1.234.567,-", "1,2 jt", "(500)", "-"])).values.tolist()
    [1234567.0, 1200000.0, -500.0, nan]
    >>> read_numbers(pd.Series(["1.234"]), decimal=".").values.tolist()
    [1.234]
    """
    import numpy as np
    import pandas as pd

    n = len(series)
    reasons = np.full(n, None, dtype=object)
    if (
        series.dtype.kind in "iufb"
        or isinstance(series.dtype, pd.api.extensions.ExtensionDtype)
        and pd.api.types.is_numeric_dtype(series.dtype)
    ):
        values = series.to_numpy(dtype="float64", na_value=np.nan, copy=True)
        style = NumberStyle(None)
    else:
        values = np.full(n, np.nan)
        if series.dtype == object:
            import numbers

            real = series.map(lambda v: isinstance(v, numbers.Real) or type(v).__name__ == "Decimal").to_numpy(
                dtype=bool
            )
            values[real] = pd.to_numeric(series[real]).to_numpy(dtype="float64")
            other = ~real & series.notna().to_numpy() & ~series.map(lambda v: isinstance(v, str)).to_numpy(dtype=bool)
            reasons[other] = "unreadable_number"
        texts, codes = distinct(texts_of(series))
        column = _read_distinct(texts, decimal, short_units)
        style = column.style
        known = codes >= 0
        values[known] = column.values[codes[known]]
        reasons[known] = column.reasons[codes[known]]
        percent, facts = column.percent, column.facts
        if series.dtype == object and (shown := _half_made(values[real], style, texts)):
            facts["half_made"] = shown
        return _bound(NumberColumn(values, reasons, style, percent, facts))
    return _bound(NumberColumn(values, reasons, style))


def _half_made(real: np.ndarray, style: NumberStyle, texts: pa.Array) -> tuple[str, ...]:
    """Values that show how a spreadsheet which expects decimal points spoilt a column of ``1.234``.

    It takes ``12.500`` for 12.5 and leaves ``1.234.567``, in which it sees no number, as a text: every number is below
    1000 then, some have up to three decimals, and a text groups its thousands with points.
    """
    import numpy as np
    import pyarrow.compute as pc

    real = real[np.isfinite(real)]
    broken = real[real != np.floor(real)]
    grouped = texts.filter(pc.match_substring_regex(texts, r"\d{1,3}(\.\d{3}){2,}"))
    spoilt = style.decimal == "," and len(grouped) and len(broken) and (np.abs(real) < 1000).all()
    if not spoilt or (np.abs(broken * 1000 - np.round(broken * 1000)) > 1e-6).any():
        return ()
    return (str(grouped[0].as_py()).strip(), *(f"{v:g}" for v in broken[:2]))


def _bound(column: NumberColumn) -> NumberColumn:
    import numpy as np

    with np.errstate(invalid="ignore"):
        infinite = np.isinf(column.values)
        huge = ~infinite & (np.abs(column.values) >= HUGE)
    column.reasons[infinite] = "infinite_number"
    column.reasons[huge] = "huge_number"
    column.values[infinite | huge] = np.nan
    return column


def _read_distinct(texts: pa.Array, decimal: str | None, short_units: str | None) -> NumberColumn:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if pc.all(pc.match_substring_regex(texts, r"^\d{1,15}$")).as_py():  # most columns; nothing to take apart
        whole = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False).copy()
        return NumberColumn(whole, np.full(len(texts), None, dtype=object), NumberStyle(None))
    p = _take_apart(texts)
    style = _decide(p)
    sign = decimal or style.decimal
    kinds = np.array([k for k, _, _ in _SHAPES] + ["none"])[p.shape]
    grammar = p.readable & (p.shape >= 0)
    reasons = np.full(len(texts), None, dtype=object)
    reasons[~grammar & ~p.missing] = "unreadable_number"
    infinite = pc.match_substring_regex(pc.utf8_lower(texts), r"^\s*[-+]?(inf|infinity|∞)\s*$").to_numpy(
        zero_copy_only=False
    )
    reasons[infinite] = "infinite_number"
    word = {",": "comma", ".": "dot"}.get(sign or "")
    signed = grammar & (kinds != "plain")
    against = (
        signed & ((kinds != "either") & (kinds != word) | (p.signal != "") & (p.signal != sign)) if word else signed
    )
    # "either" follows the column's sign only where it fits: with a decimal comma "1.234" has thousands, "1,234"
    # decimals
    reasons[against] = "number_style"
    good = grammar & ~against
    plain = p.digits
    if sign == ",":
        plain = pc.replace_substring(pc.replace_substring(plain, ".", ""), ",", ".")
    else:
        plain = pc.replace_substring(plain, ",", "")
    plain = pc.binary_join_element_wise(plain, p.parts["exponent"], pa.scalar("", pa.large_string()))
    values = np.full(len(texts), np.nan)
    mask = pa.array(good)
    values[good] = pc.cast(plain.filter(mask), pa.float64()).to_numpy(zero_copy_only=False)
    percent, facts = _scale(p, values, reasons, style, short_units, sign)
    negative = pc.or_(pc.equal(p.parts["open"], "("), _any_minus(p)).to_numpy(zero_copy_only=False)
    values = np.where(negative, -values, values)
    return NumberColumn(values, reasons, style, percent, facts)


def _any_minus(p: _Parsed) -> pa.Array:
    import pyarrow.compute as pc

    out = pc.equal(p.parts["minus"], "-")
    for part in ("minus2", "minus3"):
        out = pc.or_(out, pc.equal(p.parts[part], "-"))
    return out


def _scale(
    p: _Parsed, values: np.ndarray, reasons: np.ndarray, style: NumberStyle, short_units: str | None, sign: str | None
):
    """Apply ``jt``, ``rb``, ``%`` ... in place; say whether the column is in percent and whether ``M`` is in doubt."""
    import numpy as np
    import pyarrow.compute as pc

    scales = set(pc.unique(p.parts["scale"]).to_pylist()) - {""}
    facts: dict[str, Any] = {}
    if scales:
        facts["scaled"] = True
        written = p.parts["scale"].to_numpy(zero_copy_only=False)
        for scale in scales - {"m"}:
            values[written == scale] *= SCALES[scale]
        if "m" in scales:
            indonesian = bool(scales & ID_SCALES) or "IDR" in style.currency or (sign == "," and not scales & EN_SCALES)
            english = bool(scales & EN_SCALES) or bool(set(style.currency) - {"IDR"})
            unit = short_units or ("id" if indonesian and not english else "en" if english and not indonesian else None)
            if unit is None:
                reasons[written == "m"] = "short_unit"
                values[written == "m"] = np.nan
                facts["ask_short_units"] = True
            else:
                values[written == "m"] *= 1e9 if unit == "id" else 1e6
    percents = pc.not_equal(p.parts["percent"], "").to_numpy(zero_copy_only=False)
    bare = ~percents & (np.nan_to_num(values) != 0)
    if percents.any() and bare.any():  # "10%" beside "5000": two things in one column, so the fewer are refused
        fewer = bare if bare.sum() <= percents.sum() else percents
        reasons[fewer & np.isfinite(values)] = "number_style"
        values[fewer] = np.nan
        percents = percents & ~fewer
    values[percents] /= 100
    return bool(percents.any()), facts
