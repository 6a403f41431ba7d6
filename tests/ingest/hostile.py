# ruff: noqa: E501  (the tables of kinds read better a kind a line)
"""More than three hundred kinds of broken and hostile files, generated.

A kind is a name, a file name, the bytes (or the object) and, where it is known, how many rows of data were written: every one
of them must be kept, refused or counted as blank. Nothing here is random but what `_noise` makes from a fixed seed.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import lzma
import pickle
import random
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MEGA = 1 << 20


@dataclass(frozen=True)
class Kind:
    """One hostile source: ``make`` gives the bytes of ``file``, or an object to be read as it is when ``file`` is None."""

    name: str
    file: str | None
    make: Callable[[], Any]
    rows: int | None = None


HEADER = ["no_nota", "tanggal", "id_pelanggan", "produk", "jumlah", "total"]
ROWS = [
    [f"N{k:03}", f"{13 + k % 15:02}/0{1 + k % 9}/2020", f"P{k % 5}", name, str(1 + k % 3), str(15_000 * (1 + k))]
    for k, name in enumerate(["Sabun", "Kopi Ñuñez", "Teh “hijau”", "Gula – 1 kg", "Beras", "Minyak ½ l"] * 3)
]
N = len(ROWS)
ASCII = [[cell.encode("ascii", "replace").decode() for cell in row] for row in ROWS]


def _lines(rows, separator=";", end="\n", header=HEADER):
    return end.join(separator.join(row) for row in ([header] if header else []) + rows) + end


def _csv(name, text, rows=N):
    return Kind(name, "jual.csv", lambda: text if isinstance(text, bytes) else text.encode(), rows)


def _noise(n, seed=1):
    return random.Random(seed).randbytes(n)


def _cut(data, share):
    return data[: len(data) * share // 100]


def _with(column, value, at=4, rows=ROWS):
    changed = [list(row) for row in rows]
    changed[at][HEADER.index(column)] = value
    return changed


# text files -----------------------------------------------------------------------------------------------------------


def encodings() -> Iterator[Kind]:
    """The same table in every encoding that a person's program may have written."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252", "latin-1",
                     "iso8859-15", "mac-roman", "cp437", "cp850", "cp1250", "cp1251", "cp1254", "cp1256", "koi8-r", "shift_jis", "gbk", "gb18030",
                     "big5", "euc-kr", "iso2022_jp", "utf-7", "cp037", "cp500", "cp1026", "hz", "cp874"):  # fmt: skip
        yield Kind(f"encoding {encoding}", "jual.csv", lambda e=encoding: _lines(ROWS).encode(e, "replace"))
    body = _lines(ROWS).encode()
    yield _csv("utf-16-be with its mark", codecs.BOM_UTF16_BE + _lines(ROWS).encode("utf-16-be"))
    yield _csv("two byte order marks", codecs.BOM_UTF8 * 2 + body)
    yield _csv("a byte order mark in the middle", body[:200] + codecs.BOM_UTF8 + body[200:])
    yield _csv("a mark of UTF-16 before UTF-8", codecs.BOM_UTF16_LE + body, None)
    yield _csv("UTF-16 cut in half a character", codecs.BOM_UTF16_LE + _lines(ROWS).encode("utf-16-le")[:-1], None)
    yield _csv("UTF-8 cut in a character", _lines(ROWS[:3]).encode().rstrip() + b"\xe2\x80", None)
    yield _csv("bytes that are no UTF-8", body.replace("Ñ".encode(), b"\xff\xfe\xc3"), None)
    yield _csv("an overlong slash", body.replace(b"Sabun", b"\xc0\xaf"))
    yield _csv("a surrogate in UTF-8", body.replace(b"Sabun", b"\xed\xa0\x80"))
    yield _csv("encoded twice", _lines(ROWS).encode().decode("cp1252", "replace"))
    yield _csv(
        "two encodings in one file",
        _lines(ROWS[:9]).encode() + _lines(ROWS[9:], header=None).encode("cp1252", "replace"),
    )
    yield _csv(
        "Windows-1252 with its five unused bytes",
        _lines(ASCII).encode() + b"N9;14/02/2020;P1;\x81\x8d\x8f\x90\x9d;1;5000\n",
        len(ROWS) + 1,
    )
    for name, mark in {"zero width space": "\u200b", "zero width joiner": "\u200d", "no-break space": "\xa0", "soft hyphen": "\xad",
                       "right-to-left override": "\u202e", "byte order mark": "\ufeff", "combining acute": "\u0301", "private use": "\ue000",
                       "astral": "\U0001f6d2", "replacement": "\ufffd", "line separator": "\u2028", "next line": "\x85"}.items():  # fmt: skip
        yield _csv(f"{name} in the header", _lines(ROWS, header=[f"{mark}{h}{mark}" for h in HEADER]), None)
        yield _csv(f"{name} in cells", _lines([[f"{mark}{c}" for c in row] for row in ROWS]), None)
    for name, control in {"NUL": "\0", "bell": "\a", "escape": "\x1b[31m", "backspace": "\b", "form feed": "\f", "vertical tab": "\v", "end of file": "\x1a",
                          "unit separator": "\x1f"}.items():  # fmt: skip
        yield _csv(f"{name} in a product", _lines(_with("produk", f"Sa{control}bun")))
        yield _csv(f"{name} in a number", _lines(_with("total", f"75{control}000")), None)
        yield _csv(f"{name} in an order", _lines(_with("no_nota", f"N{control}X")), None)
        yield _csv(f"{name} in the header", _lines(ROWS, header=[f"no{control}_nota", *HEADER[1:]]), None)


def separators() -> Iterator[Kind]:
    """Separators, quotes and line ends."""
    for name, separator in {"comma": ",", "tab": "\t", "pipe": "|", "colon": ":", "caret": "^", "tilde": "~", "blank": " ", "hash": "#", "two pipes": "||",
                            "semicolon and blank": "; ", "unit separator": "\x1f", "comma of China": "，", "bullet": "•"}.items():  # fmt: skip
        yield _csv(f"separator {name}", _lines(ASCII, separator), None)
    for name, hint in {
        "right": "sep=;\n",
        "of a tab": "sep=\t\n",
        "wrong": "sep=,\n",
        "empty": "sep=\n",
        "long": "sep=;;\n",
        "in quotes": '"sep=;"\n',
    }.items():
        yield _csv(f"hint at the separator, {name}", hint + _lines(ROWS), None)
    yield _csv("header and body differ", ",".join(HEADER) + "\n" + _lines(ROWS, header=None), None)
    yield _csv("separators change half-way", _lines(ROWS[:9]) + _lines(ROWS[9:], ",", header=None))
    for name, end in {"CRLF": "\r\n", "CR": "\r", "LFCR": "\n\r", "CRCRLF": "\r\r\n", "two LF": "\n\n", "next line": "\x85", "line separator": "\u2028",
                      "form feed": "\f", "record separator": "\x1e", "none": ""}.items():  # fmt: skip
        yield _csv(f"line end {name}", _lines(ROWS, end=end), None)
    mixed = "".join(line + ("\n", "\r\n", "\r")[k % 3] for k, line in enumerate(_lines(ROWS).splitlines()))
    yield _csv("three line ends", mixed, None)
    yield _csv("no line end after the last row", _lines(ROWS).rstrip("\n"))
    quoted = [[f'"{cell}"' for cell in row] for row in ROWS]
    yield _csv("everything quoted", _lines(quoted, header=[f'"{h}"' for h in HEADER]))
    yield _csv("lines in quotes", "\n".join(f'"{line}"' for line in _lines(ROWS).splitlines()))
    yield _csv("apostrophes as quotes", _lines([[f"'{c}'" for c in row] for row in ROWS]), None)
    yield _csv("typographic quotes", _lines([[f"“{c}”" for c in row] for row in ROWS]), None)
    for where, at in {"the first": 0, "a middle": 9, "the last": len(ROWS) - 1}.items():
        yield _csv(f"a quote opens in {where} row and never closes", _lines(_with("produk", '"Sabun', at)), None)
        yield _csv(f"a quote in the middle of a cell of {where} row", _lines(_with("produk", 'TV 32" LED', at)))
        yield _csv(f"quotes doubled in {where} row", _lines(_with("produk", '"TV 32"" LED"', at)))
        yield _csv(f"quotes behind a backslash in {where} row", _lines(_with("produk", '"TV 32\\" LED"', at)), None)
        yield _csv(f"a line end in a quoted cell of {where} row", _lines(_with("produk", '"Sabun\ncuci"', at)))
        yield _csv(f"the separator in a quoted cell of {where} row", _lines(_with("produk", '"Sabun; cuci"', at)))
        yield _csv(f"text after a closing quote in {where} row", _lines(_with("produk", '"Sabun" cuci', at)), None)
        yield _csv(f"{where} row too short", _lines([r[:3] if k == at else r for k, r in enumerate(ROWS)]))
        yield _csv(f"{where} row too long", _lines([[*r, "x", "y"] if k == at else r for k, r in enumerate(ROWS)]))
        yield _csv(f"{where} row only separators", _lines([[""] * 6 if k == at else r for k, r in enumerate(ROWS)]))
        yield _csv(f"{where} row repeats the header", _lines([HEADER if k == at else r for k, r in enumerate(ROWS)]))
        yield _csv(
            f"{where} row is a total",
            _lines([["Total", "", "", "", "", "999999"] if k == at else r for k, r in enumerate(ROWS)]),
        )
        yield _csv(
            f"{where} row is a comment",
            _lines([["# dibuat oleh sistem"] if k == at else r for k, r in enumerate(ROWS)]),
        )
    yield _csv("a separator at the end of each line", _lines([[*r, ""] for r in ROWS], header=[*HEADER, ""]))
    yield _csv("a separator at the start of each line", _lines([["", *r] for r in ROWS], header=["", *HEADER]))
    yield _csv("a separator at the end of the rows only", _lines([[*r, ""] for r in ROWS]), None)
    yield _csv("a million quotes", _lines(ROWS) + '"' * MEGA, None)
    yield _csv("a million separators", _lines(ROWS) + ";" * MEGA + "\n", None)
    yield _csv("a million line ends", _lines(ROWS) + "\n" * MEGA, None)
    yield _csv("only separators", ";;;;;\n" * 50, None)
    yield _csv("only quotes", '"' * 999, None)


def structures() -> Iterator[Kind]:
    """Headers, widths and sizes."""
    body = _lines(ROWS, header=None)
    yield _csv("empty", b"", None)
    for name, data in {"blank": b"   ", "line ends": b"\n\r\n\n", "a mark": codecs.BOM_UTF8, "a zero": b"\0", "zeros": b"\0" * 5_000, "one letter": b"a",
                       "one separator": b";", "one quote": b'"', "a mark of UTF-16": codecs.BOM_UTF16_LE}.items():  # fmt: skip
        yield _csv(f"only {name}", data, None)
    yield _csv("header only", ";".join(HEADER), 0)
    yield _csv("header and one row", _lines(ROWS[:1]), 1)
    yield _csv("no header", body, None)
    yield _csv("one column", "total\n5000\n6000\n", None)
    yield _csv("the header twice", ";".join(HEADER) + "\n" + _lines(ROWS), len(ROWS) + 1)
    yield _csv("the header after fifty titles", "Laporan\n" * 50 + _lines(ROWS))
    yield _csv("the header after five hundred titles", "Laporan penjualan\n" * 500 + _lines(ROWS), None)
    yield _csv("headers of one name", _lines(ROWS, header=["total"] * 6), None)
    yield _csv("empty headers", _lines(ROWS, header=[""] * 6), None)
    yield _csv("headers that are numbers", _lines(ROWS, header=list("123456")), None)
    yield _csv("headers that are formulas", _lines(ROWS, header=[f"=1+{k}" for k in range(6)]), None)
    yield _csv("headers that are missing values", _lines(ROWS, header=["nan", "NULL", "None", "#N/A", "-", "."]), None)
    yield _csv(
        "headers of crmlab's own",
        _lines(ROWS, header=["#row", "#none", "source_row", "reason", "is_return", "__index_level_0__"]),
        None,
    )
    yield _csv("a header with a line end", _lines(ROWS, header=['"no\nnota"', *HEADER[1:]]))
    yield _csv("a header of a hundred thousand letters", _lines(ROWS, header=["x" * 100_000, *HEADER[1:]]), None)
    yield _csv(
        "headers in another alphabet", _lines(ROWS, header=["订单", "日期", "客户", "产品", "数量", "总额"]), None
    )
    yield _csv("headers with markup", _lines(ROWS, header=["<script>alert(1)</script>", *HEADER[1:]]), None)
    yield _csv("headers with braces", _lines(ROWS, header=["{total:money}", "{0}", "%s", *HEADER[3:]]), None)
    yield _csv("every row another width", "".join(";".join(["x"] * k) + "\n" for k in range(1, 60)), None)
    yield _csv("one row of another table below", _lines(ROWS) + "\n\nnama;alamat\nBudi;Bandung\n", None)
    yield _csv("the same row a thousand times", _lines(ROWS[:1] * 1_000), 1_000)
    yield _csv(
        "five hundred columns", _lines([r + ["1"] * 500 for r in ROWS], header=HEADER + [f"k{k}" for k in range(500)])
    )
    yield _csv(
        "columns past the limit",
        _lines([r + ["1"] * 6_000 for r in ROWS[:2]], header=HEADER + [f"k{k}" for k in range(6_000)]),
        None,
    )
    yield _csv("a cell of a million letters", _lines(_with("produk", "x" * MEGA)), None)
    yield Kind("a line of twenty million letters", "jual.csv", lambda: b"x" * 20 * MEGA)
    yield Kind("twenty million zeros", "jual.csv", lambda: b"\0" * 20 * MEGA)
    yield Kind(
        "two hundred thousand rows",
        "jual.csv",
        lambda: _lines([[f"N{k}", *ROWS[k % 18][1:]] for k in range(200_000)]).encode(),
        200_000,
    )
    yield Kind(
        "two hundred thousand ragged rows",
        "jual.csv",
        lambda: (_lines(ROWS) + "a;b\n" * 200_000).encode(),
        len(ROWS) + 200_000,
    )
    for seed in range(6):
        yield Kind(f"noise {seed}", "jual.csv", lambda s=seed: _noise(40_000, s))
        yield Kind(
            f"noise {seed} in letters",
            "jual.csv",
            lambda s=seed: bytes(32 + b % 95 if b % 17 else 10 for b in _noise(20_000, s)),
        )
        yield Kind(f"noise {seed} after a table", "jual.csv", lambda s=seed: _lines(ROWS).encode() + _noise(2_000, s))
    for share in (1, 10, 50, 90, 99):
        yield Kind(f"cut at {share} %", "jual.csv", lambda p=share: _cut(_lines(ROWS).encode(), p))


NUMBERS = (
    *(
        "",
        " ",
        "NaN",
        "nan",
        "inf",
        "-inf",
        "Infinity",
        "1e309",
        "-1e309",
        "1e-400",
        "1E+07",
        "0x1F",
        "0b101",
        "1_000",
        "١٢٣",
        "１２３",
        "१२३",
        "½",
        "²",
    ),
    *(
        "1.2.3.4",
        "1,2,3",
        "1.234,5,6",
        "--5",
        "5-",
        "(5.000)",
        "(5.000",
        "+5",
        "5 %",
        "5%",
        "‰",
        "Rp",
        "Rp-",
        "Rp 1.234.567,-",
        "Rp1.234",
        "IDR 5000",
        "$5",
        "€ 5",
        "£5",
    ),
    *(
        "5 rb",
        "1,2 jt",
        "3 M",
        "2 T",
        "5k",
        "NULL",
        "None",
        "N/A",
        "n.a.",
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "=1+1",
        "=cmd|'/c calc'!A0",
        "@SUM(A1)",
        "-2+3",
        "+1+1",
    ),
    *(
        "true",
        "ya",
        "—",
        "-",
        ".",
        ",",
        "1 234,5",
        "1’234",
        "1\xa0234",
        "9" * 400,
        "1" + "0" * 30,
        "0." + "0" * 300 + "1",
        "1/2",
        "12:30",
        "2020-01-01",
        "44197",
    ),
    *(
        "1e5e5",
        "1d5",
        "0,1",
        "00012",
        "-0",
        "4.9e-324",
        "1.7976931348623157e308",
        "9223372036854775808",
        "-9223372036854775809",
        "lima ribu",
        "5000 rupiah",
        "5.000,00 IDR",
    ),
)
DATES = (
    *(
        "",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "1899-12-30",
        "1900-02-29",
        "2019-02-29",
        "2020-02-30",
        "31/04/2020",
        "13/13/2020",
        "32/01/2020",
        "2020-13-01",
    ),
    *(
        "44197",
        "60",
        "0",
        "-1",
        "1e10",
        "2958466",
        "now",
        "kemarin",
        "besok",
        "17 Agustus 2020",
        "Agt 2020",
        "Jumat",
        "Jumat Kliwon, 3 Jan 2020",
        "2020-W53-7",
        "2020-366",
        "20201331",
    ),
    *(
        "2020-01-01T25:00",
        "2020-01-01 24:00:00",
        "2020-01-01T10:00Z",
        "2020-01-01T10:00+14:00",
        "2020-01-01T10:00+99:00",
        "2020-01-01 10:61",
        "10:00",
        "1/1/1",
        "01-01-00",
        "1-1-99",
    ),
    *(
        "1577836800",
        "1577836800000",
        "1577836800000000000",
        "2020-01-01\0",
        "２０２０-01-01",
        "2020–01–01",
        "=TODAY()",
        "NaT",
        "1 Ramadan 1441",
        "2563-01-01",
        "Q1 2020",
        "2020",
        "Jan",
        "3 Jan",
    ),
)
TEXTS = (
    *(
        "",
        " ",
        "0",
        "00123",
        "1E+20",
        "8.12E+11",
        "x" * 90_000,
        "a\nb",
        '=HYPERLINK("http://x.example")',
        "@x",
        "-x",
        "+62 800 0123 4567",
        "<b>x</b>",
        "'; DROP TABLE sales; --",
    ),
    *(
        "../../etc/passwd",
        "C:\\Windows",
        "🛒",
        "\u202eabc",
        "null",
        "NaN",
        "None",
        "%s%n",
        "{0}",
        "${jndi:ldap://x}",
        "`id`",
        "\\",
        "\\N",
        "é" * 50,
        "ﬀ",
        "İ",
        "a" * 300,
    ),
)


def values() -> Iterator[Kind]:
    """One cell of a sound table holds something else; that row is kept or refused, the others stay."""
    for column, cells in {"total": NUMBERS, "tanggal": DATES, "id_pelanggan": TEXTS, "no_nota": TEXTS}.items():
        for k, value in enumerate(cells):
            quoted = '"' + value.replace('"', '""') + '"'
            yield _csv(f"{column} {k}: {value[:24]!r}", _lines(_with(column, quoted)))
    for k, value in enumerate(NUMBERS):
        whole = [[*row[:5], '"' + value.replace('"', '""') + '"'] for row in ROWS]
        yield _csv(f"all totals {k}: {value[:24]!r}", _lines(whole), None)
    for k, value in enumerate(DATES):
        whole = [[row[0], '"' + value + '"', *row[2:]] for row in ROWS]
        yield _csv(f"all dates {k}: {value[:24]!r}", _lines(whole), None)


def disguises() -> Iterator[Kind]:
    """Something else under the name of a table."""
    table = _lines(ROWS).encode()

    def zipped(**parts):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name.replace("__", "/"), data)
        return out.getvalue()

    def tarred():
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            info = tarfile.TarInfo("../jual.csv")
            info.size = len(table)
            archive.addfile(info, io.BytesIO(table))
        return out.getvalue()

    things = {
        "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "PNG": b"\x89PNG\r\n\x1a\n" + _noise(500), "JPEG": b"\xff\xd8\xff\xe0" + _noise(500),
        "GIF": b"GIF89a" + _noise(500), "WebP": b"RIFF\x00\x01\x00\x00WEBP" + _noise(300), "BMP": b"BM" + _noise(300), "TIFF": b"II*\0" + _noise(300),
        "gzip": gzip.compress(table, mtime=0), "xz": lzma.compress(table), "bzip2": __import__("bz2").compress(table), "zstd": b"\x28\xb5\x2f\xfd" + _noise(300),
        "gzip bomb": gzip.compress(b"\0" * 50 * MEGA, mtime=0), "zip with a csv": zipped(**{"jual.csv": table}), "zip, empty": zipped(), "tar": tarred(), "7z": b"7z\xbc\xaf\x27\x1c" + _noise(300),
        "rar": b"Rar!\x1a\x07\0" + _noise(300), "exe": b"MZ" + _noise(500), "ELF": b"\x7fELF" + _noise(500), "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(2_000),
        "docx": zipped(**{"word__document.xml": "<w/>", "[Content_Types].xml": "<x/>"}), "ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}),
        "RTF": b"{\\rtf1\\ansi Laporan\\par}", "HTML": b"<!doctype html><table><tr><td>1</td></tr></table>", "HTML in UTF-16": "<html><table></table></html>".encode("utf-16"),
        "XML": b"<?xml version='1.0'?><Workbook/>", "JSON array": json.dumps([dict(zip(HEADER, r, strict=True)) for r in ROWS]).encode(), "JSON object": json.dumps({"a": ROWS}).encode(),
        "JSON lines": "\n".join(json.dumps(dict(zip(HEADER, r, strict=True))) for r in ROWS).encode(), "JSON, pretty": json.dumps([{"a": 1}], indent=2).encode(), "YAML": b"---\n- no_nota: N1\n  total: 5\n",
        "TOML": b"[jual]\ntotal = 5\n", "SQL dump": b"CREATE TABLE jual (a INT);\nINSERT INTO jual VALUES (1),(2);\n", "INI": b"[a]\nb=c\n", "Python": b"import os\nos.system('true')\n",
        "pickle": pickle.dumps({"a": ROWS}), "npy": b"\x93NUMPY\x01\0v\0" + _noise(300), "HDF5": b"\x89HDF\r\n\x1a\n" + _noise(500), "Feather": b"ARROW1\0\0" + _noise(500), "ORC": b"ORC" + _noise(500),
        "Avro": b"Obj\x01" + _noise(500), "SAS": b"\0" * 12 + b"\xc2\xea\x81\x60" + _noise(500), "Stata": b"<stata_dta>" + _noise(300), "DBF": b"\x03\x78\x01\x01" + _noise(300), "mdb": b"\0\x01\0\0Standard Jet DB\0" + _noise(900),
        "WAV": b"RIFF\x24\0\0\0WAVEfmt " + _noise(300), "MP3": b"ID3\x04" + _noise(300), "MP4": b"\0\0\0\x20ftypisom" + _noise(300), "wasm": b"\0asm\x01\0\0\0" + _noise(99), "e-mail": b"From: a@contoh.id\nSubject: jual\n\nIsi\n",
        "vCard": b"BEGIN:VCARD\nFN:Budi\nEND:VCARD\n", "calendar": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "WhatsApp chat": b"12/05/20 09.13 - Budi: halo; apa kabar?\n12/05/20 09.14 - Ani: baik\n",
        "a log": b"2020-01-01 10:00:00 INFO start\n2020-01-01 10:00:01 WARN stop\n", "fixed widths": b"N001  01/02/2020  P1    5000\nN002  02/02/2020  P2    6000\n", "Markdown": b"| a | b |\n|---|---|\n| 1 | 2 |\n",
        "prose": ("Laporan penjualan bulan ini baik sekali. " * 60).encode(), "base64": __import__("base64").encodebytes(table), "PEM": b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    }  # fmt: skip
    for name, data in things.items():
        yield Kind(f"{name} called .csv", "jual.csv", lambda d=data: d)
    for name in ("PDF", "HTML", "gzip", "xls", "zip with a csv", "docx", "ods", "zip, empty"):
        yield Kind(f"{name} called .xlsx", "jual.xlsx", lambda d=things[name]: d)
    yield Kind("a csv called .xlsx", "jual.xlsx", lambda: table, len(ROWS))
    yield Kind("a csv called .parquet", "jual.parquet", lambda: table, len(ROWS))
    yield Kind("a csv called .db", "jual.db", lambda: table, len(ROWS))
    yield Kind("a csv without an ending", "jual", lambda: table, len(ROWS))
    yield Kind("a name of other letters", "penjualan – “terbaru” 🛒.csv", lambda: table, len(ROWS))
    yield Kind("a name with braces", "{total:money}.csv", lambda: table, len(ROWS))
    yield Kind("a name with markup", "<b>jual.csv", lambda: table, len(ROWS))


# workbooks ------------------------------------------------------------------------------------------------------------


@cache
def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    for row in [HEADER, *ROWS]:
        page.append([int(c) if c.isdigit() else c for c in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def _shared() -> bytes:
    """The same workbook with its texts in one part, as Excel keeps them."""
    texts = sorted({cell for row in [HEADER, *ROWS] for cell in row})
    cells = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{"ABCDEF"[k]}{n}" t="s"><v>{texts.index(c)}</v></c>' for k, c in enumerate(row))
        + "</row>"
        for n, row in enumerate([HEADER, *ROWS], 1)
    )
    parts = dict(_parts(_sheet(cells)))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{space}">{"".join(f"<si><t>{t}</t></si>" for t in texts)}</sst>'.encode()
    )
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry + b"</Types>")
    return _packed(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def _edited(part: str, old: bytes, new: bytes, times: int = -1) -> bytes:
    parts = dict(_parts(_workbook()))
    if old not in parts[part]:
        raise AssertionError(f"{old!r} is not in {part}")
    return _packed(parts | {part: parts[part].replace(old, new, times)})


def _sheet(body: str, dimension: str = "") -> bytes:
    """A workbook whose only sheet holds the XML ``body`` between <sheetData> and its end."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + dimension
    return _packed(_parts(_workbook()) | {SHEET: f"{head}<sheetData>{body}</sheetData></worksheet>".encode()})


def _row(n: int, cells: list[str]) -> str:
    return (
        f'<row r="{n}">'
        + "".join(f'<c r="{"ABCDEFGHIJ"[k]}{n}" t="inlineStr"><is><t>{c}</t></is></c>' for k, c in enumerate(cells))
        + "</row>"
    )


def _grown(value_cell: str) -> bytes:
    """A sound inline sheet in whose fourth row the last cell is ``value_cell``."""
    rows = "".join(_row(k, r) for k, r in enumerate([HEADER, *ASCII[:2]], 1))
    start = _row(4, ASCII[2][:5]).removesuffix("</row>")
    return _sheet(rows + start + value_cell + "</row>" + _row(5, ASCII[3]))


def workbooks() -> Iterator[Kind]:
    """Excel files cut, bent, bombed and odd."""
    sound = len(ROWS)
    yield Kind("workbook, sound", "jual.xlsx", _workbook, sound)
    yield Kind("workbook with shared texts", "jual.xlsx", _shared, sound)
    yield Kind(
        "workbook, shared texts cut off",
        "jual.xlsx",
        lambda: _packed(_parts(_shared()) | {"xl/sharedStrings.xml": b"<sst/>"}),
    )
    for share in (1, 5, 25, 50, 75, 90, 99):
        yield Kind(
            f"workbook cut at {share} %", "jual.xlsx", lambda p=share: _workbook()[: len(_workbook()) * p // 100]
        )
    for seed in range(20):

        def bent(seed=seed):
            data = bytearray(_workbook())
            dice = random.Random(seed)
            for _ in range(8):
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            return bytes(data)

        yield Kind(f"workbook with bent bits {seed}", "jual.xlsx", bent)
    for part in sorted(_parts(_workbook())):
        yield Kind(
            f"workbook without {part}",
            "jual.xlsx",
            lambda p=part: _packed({k: v for k, v in _parts(_workbook()).items() if k != p}),
        )
        yield Kind(
            f"workbook with an empty {part}", "jual.xlsx", lambda p=part: _packed(_parts(_workbook()) | {p: b""})
        )
        yield Kind(
            f"workbook with noise as {part}",
            "jual.xlsx",
            lambda p=part: _packed(_parts(_workbook()) | {p: _noise(300)}),
        )
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9))
        + b"]>"
    )
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for part in (
        "xl/workbook.xml",
        SHEET,
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    ):
        for name, bomb, entity in (("laughs", laughs, b"&j;"), ("an outside entity", outside, b"&a;")):

            def bombed(part=part, bomb=bomb, entity=entity):
                data = _parts(_shared())[part]
                start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
                body = data[start:]
                end = body.index(b">", body.index(b"<")) + 1
                return _packed(_parts(_shared()) | {part: data[:start] + bomb + body[:end] + entity + body[end:]})

            yield Kind(f"workbook with {name} in {part}", "jual.xlsx", bombed)
            yield Kind(f"workbook with {name} far down in {part}", "jual.xlsx",
                       lambda part=part, bomb=bomb: _packed(_parts(_shared()) | {part: b"<!--" + b" " * 4_000 + b"-->" + bomb + _parts(_shared())[part]}))  # fmt: skip
    yield Kind("workbook, a bomb of two gigabytes", "jual.xlsx", _bomb)
    yield Kind("workbook that lies about its sizes", "jual.xlsx", _liar)
    yield Kind(
        "workbook of ten thousand parts",
        "jual.xlsx",
        lambda: _packed(_parts(_workbook()) | {f"xl/x{k}.xml": b"<x/>" for k in range(10_000)}),
        sound,
    )
    yield Kind(
        "workbook with names that climb",
        "jual.xlsx",
        lambda: _packed(_parts(_workbook()) | {"../../../tmp/evil": b"x", "/etc/evil": b"x"}),
        sound,
    )
    yield Kind("workbook with a part twice", "jual.xlsx", _twice)
    yield Kind("workbook in a workbook", "jual.xlsx", lambda: _packed({"jual.xlsx": _workbook()}))
    yield Kind(
        "workbook, encrypted flag",
        "jual.xlsx",
        lambda: (
            _workbook()
            .replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
            .replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
        ),
    )
    for name, old, new in (
        ("its only sheet hidden", b'state="visible"', b'state="hidden"'), ("its only sheet very hidden", b'state="visible"', b'state="veryHidden"'),
        ("a sheet name with markup", b'name="Sheet"', b'name="&lt;b&gt;{0}"'), ("a sheet without a name", b'name="Sheet"', b'name=""'),
        ("a sheet of five thousand letters", b'name="Sheet"', b'name="' + b"x" * 5_000 + b'"'), ("a relation that is not there", b'r:id="rId1"', b'r:id="rId99"'),
        ("no sheets", b"<sheets>", b"<sheets><!--"), ("dates since 1904", b"<workbookPr", b'<workbookPr date1904="1"'),
    ):  # fmt: skip
        yield Kind(
            f"workbook with {name}",
            "jual.xlsx",
            lambda o=old, n=new: (
                _edited("xl/workbook.xml", o, n) if o in _parts(_workbook())["xl/workbook.xml"] else _workbook()
            ),
        )
    yield Kind(
        "workbook with a target that climbs",
        "jual.xlsx",
        lambda: _edited(
            "xl/_rels/workbook.xml.rels", b"/xl/worksheets/sheet1.xml", b"/../../../../etc/worksheets/passwd"
        ),
    )
    yield Kind(
        "workbook with a target outside",
        "jual.xlsx",
        lambda: _edited(
            "xl/_rels/workbook.xml.rels", b"/xl/worksheets/sheet1.xml", b"http://contoh.id/worksheets/x.xml"
        ),
    )
    for dimension in ("A1", "A1:XFD1048576", "A1:A1", "ZZZZ9:A1", "", "rubbish"):
        rows = "".join(_row(k, r) for k, r in enumerate([HEADER, *ASCII], 1))
        yield Kind(
            f"workbook with the dimension {dimension!r}",
            "jual.xlsx",
            lambda d=dimension, r=rows: _sheet(r, f'<dimension ref="{d}"/>'),
            sound,
        )
    cells = {
        "a formula without a value": '<c r="F4"><f>SUM(A1:A9)</f></c>', "a formula with an error": '<c r="F4" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "NaN": '<c r="F4"><v>NaN</v></c>', "infinity": '<c r="F4"><v>INF</v></c>',
        "1e400": '<c r="F4"><v>1e400</v></c>', "no number": '<c r="F4"><v>abc</v></c>', "a number of ten thousand digits": f'<c r="F4"><v>{"9" * 10_000}</v></c>', "a shared string that is not there": '<c r="F4" t="s"><v>99999</v></c>',
        "a negative shared string": '<c r="F4" t="s"><v>-1</v></c>', "a style that is not there": '<c r="F4" s="9999"><v>5</v></c>', "a truth": '<c r="F4" t="b"><v>1</v></c>', "an unknown type": '<c r="F4" t="zz"><v>1</v></c>',
        "an ISO date": '<c r="F4" t="d"><v>2020-01-01</v></c>', "a bad ISO date": '<c r="F4" t="d"><v>2020-99-99</v></c>', "an escaped NUL": '<c r="F4" t="inlineStr"><is><t>_x0000_</t></is></c>', "rich text": '<c r="F4" t="inlineStr"><is><r><t>5</t></r><r><t>000</t></r></is></c>',
        "no place": "<c><v>5</v></c>", "a place far away": '<c r="XFD4"><v>5</v></c>', "a place past the sheet": '<c r="ZZZZZ99999999"><v>5</v></c>', "a place upside down": '<c r="4F"><v>5</v></c>',
        "the same place": '<c r="A4"><v>5</v></c>', "a row that differs": '<c r="F9"><v>5</v></c>', "a million letters": f'<c r="F4" t="inlineStr"><is><t>{"x" * MEGA}</t></is></c>', "an array formula": '<c r="F4"><f t="array" ref="F4:F9">A1:A6</f><v>5</v></c>',
        "an external formula": "<c r=\"F4\"><f>'[1]x'!A1</f><v>5</v></c>", "DDE": "<c r=\"F4\" t=\"str\"><f>cmd|' /C calc'!A0</f><v>5</v></c>",
    }  # fmt: skip
    for name, cell in cells.items():
        yield Kind(f"workbook, a cell with {name}", "jual.xlsx", lambda c=cell: _grown(c))
    yield Kind(
        "workbook, a row at the very end",
        "jual.xlsx",
        lambda: _sheet("".join(_row(k, r) for k, r in enumerate([HEADER, *ASCII], 1)) + _row(1_048_576, ASCII[0])),
    )
    yield Kind(
        "workbook, a row past the end", "jual.xlsx", lambda: _sheet(_row(1, HEADER) + _row(99_999_999, ASCII[0]))
    )
    yield Kind("workbook, a row of number 0", "jual.xlsx", lambda: _sheet(_row(0, HEADER) + _row(1, ASCII[0])))
    yield Kind("workbook, a row of number -5", "jual.xlsx", lambda: _sheet(_row(1, HEADER) + _row(-5, ASCII[0])))
    yield Kind(
        "workbook, rows backwards",
        "jual.xlsx",
        lambda: _sheet("".join(_row(k, r) for k, r in reversed(list(enumerate([HEADER, *ASCII], 1))))),
    )
    yield Kind(
        "workbook, the same row twice",
        "jual.xlsx",
        lambda: _sheet(_row(1, HEADER) + _row(2, ASCII[0]) + _row(2, ASCII[1])),
    )
    yield Kind(
        "workbook, rows without numbers",
        "jual.xlsx",
        lambda: _sheet("".join(_row(k, r) for k, r in enumerate([HEADER, *ASCII], 1)).replace('<row r="', '<row x="')),
        sound,
    )
    yield Kind("workbook, an empty sheet", "jual.xlsx", lambda: _sheet(""))
    yield Kind(
        "workbook, merged from end to end",
        "jual.xlsx",
        lambda: _edited(
            SHEET, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    yield Kind(
        "workbook, merged without sense",
        "jual.xlsx",
        lambda: _edited(
            SHEET,
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="F9:A1"/><mergeCell ref="Z0:Z0"/><mergeCell ref=""/></mergeCells>',
        ),
    )
    yield Kind(
        "workbook, a hundred thousand merges",
        "jual.xlsx",
        lambda: _edited(
            SHEET,
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A2:A3"/>' * 100_000 + b"</mergeCells>",
        ),
    )
    yield Kind(
        "workbook, XML in UTF-16",
        "jual.xlsx",
        lambda: _packed(
            _parts(_workbook())
            | {SHEET: _parts(_workbook())[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
    )
    yield Kind(
        "workbook, a mark before the XML",
        "jual.xlsx",
        lambda: _packed(_parts(_workbook()) | {SHEET: codecs.BOM_UTF8 + _parts(_workbook())[SHEET]}),
    )
    yield Kind(
        "workbook, deep XML",
        "jual.xlsx",
        lambda: _packed(_parts(_workbook()) | {SHEET: b"<a>" * 50_000 + b"</a>" * 50_000}),
    )


def _bomb() -> bytes:
    parts = dict(_parts(_workbook()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as file:
                file.write(data if name != SHEET else data[:-20])
                if name == SHEET:
                    block = b" " * (16 * MEGA)
                    for _ in range(128):
                        file.write(block)
    return out.getvalue()


def _liar() -> bytes:
    """The directory says that the sheet is ten bytes long."""
    data = bytearray(_workbook())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", data, at + 24, 10)
        at += 4
    return bytes(data)


def _twice() -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in _parts(_workbook()).items():
                archive.writestr(name, data)
            archive.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


# Parquet, databases, frames -------------------------------------------------------------------------------------------


def _parquet(table: Any) -> bytes:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _columns() -> dict[str, list]:
    return {name: [row[k] for row in ROWS] for k, name in enumerate(HEADER)}


def parquets() -> Iterator[Kind]:
    """Parquet files cut and bent, and types that no spreadsheet knows."""
    import datetime as dt
    from decimal import Decimal

    import pyarrow as pa

    n = len(ROWS)
    sound = pa.table(_columns())
    data = _parquet(sound)
    yield Kind("parquet, sound", "jual.parquet", lambda: data, n)
    for share in (1, 10, 50, 90, 99):
        yield Kind(f"parquet cut at {share} %", "jual.parquet", lambda p=share: data[: len(data) * p // 100])
    for seed in range(20):

        def bent(seed=seed):
            changed = bytearray(data)
            dice = random.Random(seed)
            for _ in range(6):
                changed[dice.randrange(4, len(changed) - 4)] ^= 1 << dice.randrange(8)
            return bytes(changed)

        yield Kind(f"parquet with bent bits {seed}", "jual.parquet", bent)
    yield Kind("parquet, only its mark", "jual.parquet", lambda: b"PAR1")
    yield Kind("parquet, mark and noise", "jual.parquet", lambda: b"PAR1" + _noise(500) + b"PAR1")
    yield Kind(
        "parquet, a footer of four gigabytes",
        "jual.parquet",
        lambda: data[:-8] + struct.pack("<I", 0xFFFFFFF0) + b"PAR1",
    )
    odd = {
        "lists": pa.array([[1, 2]] * n), "structs": pa.array([{"a": 1}] * n), "maps": pa.array([[("a", 1)]] * n, pa.map_(pa.string(), pa.int64())), "binary": pa.array([b"\xff\0"] * n), "nulls": pa.nulls(n),
        "decimals": pa.array([Decimal("123456789012345678.90")] * n), "time of day": pa.array([dt.time(10, 0)] * n), "durations": pa.array([dt.timedelta(days=1)] * n), "uint64": pa.array([2**64 - 1] * n, pa.uint64()),
        "zoned times": pa.array([dt.datetime(2020, 1, 1, tzinfo=dt.UTC)] * n), "nanoseconds": pa.array([1577836800000000001] * n, pa.timestamp("ns")), "year 9999": pa.array([dt.datetime(9999, 1, 1)] * n, pa.timestamp("us")),
        "half floats": pa.array([__import__("numpy").float16(1.5)] * n), "dictionaries": pa.array(["a"] * n).dictionary_encode(), "infinities": pa.array([float("inf")] * n), "not numbers": pa.array([float("nan")] * n), "truths": pa.array([True] * n),
    }  # fmt: skip
    for name, column in odd.items():
        for at in ("total", "tanggal", "no_nota", "lain"):

            def made(column=column, at=at):
                whole = dict(_columns()) | {at: column}
                return _parquet(pa.table(whole))

            yield Kind(f"parquet, {name} as {at}", "jual.parquet", made, n if at == "lain" else None)
    yield Kind("parquet without rows", "jual.parquet", lambda: _parquet(sound.slice(0, 0)), 0)
    yield Kind("parquet without columns", "jual.parquet", lambda: _parquet(pa.table({})))
    yield Kind(
        "parquet, one name twice",
        "jual.parquet",
        lambda: _parquet(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["total", "total"])),
    )
    yield Kind(
        "parquet, two thousand columns",
        "jual.parquet",
        lambda: _parquet(pa.table({**_columns(), **{f"k{k}": [1] * n for k in range(2_000)}})),
        n,
    )


def databases() -> Iterator[Kind]:
    """SQLite and DuckDB files with traps inside."""

    def lite(*statements, spoil=None):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.db"
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA user_version = 1")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            connection.close()
            data = path.read_bytes()
        return spoil(data) if spoil else data

    def duck(*statements):
        import duckdb

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.duckdb"
            connection = duckdb.connect(str(path))
            for statement in statements:
                connection.execute(statement)
            connection.close()
            return path.read_bytes()

    create = f"CREATE TABLE jual ({', '.join(f'{h} TEXT' for h in HEADER)})"
    fill = "INSERT INTO jual VALUES " + ", ".join("(" + ", ".join(f"'{c}'" for c in r) + ")" for r in ROWS)
    endless = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x AS total, x AS no_nota, '2020-01-13' AS tanggal, 'P' AS id_pelanggan FROM t"
    n = len(ROWS)
    yield Kind("sqlite, sound", "jual.db", lambda: lite(create, fill), n)
    yield Kind("sqlite without tables", "jual.db", lambda: lite())
    yield Kind("sqlite with two tables", "jual.db", lambda: lite(create, "CREATE TABLE lain (a)"))
    yield Kind("sqlite with a view without end", "jual.db", lambda: lite(f"CREATE VIEW jual AS {endless}"))
    yield Kind(
        "sqlite with a view of nothing",
        "jual.db",
        lambda: lite("CREATE TABLE t (a)", "CREATE VIEW jual AS SELECT * FROM t", "DROP TABLE t"),
    )
    yield Kind("sqlite with blobs", "jual.db", lambda: lite(create, fill, "UPDATE jual SET total = x'ff00fe'"))
    yield Kind(
        "sqlite with mixed types",
        "jual.db",
        lambda: lite(
            create.replace("TEXT", ""),
            fill,
            "UPDATE jual SET total = 5 WHERE rowid = 1",
            "UPDATE jual SET total = 5.5 WHERE rowid = 2",
            "UPDATE jual SET total = NULL WHERE rowid = 3",
        ),
        n,
    )
    yield Kind(
        "sqlite with bytes that are no text",
        "jual.db",
        lambda: lite(create, fill, "UPDATE jual SET produk = CAST(x'ff41' AS TEXT)"),
    )
    yield Kind(
        'sqlite with a table called "; DROP',
        "jual.db",
        lambda: lite(create.replace("jual", '"jual""; DROP TABLE x"'), fill.replace("jual", '"jual""; DROP TABLE x"')),
        n,
    )
    for name, spoil in {"cut in half": lambda d: d[: len(d) // 2], "its first page only": lambda d: d[:100], "noise in the middle": lambda d: d[:4096] + _noise(len(d) - 4096), "a page size of 0": lambda d: d[:16] + b"\0\0" + d[18:],
                        "noise in the schema": lambda d: d[:100] + _noise(3_000) + d[3_100:]}.items():  # fmt: skip
        yield Kind(f"sqlite, {name}", "jual.db", lambda s=spoil: lite(create, fill, spoil=s))
    yield Kind("duckdb, sound", "jual.duckdb", lambda: duck(create, fill), n)
    yield Kind("duckdb without tables", "jual.duckdb", lambda: duck())
    yield Kind(
        "duckdb with a view of a file",
        "jual.duckdb",
        lambda: duck("CREATE VIEW jual AS SELECT * FROM read_text('/etc/host*')"),
    )
    yield Kind("duckdb with a view without end", "jual.duckdb", lambda: duck(f"CREATE VIEW jual AS {endless}"))
    yield Kind(
        "duckdb with a view of a trillion",
        "jual.duckdb",
        lambda: duck("CREATE VIEW jual AS SELECT a.range AS total FROM range(1000000) a, range(1000000) b"),
    )
    yield Kind("duckdb cut in half", "jual.duckdb", lambda: duck(create, fill)[:6_000])
    yield Kind("duckdb with noise", "jual.duckdb", lambda: duck(create, fill)[:4096] + _noise(9_000))
    yield Kind(
        "duckdb with nested columns",
        "jual.duckdb",
        lambda: duck(create, fill, "ALTER TABLE jual ADD COLUMN x STRUCT(a INT[])"),
        n,
    )


def frames() -> Iterator[Kind]:
    """pandas frames as a notebook leaves them."""
    import numpy as np
    import pandas as pd

    base = pd.DataFrame(_columns())
    n = len(base)

    class Rude:
        def __str__(self):
            raise RuntimeError("no")

        __repr__ = __str__

    def put(column, values):
        return lambda: base.assign(**{column: values})

    odd = {
        "dicts": [{"a": 1}] * n, "lists": [[1, 2]] * n, "a mixture": [1, "x", None, 2.5, b"y", (1,), {2}, True, pd.NaT, np.nan, *["z"] * (n - 10)], "complex": np.array([1 + 2j] * n), "periods": pd.period_range("2020-01", periods=n, freq="M"),
        "intervals": pd.interval_range(0, n), "lengths of time": pd.to_timedelta(range(n), unit="D"), "categories": pd.Categorical(["a"] * n), "sparse": pd.arrays.SparseArray([1.0] * n), "NA": [pd.NA] * n, "infinity": [np.inf] * n,
        "frames": [pd.DataFrame({"a": [1]})] * n, "classes": [int] * n, "functions": [len] * n, "rude things": [Rude()] * n, "zoned times": pd.date_range("2020-01-01", periods=n, tz="Asia/Jakarta"),
        "huge ints": [10**30] * n, "bytes": [b"5000"] * n, "truths": [True] * n,
    }  # fmt: skip
    for name, cells in odd.items():
        for at in ("total", "tanggal", "no_nota", "lain"):
            yield Kind(f"frame, {name} as {at}", None, put(at, cells), n if at == "lain" else None)
    yield Kind("frame, columns of two levels", None, lambda: pd.concat({"a": base}, axis=1))
    yield Kind("frame, one name twice", None, lambda: pd.concat([base, base[["total"]]], axis=1))
    yield Kind("frame, numbers as names", None, lambda: base.set_axis(range(6), axis=1))
    yield Kind(
        "frame, things as names", None, lambda: base.set_axis([None, 1.5, ("a", "b"), True, pd.NaT, "total"], axis=1)
    )
    yield Kind("frame without columns", None, lambda: pd.DataFrame(index=range(5)))
    yield Kind("frame without rows", None, lambda: base.head(0), 0)
    yield Kind("frame, an index of keys", None, lambda: base.set_index(["no_nota", "tanggal"]))
    yield Kind("frame, an index of one value", None, lambda: base.set_axis([0] * n), n)
    yield Kind("frame, rows upside down", None, lambda: base.iloc[::-1], n)
    for name, thing in {"None": None, "a number": 5, "a list": [1, 2], "a dict": {"a": [1]}, "a generator": (k for k in range(3)), "a class": dict, "a function": len, "a text that is no path": "a;b\n1;2", "a path with NUL": "x\0y", "an empty text": "",
                        "a path too long": "x" * 5_000, "a folder": ".", "bytes": b"", "bytes of noise": _noise(500)}.items():  # fmt: skip
        yield Kind(f"instead of a file, {name}", None, lambda t=thing: t)


def kinds() -> list[Kind]:
    """All of them; their names are unique."""
    groups = (encodings, separators, structures, values, disguises, workbooks, parquets, databases, frames)
    return [kind for group in groups for kind in group()]
