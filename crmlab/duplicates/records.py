"""A table made comparable: its rows in the order of their keys, every field in one form, every value counted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from .sounds import spoken

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["STANDARD", "Records", "Values"]

_MALE = frozenset(("l", "lk", "laki", "laki laki", "pria", "m", "male", "man", "cowok"))
_FEMALE = frozenset(("w", "f", "wanita", "perempuan", "pr", "female", "woman", "cewek"))
_MOST_WORDS = 4
# borne by so many that the word after them is the name a person goes by
_BEFORE_THE_NAME = frozenset(("muhammad", "ahmad", "abdul", "siti", "nur", "sri"))


class Values:
    """One field of all rows: a code a row, -1 where it is missing; the distinct values and how often each occurs.

    Attributes
    ----------
    codes : numpy.ndarray
    values : numpy.ndarray
        Distinct values, in the order of their codes.
    counts : numpy.ndarray
    """

    def __init__(self, column: Any) -> None:
        import numpy as np
        import pandas as pd

        codes, values = pd.factorize(column, use_na_sentinel=True)
        self.codes: np.ndarray = codes.astype(np.int32)
        self.values: np.ndarray = np.asarray(values, dtype=object)
        self.counts: np.ndarray = np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    def __len__(self) -> int:
        return len(self.values)

    def per_row(self, of_value: np.ndarray, missing: Any) -> np.ndarray:
        """What a value has, for every row."""
        import numpy as np

        return np.append(of_value, missing)[self.codes]


class Names(Values):
    """Names with their words.

    Attributes
    ----------
    words : numpy.ndarray
        Codes of up to four words a name, -1 beyond.
    firsts, first_at : numpy.ndarray
        The word that a person goes by, which stands behind Muhammad, Siti and the like, and its position.
    letters : numpy.ndarray
        The first letter of each word; ``initial`` tells the words that are only that.
    joined : numpy.ndarray
        Names without spaces.
    spoken : numpy.ndarray
        For each word a number that it shares with those that are said the same; ``said``: the same for whole names.
    """

    def __init__(self, column: Any) -> None:
        import numpy as np
        import pandas as pd

        super().__init__(column)
        split = [str(v).split() for v in self.values]
        # of more than four words the first three and the last
        split = [w if len(w) <= _MOST_WORDS else [*w[: _MOST_WORDS - 1], w[-1]] for w in split]
        shape = (len(split), _MOST_WORDS)
        flat = [word for words in split for word in words]
        codes, distinct = (
            pd.factorize(np.array(flat, dtype=object)) if flat else (np.empty(0, int), np.empty(0, object))
        )
        lengths = np.array([len(w) for w in split], dtype=np.int64)
        self.words = np.full(shape, -1, dtype=np.int32)
        filled = np.arange(_MOST_WORDS) < lengths[:, None]
        self.words[filled] = codes
        self.word_values = np.asarray(distinct, dtype=object)
        self.lengths = lengths
        first_letter = np.array([ord(w[0]) for w in self.word_values] + [-1], dtype=np.int32)
        alone = np.array([len(w) == 1 for w in self.word_values] + [False])
        self.letters = first_letter[self.words]
        self.initial = alone[self.words]
        self.joined = np.array(["".join(w) for w in split] + [""], dtype=object)[:-1]
        self.word_counts = np.zeros(len(self.word_values) + 1, dtype=np.int64)
        np.add.at(self.word_counts, self.words[filled], np.repeat(self.counts, lengths))
        self.spoken = pd.factorize(np.array([spoken(w) for w in self.word_values] + [""], dtype=object))[0]
        _, said = np.unique(np.append(self.spoken, -1)[self.words], axis=0, return_inverse=True)
        self.said = said.reshape(-1)
        prefix = np.array([w in _BEFORE_THE_NAME for w in self.word_values] + [False])
        is_prefix = prefix[self.words] & (np.arange(_MOST_WORDS) < lengths[:, None] - 1)
        # how many such words stand at the front
        at = np.argmin(np.column_stack([is_prefix, np.zeros(len(split), dtype=bool)]), axis=1)
        self.first_at = np.minimum(at, _MOST_WORDS - 1)
        self.firsts = self.words[np.arange(len(split)), self.first_at]


class Records:
    """The rows of a table, ready to be compared.

    Attributes
    ----------
    keys : numpy.ndarray
        In ascending order: rows are compared in it, so that the order of the table makes no difference.
    order : numpy.ndarray
        Where each of them stands in the table.
    fields : dict
        Field -> column.
    values : dict
        Field -> :class:`Values`.
    lost : dict
        Field -> how many values were given that have no standard form.
    """

    def __init__(self, table: pd.DataFrame, key: str, fields: Mapping[str, str]) -> None:
        import numpy as np

        self.key, self.fields = key, dict(fields)
        self.order = _in_order(table, key)
        self.keys = table[key].to_numpy()[self.order]
        self.n = len(self.keys)
        self.values: dict[str, Values] = {}
        self.lost: dict[str, int] = {}
        for field, column in fields.items():
            given = table[column].iloc[self.order].reset_index(drop=True)
            brought = STANDARD[field](given)
            self.values[field] = Names(brought) if field == "name" else Values(brought)
            blank = given.isna() | (given.astype("str").str.strip() == "")
            lost = int(np.count_nonzero((self.values[field].codes < 0) & ~blank.to_numpy(dtype=bool)))
            if lost:
                self.lost[field] = lost

    def frame(self) -> pd.DataFrame:
        """The fields in their standard forms, one row a key."""
        import numpy as np
        import pandas as pd

        out: dict[str, Any] = {self.key: self.keys}
        for field, values in self.values.items():
            out[field] = np.append(values.values, None)[values.codes]
        return pd.DataFrame(out)

    @cached_property
    def place(self) -> dict[Any, int]:
        """Key -> row."""
        return {key: k for k, key in enumerate(self.keys.tolist())}

    def row(self, key: Any) -> int:
        """The row of a key.

        Raises
        ------
        UserError
            There is none.
        """
        try:
            return self.place[key.item() if hasattr(key, "item") else key]
        except KeyError:
            raise UserError("duplicates.unknown_key", found=key, key=self.key) from None


def _in_order(table: pd.DataFrame, key: str) -> np.ndarray:
    import numpy as np

    keys = table[key]
    gone = np.flatnonzero(keys.isna().to_numpy())
    if len(gone):
        raise UserError("duplicates.key_missing", rows=(gone + 1).tolist(), key=key)
    twice = keys.duplicated(keep=False).to_numpy()
    if twice.any():
        raise UserError(
            "duplicates.key_twice",
            rows=(np.flatnonzero(twice) + 1).tolist(),
            found=str(keys[twice].iloc[0]),
            key=key,
        )
    values = keys.to_numpy()
    try:
        return np.argsort(values, kind="stable")
    except TypeError:  # numbers and texts in one column
        return np.argsort(np.array([f"{type(v).__name__}:{v}" for v in values]), kind="stable")


# fields in their standard forms -----------------------------------------------------------------------------------


def _name(given: pd.Series) -> Any:
    from ..ingest import standardise

    return standardise.name(given).detail["compare"].to_numpy()


def _phone(given: pd.Series) -> Any:
    from ..ingest import standardise

    return standardise.phone(given).values.to_numpy()


def _email(given: pd.Series) -> Any:
    from ..ingest import standardise

    return standardise.email(given).values.to_numpy()


def _plain(given: pd.Series) -> pd.Series:
    """Lower case, letters and digits only, single spaces; missing where nothing is left."""
    text = given.astype("str").str.lower().str.replace(r"[^0-9a-z]+", " ", regex=True).str.strip()
    return text.where(given.notna() & (text != ""))


def _national_id(given: pd.Series) -> Any:
    """Digits and letters. A real NIK is not asked for: what counts is that two are the same."""
    text = (
        given.astype("str").str.upper().str.replace(r"\.0$", "", regex=True).str.replace(r"[^0-9A-Z]+", "", regex=True)
    )
    # one sign all over ("0000000000000000") and short ones stand for "not known"
    known = given.notna() & (text.str.len() >= 6) & ~text.str.fullmatch(r"(.)\1*")
    return text.where(known).to_numpy()


def _born_on(given: pd.Series) -> Any:
    """Days as ``YYYYMMDD``; the usual stand-ins for "not known" are missing."""
    import pandas as pd

    if not pd.api.types.is_datetime64_any_dtype(given.dtype):
        text = given.astype("str").str.strip().where(given.notna())
        when = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
        for style in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y"):
            if (left := when.isna() & text.notna()).any():
                when = when.where(~left, pd.to_datetime(text.where(left), format=style, errors="coerce"))
    else:
        when = given
    said = when.dt.strftime("%Y%m%d")
    nobody = said.isin(("19000101", "19700101", "18991231", "19010101")) | (when.dt.year < 1900)
    return said.where(when.notna() & ~nobody).to_numpy()


def _address(given: pd.Series) -> Any:
    text = _plain(given)
    text = text.str.replace(r"\b(?:jalan|jl|jln|nomor|no|gang|gg|kelurahan|kel|kecamatan|kec)\b", " ", regex=True)
    text = text.str.replace(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", regex=True)
    text = text.str.replace(r"\b0+(?=\d)", "", regex=True).str.replace(r"\s+", " ", regex=True).str.strip()
    return text.where(text.fillna("").str.len() >= 3).to_numpy()


def _city(given: pd.Series) -> Any:
    text = _plain(given).str.replace(r"^(?:kota|kabupaten|kab|kodya|kotamadya)\s+", "", regex=True)
    return text.to_numpy()


def _postcode(given: pd.Series) -> Any:
    text = given.astype("str").str.replace(r"\.0$", "", regex=True).str.replace(r"\D", "", regex=True)
    return text.where(given.notna() & (text.str.len() == 5) & (text != "00000")).to_numpy()


def _gender(given: pd.Series) -> Any:
    """Men and women; ``P`` is a woman beside ``L``, a man beside ``W``, and nobody knows beside both or neither."""
    words = _plain(given)
    held = set(words.dropna().unique())
    meaning: dict[str, str] = dict.fromkeys(_MALE, "male") | dict.fromkeys(_FEMALE, "female")
    if bool(held & {"l", "laki laki", "laki"}) != bool(held & {"w", "wanita"}):
        meaning["p"] = "female" if held & {"l", "laki laki", "laki"} else "male"
    return words.map(meaning).astype(object).to_numpy()


STANDARD = {
    "name": _name,
    "phone": _phone,
    "email": _email,
    "national_id": _national_id,
    "born_on": _born_on,
    "address": _address,
    "city": _city,
    "postcode": _postcode,
    "gender": _gender,
}
