"""What notebook 06 says in its prose and promises in its tasks, computed."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

import crmlab as crm
from crmlab.integration import Feed, Sources, combine, match, xyz
from crmlab.integration.xyz.reading import FILES
from notebooks import build


@pytest.fixture(scope="module")
def told():
    """The names that a reader has after running the notebook's code cells."""
    import jupytext

    cells = jupytext.read(next(p for p in build.sources() if p.stem == "06_integration"), fmt="py:percent").cells
    names: dict = {}
    for cell in cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "06_integration", "exec"), names)
    return names


def test_p_means_two_things_and_nothing_else_does(told):
    assert told["codes"].facts["clash_codes"] == ("P",)
    naive = told["codes"].table.query("code == 'P'")
    assert set(naive["meaning"]) == {"male", "female"} and (naive.groupby("meaning")["rows"].sum() > 0).all()


def test_joins_mix_people_up_and_rules_in_steps_do_not(told):
    compared = told["compared"]
    assert compared.loc["plain join on name", "precision"] < 0.99
    assert (compared.loc[["name", "phone", "name+city", "ours"], "precision"] == 1).all(), "it does not choose"
    assert compared.loc["name", "open"] > 10 * compared.loc["phone", "open"] > 0
    assert compared.loc["ours", "recall"] == 1 > compared["recall"].drop("ours").max()


def test_what_the_phone_alone_can_not_settle_are_families(told):
    shared = crm.datasets.load_retail("S", layer="truth").tables["household_phone"]
    members = set(shared["customer_id"]) | set(shared["other_customer_id"])
    open_ = told["shortcuts"]["phone"].open
    assert set(open_["kind"]) == {"one_to_many"}
    meant = open_.merge(told["truth"], left_on=["source", "key"], right_on=["source", "source_key"])
    assert len(meant) == len(open_) and set(meant["customer_id"]) <= members


def test_the_sums_stay_and_the_witnesses_agree(told):
    proof = told["proof"]
    assert (proof["by hand"] == proof["in the star"]).all()
    assert told["control"] == told["by_hand"]["finance"]
    assert told["said"]["agrees"].all()
    assert told["run"].refused["value"].tolist() == ["JUMLAH", "JUMLAH"]
    assert set(told["check"].table.query("differ > 0")["column"]) == {"ordered_at", "status"}


def test_the_cell_of_the_workbook_holds_the_limit(told):
    import openpyxl

    row = told["where"].query("field == 'credit_limit'").iloc[0]
    book = openpyxl.load_workbook(crm.datasets.load_retail("S", layer="raw").path("finance"), read_only=True)
    written = book[row["sheet"]][row["cell"]].value
    assert int("".join(c for c in written if c.isdigit())) == row["value"] == told["top"]["credit_limit"]


def test_customers_can_not_be_added_over_channels(told):
    view = told["cube"].view(by=["channel"], measures=["customers"])
    assert view.to_pandas()["customers"].sum() > view.totals()["customers"]


def test_task_1_and_2_codes():
    pos = Feed("pos", pd.DataFrame({"id": range(10), "gender": list("LLLLLLPPPP")}), "id",
               codes={"gender": {"L": "male", "P": "female"}})  # fmt: skip
    maps = {"gender": {"P": "male", "W": "female"}}
    finance = Feed("finance", pd.DataFrame({"id": range(10), "gender": list("PPPPPWWWWW")}), "id", codes=maps)
    table = Sources(pos, finance).codes("gender").table
    assert table.groupby("meaning")["rows"].sum().to_dict() == {"male": 11, "female": 9}
    assert table.groupby("code")["rows"].sum().to_dict() == {"L": 6, "P": 9, "W": 5}
    more = Feed("finance", pd.DataFrame({"id": range(11), "gender": list("PPPPPWWWWW1")}), "id", codes=maps)
    assert Sources(pos, more).unmapped[["source", "value", "rows"]].values.tolist() == [["finance", "1", 1]]


def test_task_3_and_4_another_overlap_and_an_interval(told):
    book = [f"+62 812 {i:04} 5678" for i in range(350, 650)]
    finance = Feed("finance", pd.DataFrame({"kartu": range(300), "telepon": book}), "kartu", {"telepon": "phone"})
    facts = match(Sources(told["toy"]["pos"], finance), on=["phone"]).facts
    assert facts["entities"] == 650 and facts["share"] == 0.5
    facts = match(told["toy"], on=["phone"], sampled=True).facts
    assert round(facts["share_low"], 2) == 0.75 and round(facts["share_high"], 2) == 0.84


def test_task_5_and_6_what_a_marketplace_keeps_and_what_a_check_is_for(told):
    people = told["people"]
    weak = match(people, on=["name+born_on"])
    accounts = weak.links.query("source == 'web'")
    assert accounts["rule"].notna().mean() < 0.7
    no_birthday = people.clean("web")["born_on"].isna().to_numpy()
    assert accounts["rule"].isna().to_numpy()[no_birthday].all()
    unchecked = match(people, on=xyz.people.RULES, check=[])
    assert told["quality"](unchecked)["precision"] <= told["quality"](told["found"])["precision"]


def test_task_7_two_birthdays():
    at = pd.to_datetime(["1980-01-31"])
    pos = Feed("pos", pd.DataFrame({"id": ["A"], "phone": ["0812-3456-7890"], "born_on": at}), "id")
    other = Feed(
        "web", pd.DataFrame({"id": ["W"], "phone": ["0812-3456-7890"], "born_on": at + pd.DateOffset(years=28)}), "id"
    )
    assert match(Sources(pos, other), on=["phone"]).open["kind"].tolist() == ["different_person"]


def test_task_8_mail_from_the_web(told):
    rules = {**xyz.people.WHO_WINS, "email": ["web", "pos"]}
    one = combine(told["people"], told["found"], rules, fields=["email"])
    assert one.account["web"].iloc[0] > 0 == told["one"].account.set_index("field").loc["email", "web"]


def test_task_10_11_and_12_a_folder_of_ones_own(told, tmp_path):
    shop = crm.datasets.load_retail("S", layer="raw")
    for name in FILES:
        shutil.copy(shop.path(name.rsplit(".", 1)[0]), tmp_path / name)
    lines = (tmp_path / "pos.csv").read_bytes().split(b"\r\n")
    cells = lines[2].split(b";")
    lines[2] = b";".join([*cells[:-1], b"1.000"])
    (tmp_path / "pos.csv").write_bytes(b"\r\n".join(lines))
    people = (tmp_path / "pos_pelanggan.csv").read_bytes().split(b"\r\n")
    sold = told["run"]["sales"]
    buyer = f"PLG{int(sold.loc[sold['source'] == 'pos', 'customer_id'].iloc[0]):06}".encode()
    (tmp_path / "pos_pelanggan.csv").write_bytes(b"\r\n".join(r for r in people if not r.startswith(buyer)))
    run = crm.integration.retail(tmp_path)
    assert run.refused.query("file == 'pos.csv'")[["row", "reason"]].values.tolist() == [[3, "amount_differs"]]
    gone = told["in_star"].sum() - run["fact_sales_line"]["amount"].sum()
    assert gone == int(cells[-1].replace(b".", b""))
    assert run.facts["sales_without_customer"] > 0
    assert told["control"] + told["by_hand"]["finance"] == 2 * told["by_hand"]["finance"]
