"""The raw sources beside the till: their habits, their customers, and that they say what the clean tables say."""

import re
import zipfile

import pandas as pd
import pytest

from crmlab.datasets import load_retail
from crmlab.datasets.retail import pos, whatsapp

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"),
    *("November", "Desember"),
)


@pytest.fixture(scope="module", params=["S", "M"])
def size(request):
    return request.param


@pytest.fixture(scope="module")
def raw(size):
    return load_retail(size, layer="raw")


@pytest.fixture(scope="module")
def clean(size):
    return load_retail(size, layer="clean").tables


@pytest.fixture(scope="module")
def keys(size):
    table = load_retail(size, layer="truth").tables["source_keys"]
    return {source: group.set_index("source_key")["customer_id"] for source, group in table.groupby("source")}


@pytest.fixture(scope="module")
def people(clean):
    return clean["customers"].drop_duplicates("customer_id").set_index("customer_id")


def _rupiah(texts):
    assert texts.str.fullmatch(r"Rp \d{1,3}(\.\d{3})*,-").all()
    return texts.str.replace(r"\D", "", regex=True).astype("int64")


def _same(one, other):
    assert (one.to_numpy() == other.to_numpy()).all()


def test_four_fifths_of_the_finance_book_are_in_the_till(raw, keys, people):
    cards = raw.tables["finance_pelanggan"]
    assert cards["Kode"].is_unique
    kinds = people["customer_type"].reindex(keys["finance"][cards["Kode"]])
    assert (kinds == "consumer").mean() == 0.8
    assert (kinds == "corporate").sum() == (people["customer_type"] == "corporate").sum()


def test_the_finance_book_has_its_habits(raw, keys, people):
    cards = raw.tables["finance_pelanggan"]
    known = people.loc[keys["finance"][cards["Kode"]]]
    # P is a man here, and a woman at the till
    genders = cards["P/W"].map({"P": "male", "W": "female"})
    assert genders.to_numpy()[genders.notna()].tolist() == known["gender"].to_numpy()[genders.notna()].tolist()
    assert (genders.isna() == known["gender"].isna().to_numpy()).all()
    till = raw.tables["pos_pelanggan"].set_index("KODE_PLG")["JK"]
    consumers = (known["customer_type"] == "consumer").to_numpy()
    codes = [f"PLG{k:06}" for k in known.index[consumers]]
    both = pd.DataFrame({"till": till.loc[codes].to_numpy(), "book": cards.loc[consumers, "P/W"].to_numpy()})
    assert set(map(tuple, both.drop_duplicates().to_numpy())) - {("", "")} == {("P", "W"), ("L", "P")}
    born = cards.loc[consumers, "Tgl Lahir"].str.split(" ", expand=True)
    months = {month: f"{k:02}" for k, month in enumerate(MONTHS, start=1)}
    days = pd.to_datetime(born[2] + "-" + born[1].map(months) + "-" + born[0], format="%Y-%m-%d")
    _same(days, known.loc[consumers, "born_on"])
    phones = cards["No. HP"]
    given = phones != "-"
    assert 0.01 < 1 - given.mean() < 0.12
    assert phones[given].str.startswith("8000").any() and phones[given].str.startswith("08000").any()
    _same(phones[given].map(pos.canonical_phone), known["phone"][given.to_numpy()])
    _same(_rupiah(cards.loc[~consumers, "Plafon Kredit"]), known.loc[~consumers, "credit_limit"])
    _same(cards.loc[~consumers, "Termin (hari)"].astype(int), known.loc[~consumers, "payment_term_days"])
    _same(cards.loc[~consumers, "Jml Karyawan"].astype(int), known.loc[~consumers, "employees"])


def test_the_workbook_says_its_title_first_and_is_the_same_everywhere(raw):
    import openpyxl

    path = raw.path("finance")
    assert path == raw.path("finance_faktur") and path.name == "finance.xlsx"
    with zipfile.ZipFile(path) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.compress_type for part in archive.infolist()} == {zipfile.ZIP_STORED}
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames == ["Pelanggan", "Faktur", "Transfer"]
    top = list(book["Faktur"].iter_rows(min_row=1, max_row=5, values_only=True))
    assert [row[0] for row in top[:4]] == ["PT XYZ", "Daftar Faktur Penjualan", "Per 31 Desember 2020", "No. Faktur"]
    assert top[4][1].year == 2016
    book.close()


def test_invoices_say_what_the_corporate_sales_are(raw, clean, keys):
    invoices = raw.tables["finance_faktur"]
    assert invoices["Nama Pelanggan"].iloc[-1] == "JUMLAH"
    invoices, total = invoices[:-1], invoices["Nilai Faktur"].iloc[-1:]
    channels = clean["channels"].set_index("channel")["channel_id"]
    sales = clean["sales"].query(f"channel_id == {channels['field_sales']}").reset_index(drop=True)
    _same(invoices["No. Faktur"].str.removeprefix("INV/").astype(int), sales["order_id"])
    _same(keys["finance"][invoices["Kode"]], sales["customer_id"])
    _same(pd.to_datetime(invoices["Tanggal"]), sales["ordered_at"].dt.normalize())
    for column, name in (("Bruto", "gross_amount"), ("Diskon", "discount"), ("Nilai Faktur", "total")):
        _same(_rupiah(invoices[column]), sales[name])
    assert _rupiah(total).iloc[0] == sales["total"].sum()
    items = invoices["Rincian"].str.split("; ").explode().str.extract(r"^SKU(\d{4}) x (\d+) @ ([\d.]+)$")
    lines = clean["sales_lines"][clean["sales_lines"]["order_id"].isin(sales["order_id"])]
    _same(items[0].astype(int), lines["product_id"])
    _same(items[1].astype(int), lines["quantity"])
    _same(items[2].str.replace(".", "").astype(int), lines["unit_price"])
    share = (sales["discount"] / sales["gross_amount"] * 100).round().astype("int64")
    assert set(share) == {0, 2, 5}
    percent = lines["order_id"].map(share.set_axis(sales["order_id"]))
    _same((lines["gross_amount"] * percent + 50) // 100, lines["discount"])
    paid = clean["payments"].set_index("order_id").loc[sales["order_id"]]
    _same(invoices["Status"] == "MACET", paid["defaulted"])
    when = pd.to_datetime(invoices["Tgl Bayar"].where(invoices["Status"] == "LUNAS"), format="%d-%m-%Y")
    known = (invoices["Status"] == "LUNAS").to_numpy()
    _same(when[known], paid.loc[known, "paid_on"])
    assert (paid.loc[(invoices["Status"] == "BELUM LUNAS").to_numpy(), "paid_on"] > "2020-12-31").all()
    reps = clean["account_reps"].merge(clean["sales_reps"]).set_index("customer_id")["sales_rep"]
    _same(invoices["Sales"], reps.loc[sales["customer_id"]])


def test_transfers_are_of_whatsapp_orders(raw, clean, keys):
    transfers = raw.tables["finance_transfer"][:-1]
    orders = clean["sales"].set_index("order_id").loc[transfers["No. Struk"].str.removeprefix("TRX").astype(int)]
    _same(_rupiah(transfers["Jumlah"]), orders["total"])
    _same(keys["finance"][transfers["Kode"]], orders["customer_id"])
    assert set(transfers["No. Struk"]) <= set(raw.tables["pos"]["NO_STRUK"])


def test_the_online_shops_say_what_the_clean_sales_say(raw, clean, keys):
    web = raw.tables["web"]
    ids = web["no_pesanan"].str[4:].astype(int)
    lines = clean["sales_lines"][clean["sales_lines"]["order_id"].isin(ids)]
    _same(ids, lines["order_id"])
    _same(web["sku"].str[3:].astype(int), lines["product_id"])
    for column, name in (("harga", "unit_price"), ("potongan", "discount"), ("subtotal", "amount")):
        assert web[column].str.endswith(".00").all()
        _same(web[column].astype(float).astype("int64"), lines[name])
    heads = web.drop_duplicates("no_pesanan")
    sales = clean["sales"].merge(clean["channels"]).query("channel in ('website', 'marketplace')")
    sales = sales.sort_values("order_id")
    _same(heads["no_pesanan"].str[4:].astype(int), sales["order_id"])
    _same(pd.to_datetime(heads["waktu"]), sales["ordered_at"])
    _same(heads["kanal"], sales["channel"])
    _same(keys["web"][heads["id_akun"]], sales["customer_id"])
    statuses = {"selesai": "completed", "dibatalkan": "cancelled", "retur": "returned"}
    _same(heads["status"].map(statuses), sales["status"])
    _same(heads["ongkir"].astype(float), sales["shipping"])
    # what is said once of an order stands on all its lines: adding it up counts it several times
    assert web["ongkir"].astype(float).sum() > sales["shipping"].sum()


def test_web_accounts_are_people_of_the_till(raw, keys, people, clean):
    web = raw.tables["web"].drop_duplicates(["id_akun", "kanal"])
    known = people.loc[keys["web"][web["id_akun"]]]
    _same(web["telepon"].map(pos.canonical_phone), known["phone"])
    _same(web["nama"], known["name"])
    own = (web["kanal"] == "website").to_numpy()
    assert (web.loc[~own, ["email", "jenis_kelamin", "tgl_lahir"]] == "").all().all()
    genders = web.loc[own, "jenis_kelamin"].map({"M": "male", "Male": "male", "F": "female", "Female": "female"})
    assert set(web.loc[own, "jenis_kelamin"]) == {"M", "F", "Male", "Female", ""}
    _same(genders.fillna(""), known.loc[own, "gender"].astype("str").fillna(""))
    same = web.loc[own, "email"].str.lower().to_numpy() == known.loc[own, "email"].to_numpy()
    assert 0.78 < same.mean() < 0.92
    assert (web.loc[own, "email"].str.lower().str.endswith("@contoh.id")).all()
    # where an order goes is where the customer lives on that day
    moved = raw.tables["web"].drop_duplicates("no_pesanan")
    when, who = pd.to_datetime(moved["waktu"]).dt.normalize(), keys["web"][moved["id_akun"]].to_numpy()
    versions = clean["customers"].merge(clean["regions"][["city_id", "city"]])
    there = pd.DataFrame({"customer_id": who, "day": when.to_numpy(), "city": moved["kota_kirim"].to_numpy()})
    there = there.merge(versions, on="customer_id", suffixes=("", "_known"))
    there = there[(there["valid_from"] <= there["day"]) & ~(there["valid_to"] < there["day"])]
    assert len(there) == len(moved)
    assert (there["city"] == there["city_known"]).all()


def test_the_chat_is_an_android_export_and_names_the_receipts(raw, clean, keys):
    lines = raw.tables["wa_export"]["baris"]
    head = lines.str.extract(r"^(\d\d/\d\d/\d\d \d\d\.\d\d) - (.*)$")
    times = pd.to_datetime(head[0].dropna(), format="%d/%m/%y %H.%M")
    assert times.is_monotonic_increasing
    said = head[1].dropna().str.extract(r"^([^:]+): (.*)$").dropna()
    senders = set(said[0]) - {whatsapp.SHOP}
    assert senders <= set(keys["whatsapp"].index)
    unsaved = [sender for sender in senders if sender.startswith("+")]
    assert all(re.fullmatch(r"\+62 800-0\d{3}-\d{4}", sender) for sender in unsaved)
    assert 0.5 < len(unsaved) / len(senders) < 0.8
    receipts = said[1].str.extract(r"TRX(\d{8}), total Rp([\d.]+)$").dropna()
    orders = clean["sales"].merge(clean["channels"]).query("channel == 'whatsapp'").set_index("order_id")
    assert sorted(receipts[0].astype(int)) == sorted(orders.index)
    totals = orders.loc[receipts[0].astype(int), "total"]
    _same(receipts[1].str.replace(".", "").astype("int64"), totals)


def test_the_personnel_list_says_who_works_here(raw, clean, keys, people):
    rows, staff = raw.tables["hr"], clean["employees"]
    assert raw.path("hr").read_bytes().startswith(b"\xef\xbb\xbfNIP;")
    _same(rows["NIP"], staff["employee_number"])
    _same(rows["JK"].map({"L": "male", "P": "female"}), staff["gender"])
    for column, name in (("TGL_LAHIR", "born_on"), ("TGL_MASUK", "hired_on"), ("TGL_KELUAR", "left_on")):
        days = pd.to_datetime(rows[column].where(rows[column] != ""), format="%d-%m-%Y")
        assert days.astype("str").tolist() == staff[name].astype("str").tolist()
    _same(rows["NO_HP"].map(pos.canonical_phone), staff["phone"])
    assert len(keys["hr"]) == 12
    both = staff.set_index("employee_number").loc[keys["hr"].index]
    known = people.loc[keys["hr"]]
    for column in ("name", "born_on", "phone", "gender"):
        _same(both[column], known[column])
    others = staff[~staff["employee_number"].isin(keys["hr"].index)]
    assert not set(others["phone"]) & set(people["phone"])
    assert (staff["left_on"].isna() | (staff["left_on"] > staff["hired_on"])).all()
    age = (staff["hired_on"] - staff["born_on"]).dt.days / 365.25
    assert age.between(18, 52).all()
