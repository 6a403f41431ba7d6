"""WhatsApp's chat exports: the text files that a phone writes, Android or iPhone, in Indonesian or English.

An export has no header and no key. A message begins with its time; lines that don't belong to the message above. What
a phone knows of a person is the name he is saved under, or his number: never both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Source
from .cells import integers
from .delimited import decode
from .ingested import Ingested
from .questions import Question, check_choice
from .raw import Limits

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

__all__ = ["KINDS", "read_whatsapp"]

KINDS = ("text", "media", "deleted", "system")

_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_HEAD = (
    rf"^[{_MARKS}]*\[?(?P<a>\d{{1,4}})[/.\-](?P<b>\d{{1,2}})[/.\-](?P<c>\d{{2,4}}),?[ \x{{a0}}\x{{202f}}]"
    r"(?:(?:pukul|at|pkl\.?) )?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?"
    r"[ \x{a0}\x{202f}]?(?P<half>[AaPp]\.? ?[Mm]\.?)?(?:\]| -) ?(?P<rest>.*)$"
)
# a name holds no quotes and no colon: a system message such as «Budi mengubah subjek menjadi "Promo: sabun"» does
_SENDER = rf'^[{_MARKS}~ \x{{a0}}\x{{202f}}]*(?P<sender>[^:"“”]{{1,80}}):(?: (?P<text>.*))?$'
_MEDIA = (
    r"(?i)(?:<media tidak disertakan>|<media omitted>|"
    r"(?:gambar|foto|video|audio|stiker|gif|dokumen|kartu kontak|image|sticker|document|contact card)"
    r" (?:tidak disertakan|dihilangkan|omitted)|"
    r"\((?:file terlampir|berkas terlampir|file attached)\)|<(?:terlampir|attached): )"
)
_DELETED = (
    r"(?i)^(?:pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini|"
    r"this message was deleted|you deleted this message)\.?$"
)
_SYSTEM = (
    r"(?i)(?:terenkripsi secara end-to-end|end-to-end encrypted|kode keamanan .* berubah|security code .* changed|"
    r"ini adalah akun bisnis|this is a business account|memblokir kontak ini|blocked this contact)"
)
_EDITED = r"\s*<(?:Pesan ini diedit|This message was edited)>$"
_NUMBER = r"^\+?[\d][\d\s().\-]{7,}$"


def read_whatsapp(
    source: str | os.PathLike | bytes,
    *,
    date_order: str | None = None,
    encoding: str | None = None,
    me: str | None = None,
    today: dt.date | None = None,
    limits: Limits | None = None,
) -> Ingested:
    """Read the export of a WhatsApp chat.

    Parameters
    ----------
    source : path or bytes
        The ``.txt`` file of "export chat".
    date_order : {"day", "month"}, optional
        What comes first in ``03/04/20``. Told by a day past the 12th, else by the order of time, in which an export
        stands; asked where neither tells.
    encoding : str, optional
    me : str, optional
        The name under which the owner of the phone writes: adds the column ``outgoing``.
    today : datetime.date, optional
        The day after which messages are refused as being in the future.
    limits : Limits, optional

    Returns
    -------
    Ingested
        ``table``: ``sent_at``, ``sender`` (as it stands), ``phone`` where the phone knows the number only, ``name``
        where it knows the name, ``kind`` (one of :data:`KINDS`), ``text``, ``lines``. ``places`` are the numbers of
        the lines on which messages begin. Lines before the first message and impossible times are in the quarantine.

    Raises
    ------
    UserError
        ``ingest.not_whatsapp``, ``ingest.ambiguous_date``.

    Examples
    --------
    >>> chat = read_whatsapp("31/12/20 21.30 - Bu Ani: Halo,\\nmasih ada sapu?\\n"
    ...                      "31/12/20 21.42 - +62 800-0123-4567: <Media tidak disertakan>".encode())
    >>> chat.table[["sender", "kind", "lines"]].values.tolist()
    [['Bu Ani', 'text', 2], ['+62 800-0123-4567', 'media', 1]]
    >>> chat.table["phone"].tolist()[1]
    '+6280001234567'
    """
    import numpy as np
    import pyarrow as pa

    check_choice("date_order", date_order, ("day", "month"))
    limits = limits or Limits()
    name, data = _bytes(source, limits)
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise UserError("ingest.empty_file", table=name)
    text, encoding = decode(data, name, encoding)
    lines = pa.array(text.decode("utf-8").replace("\r\n", "\n").split("\n"), pa.large_string())
    limits.check("rows", len(lines), name)
    heads, fields = _heads(lines)
    if not len(heads):
        raise UserError("ingest.not_whatsapp", table=name, found=lines[0].as_py()[:60])
    order = date_order or _order(fields, name)
    times, bad = _times(fields, order, today)
    table = _messages(lines, heads, fields, limits, name)
    table.insert(0, "sent_at", times)
    if me is not None:
        table["outgoing"] = table["sender"] == me
    first, filled = int(heads[0]), _filled(lines)
    quarantine = _quarantine(lines, heads, filled[:first], bad)
    kept = bad == ""
    table, places = table[kept].reset_index(drop=True), heads[kept] + 1
    counts = {
        "rows_read": len(table) + len(quarantine),
        "rows_kept": len(table),
        "rows_refused": len(quarantine),
        "blank_rows": int((~filled).sum()),
        "lines": len(lines),
        **{kind: int((table["kind"] == kind).sum()) for kind in KINDS},
        "senders": int(table["sender"].nunique()),
    }
    style = "month_first" if order == "month" else "iso" if order == "year" else "day_first"
    notes = [Note("ingest.note.whatsapp", {k: counts[k] for k in ("media", "deleted", "system")})]
    if counts["rows_refused"]:
        notes.insert(0, Note("ingest.note.refused", {"n": counts["rows_refused"], "read": counts["rows_read"]}))
    params = {"kind": "whatsapp", "encoding": encoding, "date_order": order, "me": me}
    return Ingested(
        table, quarantine, places, {c: c for c in table.columns}, _guesses(table, style, np.sum(~kept)), counts,
        {k: v for k, v in params.items() if v is not None}, tuple(notes),
        Source(name, digest, len(table), len(quarantine)), None, ("sender", "phone", "name", "text"),
    )  # fmt: skip


def _bytes(source: Any, limits: Limits) -> tuple[str, bytes]:
    if isinstance(source, bytes | bytearray | memoryview):
        limits.check("bytes", len(source), "chat.txt")
        return "chat.txt", bytes(source)
    path = Path(source).expanduser()
    if not path.is_file():
        raise UserError("ingest.no_file", found=str(source))
    limits.check("bytes", path.stat().st_size, path.name)
    return path.name, path.read_bytes()


def _heads(lines: pa.Array) -> tuple[np.ndarray, pa.StructArray]:
    """On which lines messages begin, and the parts of these lines."""
    import pyarrow.compute as pc

    parts = pc.extract_regex(lines, _HEAD)
    begins = pc.is_valid(parts)
    at = begins.to_numpy(zero_copy_only=False).nonzero()[0]
    return at, parts.filter(begins)


def _filled(lines: pa.Array) -> np.ndarray:
    import pyarrow.compute as pc

    return pc.not_equal(pc.utf8_trim_whitespace(lines), "").to_numpy(zero_copy_only=False)


def _part(fields: pa.StructArray, name: str) -> np.ndarray:
    import pyarrow.compute as pc

    return integers(pc.struct_field(fields, name))


def _order(fields: pa.StructArray, table: str) -> str:
    """What comes first in the dates; an export stands in the order of time, which may prove it."""
    import numpy as np

    a, b = _part(fields, "a"), _part(fields, "b")
    if (a > 31).all():
        return "year"
    if (a > 12).any():
        return "day"
    if (b > 12).any():
        return "month"
    moments = {}
    for order in ("day", "month"):
        times, bad = _times(fields, order, None)
        moments[order] = not bad.any() and bool((np.diff(times) >= np.timedelta64(0, "us")).all())
    if moments["day"] != moments["month"]:
        return "day" if moments["day"] else "month"
    if (a == b).all():
        return "day"  # the same either way
    shown = tuple(f"{x}/{y}" for x, y in dict.fromkeys(zip(a.tolist(), b.tolist(), strict=True)))[:3]
    raise UserError(
        "ingest.ambiguous_date", table=table, column="sent_at", found=shown,
        questions=(Question("date_order", "sent_at", ("day", "month"), shown),),
    )  # fmt: skip


def _times(fields: pa.StructArray, order: str, today: dt.date | None) -> tuple[np.ndarray, np.ndarray]:
    """The times of messages, and why those without one have none."""
    import numpy as np
    import pyarrow.compute as pc

    a, b, c = (_part(fields, k) for k in "abc")
    year, month, day = {"year": (a, b, c), "day": (c, b, a), "month": (c, a, b)}[order]
    year = np.where(year < 100, np.where(year < 69, 2000, 1900) + year, year)
    hour, minute, second = (_part(fields, k) for k in ("hour", "minute", "second"))
    half = pc.utf8_lower(pc.struct_field(fields, "half")).to_numpy(zero_copy_only=False)
    pm, am = (np.array([h[:1] == letter for h in half], dtype=bool) for letter in "pa")
    hour = np.where(pm & (hour < 12), hour + 12, np.where(am & (hour == 12), 0, hour))
    second = np.maximum(second, 0)
    possible = (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60) & (year > 1990)
    months = np.where(possible, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + (day - 1)
    possible &= dates.astype("datetime64[M]") == months
    seconds = (hour * 3600 + minute * 60 + second) * 1_000_000
    times = dates.astype("datetime64[us]") + seconds.astype("timedelta64[us]")
    bad = np.where(possible, "", "unreadable_date").astype(object)
    if today is not None:
        bad[possible & (dates > np.datetime64(today))] = "future_date"
    times[bad != ""] = np.datetime64("NaT")
    return times, bad


def _messages(lines: pa.Array, heads: np.ndarray, fields: pa.StructArray, limits: Limits, name: str) -> pd.DataFrame:
    import numpy as np
    import pandas as pd
    import pyarrow.compute as pc

    rest = pc.struct_field(fields, "rest")
    split = pc.extract_regex(rest, _SENDER)
    spoken = pc.is_valid(split)
    sender = pc.if_else(spoken, pc.utf8_trim_whitespace(pc.struct_field(split, "sender")), None)
    for mark in _MARKS:
        sender = pc.replace_substring(sender, mark, "")
    first = pc.if_else(spoken, pc.struct_field(split, "text"), rest)
    texts = first.to_numpy(zero_copy_only=False).copy()
    count = np.diff(np.append(heads, len(lines)))
    for i in np.flatnonzero(count > 1):
        begin = int(heads[i]) + 1
        more = lines[begin : begin + int(count[i]) - 1].to_pylist()
        while more and not more[-1].strip():  # the file's last line end, and blank ones before it
            more.pop()
        count[i] = len(more) + 1
        texts[i] = "\n".join([texts[i], *more])
    joined = pd.Series(texts, dtype="str").str.strip(_MARKS + " ")
    limits.check("cell", int(joined.str.len().max()), name)
    said = spoken.to_numpy(zero_copy_only=False)
    joined = joined.str.replace(_EDITED, "", regex=True)
    kind = np.select(
        [
            ~said | joined.str.contains(_SYSTEM, regex=True).to_numpy(),
            joined.str.contains(_DELETED, regex=True).to_numpy(),
            joined.str.contains(_MEDIA, regex=True).to_numpy(),
        ],
        ["system", "deleted", "media"],
        "text",
    )
    who = pd.Series(sender.to_pandas(), dtype="str")
    number = who.str.contains(_NUMBER, regex=True, na=False)
    digits = who.where(number).str.replace(r"[^\d+]", "", regex=True)
    phone = digits.str.replace(r"^(?:\+?62|0)", "+62", regex=True)
    return pd.DataFrame(
        {
            "sender": who,
            "phone": phone,
            "name": who.where(~number),
            "kind": pd.Series(kind, dtype="str"),
            "text": joined,
            "lines": count,
        }
    )


def _quarantine(lines: pa.Array, heads: np.ndarray, before: np.ndarray, bad: np.ndarray) -> pd.DataFrame:
    """Lines that are no message: those before the first one, and those whose time is impossible."""
    import numpy as np
    import pandas as pd

    lost = np.flatnonzero(before)
    late = heads[bad != ""]
    at = np.concatenate([lost, late])
    reason = ["no_message"] * len(lost) + [str(r) for r in bad[bad != ""]]
    return pd.DataFrame(
        {
            "source_row": at + 1,
            "source_sheet": None,
            "reason": reason,
            "reason_column": None,
            "reason_value": None,
            "text": [lines[int(i)].as_py() for i in at],
        }
    )


def _guesses(table: pd.DataFrame, style: str, refused: Any) -> pd.DataFrame:
    import pandas as pd

    proof = table["sent_at"].iloc[0].isoformat(" ") if len(table) else None
    rows = [
        {"source": c, "column": c, "kind": k, "matched": "name", "style": s, "proof": proof if c == "sent_at" else None,
         "missing": int(table[c].isna().sum()), "refused": int(refused) if c == "sent_at" else 0}
        for c, k, s in (("sent_at", "datetime", style), ("sender", "text", "text"), ("text", "text", "text"))
    ]  # fmt: skip
    return pd.DataFrame(rows)
