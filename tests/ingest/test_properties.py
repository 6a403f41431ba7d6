"""What must hold for any input: what was formatted is read back, and no row is ever lost."""

import csv
import datetime as dt
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.errors import UserError
from crmlab.ingest.cells import MISSING
from crmlab.ingest.dates import MONTHS, read_dates
from crmlab.ingest.numerals import read_numbers

from .conftest import TODAY


def grouped(value, thousands, decimal, places):
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans({",": thousands, ".": decimal}))


NUMBER_STYLES = {
    "Indonesian": lambda v, p: grouped(v, ".", ",", p),
    "English": lambda v, p: grouped(v, ",", ".", p),
    "rupiah": lambda v, p: f"Rp {grouped(v, '.', ',', p)}",
    "spaces": lambda v, p: grouped(v, " ", ",", p),
    "plain comma": lambda v, p: f"{v:.{p}f}".replace(".", ","),
    "plain point": lambda v, p: f"{v:.{p}f}",
    "brackets": lambda v, p: f"({grouped(-v, ',', '.', p)})" if v < 0 else grouped(v, ",", ".", p),
}
DECIMALS = {"Indonesian": ",", "rupiah": ",", "spaces": ",", "plain comma": ","}
values = st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=30)


@given(values, st.sampled_from(sorted(NUMBER_STYLES)), st.integers(0, 2))
def test_a_number_in_any_style_is_read_back(whole, style, places):
    numbers = [v / 10**places for v in whole]
    texts = pd.Series([NUMBER_STYLES[style](v, places) for v in numbers], dtype="str")
    got = read_numbers(texts, decimal=DECIMALS.get(style, "."))
    assert got.values.tolist() == numbers
    guessed = read_numbers(texts)
    if guessed.style.ask:
        assert places == 0 or guessed.style.comma == guessed.style.dot == 0, "decimals prove their sign"
    else:
        assert guessed.values.tolist() == numbers, "a guess is right, or it is a question"


MONTH_NAMES = {m: words.split() for m, words in MONTHS.items()}
DATE_STYLES = {
    "dd/mm/yyyy": lambda d: f"{d:%d/%m/%Y}",
    "d-m-yy": lambda d: f"{d.day}-{d.month}-{d:%y}",
    "mm/dd/yyyy": lambda d: f"{d:%m/%d/%Y}",
    "iso": lambda d: d.isoformat(),
    "compact": lambda d: f"{d:%Y%m%d}",
    "named": lambda d: f"{d.day} {MONTH_NAMES[d.month][0].title()} {d.year}",
    "short": lambda d: f"{d:%d}-{MONTH_NAMES[d.month][-1].title()}-{d:%y}",
    "serial": lambda d: str((d - dt.date(1899, 12, 30)).days),
}
days = st.lists(st.dates(dt.date(1970, 1, 1), dt.date(2020, 12, 31)), min_size=1, max_size=30)
clocks = st.sampled_from([("", 0), (" 09.30", 570), (" 9:30", 570), (" 21:05", 1265), (" 09.30 WIB", 570)])


@given(days, st.sampled_from(sorted(DATE_STYLES)), clocks)
def test_a_date_in_any_style_is_read_back(dates, style, clock):
    said, minutes = clock if style != "serial" else ("", 0)
    texts = pd.Series([DATE_STYLES[style](d) + said for d in dates], dtype="str")
    wanted = [dt.datetime.combine(d, dt.time()) + dt.timedelta(minutes=minutes) for d in dates]
    order = "month" if style.startswith("mm") else "day"
    assert pd.to_datetime(read_dates(texts, order=order, today=TODAY).values).to_pydatetime().tolist() == wanted
    guessed = read_dates(texts, today=TODAY)
    if not guessed.style.ask:
        assert pd.to_datetime(guessed.values).to_pydatetime().tolist() == wanted, (
            "a guess is right, or it is a question"
        )


cells = st.one_of(
    st.sampled_from(
        ["", "-", "5", "1.234", "1.234,5", "Rp 5.000,-", "-3", "abc", "31/12/2020", "Total", "inf", "=1+1", "17850.0"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters=';\r\n\x00"', exclude_categories=["Cs"]), max_size=8),
)
rows = st.lists(st.lists(cells, min_size=3, max_size=6), min_size=1, max_size=12)


@given(rows)
def test_no_row_is_ever_lost(lines):
    """Whatever stands in a file: it is kept, refused with a place, counted as blank, or the person is told."""
    text = "tgl;nota;pelanggan;qty;total\n31/12/2020;A0;P0;1;1,5\n" + "".join(";".join(r) + "\n" for r in lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.csv"
        path.write_text(text, encoding="utf-8", newline="")
        try:
            mine = crm.ingest.read(path, today=TODAY, decimal=",", currency="IDR", separator=";", header_row=1)
        except UserError as told:
            assert told.render("id") and told.render("en")
            return
    facts = mine.facts
    assert facts["rows_read"] == facts["rows_kept"] + facts["rows_refused"] == len(mine.table) + len(mine.quarantine)
    everywhere = sorted([*mine.places.tolist(), *mine.quarantine["source_row"].tolist()])
    assert len(set(everywhere)) == len(everywhere), "no row stands twice"
    assert set(everywhere) <= set(range(2, 3 + len(lines)))
    assert len(everywhere) + facts["blank_rows"] == 1 + len(lines)
    assert mine.quarantine["reason"].notna().all()
    assert mine.table[["order_id", "ordered_at", "amount"]].notna().all().all()


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(texts, min_size=1, max_size=12), st.sampled_from(";,\t|"))
def test_texts_with_quotes_separators_and_line_breaks_come_back_in_their_place(products, separator):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerow(["order_id", "tgl", "customer_id", "product", "total"])
            writer.writerows([f"A{i}", "2020-12-31", "P1", text, 5] for i, text in enumerate(products))
        mine = crm.ingest.read(path, today=TODAY)
    assert mine.places.tolist() == list(range(2, 2 + len(products)))
    for read, written in zip(mine.table["product"].fillna("").tolist(), products, strict=True):
        assert read == written.strip() or (read == "" and written.strip().lower() in MISSING)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=20))
def test_a_key_is_kept_once_and_the_first_wins(lines):
    frame = pd.DataFrame(lines, columns=["order_id", "line", "amount"])
    frame["date"], frame["customer_id"] = pd.Timestamp("2020-05-01"), "P1"
    mine = crm.ingest.read(frame, today=TODAY)
    wanted = frame.drop_duplicates(["order_id", "line"], keep="first")
    assert (
        mine.table[["order_id", "line", "amount"]].values.tolist()
        == wanted[["order_id", "line", "amount"]].values.tolist()
    )
    assert mine.facts["rows_refused"] == len(frame) - len(wanted)
