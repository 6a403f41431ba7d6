"""Exports of WhatsApp chats: Android and iPhone, Indonesian and English, and what phones put into them."""

import datetime as dt

import pytest

import crmlab as crm
from crmlab.errors import UserError

LRM, NARROW = "\u200e", "\u202f"
STYLES = {
    "android_id": ("{d:%d/%m/%y %H.%M} - ", 0),
    "android_en_gb": ("{d:%d/%m/%Y, %H:%M} - ", 0),
    "android_en_us": ("{d:%m/%d/%y, %I:%M}" + NARROW + "{d:%p} - ", 0),
    "iphone_id": ("[{d:%d/%m/%y %H.%M.%S}] ", 1),
    "iphone_en_gb": (LRM + "[{d:%d/%m/%Y, %H:%M:%S}] ", 1),
    "iphone_en_us": ("[{d:%m/%d/%y, %I:%M:%S}" + NARROW + "{d:%p}] ", 1),
}
TIMES = [dt.datetime(2020, 12, day, hour, 5, 0) for day, hour in ((3, 9), (3, 21), (14, 0), (14, 12), (30, 23))]
SPOKEN = [
    ("Bu Ani", "Halo, masih ada sapu?\n\nYang hijau."),
    ("+62 800-0123-4567", "<Media tidak disertakan>"),
    ("+62 800-0123-4567", "Harganya: Rp 25.000 - ongkir gratis"),
    ("PT XYZ", "Pesan ini telah dihapus"),
    ("Bu Ani", "ok <Pesan ini diedit>"),
]


def chat(style, spoken=SPOKEN, end="\n"):
    head, _ = STYLES[style]
    return (
        end.join(head.format(d=t) + f"{who}: {what}" for t, (who, what) in zip(TIMES, spoken, strict=True))
    ).encode()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_phone_is_read_alike(style, end):
    got = crm.ingest.read_whatsapp(chat(style, end=end), me="PT XYZ")
    assert got.table["sent_at"].dt.to_pydatetime().tolist() == TIMES
    assert got.table["sender"].tolist() == [who for who, _ in SPOKEN]
    assert got.table["kind"].tolist() == ["text", "media", "text", "deleted", "text"]
    assert got.table["text"].tolist()[0] == "Halo, masih ada sapu?\n\nYang hijau."
    assert got.table["text"].tolist()[4] == "ok"
    assert got.table["outgoing"].tolist() == [False, False, False, True, False]
    assert got.table["phone"].dropna().unique().tolist() == ["+6280001234567"]
    assert got.table["name"].dropna().unique().tolist() == ["Bu Ani", "PT XYZ"]
    assert got.places.tolist() == [1, 4, 5, 6, 7], "the line on which each message begins"
    assert got.facts["rows_read"] == got.facts["rows_kept"] + got.facts["rows_refused"] == 5


def test_messages_of_whatsapp_itself_are_kept_apart():
    text = (
        "03/12/20 09.05 - Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun dapat membacanya.\n"
        '03/12/20 09.06 - Budi mengubah subjek dari "Sapu" ke "Promo: sapu"\n'
        f"03/12/20 09.07 - Toko: {LRM}Pesan dan panggilan terenkripsi secara end-to-end.\n"
        f"13/12/20 09.08 - Budi: {LRM}gambar tidak disertakan\n"
        "13/12/20 09.09 - Budi: DOK.pdf (file terlampir)\n"
        "13/12/20 09.10 - Budi:\n"
    )
    got = crm.ingest.read_whatsapp(text.encode())
    assert got.table["kind"].tolist() == ["system"] * 3 + ["media"] * 2 + ["text"]
    assert got.table["sender"].isna().tolist() == [True, True, False, False, False, False]
    assert got.facts["system"] == 3 and got.facts["media"] == 2


def test_what_is_no_message_is_refused_and_counted():
    text = (
        "sisa percakapan lama\n\n31/12/20 09.05 - Budi: Halo\n31/02/20 09.06 - Budi: tanggal yang tidak ada\nsambungan"
    )
    got = crm.ingest.read_whatsapp(text.encode(), date_order="day")
    assert got.quarantine[["source_row", "reason"]].values.tolist() == [[1, "no_message"], [4, "unreadable_date"]]
    assert got.facts["rows_read"] == 3 and got.facts["rows_kept"] == 1 and got.facts["blank_rows"] == 1
    late = crm.ingest.read_whatsapp(b"31/12/20 09.05 - Budi: Halo", today=dt.date(2020, 12, 30))
    assert late.quarantine["reason"].tolist() == ["future_date"]


def test_the_order_of_time_tells_day_from_month():
    # as days: 3 April, 4 April, 1 May; as months the third would be before the first
    text = "03/04/20 09.05 - A: x\n04/04/20 09.05 - A: x\n01/05/20 09.05 - A: x\n"
    assert crm.ingest.read_whatsapp(text.encode()).table["sent_at"].dt.month.tolist() == [4, 4, 5]
    with pytest.raises(UserError) as caught:
        crm.ingest.read_whatsapp(b"03/04/20 09.05 - A: x\n04/05/20 09.05 - A: x\n")
    assert caught.value.code == "ingest.ambiguous_date"
    assert caught.value.values["questions"][0].answer("day") == {"date_order": {"sent_at": "day"}}
    asked = crm.ingest.read_whatsapp(b"03/04/20 09.05 - A: x\n04/05/20 09.05 - A: x\n", date_order="month")
    assert asked.table["sent_at"].dt.day.tolist() == [4, 5]


def test_another_file_is_refused_in_words(tmp_path):
    with pytest.raises(UserError) as caught:
        crm.ingest.read_whatsapp(b"tgl;nota\n31/12/2020;A1\n")
    assert caught.value.code == "ingest.not_whatsapp" and "tgl;nota" in caught.value.render("id")
    with pytest.raises(UserError) as caught:
        crm.ingest.read_whatsapp(tmp_path / "none.txt")
    assert caught.value.code == "ingest.no_file"
    with pytest.raises(UserError) as caught:
        crm.ingest.read_whatsapp(b"  \n")
    assert caught.value.code == "ingest.empty_file"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_its_account_reads_well(lang):
    report = crm.ingest.read_whatsapp(chat("android_id")).report()
    assert "5" in report.explain(lang)
    assert all(note.render(lang) for note in report.notes)
