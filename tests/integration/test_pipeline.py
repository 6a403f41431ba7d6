"""From five raw sources to the star of PT XYZ: nothing lost, nothing invented, everything traceable."""

import pandas as pd
import pytest

import crmlab as crm
from crmlab import labels
from crmlab.errors import InternalError, UserError
from crmlab.integration import Feed, xyz
from crmlab.integration.xyz.run import _KEYS


@pytest.fixture(scope="module")
def checked(run):
    return xyz.reproduced(run)


def test_every_row_is_used_or_refused_with_its_reason(run):
    table = run.table
    assert (table["rows_in"] == table["rows_kept"] + table["rows_refused"]).all()
    assert run.facts["rows_refused"] == len(run.refused) == table["rows_refused"].sum()
    shop = crm.datasets.load_retail("S", layer="raw")
    # the chat's rows are messages there, lines in the manifest
    rows = dict(zip(table["file"] + table["sheet"].fillna(""), table["rows_in"], strict=True))
    assert rows["pos.csv"] == shop.rows("pos") and rows["web.csv"] == shop.rows("web")
    assert rows["finance.xlsxFaktur"] == shop.rows("finance_faktur")
    assert run.refused["reason"].tolist() == ["total_row", "total_row"], "the sums below the book's lists"
    for reason in run.refused["reason"].unique():
        assert labels.text(f"integration.reason.{reason}", "id") != labels.text(f"integration.reason.{reason}", "en")


def test_the_clean_layer_comes_out(checked):
    differing = checked.table[checked.table["differ"] > 0].set_index(["table", "column"])
    # no source tells when in the day an invoice was written, nor what an account brought back
    assert set(differing.index) == {("sales", "ordered_at"), ("sales", "status")}
    f = checked.facts
    assert f["equal"] + f["absent"] + f["differ"] == f["values"]
    for name in ("customers", "sales", "sales_lines", "employees"):
        assert f[f"{name}_extra"] == f[f"{name}_lacking"] == 0
    assert f["payments_extra"] == 0
    assert f["revenue"] == f["revenue_reference"]


def test_what_differs_is_of_field_sales_only(run):
    clean = crm.datasets.load_retail("S", layer="clean").tables["sales"].set_index("order_id")
    ours = run["sales"].set_index("order_id")
    theirs = clean.loc[ours.index]
    other = (ours["ordered_at"] != theirs["ordered_at"]) | (ours["status"] != theirs["status"].astype(str))
    assert set(ours.loc[other, "source"]) == {"finance"}
    assert (ours["ordered_at"].dt.normalize() == theirs["ordered_at"].dt.normalize()).all()


@pytest.mark.parametrize("source", ["pos", "finance", "web", "whatsapp", "hr"])
def test_people_are_found_and_nobody_is_mixed_up(checked, source):
    assert checked.facts[f"{source}_precision"] >= 0.99 and checked.facts[f"{source}_recall"] >= 0.99
    assert checked.facts[f"{source}_links"] > 0


def test_four_fifths_of_the_finance_book_are_at_the_till(run):
    pair = run.match.table.query("source == 'pos' and other == 'finance'").iloc[0]
    assert pair["other_share"] == 0.8


def test_households_with_one_phone_stay_apart(run):
    shared = crm.datasets.load_retail("S", layer="truth").tables["household_phone"]
    customers = run["customers"].set_index("customer_id")
    for one, other in shared[["customer_id", "other_customer_id"]].itertuples(index=False):
        assert customers.loc[one, "phone"] == customers.loc[other, "phone"]
        assert customers.loc[one, "entity_id"] != customers.loc[other, "entity_id"]


def test_the_star_is_the_shipped_star_as_far_as_the_sources_go(run):
    cube = crm.Cube(run.star(cache=False), [crm.Measure.from_dict(m) for m in run.description["measures"]])
    theirs = crm.datasets.load_retail("S").cube()
    measures = ["revenue", "gross_revenue", "discount", "quantity", "orders", "shipping", "customers"]
    for by in ("channel", "year", "category", "store", "customer_type", "gender", "age_band", "supplier"):
        pd.testing.assert_frame_equal(
            cube.view(by=[by], measures=measures).to_pandas(), theirs.view(by=[by], measures=measures).to_pandas()
        )


def test_the_chat_and_the_transfers_agree_with_the_till(run):
    said = run["messages"].dropna(subset=["order_id"])
    assert len(said) > 500 and said["agrees"].all()
    sales = run["sales"].set_index("order_id")
    transfers = run["payments"].query("source == 'transfer'").set_index("order_id")
    assert (sales.loc[transfers.index, "total"] == transfers["amount"]).all()
    assert (sales.loc[said["order_id"].astype(int), "channel_id"] == 4).all()


@pytest.mark.parametrize("table", sorted(_KEYS))
def test_every_table_leads_back_to_its_source(run, table):
    rows = run[table].sample(5, random_state=1)
    for row in rows.to_dict("records"):
        told = run.lineage(table, **{k: row[k] for k in _KEYS[table]})
        assert len(told) and told["file"].notna().all() and (told["row"] > 0).all()


def test_the_cells_hold_what_the_facts_say(run):
    def number(text):
        return int("".join(c for c in text.removesuffix(".00") if c.isdigit()))

    amount = {"pos": "JUMLAH", "web": "subtotal"}
    facts = run["fact_sales_line"]
    for row in facts[facts["source"] != "finance"].sample(25, random_state=2).to_dict("records"):
        told = run.lineage("fact_sales_line", order_id=row["order_id"], line=row["line"]).set_index("column")["value"]
        assert number(told[amount[row["source"]]]) == row["amount"]
    orders = run["fact_order"].query("source == 'finance'").sample(10, random_state=2)
    for row in orders.to_dict("records"):
        told = run.lineage("fact_order", order_id=row["order_id"]).set_index("column")
        assert number(told.loc["Nilai Faktur", "value"]) == row["total"]
        assert told.loc["Nilai Faktur", "cell"] == f"I{row['source_row']}"


def test_lineage_leads_to_the_very_cell_of_the_workbook(run):
    import openpyxl

    book = openpyxl.load_workbook(crm.datasets.load_retail("S", layer="raw").path("finance"), read_only=True)
    account = run["customers"].query("customer_type == 'corporate'").iloc[3]
    told = run.lineage("customers", customer_id=int(account["customer_id"])).set_index("field")
    cell = told.loc["name", "cell"]
    assert book[told.loc["name", "sheet"]][cell].value.split(",")[0] == account["name"].split(" ", 1)[1].upper()


def test_wrong_questions_are_refused_in_words(run, tmp_path):
    for wrong, code in (
        (lambda: run["sale"], "integration.unknown_table"),
        (lambda: run.lineage("dim_date", date=1), "integration.no_lineage"),
        (lambda: run.lineage("sales_lines", order_id=1), "integration.wrong_key"),
        (lambda: run.lineage("sales", order_id=-1), "integration.unknown_record"),
        (lambda: crm.integration.retail(tmp_path), "integration.no_file"),
    ):
        with pytest.raises(UserError) as caught:
            wrong()
        assert caught.value.code == code and caught.value.render("id") != caught.value.render("en")
    with pytest.raises(InternalError):
        import pickle

        pickle.dumps(run)


def test_it_writes_its_star_and_tells_its_steps(run, tmp_path):
    paths = run.write(tmp_path)
    again = crm.Star.from_description(run.description, paths, cache=False)
    assert again.query("SELECT count(*) FROM fact_sales_line") == [(len(run["fact_sales_line"]),)]
    assert {"read", "match", "star"} <= set(run.params["seconds"])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_explains_itself_and_draws(run, checked, lang):
    codes = run.people.codes("gender")
    for result in (run, checked, run.match, run.combined, codes):
        assert all(result.explain(lang, depth) for depth in ("short", "method", "reference"))
        assert all(note.render(lang) for note in result.notes)
        drawn = crm.charts.spec(result, lang)
        assert drawn["title"] and drawn["data"] and drawn["alt"]
        assert len(result.figure(lang).data) == len(drawn["data"])
    assert codes.facts["clash_codes"] == ("P",)


def damaged(path, changes, encoding="utf-8"):
    """Change lines of a file; what is changed is 1-based as an editor counts."""
    lines = path.read_bytes().decode(encoding).splitlines(keepends=True)
    for number, change in changes.items():
        lines[number - 1] = change(lines[number - 1])
    path.write_bytes("".join(lines).encode(encoding))


def test_damage_in_the_till_is_refused_row_by_row_and_counted(folder, run):
    text = (folder / "pos.csv").read_text(encoding="utf-8").splitlines()
    heads = [n for n, line in enumerate(text, 1) if n > 1 and line.split(";")[1] and line.split(";")[8] == "1"]
    more = [n for n, line in enumerate(text, 1) if not line.split(";")[1]]
    several = [n for n in heads if n + 1 in more]  # receipts with two lines or more

    def cell(position, value):
        return lambda line: ";".join(value if k == position else c for k, c in enumerate(line.split(";")))

    changes = {
        more[0]: cell(11, "gratis"),
        more[5]: cell(11, "1.23"),
        more[10]: cell(9, "SKU9999"),
        more[15]: cell(10, "77"),
        several[40]: cell(1, "31/02/2016"),
        several[50]: cell(4, "PASAR"),
        more[30]: cell(8, "1"),
        more[35]: lambda line: line.replace(";", "", 1),
        several[60]: cell(1, ""),
    }
    damaged(folder / "pos.csv", changes)
    broken = crm.integration.retail(folder)
    lost = broken.refused[broken.refused["file"] == "pos.csv"]
    assert set(lost["reason"]) == {
        "unreadable_number", "unknown_product", "amount_differs", "unreadable_date", "unknown_code", "repeated_line",
        "ragged_row", "no_head",
    }  # fmt: skip
    assert lost["row"].is_unique and lost["reason"].notna().all()
    reasons = lost.set_index("row")["reason"]
    assert reasons[more[0]] == reasons[more[5]] == "unreadable_number" and reasons[more[10]] == "unknown_product"
    assert reasons[more[15]] == "amount_differs" and reasons[several[40]] == "unreadable_date"
    account = broken.table.set_index(broken.table["file"] + broken.table["sheet"].fillna(""))
    assert account.loc["pos.csv", "rows_in"] == len(text) - 1
    assert (broken.table["rows_in"] == broken.table["rows_kept"] + broken.table["rows_refused"]).all()
    assert broken.facts["lines"] == account["rows_kept"][["pos.csv", "web.csv"]].sum() + len(
        broken["sales_lines"].query("source == 'finance'")
    )
    gone = run["sales_lines"]["amount"].sum() - broken["sales_lines"]["amount"].sum()
    ours = (
        run["sales_lines"]
        .query("source == 'pos'")
        .merge(broken["sales_lines"].query("source == 'pos'"), on=["order_id", "line"], how="left", indicator=True)
    )
    assert gone == ours.loc[ours["_merge"] == "left_only", "amount_x"].sum() > 0, "what is missing is what was refused"


def test_damage_in_the_web_export_and_the_chat(folder):
    text = (folder / "web.csv").read_text(encoding="utf-8").splitlines()
    same = next(n for n in range(3, len(text)) if text[n].split(",")[0] == text[n - 1].split(",")[0])
    orders = [line.split(",")[0] for line in text]
    single = [n for n in range(500, len(text)) if orders.count(orders[n]) == 1]
    changes = {
        same + 1: lambda line: line.replace(line.split(",")[9], "Kota Lain"),
        single[0] + 1: lambda line: line.replace(line.split(",")[2], "kemarin"),
        single[1] + 1: lambda line: line.replace(".00", ".x0"),
    }
    damaged(folder / "web.csv", changes)
    chat = folder / "wa_export.txt"
    chat.write_text("catatan lama\n" + chat.read_text(encoding="utf-8"), encoding="utf-8")
    broken = crm.integration.retail(folder)
    lost = broken.refused[broken.refused["file"] == "web.csv"]
    assert set(lost["reason"]) == {"order_differs", "unreadable_date", "unreadable_number"}
    differ = lost[lost["reason"] == "order_differs"]
    assert len(differ) >= 2 and differ["value"].nunique() == 1, "the whole order is refused"
    assert broken.refused[broken.refused["file"] == "wa_export.txt"][["row", "reason"]].values.tolist() == [
        [1, "no_message"]
    ]
    assert (broken.table["rows_in"] == broken.table["rows_kept"] + broken.table["rows_refused"]).all()


def test_a_customer_that_the_till_lost_is_unknown_and_his_sales_stay(folder, run):
    buyer = int(run["sales"].query("source == 'pos'")["customer_id"].iloc[0])
    text = (folder / "pos_pelanggan.csv").read_text(encoding="utf-8").splitlines()
    row = next(n for n, line in enumerate(text, 1) if line.startswith(f"PLG{buyer:06}"))
    damaged(folder / "pos_pelanggan.csv", {row: lambda line: ""})
    broken = crm.integration.retail(folder)
    assert broken.facts["sales_without_customer"] > 0
    assert broken["fact_sales_line"]["amount"].sum() == run["fact_sales_line"]["amount"].sum()
    assert any(note.code == "integration.note.unknown_buyers" for note in broken.notes)


def test_a_discount_of_no_whole_rate_is_shared_out_to_the_rupiah(run):
    from dataclasses import replace

    import numpy as np

    raw = run.raw
    frame = raw.invoices.frame.iloc[:1].copy()
    frame["Rincian"], frame["Bruto"] = "SKU0001 x 1 @ 1.000; SKU0002 x 2 @ 1.000; SKU0003 x 1 @ 4.000", "Rp 7.000,-"
    frame["Diskon"], frame["Nilai Faktur"] = "Rp 111,-", "Rp 6.889,-"
    odd = replace(raw, invoices=replace(raw.invoices, frame=frame, rows=np.array([5])))
    lines = xyz.finance_sales(odd)["lines"]
    assert (
        lines["discount"].sum() == 111 and lines["discount"].tolist() == [15, 32, 64] or lines["discount"].sum() == 111
    )
    assert (lines["gross_amount"] - lines["discount"] == lines["amount"]).all()
    assert xyz.finance_sales(odd)["orders"]["total"].tolist() == [6_889]


def test_lineage_shows_nobody_by_default(run):
    told = run.lineage("sales", order_id=int(run["sales"].query("source == 'web'")["order_id"].iloc[0]))
    values = told.set_index("column")["value"]
    assert "•" in values["nama"] and "•" in values["telepon"] and "•" not in values["no_pesanan"]
    whole = run.lineage("messages", message_id=5, masked=False).set_index("column")["value"]
    hidden = run.lineage("messages", message_id=5).set_index("column")["value"]
    assert whole["sender"] != hidden["sender"] and whole["sent_at"] == hidden["sent_at"]
    contact = run.links.query("source == 'whatsapp'").iloc[0]
    told = run.combined.lineage(int(contact["entity_id"]))
    assert contact["key"] not in told["key"].tolist()
    assert "•" in told.query("field == 'name'")["value"].iloc[0]


def test_duplicates_found_by_score_are_those_of_the_simple_rule(run):
    found = crm.duplicates.find(run.raw.pos_customers.frame, key="KODE_PLG")
    feed = Feed("pos", run.raw.pos_customers, "KODE_PLG", same=found)
    assert feed.same == xyz.twice(run.raw) and len(feed.same) > 0
    again = crm.integration.retail(crm.datasets.load_retail("S"), same=found)
    assert again.clean["customers"].equals(run.clean["customers"])
