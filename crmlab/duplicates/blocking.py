"""Blocks: which pairs are looked at at all.

Comparing a million rows with each other makes half a billion thousands of pairs. Rows are compared only where they
meet in a block, a group with one key: the same phone number, the same sound of the name and year of birth. A block
never changes a pair's score, only whether it is seen. A group that is too large is left out, and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .records import Records

__all__ = ["BLOCKS", "Block", "Candidates", "candidates", "meets"]

PARTS = ("name_sound", "first_sound", "last_sound", "name_prefix", "birth_year")
"""What a block's key can be made of, beside the fields themselves."""


@dataclass(frozen=True)
class Block:
    """One way in which rows meet.

    Parameters
    ----------
    *parts : str
        Fields (``phone``, ``city`` ...) or what is made of them: ``name_sound`` (the sounds of all words of the name,
        in any order), ``first_sound``, ``last_sound``, ``name_prefix`` (four letters), ``birth_year``. Rows meet where
        all parts are known and the same.

    Examples
    --------
    >>> Block("name_sound", "birth_year").name
    'name_sound + birth_year'
    """

    parts: tuple[str, ...]

    def __init__(self, *parts: str) -> None:
        object.__setattr__(self, "parts", tuple(parts))

    @property
    def name(self) -> str:
        """The parts, joined by a plus."""
        return " + ".join(self.parts)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it needs."""
        return frozenset(_FIELD_OF.get(part, part) for part in self.parts)


_FIELD_OF = dict.fromkeys(PARTS[:-1], "name") | {"birth_year": "born_on"}

BLOCKS = (
    Block("national_id"),
    Block("phone"),
    Block("email"),
    Block("born_on", "first_sound"),
    Block("born_on", "last_sound"),
    Block("name_sound", "birth_year"),
    Block("name_sound", "postcode"),
    Block("name_sound", "city"),
    Block("name_prefix", "address"),
)
"""The default blocks; those whose fields a table lacks are not used. Names alone meet where they sound the same."""


class Candidates:
    """The pairs that blocks let meet.

    Attributes
    ----------
    left, right : numpy.ndarray
        Rows, ``left < right``, in ascending order; each pair once.
    table : pandas.DataFrame
        One row a block: groups, rows and pairs in it, and what was left out because a group was too large.
    unseen : int
        Rows that met nobody only because every group in which they would have met somebody was too large.
    largest : int
        The limit that was used.
    """

    def __init__(self, left: np.ndarray, right: np.ndarray, table: pd.DataFrame, unseen: int, largest: int) -> None:
        self.left, self.right, self.table, self.unseen, self.largest = left, right, table, unseen, largest


def usable(blocks: Sequence[Any] | None, fields: Sequence[str]) -> tuple[Block, ...]:
    """The blocks to use: those asked for, or the default ones that the fields allow.

    Raises
    ------
    UserError
        A block needs a field that is not there, or none is left.
    """
    if blocks is None:
        chosen = tuple(b for b in BLOCKS if b.fields <= set(fields))
        if not chosen and "name" in fields:
            chosen = (Block("name_sound"),)
    else:
        chosen = tuple(_block(b) for b in blocks)
        known = [*fields, *(p for p in PARTS if _FIELD_OF[p] in fields)]
        for block in chosen:
            for part in block.parts:
                if part not in known:
                    raise UserError(
                        "duplicates.block_needs", wanted=known, found=part, near=suggest(part, known), block=block.name
                    )
    if not chosen:
        raise UserError("duplicates.no_block", wanted=[b.name for b in BLOCKS], found=list(fields))
    return chosen


def _block(told: Any) -> Block:
    if isinstance(told, Block):
        return told
    return Block(told) if isinstance(told, str) else Block(*told)


def keys_of(records: Records, block: Block) -> np.ndarray:
    """The key of every row in a block, as a number; -1 where a part is missing."""
    import numpy as np

    out = None
    for part in block.parts:
        codes = _part(records, part)
        if out is None:
            out = codes.astype(np.int64)
            continue
        gone = (out < 0) | (codes < 0)
        # dense again after each part, so that the product stays in 64 bits
        _, dense = np.unique(np.where(gone, -1, out * (codes.max(initial=0) + 1) + codes), return_inverse=True)
        out = np.where(gone, -1, dense)
    return out


def _part(records: Records, part: str) -> np.ndarray:
    """A row's code for one part of a key."""
    import numpy as np
    import pandas as pd

    from .sounds import sound

    values = records.values[_FIELD_OF.get(part, part)]
    if part not in _FIELD_OF:
        return values.codes
    if part == "birth_year":
        found = np.array([v[:4] for v in values.values], dtype=object)
    elif part == "name_prefix":
        found = np.array([v[:4] for v in values.joined], dtype=object)
    else:
        heard = np.append(np.array([sound(w) for w in values.word_values], dtype=object), "")
        if part == "first_sound":
            found = heard[values.words[:, 0]]
        elif part == "last_sound":
            found = heard[values.words[np.arange(len(values)), np.maximum(values.lengths - 1, 0)]]
        else:
            found = np.array([" ".join(sorted(w for w in row if w)) for row in heard[values.words]], dtype=object)
    found = np.where(found == "", None, found) if len(found) else found
    codes, _ = pd.factorize(found, use_na_sentinel=True)
    return values.per_row(codes, -1)


def _groups(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows sorted by key, and where each group of two or more begins and how long it is."""
    import numpy as np

    rows = np.flatnonzero(keys >= 0)
    rows = rows[np.argsort(keys[rows], kind="stable")]
    sorted_keys = keys[rows]
    starts = np.flatnonzero(np.append(True, sorted_keys[1:] != sorted_keys[:-1])) if len(rows) else np.empty(0, int)
    sizes = np.diff(np.append(starts, len(rows)))
    several = sizes > 1
    return rows, starts[several], sizes[several]


def _pairs(rows: np.ndarray, starts: np.ndarray, sizes: np.ndarray, n: int) -> np.ndarray:
    """All pairs within the groups, as ``left * n + right``."""
    import numpy as np

    out = []
    for size in np.unique(sizes):  # groups of one size at once
        members = rows[starts[sizes == size][:, None] + np.arange(size)]
        a, b = np.triu_indices(size, 1)
        # rows within a group ascend, for the sort was stable
        out.append((members[:, a].astype(np.int64) * n + members[:, b]).ravel())
    return np.concatenate(out) if out else np.empty(0, np.int64)


def candidates(records: Records, blocks: Sequence[Block], largest: int, most_pairs: int) -> Candidates:
    """The pairs to compare.

    Parameters
    ----------
    records : Records
    blocks : sequence of Block
    largest : int
        Rows of a group; larger ones are left out. It is halved until all blocks together hold at most ``most_pairs``.
    most_pairs : int
    """
    import numpy as np
    import pandas as pd

    n = records.n
    groups = [_groups(keys_of(records, block)) for block in blocks]
    while largest > 2 and sum(_count(s[s <= largest]) for _, _, s in groups) > most_pairs:
        largest //= 2
    found, told = [], []
    seen, met_in_skipped = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    for block, (rows, starts, sizes) in zip(blocks, groups, strict=True):
        fits = sizes <= largest
        found.append(_pairs(rows, starts[fits], sizes[fits], n))
        seen[_members(rows, starts[fits], sizes[fits])] = True
        met_in_skipped[_members(rows, starts[~fits], sizes[~fits])] = True
        told.append(
            {
                "block": block.name,
                "groups": int(fits.sum()),
                "rows": int(sizes[fits].sum()),
                "pairs": _count(sizes[fits]),
                "largest_group": int(sizes.max(initial=0)),
                "skipped_groups": int((~fits).sum()),
                "skipped_rows": int(sizes[~fits].sum()),
                "skipped_pairs": _count(sizes[~fits]),
            }
        )
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    left, right = (pairs // max(n, 1)).astype(np.int32), (pairs % max(n, 1)).astype(np.int32)
    return Candidates(left, right, pd.DataFrame(told), int((met_in_skipped & ~seen).sum()), largest)


def _count(sizes: np.ndarray) -> int:
    return int((sizes.astype("int64") * (sizes.astype("int64") - 1) // 2).sum())


def _members(rows: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    import numpy as np

    if not len(starts):
        return np.empty(0, dtype=np.int64)
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows[np.repeat(starts, sizes) + offsets]


def meets(
    records: Records, blocks: Sequence[Block], left: np.ndarray, right: np.ndarray, largest: int
) -> list[str | None]:
    """For each pair the blocks in which it met, joined by commas; None where it met in none."""
    import numpy as np

    said: list[list[str]] = [[] for _ in range(len(left))]
    for block in blocks:
        keys = keys_of(records, block)
        sizes = np.bincount(keys[keys >= 0], minlength=1)
        held = (keys[left] >= 0) & (keys[left] == keys[right])
        for k in np.flatnonzero(held):
            if sizes[keys[left[k]]] <= largest:
                said[k].append(block.name)
    return [", ".join(names) or None for names in said]
